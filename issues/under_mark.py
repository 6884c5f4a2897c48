"""The words that a proofreader dragged over on a page's picture, and where in their story they stand.

The characters come from the proof's own PDF; the story's text from its frozen content. The two are compared
without white space, as a line of print ends anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any

from django.core.files.storage import default_storage
from pypdfium2 import raw

from articles.proofreading import LINES, occurrences, texts
from issues.marks import Place, box_under
from issues.models import Proof
from issues.typeset import pdfium
from newsroom.lib.html import parse

MOST = 500  # characters that are read


@dataclass(frozen=True)
class Words:
    """`where` as `articles.proofreading.correct` takes it; "" where they stand nowhere, or more than once."""

    text: str
    article: int | None = None
    where: str = ""


def words_under(proof: Proof, place: Place) -> Words:
    """What is printed there; nothing for a proof without a PDF."""
    printed = "".join(_printed(proof, place).split())[:MOST]
    under = box_under(proof.data["placements"], proof.data["page"]["format"], place)
    if not printed or not under or not under["story"]:
        return Words(printed)
    story = under["story"]
    found = [
        (where, original)
        for where, text in pieces(story["content"], story["stack"])
        for original in _originals(printed, text)
    ]
    if len(found) != 1:
        return Words(printed, story["article"])
    return Words(found[0][1], story["article"], found[0][0])


def pieces(content: dict[str, Any], stack: dict[str, str] | None) -> Iterator[tuple[str, str]]:
    """The texts of a frozen story that a correction may change, each with its place.

    A headline stack of the page's own (`stack`) is printed in the place of the story's: that one is not here.
    """
    for name in LINES:
        if content[name] and (stack is None or name == "lede"):
            yield name, content[name]
    for number, block in enumerate(texts(parse(content["body"]))):
        yield f"body:{number}", block.text


def _originals(printed: str, text: str) -> Iterator[str]:
    """The stretches of the text that read as printed, white space apart."""
    places = [at for at, character in enumerate(text) if not character.isspace()]
    bare = "".join(text[at] for at in places)
    for start in occurrences(printed, bare):
        yield text[places[start] : places[start + len(printed) - 1] + 1]


def _printed(proof: Proof, place: Place) -> str:
    """The characters of the PDF whose middle lies within the place, in the PDF's order."""
    if not proof.is_ready or not (place.width or place.height):
        return ""
    try:
        with default_storage.open(proof.pdf_name, "rb") as file:
            pdf = file.read()
        with pdfium.opened(pdf) as document:
            page = document[0]
            try:
                return _within(page, *_corners(page, place))
            finally:
                page.close()
    except (FileNotFoundError, pdfium.PdfiumError):
        return ""


def _corners(page: pdfium.Page, place: Place) -> tuple[float, float, float, float]:
    """left, bottom, right, top of the place in the PDF's own units, whichever way the page lies."""
    points = []
    for x, y in ((place.x, place.y), (place.x + place.width, place.y + place.height)):
        across, up = c_double(), c_double()
        raw.FPDF_DeviceToPage(page, 0, 0, 1000, 1000, 0, x, y, byref(across), byref(up))
        points.append((across.value, up.value))
    (x1, y1), (x2, y2) = points
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


def _within(page: pdfium.Page, left: float, bottom: float, right: float, top: float) -> str:
    text = page.get_textpage()
    try:
        found = []
        box = raw.FS_RECTF()
        for number in range(text.count_chars()):
            # The loose box is that of the letter's square: a comma's own is at its foot.
            if not raw.FPDFText_GetLooseCharBox(text, number, byref(box)):
                continue
            x, y = (box.left + box.right) / 2, (box.top + box.bottom) / 2
            if left <= x <= right and bottom <= y <= top:
                found.append(chr(raw.FPDFText_GetUnicode(text, number)))
                if len(found) >= MOST:
                    break
        # PDFium tells a rare character as the two halves UTF-16 has of it.
        return "".join(found).encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    finally:
        text.close()
