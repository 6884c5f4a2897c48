"""A story's content as its form posts it: one shape for what was typed, for a version, and for what is kept.

`value` reads a field so that two texts can be compared, `words` so that a person can.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles.admin.fields import Moment, written
from articles.admin.forms import LONGEST_BODY
from articles.freeze import freeze
from articles.models import Article, Byline, Section, Series
from articles.tags import BREAK, parse_tags
from media.models import Attachment, Photo
from newsroom.lib import canonical
from newsroom.lib.html import clean, text
from people.models import Act, Identity

ROWS = {
    "bylines": ("identity", "name", "act", "outlet", "place"),
    "photos": ("photo", "caption", "credit", "alt", "joined"),
    "files": ("file", "title"),
}
LINES = (
    "kind", "kicker", "headline", "subheadline", "lede", "dateline", "editors_note", "body", "instalment",
    "source", "source_url", "copyright_notice", "responsible_editor",
)  # fmt: skip
#: The content of a story in the order of its form.
FIELDS = (
    "kind", "path", "page_order", "kicker", "headline", "subheadline", "lede", "editors_note", "dateline",
    "body", "bylines", "photos", "files", "section", "series", "instalment", "regions", "tags",
    "source", "source_url", "first_published_at", "copyright_notice", "responsible_editor",
)  # fmt: skip


def from_article(article: Article) -> QueryDict:
    """The story as it stands in the database."""
    return from_content(canonical.load(freeze(article)))


def from_content(content: dict[str, Any]) -> QueryDict:
    """A frozen content (`articles.freeze`) as its form would post it."""
    data = QueryDict(mutable=True)
    for name in LINES:
        data[name] = content["own_copyright_notice" if name == "copyright_notice" else name]
    data["path"], data["page_order"] = content.get("path", ""), str(content.get("page_order", 0))
    for name in ("section", "series"):
        data[name] = str(content[name]["id"]) if content[name] else ""
    data["first_published_at"] = _local(content["first_published_at"])
    data["regions"] = "、".join(written(region["name"], region["code"]) for region in content["regions"])
    data["tags"] = "，".join(tag["name"] for tag in content["tags"])
    _write_rows(data, "bylines", [{"reporter": b["reporter"] or ""} | b for b in content["bylines"]])
    _write_rows(
        data,
        "photos",
        [p["own"] | {"photo": p["public_id"], "joined": p["joined"]} for p in content["photos"]],
    )
    files = content.get("files", [])
    _write_rows(data, "files", [{"file": f["public_id"], "title": f["own_title"]} for f in files])
    return data


def _local(stamp: str | None) -> str:
    return f"{timezone.localtime(datetime.fromisoformat(stamp)):%Y-%m-%dT%H:%M:%S}" if stamp else ""


def _write_rows(data: QueryDict, prefix: str, rows: list[dict[str, Any]]) -> None:
    data[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    data[f"{prefix}-INITIAL_FORMS"] = "0"
    for number, row in enumerate(rows):
        data[f"{prefix}-{number}-ORDER"] = str(number + 1)
        for name, value in row.items():
            if value is True:
                data[f"{prefix}-{number}-{name}"] = "on"
            elif value is not False and isinstance(value, str | int):
                data[f"{prefix}-{number}-{name}"] = str(value)


def copy(field: str, source: QueryDict, target: QueryDict) -> None:
    """Put one field of `source` in the place of `target`'s."""
    names = [
        name
        for name in (*source, *target)
        if name == field or (field in ROWS and name.startswith(f"{field}-"))
    ]
    for name in dict.fromkeys(names):
        if name in source:
            target.setlist(name, source.getlist(name))
        else:
            target.pop(name, None)


# Comparing


def value(field: str, data: QueryDict) -> Any:
    """The field so that equal contents are equal."""
    if field in ROWS:
        return _rows(field, data)
    typed = data.get(field, "").replace("\r\n", "\n")
    if field in ("path", "page_order") and data.get("kind") != Article.Kind.PAGE:
        return ""  # no content of a story
    match field:
        case "body":
            return clean(typed[:LONGEST_BODY])  # what is longer is refused when it is saved
        case "tags":
            return tuple(sorted(parse_tags(typed)))
        case "regions":
            return tuple(sorted(word for word in BREAK.split(typed) if word))
        case "first_published_at":
            return _moment(typed)
        case "kind":
            return typed or Article.Kind.STORY.value
        case _:
            return typed


