"""The press: a drawing of composition becomes a PDF page, each item exactly where it was put.

    drawing = {"width", "height", "bleed": points, "colour": bool, "info": {"title", "author", "keywords"},
               "marks": [[title, y], …], "items": [ITEM, …]}           items in reading order
    ITEM = ["text", x, y of the baseline, size, face, tracking, run, colour]
         | ["rect", x, y, w, h, colour or None, stroke colour or None, stroke]
         | ["line", x1, y1, x2, y2, stroke, colour]
         | ["image", x, y, w, h, key, [left, top, right, bottom] cut off, in thousandths, alt]
         | ["stamp", x, y, w, h, words]

Colours are "k100" (and other percents of black), "paper" and "accent"; all are CMYK in the PDF, and on a page
that is not in colour everything is black alone. Text comes out of the PDF in the order of the items.
"""

from __future__ import annotations

import json
import math
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Sequence
from datetime import datetime, timezone
from pathlib import Path
from typing import Any

import typst
from django.utils.translation import gettext as _

from issues.typeset import workshop
from issues.typeset.images import Cut
from issues.typeset.raster import pictures, preview
from issues.typeset.workshop import Face, TypesetError
from media import pdfium

__all__ = ["TypesetError", "pdf", "pictures", "preview"]

UNSIGNED = "未签发"
# Returns the file of a picture, or None for a grey box in its place.
Pictures = Callable[[str], "Path | bytes | None"]

LARGEST_STAMP = 150.0  # points
# Breaks, controls and marks that turn the direction of writing: none is ever printed.
_UNPRINTED = re.compile(
    "[\x00-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")


def pdf(
    drawing: dict[str, Any],
    faces: Sequence[Face],
    pictures: Pictures,
    *,
    timestamp: datetime | None,
    slug: str = "",
    quick: bool = False,
) -> bytes:
    """The page as PDF: the same bytes for the same drawing, pictures and time.

    `pictures(key)` gives an image's file, an `images.Cut` where it holds nothing but the part shown. `slug`
    (version and digest) joins the keywords. `quick` leaves out what only a finished page needs,
    the tags and the boxes; it looks the same. Raises TypesetError.
    """
    compiler, fonts = workshop.compiler(faces)
    folder = Path(tempfile.mkdtemp(prefix="page-", dir=workshop.room()))
    try:
        sheet = _sheet(drawing, slug, _Files(folder, pictures))
        sheet["dated"] = timestamp is not None
        sheet["faces"] = [
            name | {"stroke": face.stroke_pt_per_em} for name, face in zip(fonts.names, faces, strict=True)
        ]
        data = compiler.compile(
            format="pdf",
            sys_inputs={"page": json.dumps(sheet, ensure_ascii=False, allow_nan=False)},
            timestamp=_fixed(timestamp),
            pdf_tags=not quick,
        )
    except (typst.TypstError, ValueError, TypeError, KeyError, IndexError, OSError) as error:
        said = str(getattr(error, "message", "") or error or type(error).__name__)
        raise TypesetError(_("这一版没有排出来：%(reason)s。") % {"reason": said.rstrip(".")}) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    assert isinstance(data, bytes)
    return data if quick else _boxed(data, drawing)


def _fixed(moment: datetime | None) -> datetime | int:
    """Typst takes no zone with rules, only an offset."""
    if moment is None:
        return 0
    offset = moment.utcoffset()
    if offset is None:
        raise ValueError("a timestamp needs a zone")
    return moment.replace(tzinfo=timezone(offset), microsecond=0)


