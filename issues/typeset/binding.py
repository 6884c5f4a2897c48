"""The pages of an issue bound to one PDF, by PDFium."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from media import pdfium

_CATALOG = re.compile(rb"\n(\d+) 0 obj\s*<<([^<>]*/Type/Catalog[^<>]*)>>")
_KIDS = re.compile(rb"/Kids\[([^\]]*)\]")
_TRAILER = re.compile(rb"trailer\s*<<\s*/Root (\d+) 0 R\s*/Info (\d+) 0 R\s*/Size (\d+)(/ID\[[^\]]*\])?\s*>>")


@dataclass
class _Mark:
    """A bookmark: page by its place in the whole, `top` in points from the page's foot; None for the page."""

    title: str
    page: int
    top: float | None
    below: list[_Mark]


def merge(pdfs: Iterable[bytes], info: Mapping[str, Any]) -> bytes:
    """The whole issue: all pages in order, with the bookmarks they had.

    `info`: title, author, keywords (text or lists), timestamp (an aware datetime), and `pages`, a title for
    each PDF under which its own bookmarks come. Everything may be missing. The same bytes for the same input.
    Raises PdfiumError for what is no PDF.
    """
    titles: Sequence[str] = info.get("pages") or ()
    marks: list[_Mark] = []
    with pdfium.empty() as whole:
        for number, pdf in enumerate(pdfs):
            with pdfium.opened(pdf) as part:
                found = _bookmarks(part, len(whole))
                if number < len(titles):
                    found = [_Mark(titles[number], len(whole), None, found)]
                marks += found
                whole.import_pages(part)
        data = pdfium.saved(whole)
    return _with_information(data, info, marks)


def _bookmarks(document: pdfium.Document, before: int) -> list[_Mark]:
    """The document's bookmarks, as one level; its pages come after `before` others."""
    found = []
    for mark in document.get_toc():
        place = mark.get_dest()
        page = place.get_index() if place else None
        if page is not None:
            view = place.get_view()[1]
            found.append(_Mark(mark.get_title(), before + page, view[1] if len(view) > 1 else None, []))
    return found


def _with_information(data: bytes, info: Mapping[str, Any], marks: list[_Mark]) -> bytes:
    """PDFium writes neither information nor bookmarks: they are added the way PDF provides for changes."""
    catalog, kids = _CATALOG.search(data), _KIDS.search(data)
    trailer = _TRAILER.search(data, data.rfind(b"\ntrailer"))  # a page may hold the word too
    if not (trailer and catalog and kids):
        raise AssertionError("PDFium writes its documents differently now")
    pages = [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]
    size = int(trailer[3])
    outline = _outline(marks, size, pages)
    extra = b"/Lang(zh-CN)" + (b"/Outlines %d 0 R/PageMode/UseOutlines" % size if outline else b"")
    objects = {
        int(catalog[1]): b"<<%b%b>>" % (catalog[2], extra),
        int(trailer[2]): _information(info),
        **outline,
    }
    return _appended(data, objects, trailer)


def _appended(data: bytes, objects: dict[int, bytes], trailer: re.Match[bytes]) -> bytes:
    places = {}
    for number, content in sorted(objects.items()):
        places[number] = len(data)
        data += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = b"".join(b"%d 1\n%010d 00000 n \n" % place for place in places.items())
    size = max(int(trailer[3]), max(objects) + 1)
    before = int(data[data.rfind(b"startxref", 0, min(places.values())) :].split()[1])
    end = b"xref\n%btrailer\n<</Root %b 0 R/Info %b 0 R/Size %d/Prev %d%b>>\nstartxref\n%d\n%%%%EOF\n"
    return data + end % (table, trailer[1], trailer[2], size, before, trailer[4] or b"", len(data))


def _outline(marks: list[_Mark], first: int, pages: list[int]) -> dict[int, bytes]:
    """The objects of the bookmarks, numbered from `first`, which is their root."""
    if not marks:
        return {}
    objects: dict[int, bytes] = {}
    numbers = iter(range(first + 1, 1 << 23))

    def level(marks: list[_Mark], parent: int) -> bytes:
        own = [next(numbers) for _mark in marks]
        for place, (number, mark) in enumerate(zip(own, marks, strict=True)):
            view = b"Fit" if mark.top is None else b"XYZ null %d null" % round(mark.top)
            parts = b"/Title%b/Parent %d 0 R" % (_string(mark.title), parent)
            parts += b"/Dest[%d 0 R/%b]" % (pages[mark.page], view)
            parts += b"/Prev %d 0 R" % own[place - 1] if place else b""
            parts += b"/Next %d 0 R" % own[place + 1] if place + 1 < len(own) else b""
            objects[number] = b"<<%b%b>>" % (parts, level(mark.below, number) if mark.below else b"")
        return b"/First %d 0 R/Last %d 0 R/Count %d" % (own[0], own[-1], len(own))

    objects[first] = b"<</Type/Outlines%b>>" % level(marks, first)
    return objects


def _information(info: Mapping[str, Any]) -> bytes:
    parts = b""
    for name, key in ((b"Title", "title"), (b"Author", "author"), (b"Keywords", "keywords")):
        value = info.get(key) or ""
        words = value if isinstance(value, str) else ", ".join(value)
        parts += b"/%b%b" % (name, _string(words)) if words else b""
    moment: datetime | None = info.get("timestamp")
    if moment is not None:
        offset = moment.strftime("%z")
        date = f"(D:{moment:%Y%m%d%H%M%S}{offset[:3]}'{offset[3:5]}')".encode()
        parts += b"/CreationDate%b/ModDate%b" % (date, date)
    return b"<<%b>>" % parts


def _string(text: str) -> bytes:
    return b"<FEFF%b>" % text.encode("utf-16-be", "replace").hex().upper().encode()
