"""What the printer would find wrong with a page, before he does (印前检查)."""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

import pypdfium2.raw as raw
from django.utils.translation import gettext as _

from issues.typeset.press import clean
from issues.typeset.printing import Printed
from media import pdfium

LOWEST_DPI = 200
TOLERANCE = 0.5  # points, of sizes and boxes
GHOSTSCRIPT = ("gs", "-q", "-dSAFER", "-dBATCH", "-dNOPAUSE", "-dLastPage=1", "-sDEVICE=inkcov")
GHOSTSCRIPT_SECONDS = 40
MOST_NAMED = 10
# Ghostscript counts thickened letters among the lines.
TEXT_AND_LINES = ("-dFILTERIMAGE",)
TEXT = ("-dFILTERIMAGE", "-dFILTERVECTOR")
_INKS = re.compile(r"([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+([\d.]+)\s+CMYK")


@dataclass(frozen=True)
class Finding:
    level: Literal["error", "warning", "note"]
    sentence: str


def report(
    pdf: bytes,
    images: Iterable[Printed],
    drawing: Mapping[str, Any] | None,
    colour: bool,
    missing: Iterable[Mapping[str, Any]] = (),
) -> list[Finding]:
    """Everything worth saying of the page, the worst first; an empty list is a clean page.

    `drawing` is what the page was drawn from, None for a page made elsewhere; `missing` names the characters
    that no font has, as composition found them.
    """
    found = [*_looked_into(pdf, drawing), *_missing(missing), *_pictures(images, colour)]
    found += _inks(pdf, drawing, colour)
    return sorted(found, key=lambda finding: ("error", "warning", "note").index(finding.level))


def _looked_into(pdf: bytes, drawing: Mapping[str, Any] | None) -> list[Finding]:
    try:
        with pdfium.opened(pdf) as document:
            if len(document) != 1:
                said = _("这个文件有 %(count)d 页，一版应当只有一页。")
                return [Finding("error", said % {"count": len(document)})]
            page = document[0]
            try:
                found = list(_fonts(page))
                if drawing is not None:
                    found += [*_boxes(page, drawing), *_lost(page, drawing)]
            finally:
                page.close()
    except pdfium.PdfiumError:
        return [Finding("error", _("PDF 打不开。"))]
    return found


def _fonts(page: pdfium.Page) -> Iterator[Finding]:
    embedded: dict[str, bool] = {}
    for part in page.get_objects(filter=(raw.FPDF_PAGEOBJ_TEXT,)):
        font = raw.FPDFTextObj_GetFont(part)
        name = _font_name(font)
        embedded[name] = embedded.get(name, True) and raw.FPDFFont_GetIsEmbedded(font) == 1
    for name, is_embedded in sorted(embedded.items()):
        if not is_embedded:
            yield Finding("error", _("字体 %(name)s 没有嵌入。") % {"name": name})


def _font_name(font: Any) -> str:
    length = raw.FPDFFont_GetBaseFontName(font, None, 0)
    buffer = bytes(length)
    raw.FPDFFont_GetBaseFontName(font, buffer, length)
    return buffer.rstrip(b"\0").decode("utf-8", "replace") or "?"


def _boxes(page: pdfium.Page, drawing: Mapping[str, Any]) -> Iterator[Finding]:
    width, height, bleed = drawing["width"], drawing["height"], drawing["bleed"]
    whole = (0.0, 0.0, width + 2 * bleed, height + 2 * bleed)
    trim = (bleed, bleed, bleed + width, bleed + height)
    if not _same(page.get_mediabox(), whole):
        yield Finding("error", _("页面尺寸与版式不符。"))
    if not _same(page.get_trimbox(), trim):
        yield Finding("error", _("裁切框（TrimBox）与版式不符。"))
    if not _same(page.get_bleedbox(), whole):
        yield Finding("error", _("出血框（BleedBox）与版式不符。"))


def _same(box: tuple[float, ...], wanted: tuple[float, ...]) -> bool:
    return all(abs(one - other) <= TOLERANCE for one, other in zip(box, wanted, strict=True))