def _moment(typed: str) -> str:
    try:
        moment = Moment(required=False).clean(typed)
    except ValidationError:
        return typed
    return moment.astimezone(timezone.get_default_timezone()).isoformat() if moment else ""


def _rows(prefix: str, data: QueryDict) -> tuple[tuple[str, ...], ...]:
    count = min(_number(data.get(f"{prefix}-TOTAL_FORMS", "")) or 0, 500)
    rows = []
    for number in range(count):
        at = f"{prefix}-{number}-"
        row = tuple(data.get(at + name, "").replace("\r\n", "\n") for name in ROWS[prefix])
        named = row[1] or row[3] if prefix == "bylines" else row[0]
        if named and not data.get(at + "DELETE"):
            rows.append((_position(data.get(at + "ORDER", "")), number, row))
    return tuple(row for *_order, row in sorted(rows))


def _position(typed: str) -> float:
    number = _number(typed)
    return float("inf") if number is None else number


def _number(typed: str) -> int | None:
    """A number small enough for any row of ours."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else None


# Reading


def label(field: str) -> str | Promise:
    if field in ROWS:
        names = {
            "bylines": _("署名"),
            "photos": pgettext("plural", "图片"),
            "files": pgettext("plural", "附件"),
        }
        return names[field]
    return getattr(Article._meta.get_field(field), "verbose_name", field)


def words(field: str, data: QueryDict) -> str:
    """The field as lines of plain text."""
    found = value(field, data)
    match field:
        case "body":
            return text(found)
        case "bylines":
            return "\n".join(map(_byline, found))
        case "photos":
            return _photos(found)
        case "files":
            return _files(found)
        case "tags":
            return "、".join(found)
        case "regions":
            return _regions(found)
        case "section" | "series":
            return _named(Section if field == "section" else Series, found)
        case "kind":
            return str(dict(Article.Kind.choices).get(found, found))
        case "first_published_at":
            return found[:16].replace("T", " ")
        case _:
            return found


def _byline(row: tuple[str, ...]) -> str:
    identity, name, act, outlet, place = row
    names = [
        dict(c.choices).get(key, "") for c, key in ((Identity, identity), (Act, act), (Byline.Place, place))
    ]
    parts = (outlet, names[0] if identity else "", name, names[1], names[2])
    return " ".join(str(part) for part in parts if part)


def _photos(rows: tuple[tuple[str, ...], ...]) -> str:
    ids = [row[0] for row in rows if row[0].isalnum()]
    photos = {photo.public_id: photo for photo in Photo.objects.filter(public_id__in=ids)}
    lines = []
    for number, (public_id, caption, credit, alt, joined) in enumerate(rows, 1):
        photo = photos.get(public_id)
        shown = caption or (photo and photo.caption) or public_id
        parts = [
            f"{number}. {shown}",
            credit,
            alt and _("替代文字：") + alt,
            joined and _("与上一张合为一组"),
        ]
        lines.append(" / ".join(part for part in parts if part))
    return "\n".join(lines)


def _files(rows: tuple[tuple[str, ...], ...]) -> str:
    known = dict(
        Attachment.objects.filter(public_id__in=[row[0] for row in rows if row[0].isalnum()]).values_list(
            "public_id", "name"
        )
    )
    named = [(title, known.get(public_id, public_id)) for public_id, title in rows]
    return "\n".join(" / ".join(filter(None, pair)) for pair in named)


def _regions(found: tuple[str, ...]) -> str:
    return "、".join(word.split("(")[0] for word in found)


def _named(model: type[Section] | type[Series], key: str) -> str:
    one = model._default_manager.filter(pk=_number(key) or 0).first()
    parent = getattr(one, "parent", None)
    return f"{parent} / {one}" if parent else str(one or "")
