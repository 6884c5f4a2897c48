"""What a page still lacks before it is full, and how it is said."""

from __future__ import annotations

from typing import Any

import pytest
from django.utils import translation

from issues.fullness import blank, fit_words, gaps

FORM = {"columns": 6, "rows": 40}


def box(pk: int, kind: str = "story", rows: int = 40, **more: Any) -> dict[str, Any]:
    return {"id": pk, "kind": kind, "cols": 6, "rows": rows, "title": "", "text": "", "photo": None} | more


@pytest.mark.parametrize(
    ("boxes", "fits", "said"),
    [
        ([], {}, [("空版", None)]),
        ([box(1, "masthead", 6), box(2, "guide", 8), box(3, "banner", 2)], {}, [("空版", None)]),
        ([box(1)], {}, []),
        ([box(1)], {1: {"under": 40}}, []),
        ([box(1)], {1: {"under": 41}}, [("欠41字", 1)]),
        ([box(1, rows=20), box(2, rows=20)], {1: {"under": 50}, 2: {"under": 60}}, [("欠110字", 1)]),
        ([box(1, rows=39)], {}, []),
        ([box(1, rows=30)], {}, [("空白25%", None)]),
        ([box(1, rows=30), box(2, "filler", 10)], {}, [("补白是空的", 2)]),
        ([box(1, rows=30), box(2, "filler", 10, text="周六停水。")], {}, []),
        ([box(1, rows=20), box(2, "filler", 10)], {1: {"under": 99}},
         [("空白25%", None), ("补白是空的", 2), ("欠99字", 1)]),
    ],
)  # fmt: skip
def test_what_is_still_to_be_filled(
    boxes: list[dict[str, Any]], fits: dict[int, dict[str, Any]], said: list[tuple[str, int | None]]
) -> None:
    assert list(gaps(boxes, FORM, fits)) == said


def test_how_much_of_a_page_stays_white() -> None:
    assert blank([], FORM) == 1
    assert blank([box(1, rows=10), box(2, rows=20)], FORM) == pytest.approx(0.25)
    assert blank([box(1, rows=30)], FORM, under=24) == pytest.approx(0.35), "white within the boxes too"
    assert blank([box(1)], FORM, under=-5) == blank([box(1, rows=44)], FORM) == 0


def test_a_kept_fit_is_said_in_the_readers_language() -> None:
    over = {"state": "over", "over": 86, "words": "超86字"}
    assert fit_words(over) == "超86字"
    assert [fit_words({"state": "under", "under": n}) for n in (120, 0)] == ["欠120字", "空着"]
    assert (fit_words({"state": "full"}), fit_words({})) == ("满", "")
    with translation.override("en"):
        assert fit_words(over) == "86 over"
