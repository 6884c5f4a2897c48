"""PDFs from outside, read in a child with hard limits (`probe`): what is asked, and what it answers."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any

from articles.intake.refusals import cause
from media import child
from media.child import MEGABYTE

MAX_OUTPUT = 300 * MEGABYTE  # of all single pages: each takes along the fonts and pictures it shares
CPU_SECONDS = 25
WALL_SECONDS = 40
MOST_PAGES = 64
MIN_SIDE, MAX_SIDE = 80, 1200  # millimetres; a double page of a broadsheet has 786
# A process tries one at a time: what one may take, many at once would take many times over.
_AT_ONCE = threading.BoundedSemaphore(1)
PATIENCE = 20  # seconds an upload waits for its turn


@dataclass(frozen=True)
class Limits:
    """What a PDF may take. Sides in millimetres."""

    pages: int = MOST_PAGES
    output: int = MAX_OUTPUT
    min_side: int = MIN_SIDE
    max_side: int = MAX_SIDE
    cpu_seconds: float = CPU_SECONDS
    wall_seconds: float = WALL_SECONDS


@dataclass(frozen=True)
class RawPage:
    """What the child told of a page (see `probe`), that page's own PDF, and its pictures."""

    about: dict[str, Any]
    pdf: bytes
    pictures: tuple[bytes, ...] = ()


class Unread(Exception):
    """The PDF was not read; its argument is the child's {"refused": reason, …}."""

    @property
    def answer(self) -> dict[str, Any]:
        answer: dict[str, Any] = self.args[0]
        return answer


def read(file: IO[bytes], look: str, limits: Limits) -> list[RawPage]:
    """The pages of the PDF in a file of the system; `look` is "pieces" or "lines". Raises Unread: reasons
    "no_pdf", "broken", "busy", "slow" and those of `probe`."""
    size = os.fstat(file.fileno()).st_size
    if b"%PDF-" not in os.pread(file.fileno(), 1024, 0):
        raise Unread({"refused": "no_pdf"})
    if b"%%EOF" not in os.pread(file.fileno(), 2048, max(0, size - 2048)):
        raise Unread({"refused": "broken"})  # an upload cut short shows half a page
    ask = {
        "look": look,
        "max_pages": limits.pages,
        "max_output": limits.output,
        "min_side": limits.min_side,
        "max_side": limits.max_side,
        "cpu_seconds": limits.cpu_seconds,
    }
    with _turn():
        done = child.run("articles.intake.pdf.probe", ask, limits.wall_seconds, file)
    pages, answer = _parsed(done.output)
    if answer != {"done": True}:
        raise Unread(answer or {"refused": cause(done)})
    return pages


@contextmanager
def _turn() -> Iterator[None]:
    if not _AT_ONCE.acquire(timeout=PATIENCE):
        raise Unread({"refused": "busy"})
    try:
        yield
    finally:
        _AT_ONCE.release()


def _parsed(output: bytes) -> tuple[list[RawPage], dict[str, Any] | None]:
    """The pages printed, and the last word; None where the child ended without one."""
    pages: list[RawPage] = []
    place = 0
    while (end := output.find(b"\n", place)) >= 0:
        said = json.loads(output[place:end])
        if "number" not in said:
            return pages, said
        parts, place = [], end + 1
        for length in said["bytes"]:
            parts.append(output[place : place + length])
            place += length
        pages.append(RawPage(said, parts[0], tuple(parts[1:])))
    return pages, None
