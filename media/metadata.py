"""What a picture file says of itself: IPTC, EXIF and XMP become caption, alt, names, place and time.

XMP is believed before IPTC, and IPTC before EXIF, as the Metadata Working Group has it. A position on the
globe is never read. Knows no Django: the probe runs it in its child on files from strangers.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import TypedDict

from PIL import Image

from media import iptc, xmp
from media.pixels import BROKEN

# EXIF tags
_DESCRIPTION, _ARTIST, _EXIF_IFD = 0x010E, 0x013B, 0x8769
_TAKEN, _OFFSET = 0x9003, 0x9011
_XP_TITLE, _XP_AUTHOR = 0x9C9B, 0x9C9D

LONGEST_TEXT, LONGEST_NAME, MOST_NAMES = 5000, 60, 20

# What cameras and phones write as a description by themselves; nobody's caption.
_CAMERA_NOISE = re.compile(
    r"(\w+ )*DIGITAL CAMERA|SONY DSC|MINOLTA.*|DCIM.*|"
    r"dav|[br]?hdr\w*|cof|sdr|mde|oznor\w*|rptnb\w*|rhdr|nor|fbt|ptr|vivo|burst\w*|"
    r"_cuva|screenshot|untitled|default|picture|image description|\W*|"
    r"[A-Z]{2,5}[-_]?\d{2,}\w*(\.\w{3,4})?|(IMG|PXL|MVIMG|DSC|P|WX|MMEXPORT|WECHAT\w*)[-_]?\d.*",
    re.IGNORECASE,
)


class Found(TypedDict):
    """What was found, cleaned and cut to length; empty where nothing was."""

    caption: str
    title: str
    alt: str
    creators: list[str]
    credit: str
    place: str
    taken_at: str  # ISO 8601; without an offset the bureau's own zone is meant


def read(image: Image.Image) -> Found:
    """The metadata of an opened picture. Never raises for what is broken in it: that part is left out."""
    packet = xmp.parse(xmp.packet(image))
    records = iptc.parse(iptc.block(image))
    tags = _exif(image)
    headlines = packet.text("headline"), records.text(105), packet.text("title"), records.text(5)
    title = _first(*headlines, tags.get("title", ""))
    people = packet.many("creator"), records.many(80), tags.get("artist", ""), tags.get("author", "")
    return Found(
        caption=_first(packet.text("description"), records.text(120), tags.get("description", "")) or title,
        title=title,
        alt=_line(packet.text("alt"), LONGEST_TEXT),
        creators=_names(*people),
        credit=_line(_first(packet.text("credit"), records.text(110)), LONGEST_NAME),
        place=_place(packet.text("city") or records.text(90), packet.text("location") or records.text(92)),
        taken_at=tags.get("taken_at", "") or _moment(packet.text("taken")) or _moment(records.moment()),
    )


def _first(*texts: str) -> str:
    for text in texts:
        clean = "\n".join(filter(None, (_line(line, LONGEST_TEXT) for line in text.splitlines())))
        if clean and not _CAMERA_NOISE.fullmatch(clean):
            return clean[:LONGEST_TEXT]
    return ""


def _line(text: str, longest: int) -> str:
    """One line of printable text."""
    return "".join(c if c.isprintable() else " " for c in text).strip()[:longest].strip()


def _names(*sources: list[str] | str) -> list[str]:
    """The names of the first source that has any."""
    for source in sources:
        parts = [source] if isinstance(source, str) else source
        names = [_line(name, LONGEST_NAME) for part in parts for name in re.split(r"[;；\n\0]", part)]
        if names := [name for name in names if name and not _CAMERA_NOISE.fullmatch(name)]:
            return list(dict.fromkeys(names))[:MOST_NAMES]
    return []


def _place(city: str, location: str) -> str:
    city, location = _line(city, 120), _line(location, 120)
    if not city or city in location:
        return location
    between = "" if not location or (_is_han(city[-1]) and _is_han(location[0])) else " "
    return f"{city}{between}{location}"[:120]


def _is_han(character: str) -> bool:
    return "\u3400" <= character <= "\u9fff"


def _exif(image: Image.Image) -> dict[str, str]:
    try:
        exif = image.getexif()
        inner = exif.get_ifd(_EXIF_IFD)
    except (*BROKEN, MemoryError):
        return {}
    texts = {
        "description": _exif_text(exif.get(_DESCRIPTION)),
        "artist": _exif_text(exif.get(_ARTIST)),
        "title": _windows_text(exif.get(_XP_TITLE)),
        "author": _windows_text(exif.get(_XP_AUTHOR)),
    }
    taken = re.sub(r"^(\d{4}):(\d\d):(\d\d) ", r"\1-\2-\3T", _exif_text(inner.get(_TAKEN)))
    texts["taken_at"] = _moment(taken + _exif_text(inner.get(_OFFSET))) or _moment(taken)
    return texts


def _exif_text(value: object) -> str:
    """EXIF text is ASCII by the standard and UTF-8 or GB18030 in life; Pillow hands it over as Latin-1."""
    if isinstance(value, str):
        try:
            value = value.encode("latin-1")
        except UnicodeEncodeError:
            return str(value).strip("\0 ")
    return iptc.decode(value).strip("\0 ") if isinstance(value, bytes) else ""


def _windows_text(value: object) -> str:
    if isinstance(value, tuple | list):
        value = bytes(b & 255 for b in value if isinstance(b, int))
    return value.decode("utf-16-le", "ignore").strip("\0 ") if isinstance(value, bytes) else ""


def _moment(text: str) -> str:
    """The text as ISO 8601 if it is a moment a camera could have seen; else empty."""
    text = text.strip().replace("Z", "+00:00")
    if re.fullmatch(r"\d{4}(-\d\d)?", text):
        return ""  # a year is no moment
    try:
        moment = datetime.fromisoformat(text)
        # Two days of room at either end, for the arithmetic of zones.
        return moment.isoformat() if 1826 <= moment.year <= 9000 else ""
    except ValueError:
        return ""
