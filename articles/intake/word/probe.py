"""Reading a Word file that was sent, in a child: `python -m articles.intake.word.probe '{…}' < file`.

Prints a line of JSON with the lines and the sizes of the pictures, then the pictures one after another; or
one line `{"refused": reason}`. A bomb, a loop or a crash ends this process alone. Nothing is unpacked to a
disk and nothing outside the file is opened, whatever it names. Knows no Django.
"""

from __future__ import annotations

import io
import json
import sys
from typing import IO, Any
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from media import child

MEMORY = 1024 * child.MEGABYTE
CHUNK = 64 * 1024
# A part of this size that unpacks to so many times its packed size is a bomb; long tables come to forty.
SUSPECT_BYTES, MAX_RATIO = child.MEGABYTE, 250


class Refusal(Exception):
    """Ends the reading; its argument is the reason."""


def read(data: bytes, ask: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    """What to print, and the pictures. `ask`: max_parts, max_unpacked, max_xml (both bytes)."""
    import mammoth.docx

    from articles.intake.word import lines as wordlines
    from articles.intake.word import shown as wordshown

    try:
        with ZipFile(io.BytesIO(data)) as package:
            _check(package, ask)
    except BadZipFile as broken:
        raise Refusal("broken") from broken
    shown = io.BytesIO(wordshown.as_shown(data))
    document = mammoth.docx.read(shown, external_file_access=False).value
    found = wordlines.Lines()
    found.read(document)
    about = {"lines": found.lines, "pictures": list(map(len, found.pictures)), "lost": found.lost}
    return about, found.pictures


def _check(package: ZipFile, ask: dict[str, Any]) -> None:
    """Refuse by the archive's table what would be too much, and by its first bytes what could multiply."""
    parts = package.infolist()
    if any(part.flag_bits & 1 for part in parts):
        raise Refusal("encrypted")
    # zipfile gives no more bytes of a part than the table says, so the table can be believed.
    xml = sum(part.file_size for part in parts if part.filename.endswith((".xml", ".rels")))
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > ask["max_parts"] or unpacked > ask["max_unpacked"] or xml > ask["max_xml"]:
        raise Refusal("heavy")
    if any(p.file_size > SUSPECT_BYTES and p.file_size > p.compress_size * MAX_RATIO for p in parts):
        raise Refusal("heavy")
    if not any(part.filename.startswith("word/") for part in parts) and not _says_word(package):
        raise Refusal("unknown")
    for part in parts:
        with package.open(part) as stream:
            if _has_doctype(stream):
                raise Refusal("broken")


def _says_word(package: ZipFile) -> bool:
    try:
        return b"wordprocessingml" in package.read("[Content_Types].xml")
    except KeyError:
        return False


class _Found(Exception):
    """Ends the look at a part: whether a document type comes before its first element."""


def _has_doctype(stream: IO[bytes]) -> bool:
    """Word writes none, and nothing but one can declare entities. What is no XML has none either."""

    def found(answer: bool) -> Any:
        def stop(*_args: Any) -> None:
            raise _Found(answer)

        return stop

    parser = expat.ParserCreate()
    parser.StartDoctypeDeclHandler = found(True)
    parser.StartElementHandler = found(False)
    try:
        while chunk := stream.read(CHUNK):
            parser.Parse(chunk)
    except _Found as answer:
        return bool(answer.args[0])
    except expat.ExpatError:
        return False
    return False


def main() -> None:
    ask = child.asked()
    child.limit(ask["cpu_seconds"], MEMORY)
    pictures: list[bytes] = []
    spare = bytearray(4 * child.MEGABYTE)  # room to say that there is no more
    try:
        about, pictures = read(sys.stdin.buffer.read(), ask)
    except Refusal as refusal:
        about = {"refused": refusal.args[0]}
    except MemoryError:
        del spare
        about = {"refused": "heavy"}
    except Exception:  # mammoth trusts a file to be what it should be: anything may come of one that is not
        about = {"refused": "broken"}
    out = sys.stdout.buffer
    out.write(json.dumps(about).encode() + b"\n")
    out.writelines(pictures)
    out.flush()


if __name__ == "__main__":
    main()
