"""The people whom the tests of pictures need."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.cast import Cast


@pytest.fixture
def cast() -> Cast:
    from tests.cast import Cast  # models: not before Django is ready

    return Cast()
