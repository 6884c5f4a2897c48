"""Two versions of a story beside each other: every field and relation, word by word.

Works on frozen contents (`articles.freeze`) alone, so any two versions can be compared at any time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from articles.models import Article, Byline
from newsroom.lib.diff import Change, align, compare, compare_words, marked
from newsroom.lib.html_diff import compare_html
from newsroom.lib.shortest_edit import Budget
from people import credits as printing
from people.models import Act

Content = dict[str, Any]
AROUND = 12  # characters of what stayed the same, left standing beside a change in an excerpt

# In the order of the form. The rest of a content (numbers, addresses, focal points) has no words of its own.
LABELS: dict[str, Promise] = {
    "kind": gettext_lazy("体裁"),
    "path": gettext_lazy("页面网址"),
    "page_order": gettext_lazy("页脚次序"),
    "kicker": gettext_lazy("引题"),
    "headline": gettext_lazy("主题"),
    "subheadline": gettext_lazy("副题"),
    "lede": gettext_lazy("提要"),
    "bylines": gettext_lazy("署名"),
    "dateline": gettext_lazy("消息头"),
    "editors_note": gettext_lazy("编者按"),
    "body": gettext_lazy("正文"),
    "photos": gettext_lazy("配图"),
    "files": pgettext_lazy("plural", "附件"),
    "section": gettext_lazy("栏目"),
    "series": gettext_lazy("专栏"),
    "instalment": gettext_lazy("专栏篇次"),
    "regions": pgettext_lazy("plural", "地区"),
    "tags": pgettext_lazy("plural", "标签"),
    "source": gettext_lazy("来源"),
    "source_url": gettext_lazy("原文网址"),
    "first_published_at": gettext_lazy("原发时间"),
    "copyright_notice": gettext_lazy("版权声明"),
    "responsible_editor": gettext_lazy("责任编辑"),
}
# Told with another field.
TOGETHER = {"own_copyright_notice": "copyright_notice"}


@dataclass(frozen=True)
class Line:
    """One line of a field, old beside new. `change` is as in `newsroom.lib.html_diff.Row`."""

    label: str
    change: str
    changes: tuple[Change, ...]
    photo: str = ""  # public id of the picture it is about

    @property
    def old(self) -> SafeString:
        return marked(self.changes, without="ins")

    @property
    def new(self) -> SafeString:
        return marked(self.changes, without="del")

    @property
    def excerpt(self) -> SafeString:
        """Both in one, with no more of what stayed than a reader needs to find the place."""
        last = len(self.changes) - 1
        parts = [_shortened(change, at == 0, at == last) for at, change in enumerate(self.changes)]
        return mark_safe("".join(parts))  # noqa: S308 - every text in it is escaped

    @property
    def note(self) -> str:
        """Why a line is marked although its words are the same."""
        return _("文字相同，格式或关联有变动") if self.change == "form" else ""


@dataclass(frozen=True)
class Compared:
    """One field of both versions."""

    name: str
    label: str
    lines: list[Line]

    @property
    def changed(self) -> bool:
        return any(line.change != "same" for line in self.lines)

    @property
    def changed_lines(self) -> list[Line]:
        return [line for line in self.lines if line.change != "same"]


def compare_contents(old: Content, new: Content) -> list[Compared]:
    """Every field that either version has anything in. Contents that differ never come out all the same."""
    budget = Budget()
    fields = []
    for name, label in LABELS.items():
        lines = list(_lines(name, old, new, budget))
        if not any(line.change != "same" for line in lines) and _differ(name, old, new):
            words = tuple(Change("same", line.old) for line in lines[:1])
            lines = [Line("", "form", words or (Change("same", "—"),)), *lines[1:]]
        if lines:
            fields.append(Compared(name, str(label), lines))
    return fields


def changes_between(old: Content, new: Content) -> list[Compared]:
    """The fields that differ, for a short account."""
    return [field for field in compare_contents(old, new) if field.changed]


def _differ(name: str, old: Content, new: Content) -> bool:
    names = {name, *(part for part, whole in TOGETHER.items() if whole == name)}
    return any(old.get(part) != new.get(part) for part in names)


def _lines(name: str, old: Content, new: Content, budget: Budget) -> Iterator[Line]:
    match name:
        case "body":
            for row in compare_html(old["body"], new["body"]):
                yield Line(row.label, row.change, row.changes)
        case "photos":
            yield from _photos(old["photos"], new["photos"], budget)
        case _:
            yield from _listed(_words(name, old), _words(name, new), budget)


def _listed(old: list[str], new: list[str], budget: Budget) -> Iterator[Line]:
    """Lists of texts: each beside the one it became."""
    if len(old) == len(new) == 1:
        changes = compare(old[0], new[0], budget)
        yield Line("", "same" if old == new else "changed", tuple(changes))
        return
    for left, right in align(old, new, str, budget):
        change = (
            "same"
            if left == right
            else "added"
            if left is None
            else "removed"
            if right is None
            else "changed"
        )
        yield Line("", change, tuple(compare_words(left or "", right or "", budget)))


def _words(name: str, content: Content) -> list[str]:
    """A field as people read it; an empty list for an empty field."""
    value: Any = content.get(name)  # not every version has attachments, or an address of its own
    match name:
        case "kind":
            words = [str(dict(Article.Kind.choices).get(value, value))]
        case "bylines":
            words = [_byline(byline) for byline in value]
        case "section":
            words = [" / ".join(_path(value))]
        case "series":
            words = [value["title"], value["strapline"]] if value else []
        case "regions" | "tags":
            words = ["、".join(one["name"] for one in value)]
        case "first_published_at":
            words = [f"{localtime(datetime.fromisoformat(value)):%Y-%m-%d %H:%M:%S}"] if value else []
        case "files":
            words = [f"{file['title']}（{file['name']}，{file['sha256'][:8]}）" for file in value or []]
        case "page_order":
            words = [] if value is None else [str(value)]
        case _:
            words = [value or ""]
    return [text for text in words if text]


def _path(section: Content | None) -> list[str]:
    return [*_path(section["parent"]), section["name"]] if section else []


def _byline(byline: Content) -> str:
    act = dict(Act.choices).get(byline["act"], byline["act"])
    place = dict(Byline.Place.choices).get(byline["place"], byline["place"])
    person = printing.line([byline | {"act": "text"}])
    return f"{person}（{act}，{place}）"


def _photos(old: list[Content], new: list[Content], budget: Budget) -> Iterator[Line]:
    """Each picture beside itself, wherever it stands in the other version; then the order, if it changed."""
    before = {photo["sha256"]: photo for photo in old}
    after = {photo["sha256"]: photo for photo in new}
    for number, photo in enumerate(new, 1):
        yield from _photo(before.get(photo["sha256"]), photo, number, budget)
    for number, photo in enumerate(old, 1):
        if photo["sha256"] not in after:
            yield from _photo(photo, None, number, budget)
    stayed = [key for key in before if key in after]
    if stayed != [key for key in after if key in before]:
        numbers = {key: _("图%d") % number for number, key in enumerate(after, 1)}
        orders = [
            " → ".join(
                photo["caption"][:16] or numbers.get(photo["sha256"], _name(photo)) for photo in photos
            )
            for photos in (old, new)
        ]
        yield Line(_("次序"), "changed", tuple(compare_words(orders[0], orders[1], budget)))


def _photo(old: Content | None, new: Content | None, number: int, budget: Budget) -> Iterator[Line]:
    shown = new or old
    assert shown is not None
    parts = [(_part(old, key), _part(new, key), word) for key, word in _PARTS.items()]
    change = "added" if old is None else "removed" if new is None else ""
    lines = [
        Line(
            _("图%(number)d %(part)s") % {"number": number, "part": word},
            change or ("same" if left == right else "changed"),
            tuple(compare_words(left, right, budget)),
            shown["public_id"],
        )
        for left, right, word in parts
        if left or right
    ]
    if old and new and old != new and all(line.change == "same" for line in lines):
        lines.append(Line(_("图%d") % number, "form", (Change("same", _name(new)),), new["public_id"]))
    yield from lines or [
        Line(_("图%d") % number, change or "same", (Change("same", _name(shown)),), shown["public_id"])
    ]


_PARTS: dict[str, Promise] = {
    "caption": gettext_lazy("说明"),
    "credit": pgettext_lazy("picture", "署名"),
    "alt": gettext_lazy("替代文字"),
    "joined": gettext_lazy("成组"),
}


def _part(photo: Content | None, key: str) -> str:
    if photo is None or (key == "alt" and photo["alt"] == photo["caption"]):
        return ""
    if key == "joined":
        return _("与上一张合为一组") if photo["joined"] else ""
    return str(photo[key])


def _name(photo: Content) -> str:
    return photo["caption"][:16] or photo["alt"][:16] or _("（无说明）")


def _shortened(change: Change, first: bool, last: bool) -> str:
    text = change.text
    if change.kind != "same":
        return format_html("<{0}>{1}</{0}>", change.kind, text)
    if first and last:
        return escape(text if len(text) <= 4 * AROUND else f"{text[: 4 * AROUND]}…")
    head = "" if first else text[:AROUND]
    tail = "" if last else text[-AROUND:]
    whole = len(text) <= len(head) + len(tail)
    return escape(text if whole else f"{head}…{tail}")
