"""Newspaper pages laid out for tests, as other programs might have made them: in any order."""

from __future__ import annotations

import io
import json
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pylopdf_fonts_zh_cn as fonts
import typst
from PIL import Image, ImageDraw

_PROGRAM = """
#let sheet = json(bytes(sys.inputs.sheet))
#set page(width: sheet.width * 1pt, height: sheet.height * 1pt, margin: 0pt)
#set text(top-edge: "baseline", bottom-edge: "baseline", lang: "zh", cjk-latin-spacing: none)
#for (words, x, y, size, face, bold, turn) in sheet.words {
  let set-in(it) = if bold { text(stroke: 0.03em, it) } else { it }
  place(dx: x * 1pt, dy: y * 1pt, rotate(turn * 1deg, set-in(text(size: size * 1pt, font: face, words))))
}
#for (x, y, w, h, kind) in sheet.shapes {
  let size = (width: w * 1pt, height: h * 1pt)
  place(dx: x * 1pt, dy: y * 1pt,
    if kind == "photo" { image("photo.jpg", ..size, fit: "stretch") }
    else if kind == "rule" { rect(..size, fill: black) }
    else { rect(..size, stroke: 0.5pt) })
}
"""
SERIF, SANS = "Noto Serif SC", "Noto Sans SC"
HANGING = "，。、；：！？”）》"


@cache
def _fonts() -> typst.Fonts:
    folders = {str(Path(path).parent) for path in (fonts.serif_path(), fonts.sans_path())}
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders])


@cache
def photo(width: int = 600, height: int = 400) -> bytes:
    picture = Image.new("RGB", (width, height), "#88a")
    ImageDraw.Draw(picture).ellipse((width // 4, height // 4, width // 2, height // 2), fill="#c42")
    target = io.BytesIO()
    picture.save(target, "JPEG")
    return target.getvalue()


@dataclass
class Sheet:
    """A page of that many points; its places are counted from its top left, baselines for text."""

    width: float = 800
    height: float = 1100
    words: list[list[Any]] = field(default_factory=list)
    shapes: list[list[Any]] = field(default_factory=list)

    def say(
        self, text: str, x: float, y: float, size: float = 9, face: str = SERIF, bold: bool = False
    ) -> None:
        self.words.append([text, x, y, size, face, bold, 0])

    def centred(self, text: str, left: float, right: float, y: float, size: float, **more: Any) -> None:
        self.say(text, (left + right - len(text) * size) / 2, y, size, **more)

    def down(self, text: str, x: float, y: float, size: float, step: float = 1.1) -> None:
        """A vertical line (直排)."""
        for place, letter in enumerate(text):
            self.say(letter, x, y + place * size * step, size, bold=True)

    def rule(self, x: float, y: float, width: float, height: float) -> None:
        self.shapes.append([x, y, width, height, "rule"])

    def frame(self, x: float, y: float, width: float, height: float) -> None:
        self.shapes.append([x, y, width, height, "frame"])

    def picture(self, x: float, y: float, width: float, height: float) -> None:
        self.shapes.append([x, y, width, height, "photo"])

    def text(
        self,
        paragraphs: Sequence[str],
        columns: Sequence[tuple[float, float, int]],
        letters: int,
        size: float = 9,
        leading: float = 13,
        indent: int = 2,
    ) -> None:
        """Set paragraphs into columns (left, first baseline, lines) of so many letters, one after another."""
        rows = [row for paragraph in paragraphs for row in _rows(paragraph, letters, indent)]
        for x, y, lines in columns:
            for place, (text, start) in enumerate(rows[:lines]):
                self.say(text, x + start * size, y + place * leading, size)
            del rows[:lines]
        assert not rows, "the columns are too short"

    def scattered(self, seed: int = 1) -> Sheet:
        """The same page, its letters one by one in no order at all."""
        letters = [
            [letter, x + place * size, y, size, face, bold, turn]
            for text, x, y, size, face, bold, turn in self.words
            for place, letter in enumerate(text)
            if letter.strip()
        ]
        random.Random(seed).shuffle(letters)
        return Sheet(self.width, self.height, letters, self.shapes)

    def pdf(self) -> bytes:
        told = {name: getattr(self, name) for name in ("width", "height", "words", "shapes")}
        with tempfile.TemporaryDirectory() as folder:
            (Path(folder) / "page.typ").write_text(_PROGRAM)
            (Path(folder) / "photo.jpg").write_bytes(photo())
            compiler = typst.Compiler(
                input=Path(folder) / "page.typ", root=Path(folder), font_paths=_fonts(),
                sys_inputs={"sheet": json.dumps(told)},
            )  # fmt: skip
            pdf = compiler.compile(format="pdf")
        assert isinstance(pdf, bytes)
        return pdf


def _rows(paragraph: str, letters: int, indent: int) -> list[tuple[str, int]]:
    """The paragraph's rows, each with where it begins; signs that may not begin a row hang over the edge."""
    rows, start = [], indent
    while paragraph:
        end = letters - start
        if paragraph[end : end + 1] and paragraph[end] in HANGING:
            end += 1
        rows.append((paragraph[:end], start))
        paragraph, start = paragraph[end:], 0
    return rows
