"""Reading a PDF that was sent, in a child with limits: `python -m articles.intake.pdf.probe '{…}' < file`.

Prints for each page a line of JSON with the bytes of its own PDF after it, then of its pictures; at last
`{"done": true}`; or one line `{"refused": reason, …}`. Asked for "pieces", it tells the pieces of lines;
asked for "lines", the lines of `pdfpage` and the pictures. A bomb, a loop or a crash ends this process alone.
Knows no Django.
"""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from media import child

MEMORY = 1536 * child.MEGABYTE
TRIAL_WIDTH = 1080  # pixels
MICROMETRES = 25400 / 72

# What a page could do besides being looked at.
_ACTIVE = re.compile(rb"/(?:AA|JS|JavaScript|Launch|OpenAction|EmbeddedFiles?|RichMedia)\b")
_STREAMS = re.compile(rb"stream\r?\n.*?endstream", re.S)


class Refusal(Exception):
    """Ends the reading; its argument is what to print."""


def pages(data: bytes, ask: dict[str, Any]) -> Iterator[tuple[dict[str, Any], list[bytes]]]:
    """What is known of each page; its own PDF and its pictures. Raises Refusal, PdfiumError, MemoryError."""
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
            about, parts = _page(document, number, ask)
            left -= sum(map(len, parts))
            if left < 0:
                raise Refusal({"refused": "heavy"})
            yield about, parts


def _page(document: Any, number: int, ask: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    from articles.intake.pdf import letters as pdfletters
    from articles.intake.pdf import page as pdfpage
    from articles.intake.pdf import shapes as pdfshapes

    size = _prepare(document, number)
    _refuse_size(number, size, ask)
    page = document[number]
    width, height = (round(side * MICROMETRES) for side in size)
    about: dict[str, Any] = {"number": number + 1, "width": width, "height": height}
    pictures: list[bytes] = []
    if ask["look"] == "pieces":
        about["text"] = pdfletters.pieces(page)
    else:
        shapes = pdfshapes.Shapes(page, size)
        drawn = {"rules": shapes.rules, "pictures": shapes.places}
        about["lines"] = list(map(asdict, pdfpage.lines_of(pdfletters.letters(page, size) | drawn, size)))
        pictures = shapes.pictures
    page.render(scale=TRIAL_WIDTH / page.get_width()).close()  # what it takes shows here, not later
    page.close()
    return about, [_single(document, number), *pictures]


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
        for about, parts in pages(sys.stdin.buffer.read(), ask):
            out.write(json.dumps(about | {"bytes": list(map(len, parts))}).encode() + b"\n" + b"".join(parts))
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
