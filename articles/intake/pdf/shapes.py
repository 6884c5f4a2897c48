"""Rules, frames and pictures of a PDF's page. Runs in the child of `probe`; knows no Django."""

from __future__ import annotations

import io
from collections.abc import Iterator
from ctypes import byref, c_float, c_int, c_uint
from typing import Any, NamedTuple

import pypdfium2
import pypdfium2.raw as raw

from articles.intake.pdf.letters import UNIT, Place, places

MOST_OBJECTS = 60_000  # that are looked at; a map drawn in lines has more
MOST_RULES = 4_000
MOST_PICTURES = 40
MOST_PIXELS = 60_000_000
LEAST_AREA = 0.005  # of the page: smaller ones are logos and ornaments
THINNEST = 14  # times as long as wide is a rule, whatever it is made of
DEEPEST = 8

Matrix = tuple[float, float, float, float, float, float]
Edges = tuple[float, float, float, float]  # left, top, right, bottom
_SAME: Matrix = (1, 0, 0, 1, 0, 0)


class _Found(NamedTuple):
    """An object of the page, and the matrix of the forms it stands in."""

    one: Any
    kind: int
    matrix: Matrix


class Shapes:
    """What a page of that many points has besides letters.

    `rules`: [x, y, width, height, filled] of lines and of rectangles; `places`: [x, y, width, height] of the
    `pictures` (JPEG). All in hundredths of a point of the page as it is seen.
    """

    def __init__(self, page: Any, size: tuple[float, float]) -> None:
        self.page, self.size = page, tuple(side * UNIT for side in size)
        self.place: Place = places(page, *self.size)
        self.rules: list[list[int]] = []
        self.places: list[list[int]] = []
        self.pictures: list[bytes] = []
        for number, found in enumerate(_objects(page)):
            if number >= MOST_OBJECTS:
                break
            if found.kind == raw.FPDF_PAGEOBJ_PATH and len(self.rules) < MOST_RULES:
                self._rule(found)
            elif found.kind == raw.FPDF_PAGEOBJ_IMAGE and len(self.pictures) < MOST_PICTURES:
                self._picture(found)

    def _rule(self, found: _Found) -> None:
        """Lines and rectangles; of curves only what could not be letters turned into outlines."""
        if raw.FPDFPath_CountSegments(found.one) > 6:
            return
        fill, stroke = c_int(), c_int()
        if not raw.FPDFPath_GetDrawMode(found.one, byref(fill), byref(stroke)):
            return
        if not stroke.value and (not fill.value or _is_white(found.one)):
            return
        left, top, right, bottom = self._edges(found)
        if max(right - left, bottom - top) < 8 * UNIT:
            return
        filled = int(bool(fill.value) and not _is_white(found.one))
        self.rules.append([*map(round, (left, top, right - left, bottom - top)), filled])

    def _picture(self, found: _Found) -> None:
        whole = self._edges(found)
        seen = self._cut(found, whole)
        wide, high = seen[2] - seen[0], seen[3] - seen[1]
        if wide <= 0 or high <= 0 or max(wide, high) > THINNEST * min(wide, high):
            return
        if wide * high < LEAST_AREA * self.size[0] * self.size[1]:
            return
        image = pypdfium2.PdfImage(found.one, page=self.page, pdf=self.page.pdf)
        data = _jpeg(image, whole, seen)
        if data:
            self.places.append([*map(round, (seen[0], seen[1], wide, high))])
            self.pictures.append(data)

    def _edges(self, found: _Found) -> Edges:
        box = [c_float() for _edge in range(4)]
        if not raw.FPDFPageObj_GetBounds(found.one, *map(byref, box)):
            return (0, 0, 0, 0)
        left, bottom, right, top = (edge.value for edge in box)
        return self._shown([(left, bottom), (left, top), (right, bottom), (right, top)], found.matrix)

    def _shown(self, corners: list[tuple[float, float]], matrix: Matrix) -> Edges:
        a, b, c, d, e, f = matrix
        there = [self.place(a * x + c * y + e, b * x + d * y + f) for x, y in corners]
        across, down = zip(*there, strict=True)
        return min(across), min(down), max(across), max(down)

    def _cut(self, found: _Found, whole: Edges) -> Edges:
        """What the clip of a picture and the page's edges leave of it."""
        left, top, right, bottom = whole
        limits = [(0.0, 0.0, self.size[0], self.size[1])]
        clip = raw.FPDFPageObj_GetClipPath(found.one)
        for number in range(min(max(raw.FPDFClipPath_CountPaths(clip), 0), DEEPEST)):
            corners = _corners(clip, number)
            if corners:
                limits.append(self._shown(corners, found.matrix))
        for limit in limits:
            left, top = max(left, limit[0]), max(top, limit[1])
            right, bottom = min(right, limit[2]), min(bottom, limit[3])
        return left, top, right, bottom


