"""Word files made by hand: a package of parts, as small as Word accepts."""

from __future__ import annotations

import io
import zipfile
from xml.sax.saxutils import escape

from PIL import Image

from articles.intake.pieces import Document

_NAMES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/>'
    '<Default Extension="png" ContentType="image/png"/>'
    '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def paragraph(*inside: str, style: str = "", properties: str = "") -> str:
    """A paragraph of runs; what does not begin with < is a run's text."""
    runs = "".join(part if part.startswith("<") else run(part) for part in inside)
    styled = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{styled}{properties}</w:pPr>{runs}</w:p>"


def run(text: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def picture(relation: str, how: str = "embed") -> str:
    blip = f'<pic:pic><pic:blipFill><a:blip r:{how}="{relation}"/></pic:blipFill></pic:pic>'
    graphic = f"<a:graphic><a:graphicData>{blip}</a:graphicData></a:graphic>"
    return f"<w:r><w:drawing><wp:inline>{graphic}</wp:inline></w:drawing></w:r>"


def table(*rows: list[str]) -> str:
    """Of texts, or of cells' whole XML."""
    cells = (
        "".join(c if c.startswith("<w:tc>") else f"<w:tc>{paragraph(c)}</w:tc>" for c in row) for row in rows
    )
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def part(root: str, inside: str) -> bytes:
    return f'<?xml version="1.0" encoding="UTF-8"?><w:{root} {_NAMES}>{inside}</w:{root}>'.encode()


def styles(**names: str) -> bytes:
    """Style id -> name."""
    told = (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    return part("styles", "".join(told))


def relations(*rows: tuple[str, str, str]) -> bytes:
    """Of (id, the last word of the type, target); a target with a scheme is outside of the file."""
    told = (
        f'<Relationship Id="{key}" Type="{_RELATIONS}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for key, kind, target in rows
    )
    space = "http://schemas.openxmlformats.org/package/2006/relationships"
    return f'<Relationships xmlns="{space}">{"".join(told)}</Relationships>'.encode()


def docx(*body: str, parts: dict[str, bytes] | None = None, document: bytes = b"") -> bytes:
    """The file. `parts`: others by their names; `document` instead of one made of `body`."""
    whole = {
        "[Content_Types].xml": _TYPES.encode(),
        "_rels/.rels": relations(("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": document or part("document", f"<w:body>{''.join(body)}</w:body>"),
        **(parts or {}),
    }
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in whole.items():
            package.writestr(name, data)
    return made.getvalue()


def photograph(colour: str = "red", kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, kind)
    return made.getvalue()


def with_pictures(*body: str, **more: bytes) -> bytes:
    """A file that knows rId1 and rId2 as photographs."""
    media = {
        "word/_rels/document.xml.rels": relations(
            ("rId1", "image", "media/image1.png"), ("rId2", "image", "/word/media/image2.jpg")
        ),
        "word/media/image1.png": photograph(),
        "word/media/image2.jpg": photograph("blue", "JPEG"),
    }
    return docx(*body, parts=media | more)


def texts(document: Document) -> list[str]:
    return [line.text or line.picture for line in document.lines]
