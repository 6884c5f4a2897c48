"""Word files (.docx) as a `Document`, read in a child with hard limits."""

from __future__ import annotations

import io
import json
import threading
from typing import Any

from articles.intake.pieces import Document, Line
from articles.intake.refusals import Refused, cause
from media import child, pixels
from media.child import MEGABYTE

MAX_BYTES = 100 * MEGABYTE  # twenty photographs as a phone takes them
LIMITS = {
    "max_parts": 4000,
    "max_unpacked": 200 * MEGABYTE,
    "max_xml": 24 * MEGABYTE,  # a novel has six
    "cpu_seconds": 20,
}
WALL_SECONDS = 40
# A process reads one at a time: what one may take, many at once would take many times over.
_AT_ONCE = threading.BoundedSemaphore(1)
PATIENCE = 2 * WALL_SECONDS


def read_docx(data: bytes, name: str = "") -> Document:
    """The file as one page; `name` is what its sender calls it. Raises Refused."""
    if len(data) > MAX_BYTES:
        raise Refused("large", name, size=len(data), limit=MAX_BYTES)
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Refused("busy", name)
    try:
        with child.real(io.BytesIO(data)) as file:
            done = child.run("articles.intake.word.probe", LIMITS, WALL_SECONDS, file)
    finally:
        _AT_ONCE.release()
    head, _line_feed, pictures = done.output.partition(b"\n")
    if done.code != 0 or not head:
        raise Refused(cause(done), name)
    said = json.loads(head)
    if "refused" in said:
        raise Refused(said["refused"], name)
    document = _document(said, pictures)
    if not document.lines:
        raise Refused("external" if document.lost else "no_text", name)
    return document


def _document(said: dict[str, Any], data: bytes) -> Document:
    """Drawings (EMF, WMF, SVG), which the library does not take, are left out as if they had not come."""
    names, pictures, place = [], {}, 0
    for number, size in enumerate(said["pictures"], 1):
        picture = data[place : place + size]
        place += size
        kind = pixels.sniff(picture[:32])
        names.append(f"picture-{number}.{pixels.FORMATS[kind][1]}" if kind else "")
        if kind:
            pictures[names[-1]] = picture
    lines = []
    lost = said["lost"]
    for text, gap, level, size, bold, picture_at, rows in said["lines"]:
        picture_name = names[picture_at] if picture_at >= 0 else ""
        if text or picture_name:
            table = tuple(map(tuple, rows))
            lines.append(Line(text, gap, level, size, bold, picture=picture_name, table=table))
        else:
            lost += 1
    return Document(tuple(lines), pictures=pictures, lost=lost)
