"""The words that a proofreader dragged over on a page's picture, and where in their story they stand.

The characters come from the proof's own PDF; the story's text from its frozen content. The two are compared
without white space, as a line of print ends anywhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_double
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.core.files.storage import default_storage
from pypdfium2 import raw

from articles.proofreading import LINES, occurrences, texts
from issues.marks import Place, box_under
from issues.models import Proof
from media import pdfium
from newsroom.lib.html import parse

MOST = 500  # characters that are read


Point = tuple[float, float]


class Letter(NamedTuple):
    character: str
    left: float
    bottom: float
    right: float
    top: float


@dataclass(frozen=True)
class Words:
    """`where` as `articles.proofreading.correct` takes it; "" where they stand nowhere, or more than once."""

    text: str
    article: int | None = None
    where: str = ""


def words_under(proof: Proof, place: Place, back: bool = False) -> Words:
    """What is printed there, as text is selected: from where the drag began, line by line, to its end.

    `back`: it ran from top right to bottom left, from the end of a line into the next. Nothing for a proof
    without PDF.
    """
    printed = "".join(_printed(proof, place, back).split())[:MOST]
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


def _printed(proof: Proof, place: Place, back: bool) -> str:
    if not proof.is_ready or not (place.width or place.height):
        return ""
    try:
        with default_storage.open(proof.pdf_name, "rb") as file:
            pdf = file.read()
        with pdfium.opened(pdf) as document:
            page = document[0]
            try:
                letters = list(_letters(page))
                begin, end = _ends(page, place, back)
            finally:
                page.close()
    except (FileNotFoundError, pdfium.PdfiumError):
        return ""
    chosen = _selected(letters, begin, end) or _within(letters, begin, end)
    # PDFium tells a rare character as the two halves UTF-16 has of it.
    words = "".join(one.character for one in chosen[:MOST])
    return words.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def _ends(page: pdfium.Page, place: Place, back: bool) -> tuple[Point, Point]:
    """Where the drag began and ended, in the PDF's own units, whichever way the page lies."""
    left, right = place.x, place.x + place.width
    corners = (right if back else left, place.y), (left if back else right, place.y + place.height)
    points = []
    for x, y in corners:
        across, up = c_double(), c_double()
        raw.FPDF_DeviceToPage(page, 0, 0, 1000, 1000, 0, x, y, byref(across), byref(up))
        points.append((across.value, up.value))
    return points[0], points[1]


def _letters(page: pdfium.Page) -> Iterator[Letter]:
    """In the PDF's order, which is that of reading."""
    text = page.get_textpage()
    try:
        box = raw.FS_RECTF()
        for number in range(text.count_chars()):
            # The loose box is that of the letter's square: a comma's own is at its foot.
            if raw.FPDFText_GetLooseCharBox(text, number, byref(box)) and box.right > box.left:
                character = chr(raw.FPDFText_GetUnicode(text, number))
                yield Letter(character, box.left, box.bottom, box.right, box.top)
    finally:
        text.close()


def _selected(letters: list[Letter], begin: Point, end: Point) -> list[Letter]:
    """From the letter at the beginning to that at the end; nothing where that is no stretch of text."""
    if begin[0] > end[0] and _on_one_line(letters, begin, end):
        begin, end = end, begin
    first, last = _at(letters, begin, before=False), _at(letters, end, before=True)
    if first is None or last is None or not 0 <= last - first < MOST:
        return []
    return letters[first : last + 1]


def _on_one_line(letters: list[Letter], begin: Point, end: Point) -> bool:
    last = _at(letters, begin, before=True)
    return last is not None and letters[last].bottom <= end[1] <= letters[last].top


def _at(letters: list[Letter], point: Point, before: bool) -> int | None:
    """On the line at the point: the first letter whose middle lies to its right, or the last to its left."""
    x, y = point
    line = [(n, one) for n, one in enumerate(letters) if one.bottom <= y <= one.top]
    off = [((one.left + one.right) / 2 - x, n) for n, one in line]
    near = [(abs(distance), n) for distance, n in off if (distance <= 0 if before else distance >= 0)]
    return min(near)[1] if near else None


def _within(letters: list[Letter], begin: Point, end: Point) -> list[Letter]:
    """Those whose middle lies in the rectangle between the points."""
    (x1, x2), (y1, y2) = sorted((begin[0], end[0])), sorted((begin[1], end[1]))
    return [
        one
        for one in letters
        if x1 <= (one.left + one.right) / 2 <= x2 and y1 <= (one.bottom + one.top) / 2 <= y2
    ]
