"""Drawings made by hand, and what programs of others say of the PDFs made of them."""

from __future__ import annotations

import io
import shutil
import subprocess
from datetime import datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from issues.fonts import FontSet
from issues.typeset import press
from media import pdfium

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=timezone(timedelta(hours=8)))
FACES = FontSet.default().faces


def sheet(*items: list[Any], width: float = 400, height: float = 300, **more: Any) -> dict[str, Any]:
    """A small page with those items."""
    return {
        "width": width,
        "height": height,
        "bleed": 0,
        "colour": True,
        "info": {"title": "潮头晚报 1版", "author": "临港区", "keywords": ["要闻"]},
        "marks": [],
        "items": list(items),
    } | more


def text(run: str, x: float = 50, y: float = 100, size: float = 10, face: int = 0, **more: Any) -> list[Any]:
    return ["text", x, y, size, face, more.get("tracking", 0), run, more.get("colour", "k100")]


def printed(drawing: dict[str, Any], **options: Any) -> bytes:
    options = {"pictures": lambda key: None, "timestamp": NOON} | options
    return press.pdf(drawing, FACES, options.pop("pictures"), **options)


def looked_at(pdf: bytes, scale: float = 1) -> Image.Image:
    with pdfium.opened(pdf) as document:
        page = document[0]
        bitmap = page.render(scale=scale)
        image: Image.Image = bitmap.to_pil().convert("RGB")
        bitmap.close()
        page.close()
    return image


def read(pdf: bytes) -> str:
    """The text as PDFium gives it back."""
    return "".join(character for character, *_box in characters(pdf))


def characters(pdf: bytes) -> list[tuple[str, float, float, float]]:
    """(character, left and right of its box, baseline's distance from the top) in points, in order."""
    with pdfium.opened(pdf) as document:
        page = document[0]
        height = page.get_height()
        found = page.get_textpage()
        whole = found.get_text_range()
        each = []
        for number, character in enumerate(whole):
            if character.strip():
                left, bottom, right, top = found.get_charbox(number, loose=True)
                each.append((character, left, right, height - bottom - (top - bottom) * 0.12))
        found.close()
        page.close()
    return each


def poppler(program: str, pdf: bytes, folder: Path, *options: str) -> str:
    """What one of poppler's programs prints of the PDF; no word of complaint is allowed."""
    return _run(program, "needs poppler-utils", pdf, folder, *options, "page.pdf", "-")


def pdffonts(pdf: bytes, folder: Path) -> list[list[str]]:
    """Of each font the columns emb, sub, uni."""
    lines = _run("pdffonts", "needs poppler-utils", pdf, folder, "page.pdf").splitlines()[2:]
    return [line.split()[-5:-2] for line in lines]


def _run(program: str, need: str, pdf: bytes, folder: Path, *arguments: str) -> str:
    if shutil.which(program) is None:
        pytest.skip(need)
    (folder / "page.pdf").write_bytes(pdf)
    done = subprocess.run([program, *arguments], cwd=folder, capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def jpeg(
    colour: tuple[int, ...] = (200, 40, 30), size: tuple[int, int] = (60, 40), mode: str = "RGB"
) -> bytes:
    target = io.BytesIO()
    Image.new(mode, size, colour).save(target, "JPEG", quality=95)
    return target.getvalue()


def ghostscript() -> None:
    if shutil.which("gs") is None:
        pytest.skip("needs Ghostscript")


def profile() -> bytes:
    """A CMYK profile that comes with Ghostscript."""
    for path in Path("/usr/share/color/icc/ghostscript").glob("default_cmyk.icc"):
        return path.read_bytes()
    pytest.skip("needs Ghostscript")
