"""A PDF's pages as documents: their lines with their places (`pdfpage`), their pictures, their own PDFs."""

from __future__ import annotations

import tempfile
from typing import Any

from articles.intake.pdf import child as pdfchild
from articles.intake.pdf.child import RawPage, Unread
from articles.intake.pieces import Document, Line
from articles.intake.refusals import Refused
from media.child import MEGABYTE

MAX_BYTES = 100 * MEGABYTE
# A full broadsheet takes half a second, most of it for its letters; a paper has up to 64 pages.
LIMITS = pdfchild.Limits(min_side=40, max_side=1500, cpu_seconds=60, wall_seconds=90)


def read_pdf(data: bytes, name: str = "") -> list[Document]:
    """The pages of a PDF; `name` is what its sender calls it. Raises Refused.

    A page without a text layer, a scan, is a document of nothing but its picture.
    """
    if not data:
        raise Refused("empty", name)
    if len(data) > MAX_BYTES:
        raise Refused("large", name, size=len(data), limit=MAX_BYTES)
    with tempfile.TemporaryFile() as file:
        file.write(data)
        file.flush()
        try:
            pages = pdfchild.read(file, "lines", LIMITS)
        except Unread as unread:
            raise _refused(unread.answer, name) from unread
    if not any(page.about["lines"] for page in pages):
        raise Refused("no_text", name)
    return [_document(page) for page in pages]


def _refused(answer: dict[str, Any], name: str) -> Refused:
    about = {key: value for key, value in answer.items() if key != "refused"}
    if answer["refused"] == "pages":
        about["limit"] = LIMITS.pages
    return Refused("unknown" if answer["refused"] == "no_pdf" else answer["refused"], name, **about)


def _document(page: RawPage) -> Document:
    """The child's page. Pictures are named by their page and their place on it."""
    about = page.about
    prefix = f"p{about['number']}-"
    pictures = {f"{prefix}{place}.jpg": data for place, data in enumerate(page.pictures, 1)}
    lines = tuple(_line(row, prefix) for row in about["lines"])
    shown = {line.picture for line in lines}
    return Document(
        lines,
        page=about["number"],
        pictures={name: data for name, data in pictures.items() if name in shown},
        pdf=page.pdf,
        size=(about["width"], about["height"]),
    )


def _line(row: dict[str, Any], prefix: str) -> Line:
    """A line as `articles.intake.pdf.probe` told it."""
    picture = f"{prefix}{row['picture']}.jpg" if row["picture"] else ""
    table = tuple(tuple(cells) for cells in row["table"])
    return Line(**row | {"picture": picture, "table": table, "box": tuple(row["box"])})