class _Files:
    """The pictures of one page, each laid ready once, under the name it has in the drawing's data."""

    def __init__(self, folder: Path, source: Pictures) -> None:
        self.folder, self.source = folder, source
        self.laid: dict[str, tuple[str, bool] | None] = {}

    def get(self, key: str) -> tuple[str, bool] | None:
        """(path for Typst, whether it is cut already); None where there is no picture."""
        if key not in self.laid:
            self.laid[key] = self._lay(self.source(key))
        return self.laid[key]

    def _lay(self, picture: Path | bytes | None) -> tuple[str, bool] | None:
        if picture is None:
            return None
        target = self.folder / str(len(self.laid))
        if isinstance(picture, bytes):
            target.write_bytes(picture)
        else:
            target.symlink_to(os.path.abspath(picture))
        return f"{self.folder.name}/{target.name}", isinstance(picture, Cut)


def _sheet(drawing: dict[str, Any], slug: str, files: _Files) -> dict[str, Any]:
    """What page.typ reads: the drawing with neighbouring runs of one kind put together, and clean text."""
    info = drawing["info"]
    items: list[list[Any]] = []
    for item in drawing["items"]:
        if item[0] == "text":
            _, x, y, size, face, tracking, run, colour = item
            kind = ["texts", size, face, tracking, colour]
            if not items or items[-1][:5] != kind:
                items.append([*kind, []])
            items[-1][5].append([x, y, clean(run)])
        elif item[0] == "image":
            items.append(_image(item, files))
        elif item[0] != "stamp":
            items.append(item)
    stamps = [item for item in drawing["items"] if item[0] == "stamp"]
    return {
        "width": drawing["width"],
        "height": drawing["height"],
        "bleed": drawing["bleed"],
        "colour": bool(drawing.get("colour", True)),
        "info": {
            "title": clean(info.get("title") or ""),
            "author": _names(info.get("author")),
            "keywords": [*_names(info.get("keywords")), *_names(slug)],
        },
        "marks": [[clean(title), y] for title, y in drawing.get("marks", [])],
        "items": items + [_stamp(item) for item in stamps],
    }


def clean(text: str) -> str:
    """The text without what would break a line, turn its direction or cannot be written."""
    return _SURROGATE.sub("\ufffd", _UNPRINTED.sub("", text.replace("\t", " ")))


def _names(given: str | Sequence[str] | None) -> list[str]:
    each = [given] if isinstance(given, str) else given or []
    return [name for name in map(clean, each) if name]


def _image(item: list[Any], files: _Files) -> list[Any]:
    _, x, y, w, h, key, crop, alt = item
    laid = files.get(key)
    if laid is None:
        return ["rect", x, y, w, h, "k10", None, 0]
    path, cut = laid
    return ["image", x, y, w, h, path, [0, 0, 0, 0] if cut else crop, clean(alt)]


def _stamp(item: list[Any]) -> list[Any]:
    """The stamp with the angle and size that make its words as large as its box allows."""
    _, x, y, w, h, words = item
    words = clean(words) or UNSIGNED
    angle = min(max(math.atan2(h, w), math.radians(15)), math.radians(60))
    sine, cosine = math.sin(angle), math.cos(angle)
    length = len(words) + 0.2
    size = min(w / (length * cosine + sine), h / (length * sine + cosine), LARGEST_STAMP)
    size = max(size, 1.0)
    wide, high = size * (length + 1), size * 2
    place = [x + (w - wide) / 2, y + (h - high) / 2, wide, high]
    return ["stamp", *place, math.degrees(angle), size, 0, words]


def _boxed(data: bytes, drawing: dict[str, Any]) -> bytes:
    """The same PDF with its boxes said: what is printed, bleed included, and what is left after the cut.

    That is what a reader's program shows (the crop box).
    """
    bleed, width, height = drawing["bleed"], drawing["width"], drawing["height"]
    with pdfium.opened(data) as document:
        page = document[0]
        trim = (bleed, bleed, bleed + width, bleed + height)
        page.set_trimbox(*trim)
        page.set_cropbox(*trim)
        page.set_bleedbox(0, 0, width + 2 * bleed, height + 2 * bleed)
        page.close()
        data = pdfium.saved(document)
    # Poppler takes a false here for a wrong type, and complains.
    return data.replace(b"/Suspects false", b" " * 15)
