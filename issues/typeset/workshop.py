"""Typst ready to work: the faces' files found, the fonts and a compiler kept for each process and thread."""

from __future__ import annotations

import atexit
import fcntl
import os
import shutil
import tempfile
import threading
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Protocol

import typst
from django.conf import settings
from django.utils.translation import gettext as _
from fontTools.ttLib import TTFont

PROGRAM = Path(__file__).with_name("page.typ")
MOST_KEPT = 16  # sets of fonts, and compilers of a thread


class TypesetError(RuntimeError):
    """A page could not be typeset. Its text is one sentence for the person who waits for it."""


class Face(Protocol):
    """What the press asks of one of `issues.fonts`' faces."""

    @property
    def path(self) -> Any: ...  # a file
    @property
    def index(self) -> int: ...  # in a collection (.ttc)
    @property
    def stroke_pt_per_em(self) -> float: ...  # thickens the letters


@dataclass(frozen=True)
class Fonts:
    """Typst's fonts, and what it calls each of our faces: family, weight, style, stretch."""

    known: typst.Fonts
    names: tuple[dict[str, Any], ...]


_Wanted = tuple[tuple[str, int, int, int], ...]  # path, size, time, index

_room: Path | None = None
_room_pid = 0
_making = threading.Lock()
_local = threading.local()


def room() -> Path:
    """This process's own folder, removed when it ends: the program, the fonts and each job's pictures."""
    global _room, _room_pid
    with _making:
        if _room is not None and _room_pid != os.getpid():
            # Typst's threads stayed behind in the parent: it would wait for them for ever.
            raise TypesetError(_("排版进程是从已经排过版的进程分出来的，请重新启动服务。"))
        if _room is None:
            _room, _room_pid = _moved_in(settings.VAR / "cache-press"), os.getpid()
            shutil.copyfile(PROGRAM, _room / PROGRAM.name)
            atexit.register(_leave, _room, _room_pid)
        return _room


def _moved_in(house: Path) -> Path:
    """A new folder with a lock that is held as long as we live. Those of the dead are cleared away."""
    house.mkdir(parents=True, exist_ok=True)
    for lock in house.glob("*.lock"):
        with suppress(OSError), lock.open("ab") as file:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
            lock.unlink(missing_ok=True)
    handle, name = tempfile.mkstemp(suffix=".lock", dir=house)  # stays open
    fcntl.flock(handle, fcntl.LOCK_EX)
    folder = Path(name).with_suffix("").resolve()
    folder.mkdir()
    return folder


def _leave(folder: Path, pid: int) -> None:
    if os.getpid() == pid:
        shutil.rmtree(folder, ignore_errors=True)
        folder.with_suffix(".lock").unlink(missing_ok=True)


def compiler(faces: Sequence[Face]) -> tuple[typst.Compiler, Fonts]:
    """A compiler of this thread's own that knows exactly these faces."""
    folder = room()
    wanted = tuple((*_file(face), face.index) for face in faces)
    fonts = _fonts(wanted)
    kept: dict[_Wanted, typst.Compiler] = _local.__dict__.setdefault("compilers", {})
    if wanted not in kept:
        if len(kept) >= MOST_KEPT:
            kept.clear()
        kept[wanted] = typst.Compiler(input=folder / PROGRAM.name, root=folder, font_paths=fonts.known)
    return kept[wanted], fonts


def _file(face: Face) -> tuple[str, int, int]:
    path = os.path.realpath(face.path)
    try:
        stat = os.stat(path)
    except OSError as error:
        raise TypesetError(_("字体文件不见了：%(name)s。") % {"name": Path(face.path).name}) from error
    return path, stat.st_size, stat.st_mtime_ns


@lru_cache(maxsize=MOST_KEPT)
def _fonts(wanted: _Wanted) -> Fonts:
    """The faces' files in a folder of their own, so that no neighbour is taken for one of them."""
    folder = Path(tempfile.mkdtemp(prefix="fonts-", dir=room()))
    laid = {path: _lay(path, folder / f"{n}.ttc") for n, path in enumerate({path: 0 for path, *_ in wanted})}
    named = _named(folder)
    taken: dict[tuple[Any, ...], tuple[str, int]] = {}
    renamed: dict[tuple[str, int], str] = {}
    for path, _size, _time, index in wanted:
        name = named.get((laid[path], index))
        if name is None:
            raise TypesetError(_("字体文件读不出来：%(name)s。") % {"name": Path(path).name})
        if taken.setdefault(tuple(name.values()), (path, index)) != (path, index):
            renamed.setdefault((path, index), str(folder / f"renamed-{len(renamed)}.otf"))
    for (path, index), copy in renamed.items():
        _rename(path, index, copy)
    if renamed:
        named = _named(folder)
    places = (
        (renamed[path, n], 0) if (path, n) in renamed else (laid[path], n) for path, _s, _t, n in wanted
    )
    return Fonts(_load(folder), tuple(named[place] for place in places))


def _lay(path: str, place: Path) -> str:
    """Put the font at `place`, and say where Typst will see it: it follows links, and goes by the ending."""
    if Path(path).suffix.lower() in (".ttf", ".otf", ".ttc", ".otc"):
        place.symlink_to(path)
        return path
    try:
        place.hardlink_to(path)
    except OSError:  # another disk
        shutil.copyfile(path, place)
    return str(place)


def _load(folder: Path) -> typst.Fonts:
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def _named(folder: Path) -> dict[tuple[str, int], dict[str, Any]]:
    """What Typst calls each font there, by its real path and index."""
    return {
        (info.path or "", info.index): {
            "family": info.family,
            "weight": info.weight,
            "style": info.style,
            "stretch": info.stretch,
        }
        for info in _load(folder).fonts()
    }


def _rename(path: str, index: int, copy: str) -> None:
    """Typst finds fonts by name: of two with one name, one gets another."""
    with TTFont(path, fontNumber=index, lazy=True, recalcBBoxes=False, recalcTimestamp=False) as font:
        for record in list(font["name"].names):
            if record.nameID in (1, 16):
                record.string = Path(copy).stem
        font.save(copy)
