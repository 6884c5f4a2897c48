"""Pictures of a PDF's page, by pdfium: for readers, for proofs and for the composer's screen.

A page's PNG has a palette of 256 colours, a third of the bytes of one without: the few colours of paper, ink
and accent exactly, the shades of letters' edges closely, the photos dithered.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from ctypes import byref, c_int
from typing import Any

import pypdfium2.raw as raw
from PIL import Image

from media import pdfium

WIDTHS = (480, 1080, 2160)
PREVIEW_QUALITY = 85
COLOURS = 256
EXACT = 16  # colours kept exactly, among
MOST_COMMON = 64
SHADES = 64  # colours of what is no photo, those included
NEAR = 8  # levels; Pillow tells colours apart by the upper six bits

Colour = tuple[int, int, int]
Box = tuple[int, int, int, int]  # left, top, right, bottom in pixels


def pictures(pdf: bytes, number: int = 0, widths: Iterable[int] = WIDTHS) -> dict[int, bytes]:
    """PNG files of page `number` (0 the first), by width in pixels. Raises PdfiumError."""
    wanted = sorted(set(widths), reverse=True)
    with pdfium.opened(pdf) as document:
        whole, photos = _drawn(document, number, wanted[0], find_photos=True)
    made: dict[int, bytes] = {}
    for width in wanted:
        image = _smaller(whole, width)
        scale = width / wanted[0]
        made[width] = _png(image, [_scaled(box, scale, image.size) for box in photos])
    return dict(sorted(made.items()))


def preview(pdf: bytes, width: int) -> bytes:
    """A JPEG of the first page, as quickly as may be: it is drawn anew with every move of a box."""
    with pdfium.opened(pdf) as document:
        image, _photos = _drawn(document, 0, width)
    target = io.BytesIO()
    image.save(target, "JPEG", quality=PREVIEW_QUALITY)
    return target.getvalue()


def _drawn(
    document: pdfium.Document, number: int, width: int, find_photos: bool = False
) -> tuple[Image.Image, list[Box]]:
    page = _trimmed(document, number)
    try:
        across = page.get_width()
        bitmap = page.render(scale=width / across, rev_byteorder=True, prefer_bgrx=True)
        image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        photos = _photos(page, image.size) if find_photos else []
    finally:
        page.close()
    if image.width != width:  # a rounding of the scale
        image = image.crop((0, 0, width, image.height))
    return image, photos


def _trimmed(document: pdfium.Document, number: int) -> pdfium.Page:
    """The page as it is after the cut: readers see no bleed, and places are counted from its corner."""
    page = document[number]
    trim = page.get_trimbox()
    if trim != page.get_cropbox():
        page.set_cropbox(*trim)
        page.close()
        page = document[number]  # a box counts from the next time the page is opened
    return page


def _photos(page: pdfium.Page, size: tuple[int, int]) -> list[Box]:
    """Where pictures, or parts made elsewhere that may hold some, stand on the page of that many pixels."""
    boxes = []
    for part in page.get_objects(filter=(raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_FORM), max_depth=1):
        left, bottom, right, top = part.get_bounds()
        corners = [_pixel(page, size, x, y) for x, y in ((left, bottom), (right, top))]
        (x1, x2), (y1, y2) = (sorted(each) for each in zip(*corners, strict=True))
        box = max(0, x1 - 1), max(0, y1 - 1), min(size[0], x2 + 2), min(size[1], y2 + 2)
        if box[2] > box[0] and box[3] > box[1]:
            boxes.append(box)
    return boxes


def _pixel(page: pdfium.Page, size: tuple[int, int], x: float, y: float) -> tuple[int, int]:
    across, down = c_int(), c_int()
    raw.FPDF_PageToDevice(page, 0, 0, *size, 0, x, y, byref(across), byref(down))
    return across.value, down.value


def _smaller(image: Image.Image, width: int) -> Image.Image:
    if width == image.width:
        return image
    height = max(1, round(image.height * width / image.width))
    if image.width == 2 * width and image.height in (2 * height, 2 * height - 1):
        return image.reduce(2)
    return image.resize((width, height), Image.Resampling.LANCZOS, reducing_gap=2.0)


def _scaled(box: Box, scale: float, size: tuple[int, int]) -> Box:
    left, top, right, bottom = (round(edge * scale) for edge in box)
    return left, top, min(max(right, left + 1), size[0]), min(max(bottom, top + 1), size[1])


def _png(image: Image.Image, photos: list[Box]) -> bytes:
    target = io.BytesIO()
    _few_colours(image, photos).save(target, "PNG", compress_level=6)
    return target.getvalue()


def _few_colours(image: Image.Image, photos: list[Box]) -> Image.Image:
    palette = _palette(image, photos)
    few = image.quantize(palette=palette, dither=Image.Dither.NONE)
    for box in photos:
        few.paste(image.crop(box).quantize(palette=palette, dither=Image.Dither.FLOYDSTEINBERG), box)
    return few


def _palette(image: Image.Image, photos: list[Box]) -> Image.Image:
    """The colours that serve the page best, found in a part of its pixels: all would take too long."""
    flat = image.resize((max(1, image.width // 3), max(1, image.height // 3)), Image.Resampling.NEAREST)
    for box in photos:
        flat.paste((255, 255, 255), (box[0] // 3, box[1] // 3, box[2] // 3, box[3] // 3))
    exact = [(255, 255, 255)]
    for _count, colour in sorted(flat.getcolors(flat.width * flat.height) or [], reverse=True)[:MOST_COMMON]:
        if len(exact) < EXACT and all(_apart(_rgb(colour), other) >= NEAR for other in exact):
            exact.append(_rgb(colour))
    colours = exact + _best(flat, SHADES - len(exact), exact)
    if photos:
        parts = _sheet([image.crop(box) for box in photos])
        colours += _best(parts, COLOURS - len(colours), exact)
    palette = Image.new("P", (1, 1))
    palette.putpalette([level for colour in colours for level in colour])
    return palette


def _best(image: Image.Image, count: int, exact: list[Colour]) -> list[Colour]:
    """At most `count` colours that stand for the image's, none that would be taken for an exact one."""
    levels = image.quantize(count, method=Image.Quantize.FASTOCTREE).getpalette() or []
    found = [_rgb(levels[start : start + 3]) for start in range(0, min(len(levels), count * 3), 3)]
    return [one for one in found if all(_apart(one, other) >= NEAR for other in exact)]


def _apart(one: Colour, other: Colour) -> int:
    return max(abs(a - b) for a, b in zip(one, other, strict=True))


def _rgb(levels: Any) -> Colour:
    red, green, blue = levels
    return red, green, blue


def _sheet(parts: list[Image.Image]) -> Image.Image:
    """The parts, small, under one another."""
    small = [part.reduce(max(1, min(4, *part.size))) for part in parts]
    sheet = Image.new("RGB", (max(part.width for part in small), sum(part.height for part in small)))
    top = 0
    for part in small:
        sheet.paste(part, (0, top))
        top += part.height
    return sheet
