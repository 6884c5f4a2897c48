"""Reading a PDF that was sent, in a child with hard limits: `python -m issues.outside.probe '{…}' < file`.

Prints for each page a line of JSON with the bytes of its own PDF after it, at last `{"done": true}`; or one
line `{"refused": reason, …}`. A bomb, a loop or a crash ends this process alone. Knows no Django.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from ctypes import byref, c_int
from typing import Any, NamedTuple

from media import child

MEMORY = 1536 * child.MEGABYTE
MOST_CHARACTERS = 100_000  # on a page; a full broadsheet has fifteen thousand
TRIAL_WIDTH = 1080  # pixels
FINE = 100_000  # the page's width and height in the units that positions are computed in
MICROMETRES = 25400 / 72

# What a page could do besides being looked at.
_ACTIVE = re.compile(rb"/(?:AA|JS|JavaScript|Launch|OpenAction|EmbeddedFiles?|RichMedia)\b")
_STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.S)


class Refusal(Exception):
    """Ends the reading; its argument is what to print."""


def pages(data: bytes, ask: dict[str, Any]) -> Iterator[tuple[dict[str, Any], bytes]]:
    """What is known of each page, and its own PDF. Raises Refusal, PdfiumError, MemoryError."""
    import pypdfium2.raw as raw

    from media import pdfium

    with pdfium.alone():
        document = _opened(data)
        if raw.FPDF_GetSecurityHandlerRevision(document) != -1:
            raise Refusal({"refused": "encrypted"})
        if len(document) > ask["max_pages"]:
            raise Refusal({"refused": "pages", "pages": len(document)})
        if len(document) < 1:
            raise Refusal({"refused": "broken"})
        left = ask["max_output"]
        for number in range(len(document)):
            size = _prepare(document, number)
            _refuse_size(number, size, ask)
            page = document[number]
            text = _text(page)
            page.render(scale=TRIAL_WIDTH / page.get_width()).close()  # what it takes shows here, not later
            page.close()
            own = _single(document, number)
            left -= len(own)
            if left < 0:
                raise Refusal({"refused": "heavy"})
            width, height = (round(side * MICROMETRES) for side in size)
            yield {"number": number + 1, "width": width, "height": height, "text": text}, own


def _opened(data: bytes) -> Any:
    import pypdfium2.raw as raw

    from media import pdfium

    try:
        return pdfium.Document(data)
    except pdfium.PdfiumError as error:
        locked = (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY)
        reason = "encrypted" if getattr(error, "err_code", None) in locked else "broken"
        raise Refusal({"refused": reason}) from error


def _prepare(document: Any, number: int) -> tuple[float, float]:
    """Leave of the page what is printed: cut, its notes and form fields drawn in. The size in points."""
    import pypdfium2.raw as raw

    page = document[number]
    raw.FPDFPage_Flatten(page, raw.FLAT_PRINT)
    for place in reversed(range(raw.FPDFPage_GetAnnotCount(page))):
        raw.FPDFPage_RemoveAnnot(page, place)  # links, and what has no look of its own
    media, trim = page.get_mediabox(), page.get_trimbox()
    if _inside(trim, media):
        page.set_cropbox(*trim)
    page.close()
    page = document[number]  # a box counts from the next time the page is opened
    size = page.get_size()
    page.close()
    return size


def _inside(trim: tuple[float, ...], media: tuple[float, ...]) -> bool:
    """Whether it is a trim box to believe in: on the sheet, and most of it."""
    left, bottom, right, top = trim
    on_it = left >= media[0] - 1 and bottom >= media[1] - 1 and right <= media[2] + 1 and top <= media[3] + 1
    area = (media[2] - media[0]) * (media[3] - media[1])
    return on_it and right > left and top > bottom and (right - left) * (top - bottom) >= area / 4


def _refuse_size(number: int, size: tuple[float, float], ask: dict[str, Any]) -> None:
    millimetres = [side * MICROMETRES / 1000 for side in size]
    smallest, largest = min(millimetres), max(millimetres)
    if not (ask["min_side"] <= smallest and largest <= ask["max_side"] and largest <= 4 * smallest):
        width, height = (round(side) for side in millimetres)
        raise Refusal({"refused": "size", "page": number + 1, "width": width, "height": height})


class _Piece(NamedTuple):
    """Characters that follow one another on a line, with the box around them in `FINE` units of the page."""

    characters: str
    left: float
    top: float
    right: float
    bottom: float


def _text(page: Any) -> list[list[Any]]:
    """[characters, x, y, width, height] of the pieces of lines in order, in thousandths of the page."""
    text = page.get_textpage()
    try:
        pieces = list(_pieces(page, text))
    finally:
        text.close()
    found = []
    for characters, left, top, right, bottom in pieces:
        edges = [min(max(round(edge * 1000 / FINE), 0), 1000) for edge in (left, top, right, bottom)]
        found.append([characters, *edges[:2], edges[2] - edges[0], edges[3] - edges[1]])
    return found


def _pieces(page: Any, text: Any) -> Iterator[_Piece]:
    held: _Piece | None = None
    for character, box in _characters(page, text):
        piece = _Piece(character, *box)
        if held and _goes_on(held, piece):
            held = _Piece(
                held.characters + character,
                min(held.left, piece.left),
                min(held.top, piece.top),
                max(held.right, piece.right),
                max(held.bottom, piece.bottom),
            )
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held


def _goes_on(held: _Piece, piece: _Piece) -> bool:
    """Whether the character stands beside the last one, or below it in a vertical line."""
    high, wide = piece.bottom - piece.top, piece.right - piece.left
    middle = (piece.top + piece.bottom) / 2
    if held.top <= middle <= held.bottom and held.left <= piece.left:
        return piece.left - held.right <= max(high, wide)
    across = (piece.left + piece.right) / 2
    single = held.right - held.left <= 1.6 * wide
    return single and held.left <= across <= held.right and 0 <= piece.top - held.bottom + high / 2 <= high


def _characters(page: Any, text: Any) -> Iterator[tuple[str, tuple[float, float, float, float]]]:
    import pypdfium2.raw as raw

    place = _places(page)
    rect = raw.FS_RECTF()
    for number in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, number)
        character = chr(code) if code <= sys.maxunicode else ""
        if not character.isprintable() or character.isspace():
            continue
        if not raw.FPDFText_GetLooseCharBox(text, number, byref(rect)):
            continue
        x1, y1 = place(rect.left, rect.top)
        x2, y2 = place(rect.right, rect.bottom)
        yield character, (min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2))


def _places(page: Any) -> Any:
    """A function from PDF's points to places on the page as it is shown: cut, turned, y downwards."""
    import pypdfium2.raw as raw

    def shown(x: float, y: float) -> tuple[int, int]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, byref(across), byref(down))
        return across.value, down.value

    far = 10_000.0
    (x0, y0), (xa, ya), (xb, yb) = shown(0, 0), shown(far, 0), shown(0, far)

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            x0 + ((xa - x0) * x + (xb - x0) * y) / far,
            y0 + ((ya - y0) * x + (yb - y0) * y) / far,
        )

    return place


