"""The letters of the page: which font draws a character in which role, and how wide it is.

A role is one of newspaper typography: body (报宋), headline (小标宋), hei (黑), kai (楷), fangsong (仿宋).
Each has a chain of fonts: the bureau's own, the default, then what has most characters. Without a font of
its own, kai is set in a light sans, as the papers do that have none.

Only the tables `cmap` and `hmtx` are read, once a process and only of fonts that are used.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pylopdf_fonts_zh_cn
from fontTools.ttLib import TTCollection, TTFont

ROLES = ("body", "headline", "hei", "kai", "fangsong")
#: What stands for a character that no font has, the first that a font has.
STAND_INS = "〓□?"
DEBIAN = Path("/usr/share/fonts/opentype/noto")
REGULAR, BOLD = 400, 700
THICKENED = {"Serif": 0.018, "Sans": 0.028}


class Face(NamedTuple):
    """A font as Typst finds it. `index` is its number in a collection (0 in a plain file).

    Where no bold exists its lines are thickened by a stroke of `stroke_pt_per_em` times the size.
    """

    path: Path
    index: int  # type: ignore[assignment]  # hides tuple's method of that name
    family: str
    weight: int
    stroke_pt_per_em: float = 0.0


class Glyph(NamedTuple):
    """What is drawn for a character: `face` is an index of `FontSet.faces`, `advance` in ems."""

    face: int
    advance: float
    char: str
    missing: bool


Uploaded = tuple[tuple[str, Path, str], ...]


class FontSet:
    """The fonts of a page. `faces` are numbered as the drawing's `font_index`."""

    def __init__(self, chains: Mapping[str, list[Face]], unreadable: tuple[str, ...] = ()) -> None:
        self.faces: list[Face] = list(dict.fromkeys(face for chain in chains.values() for face in chain))
        self.unreadable = unreadable  # families of uploaded fonts that could not be read
        self.glyphs = {role: _Glyphs(self, chain) for role, chain in chains.items()}

    @classmethod
    def default(cls, uploaded: Mapping[str, tuple[Path, str]] | None = None) -> FontSet:
        """The set with the bureau's own fonts, role to (path, family), before the defaults. Kept."""
        own = (uploaded or {}).items()
        return _font_set(tuple(sorted((role, Path(path), family) for role, (path, family) in own)))

    def glyph(self, role: str, char: str) -> Glyph:
        return self.glyphs[role][char]

    def advance(self, role: str, char: str) -> float:
        """In ems; of the stand-in where no font has the character."""
        return self.glyphs[role][char].advance

    def face_for(self, role: str, char: str) -> int | None:
        """The font that has the character; None if none has."""
        glyph = self.glyphs[role][char]
        return None if glyph.missing else glyph.face


class _Glyphs(dict[str, Glyph]):
    """A role's glyphs, looked up as they are asked for."""

    def __init__(self, fonts: FontSet, chain: list[Face]) -> None:
        super().__init__()
        self.chain = [(fonts.faces.index(face), face) for face in chain]

    def __missing__(self, char: str) -> Glyph:
        found = self._find(char, missing=False)
        found = found or next(filter(None, (self._find(other, missing=True) for other in STAND_INS)), None)
        self[char] = found or Glyph(self.chain[0][0], 1.0, STAND_INS[0], True)
        return self[char]

    def _find(self, char: str, *, missing: bool) -> Glyph | None:
        for number, face in self.chain:
            advance = _letters(face.path, face.index).advance(char)
            if advance is not None:
                return Glyph(number, advance, char, missing)
        return None


class _Letters:
    def __init__(self, font: TTFont) -> None:
        count = font["maxp"].numGlyphs
        font.setGlyphOrder([str(number) for number in range(count)])  # spares reading the outlines' names
        self.numbers: dict[int, str] = font.getBestCmap() or {}
        metrics = font["hhea"].numberOfHMetrics
        pairs = np.frombuffer(font.reader["hmtx"][: 4 * metrics], ">u2")
        self.advances = pairs[::2] / font["head"].unitsPerEm

    def advance(self, char: str) -> float | None:
        number = self.numbers.get(ord(char))
        if number is None:
            return None
        return float(self.advances[min(int(number), len(self.advances) - 1)])


@lru_cache(maxsize=32)
def _letters(path: Path, index: int) -> _Letters:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        return _Letters(font)


@lru_cache(maxsize=16)
def _font_set(uploaded: Uploaded) -> FontSet:
    chains = {role: list(chain) for role, chain in _default_chains().items()}
    unreadable = []
    for role, path, family in uploaded:
        try:
            face = read(path, family)
            _letters(path, face.index)
        except Unreadable:
            unreadable.append(family)
        else:
            chains[role].insert(0, face)
    return FontSet(chains, tuple(unreadable))


class Unreadable(ValueError):
    """Not a font, or one without the tables that composition needs."""


def read(path: Path, family: str = "") -> Face:
    """The face in a file; of a collection the member of that family, else its first. Raises Unreadable."""
    try:
        faces = _faces(path)
        chosen = next((face for face in faces if face.family == family), faces[0])
        _letters(path, chosen.index)
    except Exception as wrong:  # fonttools raises whatever a damaged table leads to
        raise Unreadable(f"{path.name}: {type(wrong).__name__}") from wrong
    return chosen


def _faces(path: Path) -> list[Face]:
    with path.open("rb") as file:
        members = 1
        if file.read(4) == b"ttcf":
            file.seek(0)
            members = len(TTCollection(file, lazy=True).fonts)
    return [_face(path, index) for index in range(members)]


def _face(path: Path, index: int) -> Face:
    with TTFont(path, fontNumber=index, lazy=True) as font:
        names = font["name"]
        family = names.getDebugName(16) or names.getDebugName(1) or ""
        weight = font["OS/2"].usWeightClass if "OS/2" in font else REGULAR
    return Face(path, index, family, weight)


@lru_cache(maxsize=1)
def _default_chains() -> Mapping[str, tuple[Face, ...]]:
    serif, sans = _regular("Serif"), _regular("Sans")
    bold_serif, bold_sans = _bold("Serif", serif), _bold("Sans", sans)
    return {
        "body": (serif, sans),
        "headline": (bold_serif, serif, bold_sans, sans),
        "hei": (bold_sans, sans, bold_serif, serif),
        "kai": (sans, serif),
        "fangsong": (serif, sans),
    }


def _regular(kind: str) -> Face:
    if found := next(_of_debian(f"Noto{kind}CJK-Regular.ttc", f"Noto {kind} CJK SC"), None):
        return found
    package = pylopdf_fonts_zh_cn
    path = package.serif_path() if kind == "Serif" else package.sans_path()
    return Face(Path(path), 0, f"Noto {kind} SC", REGULAR)


def _bold(kind: str, regular: Face) -> Face:
    debian = _of_debian(f"Noto{kind}CJK-Bold.ttc", f"Noto {kind} CJK SC")
    return next(debian, regular._replace(stroke_pt_per_em=THICKENED[kind]))


def _of_debian(name: str, family: str) -> Iterator[Face]:
    path = DEBIAN / name
    if path.is_file():
        yield from (face for face in _faces(path) if face.family == family)
