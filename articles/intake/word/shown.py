"""A Word file's text as Word shows it, where mammoth would read something else or stumble: automatic numbers
are written out, hidden text goes, what a drawing holds becomes a text box, and what leads nowhere is cut.
Knows no Django.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement
from zipfile import ZipFile

from articles.intake.word.numbers import Numbers

_PART = "word/document.xml"
_OFF = ("0", "false", "off")
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_V = "{urn:schemas-microsoft-com:vml}"
_RELATIONS = (
    "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
    "{http://purl.oclc.org/ooxml/officeDocument/relationships}",
)


def as_shown(data: bytes) -> bytes:
    """The file with such a text; as it came where its main part has another name than Word's.

    Its parts must declare no document type (see `probe`). Raises ParseError and BadZipFile.
    """
    with ZipFile(io.BytesIO(data)) as package:
        root = _part(package, _PART)
        numbering, styles = _part(package, "word/numbering.xml"), _part(package, "word/styles.xml")
        relations = _part(package, "word/_rels/document.xml.rels")
    if root is None:
        return data
    space = root.tag.partition("}")[0] + "}"
    for element in list(root.iter()):
        _unhide(element, space)
        _open(element, space)
    _cut(root, () if relations is None else [relation.get("Id", "") for relation in relations])
    _number(root, space, Numbers(space, numbering, styles))
    changed = io.BytesIO(data)
    with ZipFile(changed, "a") as package:  # of two parts with one name the later counts
        package.writestr(_PART, ElementTree.tostring(root, "utf-8", xml_declaration=True))
    return changed.getvalue()


def _part(package: ZipFile, name: str) -> Element | None:
    if name not in package.namelist():
        return None
    return ElementTree.fromstring(package.read(name))  # noqa: S314 - it declares no entities


def _unhide(parent: Element, space: str) -> None:
    for run in parent.findall(f"{space}r"):
        hidden = run.find(f"{space}rPr/{space}vanish")
        if hidden is not None and hidden.get(f"{space}val") not in _OFF:
            parent.remove(run)


def _open(element: Element, space: str) -> None:
    """Leave one of a drawing's two forms, and of a drawing that is no single picture what it holds."""
    if element.tag == f"{_MC}AlternateContent":
        choices = element.findall(f"{_MC}Choice")
        if element.find(f"{_MC}Fallback") is None and choices:
            SubElement(element, f"{_MC}Fallback").extend(choices[0])
        for choice in choices:
            element.remove(choice)
    elif element.tag == f"{space}drawing" and element.find("*/{*}graphic/{*}graphicData/{*}pic") is None:
        held = list(_held(element, space))
        element.clear()
        SubElement(element, f"{space}pict").extend(held)


def _held(element: Element, space: str) -> Iterator[Element]:
    for child in element:
        if child.tag == f"{space}txbxContent":
            yield child
        elif child.tag.endswith("}blip"):
            yield from (
                Element(f"{_V}imagedata", {f"{_RELATIONS[0]}id": value})
                for key, value in child.items()
                if key.endswith("}embed")
            )
        else:
            yield from _held(child, space)


def _cut(root: Element, known: Iterable[str]) -> None:
    """Cut relations to nothing, over which mammoth falls."""
    known = set(known)
    for element in root.iter():
        for key, value in list(element.items()):
            if key.startswith(_RELATIONS) and value not in known:
                del element.attrib[key]


def _number(root: Element, space: str, numbers: Numbers) -> None:
    for paragraph in root.iter(f"{space}p"):
        label = numbers.label(paragraph)
        if not label or not any((text.text or "").strip() for text in paragraph.iter(f"{space}t")):
            continue
        run = Element(f"{space}r")
        look = paragraph.find(f"{space}r/{space}rPr")
        if look is not None:
            run.append(look)
        SubElement(run, f"{space}t").text = label
        paragraph.insert(1, run)  # after its properties, which it has where it is in a list
