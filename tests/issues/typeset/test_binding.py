"""The whole issue in one PDF: every page, every bookmark, nothing for a reader's program to complain of."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from issues.typeset.binding import merge
from media import pdfium
from tests.issues.outside.pages import blank
from tests.issues.typeset.sheets import NOON, _run, jpeg, pdffonts, poppler, printed, sheet, text

INFO: dict[str, Any] = {
    "title": "潮头晚报 2026年11月24日",
    "author": "临港区",
    "keywords": ["第26期", "总第604期"],
    "timestamp": NOON,
    "pages": ["第1版 要闻", "第2版 综合"],
}


def two() -> list[bytes]:
    first = printed(sheet(text("头条（一）"), marks=[["港口开航", 60], ["夜班 (公交)", 160]], bleed=8.5))
    return [first, printed(sheet(text("第二版的字"), width=500))]


def test_pages_follow_one_another(tmp_path: Path) -> None:
    whole = merge(two(), INFO)
    with pdfium.opened(whole) as document:
        assert [document.get_page_size(number) for number in range(2)] == [(400, 300), (500, 300)]
        assert document[0].get_mediabox() == pytest.approx((0, 0, 417, 317))
        assert document[0].get_trimbox() == pytest.approx((8.5, 8.5, 408.5, 308.5))
    assert poppler("pdftotext", whole, tmp_path, "-raw").split() == ["头条（一）", "第二版的字"]
    assert all(font == ["yes", "yes", "yes"] for font in pdffonts(whole, tmp_path))


def test_bookmarks_stand_under_their_pages() -> None:
    with pdfium.opened(merge(two(), INFO)) as document:
        marks = [(mark.level, mark.get_title(), mark.get_dest().get_index()) for mark in document.get_toc()]
        tops = [mark.get_dest().get_view()[1] for mark in document.get_toc()]
    assert marks == [(0, "第1版 要闻", 0), (1, "港口开航", 0), (1, "夜班 (公交)", 0), (0, "第2版 综合", 1)]
    assert tops[1][1] == pytest.approx(317 - 60, abs=20)


def test_information_is_the_issues(tmp_path: Path) -> None:
    whole = merge(two(), INFO)
    with pdfium.opened(whole) as document:
        known = document.get_metadata_dict()
    assert (known["Title"], known["Author"]) == (INFO["title"], INFO["author"])
    assert known["Keywords"] == "第26期, 总第604期"
    assert known["CreationDate"] == "D:20261124120000+08'00'"
    assert "Pages:           2" in _run("pdfinfo", "needs poppler-utils", whole, tmp_path, "page.pdf")


def test_the_same_pages_give_the_same_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    pages = two()
    assert merge(pages, INFO) == merge(iter(pages), INFO)
    assert merge(pages, INFO) != merge(pages[::-1], INFO)


def test_nothing_but_pages_is_needed() -> None:
    with pdfium.opened(merge([blank(), blank()], {})) as document:
        assert len(document) == 2
        assert list(document.get_toc()) == []


def test_a_thick_issue() -> None:
    titles = [f"第{n}版" for n in range(1, 97)]
    pages = [blank(300 + n, 400) for n in range(96)]
    with pdfium.opened(merge(pages, {"pages": titles})) as document:
        assert [mark.get_dest().get_index() for mark in document.get_toc()] == list(range(96))
        assert document.get_page_size(95) == (395, 400)


def test_what_is_no_pdf_is_not_bound() -> None:
    with pytest.raises(pdfium.PdfiumError):
        merge([jpeg()], {})
