"""The numbers that Word puts before paragraphs by itself: who types 一、 gets the next ones without typing.

They are in no text of the file, so a subhead would lose its 一、. Knows no Django.
"""

from __future__ import annotations

from typing import NamedTuple
from xml.etree.ElementTree import Element

DEPTH = 9  # levels of a list
_DIGITS = "〇一二三四五六七八九"
_CIRCLED = "⓪①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ROMAN = ((10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))
_NO_NUMBER = ("bullet", "none")


class Level(NamedTuple):
    """How a level of a list counts: its format, its text (第%1章), its first number, its paragraph style."""

    format: str
    text: str
    start: int
    style: str


class Numbers:
    """Give it every paragraph in order, each once: numbers count on."""

    def __init__(self, space: str, numbering: Element | None, styles: Element | None) -> None:
        """`space`: what tags and attributes begin with, in braces."""
        self._w = space
        self._lists: dict[str, dict[int, Level]] = {}
        self._kinds: dict[str, str] = {}  # list -> the kind of list, which lists that go on share
        self._restarts: dict[str, dict[int, int]] = {}
        self._counts: dict[str, list[int | None]] = {}
        self._styles: dict[str, Element] = {}
        if numbering is not None:
            self._read(numbering)
        for style in () if styles is None else styles.iterfind(f"{space}style"):
            if (properties := style.find(f"{space}pPr/{space}numPr")) is not None:
                self._styles[style.get(f"{space}styleId", "")] = properties

    def _read(self, numbering: Element) -> None:
        w = self._w
        for kind in numbering.iterfind(f"{w}abstractNum"):
            levels = {_int(level.get(f"{w}ilvl")): self._level(level) for level in kind.iterfind(f"{w}lvl")}
            self._lists[kind.get(f"{w}abstractNumId", "")] = levels
        for number in numbering.iterfind(f"{w}num"):
            key = number.get(f"{w}numId", "")
            self._kinds[key] = self._value(number, "abstractNumId")
            self._restarts[key] = {
                _int(other.get(f"{w}ilvl")): _int(self._value(other, "startOverride"), 1)
                for other in number.iterfind(f"{w}lvlOverride")
                if other.find(f"{w}startOverride") is not None
            }

    def _level(self, level: Element) -> Level:
        start = _int(self._value(level, "start"), 1)
        text = self._value(level, "lvlText")[:40]
        return Level(self._value(level, "numFmt") or "decimal", text, start, self._value(level, "pStyle"))

    def _value(self, element: Element, name: str) -> str:
        found = element.find(f"{self._w}{name}")
        return "" if found is None else found.get(f"{self._w}val", "")

    def label(self, paragraph: Element) -> str:
        """What Word shows before it; empty for a bullet and for a paragraph of no list."""
        properties = paragraph.find(f"{self._w}pPr")
        if properties is None:
            return ""
        style = self._value(properties, "pStyle")
        numbered = properties.find(f"{self._w}numPr")
        numbered = self._styles.get(style) if numbered is None else numbered
        if numbered is None:
            return ""
        key = self._value(numbered, "numId")
        levels = self._lists.get(self._kinds.get(key, ""), {})
        of_style = next((at for at, level in levels.items() if level.style and level.style == style), 0)
        at = _int(self._value(numbered, "ilvl"), of_style)
        if at not in levels or not 0 <= at < DEPTH:
            return ""
        return _shown(levels, at, self._count(key, levels, at))

    def _count(self, key: str, levels: dict[int, Level], at: int) -> list[int | None]:
        counts = self._counts.setdefault(self._kinds[key], [None] * DEPTH)
        restart = self._restarts[key].pop(at, None)
        before = counts[at] if restart is None else None
        first = levels[at].start if restart is None else restart
        counts[at] = first if before is None else before + 1
        counts[at + 1 :] = [None] * (DEPTH - at - 1)
        return counts


def _shown(levels: dict[int, Level], at: int, counts: list[int | None]) -> str:
    text = levels[at].text
    if levels[at].format in _NO_NUMBER or not text:
        return ""
    for place, level in levels.items():
        if f"%{place + 1}" in text and 0 <= place <= at:
            count = counts[place]
            text = text.replace(
                f"%{place + 1}", numeral(level.start if count is None else count, level.format)
            )
    return f"{text} " if text[-1].isascii() else text  # Word sets it off with a tab


def numeral(number: int, form: str) -> str:
    """The number as one of Word's formats writes it; in figures where the format has no sign for it."""
    if form.startswith("ideographDigital") or form == "japaneseDigitalTenThousand":
        return "".join(_DIGITS[int(digit)] for digit in str(abs(number)))
    if form.startswith(("chinese", "taiwanese", "japaneseCounting", "ideographTraditional")):
        return _counted(number)
    if form.startswith("decimalEnclosedCircle") and 0 <= number < len(_CIRCLED):
        return _CIRCLED[number]
    if form.endswith("Letter") and 1 <= number <= 26:
        return chr(ord("A" if form.startswith("upper") else "a") + number - 1)
    if form.endswith("Roman") and 1 <= number < 40:
        roman = _roman(number)
        return roman.upper() if form.startswith("upper") else roman
    return str(number)


def _counted(number: int) -> str:
    """十一, 二十, 一百零五."""
    if not 0 < number < 1000:
        return str(number)
    hundreds, tens, ones = number // 100, number // 10 % 10, number % 10
    written = f"{_DIGITS[hundreds]}百" if hundreds else ""
    if tens:
        written += "十" if tens == 1 and not hundreds else f"{_DIGITS[tens]}十"
    elif hundreds and ones:
        written += "零"
    return written + (_DIGITS[ones] if ones else "")


def _roman(number: int) -> str:
    written = ""
    for worth, sign in _ROMAN:
        written += sign * (number // worth)
        number %= worth
    return written


def _int(value: str | None, otherwise: int = 0) -> int:
    return int(value) if value and value.isdecimal() and len(value) < 6 else otherwise
