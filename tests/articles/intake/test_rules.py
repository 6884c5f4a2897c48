"""Who may take in, see and correct what was sent in: every person, and the list agrees."""

from __future__ import annotations

import pytest

from articles import rules
from articles.intake.pieces import Kind
from articles.models import Intake
from tests.cast import Cast
from tests.factories.intake import reading, sent

pytestmark = pytest.mark.django_db

#: May take in; may see others'; may correct others'.
ANSWERS = {
    "reporter": (True, False, False),
    "reporter2": (True, False, False),
    "editor": (True, True, True),
    "deputy": (True, True, True),
    "chief": (True, True, True),
    "proofreader": (False, True, False),
    "layout": (True, True, True),
    "admin": (False, False, False),
    "superuser": (False, True, False),
    "outsider": (False, False, False),
    "retired": (False, False, False),
}


def test_every_person(cast: Cast) -> None:
    everyone = cast.everyone()
    assert everyone.keys() == ANSWERS.keys()
    others = sent(reading((Kind.HEADLINE, "新桥通车")))
    for name, person in everyone.items():
        own = sent(reading((Kind.HEADLINE, "新桥通车")), person)
        takes, sees, corrects = ANSWERS[name]
        assert rules.may_take_in(person) is takes, name
        assert rules.may_edit_intake(person, others) is corrects, name
        assert rules.may_edit_intake(person, own) is takes, name
        for row, told in ((others, sees), (own, sees or takes or name == "admin")):
            assert rules.may_view_intake(person, row) is told, name
            assert Intake.objects.visible_to(person).filter(pk=row.pk).exists() is told, name
