"""Autosave: a private copy of what was typed into one open form and not saved. It makes no version."""

from __future__ import annotations

import json
import re
import secrets
from datetime import datetime
from typing import Any

from django.core import signing
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from articles import rules
from articles.facts import facts_of
from articles.models import Article, Autosave
from newsroom.lib.dates import clock
from people.models import User

MOST_BYTES = 2 * 1024 * 1024
MOST_PAIRS = 4000
MOST_KEPT = 40  # rows a person has; the oldest goes first
#: Of the page, not of what was typed.
NOT_TYPED = {"csrfmiddlewaretoken", "ticket", "typed", "take", "mine", "save", "_then", "_note"}
TICKET_SALT = "articles.story-form"
TICKET_AGE = 7 * 24 * 3600

DIGEST = re.compile(r"[0-9a-f]{64}")
KEY = re.compile(r"[0-9A-Za-z_-]{1,32}")
NEWEST = "1"  # asks for the newest row in place of a key; no key is so short

Pairs = list[tuple[str, str]]


class Unusable(ValueError):
    """What came is no list of names and values, or too much of it."""


def pairs_of(data: QueryDict) -> Pairs:
    """What was typed, as the browser posted it."""
    return [(name, value) for name, values in data.lists() if name not in NOT_TYPED for value in values]


def read(text: str) -> Pairs:
    """The pairs in a JSON text of ours or of the browser's. Raises Unusable."""
    try:
        pairs = json.loads(text)
    except (ValueError, RecursionError):
        raise Unusable from None
    if not isinstance(pairs, list) or len(pairs) > MOST_PAIRS:
        raise Unusable
    for pair in pairs:
        if not (isinstance(pair, list) and len(pair) == 2 and all(isinstance(part, str) for part in pair)):
            raise Unusable
    return [(_whole(name), _whole(value)) for name, value in pairs if name not in NOT_TYPED]


def _whole(text: str) -> str:
    """Half characters, which JSON can name, as a browser would post them."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def write(pairs: Pairs) -> str:
    # Escaped to ASCII: whatever was typed, a database takes it.
    return json.dumps(pairs)


def as_posted(pairs: Pairs) -> QueryDict:
    data = QueryDict(mutable=True)
    for name, value in pairs:
        data.appendlist(name, value)
    return data


def new_key() -> str:
    """What tells one open form from every other."""
    return secrets.token_urlsafe(16)


def key_of(value: str | None) -> str:
    """The key a page brings, or the one of pages that bring none."""
    return value if value and KEY.fullmatch(value) else Autosave.NO_KEY


def keep(user: User, article: Article | None, pairs: Pairs, now: datetime, key: str | None = None) -> None:
    """Remember this, in place of what was kept of the same open form: the one `key` or the pairs name."""
    base = next((value for name, value in pairs if name == "base" and DIGEST.fullmatch(value)), "")
    key = key_of(key or next((value for name, value in pairs if name == "key"), None))
    Autosave.objects.update_or_create(
        user=user, article=article, key=key, defaults={"form": write(pairs), "base": base, "saved_at": now}
    )
    of_person = Autosave.objects.filter(user=user).order_by("-saved_at", "-pk")
    if stale := list(of_person.values_list("pk", flat=True)[MOST_KEPT:]):
        Autosave.objects.filter(pk__in=stale).delete()


def kept(user: User, article: Article | None) -> list[Autosave]:
    """All that was kept of this story's forms, or of new stories', newest first."""
    return list(Autosave.objects.filter(user=user, article=article).order_by("-saved_at", "-pk"))


def chosen(rows: list[Autosave], key: str) -> Autosave | None:
    """The row of that key, or the newest where NEWEST is asked for."""
    if key == NEWEST:
        return rows[0] if rows else None
    return next((row for row in rows if row.key == key), None)


def forget(user: User, article: Article | None, key: str | None = None) -> None:
    """Drop what was kept of one open form; without a key, of all of the story's."""
    rows = Autosave.objects.filter(user=user, article=article)
    (rows.filter(key=key) if key else rows).delete()


# Whose page it was, for a form that comes back after its session ended


def ticket(user: User, article: Article | None, key: str) -> str:
    return signing.dumps([user.pk, article.pk if article else None, key], salt=TICKET_SALT)


def keep_for_owner(request: HttpRequest, now: datetime) -> None:
    """A form posted without a session: its text is kept for the one whose page it was, until he logs in."""
    try:
        sealed = signing.loads(request.POST.get("ticket", ""), salt=TICKET_SALT, max_age=TICKET_AGE)
        owner, story, *key = sealed  # tickets of pages opened before there were keys have none
    except (signing.BadSignature, TypeError, ValueError):
        return
    user = User.objects.filter(pk=owner, is_active=True).first()
    article = Article.objects.filter(pk=story).first()
    pairs = pairs_of(request.POST)
    if user and (article or story is None) and len(write(pairs)) <= MOST_BYTES:
        keep(user, article, pairs, now, key[0] if key else None)


def answer(request: HttpRequest, article: Article | None) -> JsonResponse:
    """Take what the page sends every few seconds (JSON: a list of [name, value]), or drop what was kept."""
    user: Any = request.user
    now = timezone.now()
    if not may_keep(user, article, now):
        return _refused(_("此稿不由你编辑。"), 403)
    try:
        sent = request.body
        too_much = len(sent) > MOST_BYTES
    except RequestDataTooBig:
        too_much = True
    if too_much:
        return _refused(_("内容太多，没有自动保存，请手动保存。"), 413)
    try:
        pairs = read(sent.decode())
    except (Unusable, UnicodeDecodeError):
        return _refused(_("没有看懂送来的内容。"), 400)
    keep(user, article, pairs, now)
    return JsonResponse({"saved_at": clock(now)}, headers={"Cache-Control": "no-store"})


def may_keep(user: User, article: Article | None, now: datetime) -> bool:
    return rules.may_view(user, facts_of(article, now)) if article else rules.may_create(user)


def _refused(sentence: str, status: int) -> JsonResponse:
    return JsonResponse({"error": sentence}, status=status, headers={"Cache-Control": "no-store"})
