"""Files that set up a paper, small enough to be made in a test: a press's profile and fonts."""

from __future__ import annotations

import io
import struct
from itertools import product
from typing import Any

from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen


def profile(space: bytes = b"CMYK", kind: bytes = b"prtr") -> bytes:
    """An ICC profile of a rough press: enough for Little CMS to convert with."""
    tags = {
        b"desc": b"desc" + bytes(4) + struct.pack(">I", 6) + b"Bench\0" + bytes(78),
        b"cprt": b"text" + bytes(4) + b"none\0\0\0\0",
        b"wtpt": b"XYZ " + bytes(4) + struct.pack(">3i", 63190, 65536, 54061),
        b"A2B0": _lut(
            4, 3, [(255 - min(255, sum(ink) * 255), 128, 128) for ink in product((0, 1), repeat=4)]
        ),
        b"B2A0": _lut(3, 4, [(0, 0, 0, 255 - point[0] * 255) for point in product((0, 1), repeat=3)]),
    }
    at = 128 + 4 + 12 * len(tags)
    table, data = struct.pack(">I", len(tags)), b""
    for name, body in tags.items():
        table += name + struct.pack(">II", at + len(data), len(body))
        data += body + bytes(-len(body) % 4)
    head = struct.pack(">I", at + len(data)) + bytes(4) + struct.pack(">I", 0x02400000)
    head += kind + space + b"Lab " + bytes(12) + b"acsp" + bytes(28)
    head += struct.pack(">3i", 63190, 65536, 54061)
    return head.ljust(128, b"\0") + table + data


def _lut(inputs: int, outputs: int, grid: list[tuple[int, ...]]) -> bytes:
    """A table of eight bits with two points to each side."""
    matrix = struct.pack(">9i", 65536, 0, 0, 0, 65536, 0, 0, 0, 65536)
    straight = bytes(range(256))
    points = bytes(value for point in grid for value in point)
    return (
        b"mft1"
        + bytes(4)
        + bytes([inputs, outputs, 2, 0])
        + matrix
        + straight * inputs
        + points
        + straight * outputs
    )


def font(family: str = "临港报宋", ideographs: int = 2500, **tables: Any) -> bytes:
    """A TrueType font whose every ideograph is the same box."""
    characters = {0x4E00 + n: "box" for n in range(ideographs)} | {ord(c): "box" for c in "AB，。"}
    pen = TTGlyphPen(None)
    for step, corner in enumerate([(50, 0), (50, 800), (950, 800), (950, 0)]):
        (pen.lineTo if step else pen.moveTo)(corner)
    pen.closePath()
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap(characters)
    box = pen.glyph()
    builder.setupGlyf({".notdef": box, "box": box})
    builder.setupHorizontalMetrics({".notdef": (1000, 0), "box": (1000, 50)})
    builder.setupHorizontalHeader(ascent=880, descent=-120)
    builder.setupNameTable({"familyName": family, "styleName": "Regular", "psName": "Bench-Regular"})
    builder.setupOS2(sTypoAscender=880)
    builder.setupPost()
    for tag, table in tables.items():
        builder.font[tag] = table
    out = io.BytesIO()
    builder.save(out)
    return out.getvalue()


def with_table(file: bytes, tag: bytes, body: bytes) -> bytes:
    """The font with other bytes in that table's place, at the file's end."""
    count = struct.unpack(">H", file[4:6])[0]
    for at in range(12, 12 + 16 * count, 16):
        if file[at : at + 4] == tag:
            file += bytes(-len(file) % 4)
            entry = tag + bytes(4) + struct.pack(">II", len(file), len(body))
            return file[:at] + entry + file[at + 16 :] + body
    raise KeyError(tag)


def bomb(file: bytes, groups: int = 3000) -> bytes:
    """A character map of a few kilobytes that unfolds to thousands of millions of characters."""
    body = b"".join(struct.pack(">III", 0, 0x10FFFF, 1) for _ in range(groups))
    subtable = struct.pack(">HHIII", 12, 0, 16 + len(body), 0, groups) + body
    return with_table(file, b"cmap", struct.pack(">HHHHI", 0, 1, 3, 10, 12) + subtable)
