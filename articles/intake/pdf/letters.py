"""The letters of a PDF's page, where they are seen. Runs in the child of `probe`; knows no Django."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator
from ctypes import byref, c_double, c_int, create_string_buffer
from typing import Any, NamedTuple

import pypdfium2.raw as raw

MOST_CHARACTERS = 100_000  # on a page; a full broadsheet has fifteen thousand
FINE = 100_000  # the page's width and height in the units that positions are computed in
UNIT = 100  # hundredths of a point, in which letters and shapes are told
BASELINE = 0.12  # of an em below the baseline: where the box of an ideograph ends

Place = Callable[[float, float], tuple[float, float]]
_BOLD = re.compile(r"bold|black|heavy|semibold|medium|hei|黑|粗|xbs|dbs|dhtk|cuti|gothic", re.IGNORECASE)
_BOLD_WEIGHT = 600
_FORCED_BOLD = 1 << 18  # of the flags of a font's descriptor


def places(page: Any, width: float = FINE, height: float = FINE) -> Place:
    """A function from PDF's points to places on the page as it is shown: cut, turned, y downwards.

    The page is that wide and high in the units of the places.
    """

    def shown(x: float, y: float) -> tuple[int, int]:
        across, down = c_int(), c_int()
        raw.FPDF_PageToDevice(page, 0, 0, FINE, FINE, 0, x, y, byref(across), byref(down))
        return across.value, down.value

    far = 10_000.0
    (x0, y0), (xa, ya), (xb, yb) = shown(0, 0), shown(far, 0), shown(0, far)
    wide, high = width / FINE, height / FINE

    def place(x: float, y: float) -> tuple[float, float]:
        return (
            (x0 + ((xa - x0) * x + (xb - x0) * y) / far) * wide,
            (y0 + ((ya - y0) * x + (yb - y0) * y) / far) * high,
        )

    return place


# Pieces of lines


class _Piece(NamedTuple):
    """Characters that follow one another on a line, with the box around them in `FINE` units of the page."""

    characters: str
    left: float
    top: float
    right: float
    bottom: float


def pieces(page: Any) -> list[list[Any]]:
    """[characters, x, y, width, height] of the pieces of lines in order, in thousandths of the page."""
    text = page.get_textpage()
    try:
        found = list(_pieces(page, text))
    finally:
        text.close()
    told = []
    for characters, left, top, right, bottom in found:
        edges = [min(max(round(edge * 1000 / FINE), 0), 1000) for edge in (left, top, right, bottom)]
        told.append([characters, *edges[:2], edges[2] - edges[0], edges[3] - edges[1]])
    return told


def _pieces(page: Any, text: Any) -> Iterator[_Piece]:
    held: _Piece | None = None
    place = places(page)
    for number, character in _characters(text):
        box = _loose(text, number, place)
        if box is None:
            continue
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


def _characters(text: Any) -> Iterator[tuple[int, str]]:
    """Place in the text and character of all that leave ink."""
    for number in range(min(text.count_chars(), MOST_CHARACTERS)):
        code = raw.FPDFText_GetUnicode(text, number)
        character = chr(code) if code <= sys.maxunicode else ""
        if character.isprintable() and not character.isspace():
            yield number, character


def _loose(text: Any, number: int, place: Place) -> tuple[float, float, float, float] | None:
    rect = raw.FS_RECTF()
    if not raw.FPDFText_GetLooseCharBox(text, number, byref(rect)):
        return None
    x1, y1 = place(rect.left, rect.top)
    x2, y2 = place(rect.right, rect.bottom)
    return min(x1, x2), min(y1, y2), max(x1, x2), max(y1, y2)


# Letters


def letters(page: Any, size: tuple[float, float]) -> dict[str, Any]:
    """The page's letters in the file's order, and the fonts they are set in.

    `letters`: [character, x, y, width, height, size, font, turned] in hundredths of a point; the box of an
    upright letter is its em. `fonts`: [name, bold].
    """
    place = places(page, *(side * UNIT for side in size))
    text = page.get_textpage()
    fonts: dict[tuple[str, bool], int] = {}
    found = []
    try:
        for number, character in _characters(text):
            if character and (box := _box(text, number, place)):
                left, top, right, bottom, points, turned = box
                font = fonts.setdefault(_font(text, number), len(fonts))
                edges = (left, top, right - left, bottom - top, points)
                found.append([character, *map(round, edges), font, int(turned)])
    finally:
        text.close()
    return {"letters": found, "fonts": [list(font) for font in fonts]}


def _box(text: Any, number: int, place: Place) -> tuple[float, float, float, float, float, bool] | None:
    """Left, top, right, bottom, size, and whether the letter does not stand upright."""
    loose = _loose(text, number, place)
    matrix, x, y = raw.FS_MATRIX(), c_double(), c_double()
    known = raw.FPDFText_GetMatrix(text, number, byref(matrix))
    if loose is None or not known or not raw.FPDFText_GetCharOrigin(text, number, byref(x), byref(y)):
        return None
    size = abs(raw.FPDFText_GetFontSize(text, number))
    across, down = place(x.value, y.value)
    top_x, top_y = place(x.value + matrix.c * size, y.value + matrix.d * size)
    rise, lean = down - top_y, top_x - across
    em = (rise**2 + lean**2) ** 0.5
    if em == 0:
        return None
    left, top, right, bottom = loose
    if rise > 3 * abs(lean) and bottom - em * 0.6 < down < bottom + em * 0.6:  # written along the line
        return left, down - (1 - BASELINE) * em, right, down + BASELINE * em, em, False
    return left, top, right, bottom, em, rise <= 3 * abs(lean)


def _font(text: Any, number: int) -> tuple[str, bool]:
    buffer, flags = create_string_buffer(128), c_int()
    raw.FPDFText_GetFontInfo(text, number, buffer, len(buffer), byref(flags))
    name = buffer.value.decode("utf-8", "replace").partition("+")[2] or buffer.value.decode(
        "utf-8", "replace"
    )
    heavy = raw.FPDFText_GetFontWeight(text, number) >= _BOLD_WEIGHT or bool(flags.value & _FORCED_BOLD)
    return name, heavy or bool(_BOLD.search(name)) or _outlined(text, number)


def _outlined(text: Any, number: int) -> bool:
    """Whether a stroke thickens the letter."""
    one = raw.FPDFText_GetTextObject(text, number)
    return bool(one) and raw.FPDFTextObj_GetTextRenderMode(one) == raw.FPDF_TEXTRENDERMODE_FILL_STROKE
