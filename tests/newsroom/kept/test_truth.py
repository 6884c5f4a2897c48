"""No reader gets what is older than a second, whatever the newsroom does. `make bench` tries it longer."""

import os

import pytest

from tests.conftest import VAR
from tests.newsroom.kept import truth
from tests.server_fixtures import test_database_url

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SEQUENCES = 20


def test_no_answer_is_older_than_a_second() -> None:
    env = {"DATABASE_URL": test_database_url(), "NEWSROOM_VAR": str(VAR), "PYTHONPATH": os.getcwd()}
    with truth.two_servers(env, "tests.newsroom.kept.server:application") as ports:
        outcome = truth.run(ports, SEQUENCES, seed=5)
    assert outcome.wrong == []
    assert outcome.reads > 10 * SEQUENCES
    assert outcome.kept > SEQUENCES, "the pages hardly changed"
