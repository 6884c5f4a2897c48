"""The trial of a font, in a child process with hard limits: `python -m issues.fontprobe '{…}'`.

Asked for a `path`, the font alone in its folder (Typst reads folders), it prints one JSON object:
`{"refused": reason}`, or the family, the kind of file and how many ideographs it has. A table that unfolds
to gigabytes or never ends takes this process alone. Knows no Django.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from media import child

CPU_SECONDS = 15
MEMORY = 1024 * child.MEGABYTE  # address space: the interpreter, the font, its tables unfolded, Typst
MOST_MEMBERS = 40
MOST_CHARACTERS = 200_000
KINDS = {b"OTTO": "otf", b"\0\1\0\0": "ttf", b"true": "ttf", b"ttcf": "ttc"}
NEEDED = ("cmap", "head", "hhea", "hmtx", "maxp", "name")
# A collection's member for the mainland's forms of the characters.
MAINLAND = ("SC", "GB", "CN", "Hans")


def examine(path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        kind = KINDS.get(file.read(4))
    if kind is None:
        return {"refused": "unknown"}
    faces = _faces(path, kind)
    readable = [face for face in faces if face["ideographs"]] or faces
    chosen = next((face for face in readable if _is_mainland(face["family"])), readable[0])
    if not chosen["family"]:
        return {"refused": "nameless"}
    if not _typst_reads(path.parent):
        return {"refused": "broken"}
    return chosen | {"kind": kind}


def _faces(path: Path, kind: str) -> list[dict[str, Any]]:
    from fontTools.ttLib import TTCollection, TTFont

    members = 1
    if kind == "ttc":
        with path.open("rb") as file:
            members = len(TTCollection(file, lazy=True).fonts)
        if not 1 <= members <= MOST_MEMBERS:
            raise ValueError("members")
    faces = []
    for index in range(members):
        with TTFont(path, fontNumber=index, lazy=True) as font:
            faces.append(_face(font))
    return faces


def _face(font: Any) -> dict[str, Any]:
    lacking = [tag for tag in NEEDED if tag not in font]
    if lacking or not ("glyf" in font or "CFF " in font):
        raise ValueError("tables")
    # Spares reading the outlines' names, of which a font may have any number.
    font.setGlyphOrder([str(number) for number in range(font["maxp"].numGlyphs)])
    characters = font.getBestCmap() or {}
    if len(characters) > MOST_CHARACTERS or not 16 <= font["head"].unitsPerEm <= 16384:
        raise ValueError("sizes")
    names = font["name"]
    family = names.getDebugName(16) or names.getDebugName(1) or ""
    return {
        "family": " ".join("".join(c if c.isprintable() else " " for c in family).split())[:120],
        "ideographs": sum(0x4E00 <= code <= 0x9FFF for code in characters),
    }


def _is_mainland(family: str) -> bool:
    return any(word.startswith(MAINLAND) for word in family.replace("-", " ").split())


def _typst_reads(folder: Path) -> bool:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
    return bool(fonts.families())


def main() -> None:
    child.limit(CPU_SECONDS, MEMORY)
    try:
        answer = examine(Path(child.asked()["path"]))
    except MemoryError:
        answer = {"refused": "heavy"}
    except Exception:  # fonttools raises whatever a damaged table leads to
        answer = {"refused": "broken"}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