def _single(document: Any, number: int) -> bytes:
    """The page alone, with nothing that acts by itself."""
    from media import pdfium

    with pdfium.empty() as one:
        one.import_pages(document, [number])
        data = pdfium.saved(one)
        if _ACTIVE.search(_STREAMS.sub(b"", data)) is None:
            return data
        return _inert(one)


def _inert(one: Any) -> bytes:
    """What the page shows, as one drawing on a new page: whatever hung on the old one is gone."""
    from media import pdfium

    old = one[0]
    left, bottom, right, top = box = old.get_cropbox()
    turn = old.get_rotation()
    old.set_rotation(0)
    old.close()
    with pdfium.empty() as made:
        page = made.new_page(right - left, top - bottom)
        page.insert_obj(one.page_as_xobject(0, made).as_pageobject())
        page.gen_content()
        for put in (page.set_mediabox, page.set_cropbox, page.set_trimbox, page.set_bleedbox):
            put(*box)
        page.set_rotation(turn)
        page.close()
        return pdfium.saved(made)


def main() -> None:
    ask = child.asked()
    child.limit(ask["cpu_seconds"], MEMORY)
    from media.pdfium import PdfiumError

    out = sys.stdout.buffer
    try:
        for about, own in pages(sys.stdin.buffer.read(), ask):
            out.write(json.dumps(about | {"pdf": len(own)}).encode() + b"\n" + own)
        out.write(b'{"done": true}\n')
    except Refusal as refusal:
        out.write(json.dumps(refusal.args[0]).encode() + b"\n")
    except MemoryError:
        out.write(b'{"refused": "heavy"}\n')
    except PdfiumError:
        out.write(b'{"refused": "broken"}\n')
    out.flush()


if __name__ == "__main__":
    main()
