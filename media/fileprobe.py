"""The trial of an attachment, in a child process with hard limits: `python -m media.fileprobe '{}' < file`.

Prints one JSON object: {"kind": pdf | docx | xlsx | ofd} or {"refused": why}. Nothing is unpacked: of an
archive only the list of its members is read, of a PDF its pages. Knows no Django.
"""

from __future__ import annotations

import json
import sys
import zipfile
from typing import IO, Any

from media import child

CPU_SECONDS = 10
MEMORY = 1024 * child.MEGABYTE
MOST_MEMBERS = 5000
MOST_UNPACKED = 400 * child.MEGABYTE  # as the archive declares it: a reader's computer has to open it too
PASSWORD = 4  # PDFium's word for it
MAIN = {"word/document.xml": "docx", "xl/workbook.xml": "xlsx", "OFD.xml": "ofd"}


def examine(file: IO[bytes]) -> dict[str, Any]:
    head = file.read(8)
    file.seek(0)
    return _pdf(file.read()) if head.startswith(b"%PDF-") else _archive(file)


def _pdf(data: bytes) -> dict[str, Any]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
        for number in range(min(len(document), 5)):
            document[number].get_size()
    except pypdfium2.PdfiumError as error:
        return {"refused": "locked" if getattr(error, "err_code", None) == PASSWORD else "broken"}
    return {"kind": "pdf"} if len(document) else {"refused": "broken"}


def _archive(file: IO[bytes]) -> dict[str, Any]:
    try:
        with zipfile.ZipFile(file) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, NotImplementedError):
        return {"refused": "broken"}
    if len(members) > MOST_MEMBERS or sum(member.file_size for member in members) > MOST_UNPACKED:
        return {"refused": "heavy"}
    names = [member.filename for member in members]
    if any(name.endswith("vbaProject.bin") for name in names):
        return {"refused": "macros"}
    kinds = [kind for main, kind in MAIN.items() if main in names]
    if len(kinds) != 1 or (kinds != ["ofd"] and "[Content_Types].xml" not in names):
        return {"refused": "unknown"}
    if any(member.flag_bits & 1 for member in members):
        return {"refused": "locked"}
    return {"kind": kinds[0]}


def main() -> None:
    child.limit(CPU_SECONDS, MEMORY)
    try:
        answer = examine(sys.stdin.buffer)
    except MemoryError:
        answer = {"refused": "heavy"}
    print(json.dumps(answer))


if __name__ == "__main__":
    main()
