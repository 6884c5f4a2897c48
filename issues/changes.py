"""What differs between two frozen contents of a page, in words for those who signed the first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

Content = dict[str, Any]
GEOMETRY = ("col", "row", "cols", "rows")


@dataclass(frozen=True)
class Change:
    """One difference. `article` is set where the text of that story is all that differs."""

    sentence: str
    article: int | None = None

    def __str__(self) -> str:
        return self.sentence


def changes(before: Content, after: Content) -> list[Change]:
    """Every difference that a reader of the page could see; that a story was signed meanwhile is none."""
    return [*_frame(before, after), *_boxes(before, after)]


def _frame(before: Content, after: Content) -> Iterator[Change]:
    if before["issue"] != after["issue"]:
        yield Change(_("报头、日期或期号等改了"))
    old, new = before["page"], after["page"]
    for key, sentence in (
        ("name", _("版名改了")),
        ("number", _("版次改了")),
        ("banner", _("本版通栏改了")),
        ("credits", _("出版署名改了")),
        ("colour", _("彩色或黑白改了")),
        ("format", _("开本或栏数改了")),
        ("outside", _("换了外来版面")),
    ):
        if old[key] != new[key]:
            yield Change(sentence)
    if before["fonts"] != after["fonts"]:
        yield Change(_("字体换了"))


def _boxes(before: Content, after: Content) -> Iterator[Change]:
    old = {box["id"]: box for box in before["placements"]}
    new = {box["id"]: box for box in after["placements"]}
    for pk in old.keys() - new.keys():
        yield Change(_("撤下%s") % name_of(old[pk]))
    for pk in new.keys() - old.keys():
        yield Change(_("加上%s") % name_of(new[pk]))
    for pk in sorted(old.keys() & new.keys()):
        yield from _box(old[pk], new[pk])


def _box(old: Content, new: Content) -> Iterator[Change]:
    name = name_of(new)
    if any(old[key] != new[key] for key in GEOMETRY):
        yield Change(_("%s移动或改了大小") % name)
    if (old["story"] or {}).get("article") != (new["story"] or {}).get("article"):
        yield Change(_("%(old)s换成%(new)s") % {"old": name_of(old), "new": name})
        return
    if old["story"] and old["story"]["content"] != new["story"]["content"]:
        yield Change(_("%s的稿件改了") % name, old["story"]["article"])
    if old["story"] and old["story"]["cuts"] != new["story"]["cuts"]:
        yield Change(_("%s的删节改了") % name)
    if old["story"] and old["story"]["stack"] != new["story"]["stack"]:
        yield Change(_("%s的见报标题改了") % name)
    rest = old.keys() - {"story", "start", *GEOMETRY}
    if any(old[key] != new[key] for key in rest):
        yield Change(_("%s的样式或文字改了") % name)
    elif old["start"] != new["start"] and old["story"]["content"] == new["story"]["content"]:
        yield Change(_("%s接排的起点变了") % name)


def name_of(box: Content) -> str:
    """How people call a box: its story's headline, else its kind."""
    story = box["story"]
    if story:
        return f"《{(story['stack'] or story['content'])['headline'] or _('无题')}》"
    kinds = {
        "picture": _("图片"),
        "masthead": _("报头"),
        "guide": _("导读"),
        "banner": _("通栏"),
        "filler": _("补白"),
    }
    return str(kinds.get(box["kind"], box["kind"]))
