"""A box and a page's own settings as the composer and the server speak of them: flat, plain JSON values.

A box is {"id", "page", "kind", "article", "photo", "continues", "col", "row", "cols", "rows", …, "stack",
"cuts", "caption", "credit", "title", "text", "weight", "template"} with the keys of `STYLE` in the middle:
`page`, `article` and `continues` are primary keys, `photo` is a public id.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from issues.models import Page, Placement
from issues.models.page import STYLE
from newsroom.lib.text import clean_line, clean_text

State = dict[str, Any]
Check = Callable[[Any], bool]

STACK = ("kicker", "headline", "subheadline")
MOST_CUTS = 500
MOST_CREDITS = 12
BIGGEST = 10**9  # of a whole number that means a row of the database
LONGEST_CAPTION = 1000
LONGEST_TEXT = 8000


class Field(NamedTuple):
    label: str | Promise
    check: Check


def whole(least: int, most: int) -> Check:
    return lambda value: type(value) is int and least <= value <= most


def one_of(*choices: Any) -> Check:
    return lambda value: any(type(value) is type(choice) and value == choice for choice in choices)


def flag(value: Any) -> bool:
    return type(value) is bool


def words(longest: int, validator: Callable[[str], None]) -> Check:
    def check(value: Any) -> bool:
        if not isinstance(value, str) or len(value) > longest:
            return False
        try:
            validator(value)
        except ValidationError:
            return False
        return True

    return check


def nothing_or(check: Check) -> Check:
    return lambda value: value is None or check(value)


def key(value: Any) -> bool:
    """Of a box: its primary key, or what a client calls one that is still to be made."""
    return whole(1, BIGGEST)(value) or (isinstance(value, str) and bool(_NEW.fullmatch(value)))


def is_stack(value: Any) -> bool:
    return isinstance(value, dict) and value.keys() == {*STACK} and all(map(_line, value.values()))


def is_cuts(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST_CUTS
        and all(isinstance(one, str) and bool(_BLOCK.fullmatch(one)) for one in value)
        and len({*value}) == len(value)
    )


def is_credits(value: Any) -> bool:
    return (
        isinstance(value, list)
        and len(value) <= MOST_CREDITS
        and all(
            isinstance(row, list) and len(row) == 2 and all(_short(part) for part in row) for row in value
        )
    )


_NEW = re.compile(r"(?:new|was)-[0-9A-Za-z-]{1,40}")
_BLOCK = re.compile(r"[0-9a-f]{16}")
_PHOTO = re.compile(r"[0-9A-Za-z_-]{1,16}")
_line = words(200, clean_line)
_short = words(60, clean_line)
_place = _("位置或大小")
_style = _("样式")
_story = _("稿件")

GEOMETRY = ("col", "row", "cols", "rows")
STYLES: dict[str, Field] = {
    "size": Field(
        _("标题字号"), lambda value: (value == 0 and type(value) is int) or whole(6000, 150_000)(value)
    ),
    "align": Field(_style, one_of("left", "center")),
    "vertical": Field(_("竖排标题"), flag),
    "columns": Field(_("正文栏数"), whole(0, 10)),
    "picture": Field(_("图片位置"), one_of("none", "top", "left", "right", "bottom", "auto")),
    "picture_columns": Field(_("图片栏数"), whole(0, 10)),
    "crop": Field(_("图片裁切"), one_of("auto", "whole", "16x9", "4x3", "1x1", "3x4")),
    "pictures": Field(_("图片张数"), whole(0, 30)),
    "rule": Field(_("线框"), one_of("none", "top", "frame")),
    "shade": Field(_("底纹"), one_of(0, 5, 10, 15)),
    "reverse": Field(_("反白"), flag),
}
FIELDS: dict[str, Field] = {
    "page": Field(_("版面"), whole(1, BIGGEST)),
    "kind": Field(_("种类"), one_of(*Placement.Kind.values)),
    "article": Field(_story, nothing_or(whole(1, BIGGEST))),
    "photo": Field(_("图片"), nothing_or(lambda v: isinstance(v, str) and bool(_PHOTO.fullmatch(v)))),
    "continues": Field(_("转接"), nothing_or(key)),
    "col": Field(_place, whole(0, 2000)),
    "row": Field(_place, whole(0, 2000)),
    "cols": Field(_place, whole(1, 2000)),
    "rows": Field(_place, whole(1, 2000)),
    **STYLES,
    "stack": Field(_("见报标题"), nothing_or(is_stack)),
    "cuts": Field(_("不见报的段落"), is_cuts),
    "caption": Field(_("说明"), words(LONGEST_CAPTION, clean_text)),
    "credit": Field(pgettext_lazy("picture", "署名"), words(120, clean_line)),
    "title": Field(_("标题"), _line),
    "text": Field(_("文字"), words(LONGEST_TEXT, clean_text)),
    "weight": Field(_("分量"), whole(0, 100)),
    "template": Field(_("常设"), flag),
}
#: Chosen when the box is made, and not changed afterwards.
FIXED = ("page", "kind")
#: Fields that a column of the same name keeps as they are.
PLAIN = (*GEOMETRY, "kind", "stack", "cuts", "caption", "credit", "title", "text", "weight", "template")
PAGE_FIELDS: dict[str, Field] = {
    "name": Field(_("版名"), words(40, clean_line)),
    "banner": Field(_("本版通栏"), _line),
    "colour": Field(_("彩色"), flag),
    "credits": Field(_("出版署名"), is_credits),
}


def filled(given: State, page: int) -> State:
    """A new box: what is given, and what it has where its maker says nothing."""
    return {
        "page": page,
        "article": None,
        "photo": None,
        "continues": None,
        **STYLE,
        "stack": None,
        "cuts": [],
        "caption": "",
        "credit": "",
        "title": "",
        "text": "",
        "weight": 50,
        "template": False,
    } | given


def state_of(box: Placement) -> State:
    """The box in the client's shape, without its id. Needs its photo at hand."""
    return {
        "page": box.page_id,
        "article": box.article_id,
        "photo": box.photo.public_id if box.photo else None,
        "continues": box.continues_id,
        **{name: box.style.get(name, usual) for name, usual in STYLE.items()},
        **{name: getattr(box, name) for name in PLAIN},
    }


def page_state(page: Page) -> State:
    return {name: getattr(page, name) for name in PAGE_FIELDS}


def style_in(state: State) -> dict[str, Any]:
    """What of the style differs from what is usual: all that is kept of it."""
    return {name: state[name] for name, usual in STYLE.items() if state[name] != usual}