def _lost(page: pdfium.Page, drawing: Mapping[str, Any]) -> Iterator[Finding]:
    """Characters of the drawing that do not come out of the PDF again: no font drew them."""
    text = page.get_textpage()
    try:
        there = _letters(text.get_text_range())
    finally:
        text.close()
    wanted = _letters("".join(clean(item[6]) for item in drawing["items"] if item[0] == "text"))
    if lost := wanted - there:
        yield Finding("error", _("这些字没有印出来：%(characters)s。") % {"characters": _listed(lost)})


def _letters(text: str) -> Counter[str]:
    """Letters, ideographs and figures; PDFium takes others for line breaks and the like."""
    plain = unicodedata.normalize("NFKC", text)
    return Counter(one for one in plain if unicodedata.category(one)[0] in "LN")


def _listed(characters: Iterable[str]) -> str:
    named = [f"{one}（U+{ord(one):04X}）" for one in dict.fromkeys(characters)]
    return "、".join(named[:MOST_NAMED]) + ("…" if len(named) > MOST_NAMED else "")


def _missing(missing: Iterable[Mapping[str, Any]]) -> Iterator[Finding]:
    if characters := [one["character"] for one in missing]:
        said = _("字体里没有这些字，版面上用〓代替：%(characters)s。")
        yield Finding("error", said % {"characters": _listed(characters)})


def _pictures(images: Iterable[Printed], colour: bool) -> Iterator[Finding]:
    printed = list(images)
    for picture in printed:
        if picture.dpi < LOWEST_DPI:
            said = _("图片“%(name)s”只有 %(dpi)d dpi，低于 %(lowest)d dpi，印出来可能发虚。")
            yield Finding("warning", said % {"name": picture.name, "dpi": picture.dpi, "lowest": LOWEST_DPI})
    if colour and any(picture.inks == "rgb" for picture in printed):
        yield Finding("warning", _("没有印刷厂的 ICC 特性文件，彩色图片仍是 RGB，由印刷厂转换。"))


def _inks(pdf: bytes, drawing: Mapping[str, Any] | None, colour: bool) -> Iterator[Finding]:
    """What Ghostscript says of the inks: of the page, and of its text alone."""
    if shutil.which("gs") is None:
        yield Finding("note", _("本机没有 Ghostscript，没有检查墨色。"))
        return
    page = text = ink_coverage(pdf)
    if drawing is None or any(item[0] == "image" for item in drawing["items"]):
        text = ink_coverage(pdf, *(TEXT if drawing is None else TEXT_AND_LINES))
    if page is None or text is None:
        yield Finding("warning", _("Ghostscript 没能检查墨色。"))
        return
    if not colour and any(page[:3]):
        yield Finding("error", _("黑白版上出现了彩色。"))
    # The accent has no cyan, so that black text made of four inks is found beside it.
    if text[0] or (any(text[:3]) and not (colour and _accented(drawing))):
        yield Finding("error", _("文字不是单色黑（K100），套印会不准。"))
    said = _("墨量：青 %(c)s%%，品红 %(m)s%%，黄 %(y)s%%，黑 %(k)s%%。")
    shares = dict(zip("cmyk", (f"{share * 100:.1f}" for share in page), strict=True))
    yield Finding("note", said % shares)


def _accented(drawing: Mapping[str, Any] | None) -> bool:
    items = drawing["items"] if drawing else []
    return any(item[0] == "stamp" or "accent" in item for item in items)


def ink_coverage(pdf: bytes, *options: str) -> tuple[float, ...] | None:
    """The share of the first page that each of C, M, Y and K covers; None if Ghostscript cannot say.

    In a process of its own: without files but the one, for a limited time.
    """
    with tempfile.TemporaryDirectory(prefix="newsroom-inks-") as folder:
        path = Path(folder, "page.pdf")
        path.write_bytes(pdf)
        try:
            done = subprocess.run(
                [*GHOSTSCRIPT, *options, "-o", "-", path.name],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                timeout=GHOSTSCRIPT_SECONDS,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            return None
    found = _INKS.search(done.stdout)
    return tuple(float(share) for share in found.groups()) if found and done.returncode == 0 else None
