"""Codes of regions, and reading a file of them into the table."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from people.models import Region

SHIPPED = Path(__file__).parent / "data" / "regions.csv"
HEADINGS = ("code", "代码")
CODE = re.compile(r"[1-9][0-9]{5}([0-9]{3})?")


class RegionFileError(Exception):
    """A file of regions that is not taken; `sentences` says what is wrong with which line."""

    def __init__(self, sentences: list[str]) -> None:
        super().__init__("\n".join(sentences))
        self.sentences = sentences


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file: `level` and `parent` are what the file says, or empty."""

    number: int
    code: str
    name: str
    level: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Loaded:
    """How many rows a load added, changed and found as they should be."""

    added: int
    changed: int
    same: int


def level_of(code: str) -> Region.Level:
    """The level that the shape of a code says. Raises ValidationError for what is no code."""
    if not CODE.fullmatch(code) or (len(code) == 9 and code.endswith("000")):
        raise ValidationError(
            _("代码应为六位数字（县级及以上）或九位数字（乡级）：%(code)s"), params={"code": code}
        )
    if len(code) == 9:
        return Region.Level.TOWN
    if code.endswith("0000"):
        return Region.Level.PROVINCE
    return Region.Level.CITY if code.endswith("00") else Region.Level.COUNTY


def codes_around(code: str) -> list[str]:
    """Codes that may be the parent of this one, the nearest first: a few places skip a level."""
    level = level_of(code)
    return Region(code=code, level=level).lineage[-2::-1]


def parent_of(code: str) -> Region | None:
    """The nearest region of the table around this code; None where there is none."""
    around = codes_around(code)
    present = Region.objects.in_bulk(around, field_name="code")
    return next((present[near] for near in around if near in present), None)


def read(path: Path) -> list[Row]:
    """The rows of a CSV file `code,name[,level,parent]`, UTF-8 or GB 18030, with or without a heading line.

    Raises RegionFileError for a file that is not such a text; what the rows say is checked by `load`.
    """
    data = path.read_bytes()
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError:
            raise RegionFileError([_("文件编码不是 UTF-8，也不是 GB 18030。")]) from None
    return list(_rows(text))


def load(rows: Iterable[Row]) -> Loaded:
    """Add the regions that are missing and rename or move those that differ; a second time changes nothing.

    Raises RegionFileError, with a sentence for each bad line, and then writes nothing.
    """
    with transaction.atomic():
        present = Region.objects.in_bulk(field_name="code")
        wanted, problems = _wanted(list(rows), present)
        if problems:
            raise RegionFileError(problems)
        codes = {region.pk: code for code, region in present.items()}
        added = [region for region in wanted if region.pk is None]
        changed = [r for r in wanted if r.pk is not None and _differs(r, present[r.code], codes)]
        for level in Region.Level:  # parents first, so that they have keys
            new = [region for region in added if region.level == level]
            _point_at_saved_parents(new)
            Region.objects.bulk_create(new)
        _point_at_saved_parents(changed)
        Region.objects.bulk_update(changed, ["name", "level", "parent"], batch_size=200)
    return Loaded(len(added), len(changed), len(wanted) - len(added) - len(changed))


def _rows(text: str) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        for cells in lines:
            code, name, level, parent = [cell.strip() for cell in [*cells, "", "", "", ""][:4]]
            if lines.line_num == 1 and code in HEADINGS:
                continue
            if code or name:
                yield Row(lines.line_num, code, name, level, parent)
    except csv.Error as wrong:
        raise RegionFileError([_line(lines.line_num, _("不是 CSV：%s") % wrong)]) from None


def _wanted(rows: list[Row], present: dict[str, Region]) -> tuple[list[Region], list[str]]:
    """The regions as the rows want them, with a sentence for each row that cannot be had."""
    wanted: dict[str, Region] = {}
    problems: list[tuple[int, str]] = []
    for row in rows:
        try:
            if row.code in wanted:
                raise ValidationError(_("代码 %(code)s 重复"), params={"code": row.code})
            wanted[row.code] = _region(row, present.get(row.code))
        except ValidationError as wrong:
            problems += [(row.number, sentence) for sentence in _sentences(wrong)]
    for row in rows:
        if region := wanted.get(row.code):
            try:
                region.parent = _parent(row, wanted, present)
            except ValidationError as wrong:
                problems += [(row.number, sentence) for sentence in _sentences(wrong)]
    return list(wanted.values()), [_line(*problem) for problem in sorted(problems)]


def _region(row: Row, present: Region | None) -> Region:
    level = level_of(row.code)
    if row.level not in ("", str(level.value)):
        known = {"level": row.level, "code": row.code, "right": level.value}
        raise ValidationError(_("级别 %(level)s 与代码 %(code)s 不符，应为 %(right)s"), params=known)
    region = Region(pk=present.pk if present else None, code=row.code, name=row.name, level=level)
    region.clean_fields(exclude=["parent"])
    return region


def _parent(row: Row, wanted: dict[str, Region], present: dict[str, Region]) -> Region | None:
    around = codes_around(row.code)
    known = {"code": row.code, "parent": row.parent}
    if row.parent and row.parent not in around:
        raise ValidationError(_("上级 %(parent)s 不是 %(code)s 的上级"), params=known)
    for code in [row.parent] if row.parent else around:
        if parent := wanted.get(code) or present.get(code):
            return parent
    if around:
        known["parent"] = row.parent or around[0]
        raise ValidationError(_("%(code)s 的上级 %(parent)s 不在表中"), params=known)
    return None


def _differs(region: Region, present: Region, codes: dict[int, str]) -> bool:
    parent = region.parent.code if region.parent else None
    was = codes[present.parent_id] if present.parent_id else None
    return (region.name, region.level, parent) != (present.name, present.level, was)


def _point_at_saved_parents(regions: list[Region]) -> None:
    for region in regions:
        region.parent = region.parent  # copies the key that the parent has got since


def _sentences(wrong: ValidationError) -> list[str]:
    if not hasattr(wrong, "error_dict"):
        return wrong.messages
    names = {str(field.name): field.verbose_name for field in Region._meta.fields}
    return [f"{names[name]}：{text}" for name, texts in wrong.message_dict.items() for text in texts]


def _line(number: int, sentence: str) -> str:
    return _("第 %(number)d 行：%(sentence)s") % {"number": number, "sentence": sentence}
