"""What was drawn before is drawn once, within bounds."""

from django.test import override_settings

from newsroom.lib.keeper import Keeper


def test_the_same_key_is_made_once() -> None:
    made: list[str] = []
    keeper: Keeper[str] = Keeper(10)

    def draw() -> str:
        made.append("drawn")
        return "text"

    assert [keeper.kept(("a", 1), draw) for _ in range(3)] == ["text"] * 3
    assert keeper.kept(("a", 2), draw) == "text"
    assert made == ["drawn"] * 2


def test_what_was_not_asked_for_the_longest_goes_first() -> None:
    keeper: Keeper[int] = Keeper(10)
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    for number in range(100):
        keeper.kept(number, lambda number=number: make(number))  # type: ignore[misc]
        keeper.kept("often", lambda: make(-1))
    assert made.count(-1) == 1
    keeper.kept(0, lambda: make(0))
    assert made.count(0) == 2


def test_while_templates_change_nothing_is_kept() -> None:
    keeper: Keeper[str] = Keeper(10)
    keeper.kept("a", lambda: "old")
    with override_settings(DEBUG=True):
        assert keeper.kept("a", lambda: "new") == "new"
