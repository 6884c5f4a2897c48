"""IPTC IIM, the old metadata block of press photographs: record 2 of the Photoshop resource 0x0404."""

from __future__ import annotations

from PIL import Image, TiffImagePlugin

_RESOURCE, _TIFF_TAG = 0x0404, 33723
_UTF8_MARK = b"\x1b%G"
_MOST = 2000  # datasets looked at


class Records:
    """The datasets of record 2 by number: 5 title, 80 by-line, 90 city, 110 credit, 120 caption, …"""

    def __init__(self, values: dict[int, list[bytes]], utf8: bool) -> None:
        self._values = values
        self._utf8 = utf8

    def many(self, number: int) -> list[str]:
        return [decode(value, self._utf8) for value in self._values.get(number, [])]

    def text(self, number: int) -> str:
        return next(iter(self.many(number)), "")

    def moment(self) -> str:
        """Date and time created (55, 60) as ISO 8601, or empty."""
        day, time = self.text(55), self.text(60)
        if len(day) != 8 or not day.isdecimal():
            return ""
        date = f"{day[:4]}-{day[4:6]}-{day[6:]}"
        if len(time) < 6 or not time[:6].isdecimal():
            return date
        clock = f"{time[:2]}:{time[2:4]}:{time[4:6]}"
        zone = f"{time[6:9]}:{time[9:11]}" if len(time) == 11 and time[6] in "+-" else ""
        return f"{date}T{clock}{zone}"


def block(image: Image.Image) -> bytes:
    """The raw IPTC block of a JPEG or TIFF, or nothing."""
    found: object = None
    resources = image.info.get("photoshop")
    if isinstance(resources, dict):
        found = resources.get(_RESOURCE)
    elif isinstance(image, TiffImagePlugin.TiffImageFile):
        found = image.tag_v2.get(_TIFF_TAG)
    return found if isinstance(found, bytes) else b""


def parse(data: bytes) -> Records:
    """Datasets up to the first thing that is none."""
    values: dict[int, list[bytes]] = {}
    utf8, at = False, 0
    for _count in range(_MOST):
        if at + 5 > len(data) or data[at] != 0x1C:
            break
        record, number, size = data[at + 1], data[at + 2], int.from_bytes(data[at + 3 : at + 5], "big")
        at += 5
        if size & 0x8000:  # the size of the size: longer than any text of ours
            break
        value = data[at : at + size]
        at += size
        if (record, number) == (1, 90):
            utf8 = value == _UTF8_MARK
        elif record == 2:
            values.setdefault(number, []).append(value)
    return Records(values, utf8)


def decode(value: bytes, utf8: bool = False) -> str:
    """Text in UTF-8 where it says so or could be; else GB18030, as Chinese programs wrote; else Latin-1."""
    value = value.rstrip(b"\0")
    if utf8:
        return value.decode("utf-8", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode("latin-1")