def _objects(holder: Any, matrix: Matrix = _SAME, depth: int = 0) -> Iterator[_Found]:
    """The objects of a page or of a form, those of forms within included."""
    form = depth > 0
    count = raw.FPDFFormObj_CountObjects(holder) if form else raw.FPDFPage_CountObjects(holder)
    for number in range(max(count, 0)):
        one = raw.FPDFFormObj_GetObject(holder, number) if form else raw.FPDFPage_GetObject(holder, number)
        if not one:
            continue
        kind = raw.FPDFPageObj_GetType(one)
        if kind != raw.FPDF_PAGEOBJ_TEXT:
            yield _Found(one, kind, matrix)  # forms too, as all that is gone through counts
        if kind == raw.FPDF_PAGEOBJ_FORM and depth < DEEPEST:
            own = raw.FS_MATRIX()
            raw.FPDFPageObj_GetMatrix(one, byref(own))
            inner = _times((own.a, own.b, own.c, own.d, own.e, own.f), matrix)
            yield from _objects(one, inner, depth + 1)


def _times(inner: Matrix, outer: Matrix) -> Matrix:
    a, b, c, d, e, f = inner
    p, q, r, s, t, u = outer
    return (
        a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u,
    )  # fmt: skip


def _corners(clip: Any, number: int) -> list[tuple[float, float]]:
    found = []
    for place in range(min(max(raw.FPDFClipPath_CountPathSegments(clip, number), 0), 64)):
        segment = raw.FPDFClipPath_GetPathSegment(clip, number, place)
        x, y = c_float(), c_float()
        if segment and raw.FPDFPathSegment_GetPoint(segment, byref(x), byref(y)):
            found.append((x.value, y.value))
    return found


def _is_white(one: Any) -> bool:
    levels = [c_uint() for _channel in range(4)]
    if not raw.FPDFPageObj_GetFillColor(one, *map(byref, levels)):
        return False
    red, green, blue, alpha = (level.value for level in levels)
    return alpha == 0 or min(red, green, blue) > 250


def _jpeg(image: pypdfium2.PdfImage, whole: Edges, seen: Edges) -> bytes:
    """The picture as the page shows it; b"" where it cannot be decoded. Its own bytes where they will do."""
    try:
        wide, high = image.get_px_size()
        if not 0 < wide * high <= MOST_PIXELS:
            return b""
        uncut = all(abs(a - b) < UNIT for a, b in zip(whole, seen, strict=True))
        return bytes(image.get_data()) if uncut and _is_plain(image) else _drawn(image, whole, seen)
    except (pypdfium2.PdfiumError, ValueError, OSError):
        return b""


def _is_plain(image: pypdfium2.PdfImage) -> bool:
    """Whether the embedded file is a JPEG as the page shows it: grey or RGB, and upright."""
    a, b, c, d, _e, _f = image.get_matrix().get()
    upright = a > 0 and d > 0 and abs(b) < 0.01 * a and abs(c) < 0.01 * d and not image.page.get_rotation()
    if not upright or image.get_filters() != ["DCTDecode"]:
        return False
    simple = (raw.FPDF_COLORSPACE_DEVICEGRAY, raw.FPDF_COLORSPACE_DEVICERGB, raw.FPDF_COLORSPACE_ICCBASED)
    about = image.get_metadata()
    return about.colorspace in simple and about.bits_per_pixel in (8, 24)


def _drawn(image: pypdfium2.PdfImage, whole: Edges, seen: Edges) -> bytes:
    """Decoded, in RGB, turned and cut as on the page."""
    from PIL import Image

    bitmap = image.get_bitmap(render=True)
    try:
        drawn = bitmap.to_pil()
        if drawn.mode in ("RGBA", "LA", "P"):
            ground = Image.new("RGBA", drawn.size, "white")
            drawn = Image.alpha_composite(ground, drawn.convert("RGBA"))
        drawn = drawn.convert("RGB").rotate(-image.page.get_rotation(), expand=True)
    finally:
        bitmap.close()
    across = drawn.width / max(whole[2] - whole[0], 1)
    down = drawn.height / max(whole[3] - whole[1], 1)
    left, top = round((seen[0] - whole[0]) * across), round((seen[1] - whole[1]) * down)
    right, bottom = round((seen[2] - whole[0]) * across), round((seen[3] - whole[1]) * down)
    target = io.BytesIO()
    drawn.crop((left, top, max(right, left + 1), max(bottom, top + 1))).save(target, "JPEG", quality=90)
    return target.getvalue()
