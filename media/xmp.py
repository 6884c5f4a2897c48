"""XMP, the XML that Adobe's programs and their followers put into pictures. Read without entities."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from PIL import Image, TiffImagePlugin

LONGEST = 2 * 1024 * 1024
_TIFF_TAG = 700
_RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_DC = "{http://purl.org/dc/elements/1.1/}"
_PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
_CORE = "{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}"
_EXIF = "{http://ns.adobe.com/exif/1.0/}"
# Our name of a property -> its names in XMP, the better one first.
_PROPERTIES = {
    "description": [f"{_DC}description"],
    "title": [f"{_DC}title"],
    "headline": [f"{_PHOTOSHOP}Headline"],
    "alt": [f"{_CORE}AltTextAccessibility"],
    "creator": [f"{_DC}creator"],
    "credit": [f"{_PHOTOSHOP}Credit"],
    "city": [f"{_PHOTOSHOP}City"],
    "location": [f"{_CORE}Location"],
    "taken": [f"{_EXIF}DateTimeOriginal", f"{_PHOTOSHOP}DateCreated"],
}


class Packet:
    """The properties of the picture itself, each a list of texts."""

    def __init__(self, values: dict[str, list[str]]) -> None:
        self._values = values

    def many(self, name: str) -> list[str]:
        return next((self._values[p] for p in _PROPERTIES[name] if self._values.get(p)), [])

    def text(self, name: str) -> str:
        return next(iter(self.many(name)), "")


def packet(image: Image.Image) -> bytes:
    """The raw XMP of an opened picture, or nothing."""
    found: object = image.info.get("xmp") or image.info.get("XML:com.adobe.xmp")
    if found is None and isinstance(image, TiffImagePlugin.TiffImageFile):
        found = image.tag_v2.get(_TIFF_TAG)
    if isinstance(found, str):
        found = found.encode("utf-8", "replace")
    return found if isinstance(found, bytes) else b""


def parse(data: bytes) -> Packet:
    """The packet's properties. One that is broken, too long or declares a document type says nothing."""
    text = _text(data[: LONGEST + 1])
    if not text or len(data) > LONGEST or re.search(r"<!(DOCTYPE|ENTITY)", text, re.IGNORECASE):
        return Packet({})
    try:
        root = ElementTree.fromstring(text)  # noqa: S314 (no document type, so no entities)
    except (ElementTree.ParseError, ValueError, RecursionError):
        return Packet({})
    values: dict[str, list[str]] = {}
    for description in root.findall(f".//{_RDF}RDF/{_RDF}Description"):
        for name, text in description.attrib.items():
            values.setdefault(name, [text])
        for element in description:
            values.setdefault(str(element.tag), _texts(element))
    return Packet(values)


def _text(data: bytes) -> str:
    """The XML as text from its first element on; a declared encoding no longer matters then."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8"
    text = data.decode(encoding, "replace").strip("\ufeff\0 \r\n\t")
    start = re.search(r"<[A-Za-z!]", text)
    return text[start.start() :] if start else ""


def _texts(element: ElementTree.Element) -> list[str]:
    """A property's values; of alternatives in several languages the Chinese one first, then the default."""
    items = element.findall(f"{_RDF}Alt/{_RDF}li")
    if items:
        items = sorted(items, key=_language_rank)
    else:
        items = element.findall(f"{_RDF}Seq/{_RDF}li") + element.findall(f"{_RDF}Bag/{_RDF}li")
    texts = ["".join(item.itertext()).strip() for item in items] if items else [(element.text or "").strip()]
    return [text for text in texts if text]


def _language_rank(item: ElementTree.Element) -> int:
    language = item.get(_LANG, "").lower()
    return 0 if language.startswith("zh") else 1 if language == "x-default" else 2
