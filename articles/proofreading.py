"""A correction from a proof (改字): some words of a story become others, and the story has a new version.

Its author is who corrected, so that whoever signs later sees the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from articles import history, rules
from articles.checklist import Problem
from articles.facts import facts_of
from articles.models import Article, Revision
from articles.workflow import NotAllowed, NotReady, lock
from newsroom.lib.blocks import TEXT, Mark, Node, Runs, write
from newsroom.lib.html import clean, parse
from newsroom.lib.text import clean_text
from people.models import User

LINES = ("headline", "kicker", "subheadline", "lede")
LONGEST = 500  # of the words marked, and of those in their place


def correct(article: Article, by: User, before: str, after: str, now: datetime, where: str = "") -> Revision:
    """Put `after` in the place of `before`, which stands once in the story, and record the version.

    It is looked for in headline, kicker, subheadline and standfirst, and in each block of the body; `where`
    names one of these (`headline`…, `body`, or `body:3` for its fourth block of text), as a headline may
    stand word for word in the first paragraph. Bold, links and the like around the words stay. Raises
    NotAllowed, or NotReady with a sentence; then nothing has changed. The passed instance is refreshed.
    """
    before, after = before.replace("\r\n", "\n"), after.replace("\r\n", "\n")
    _check(before, after)
    with transaction.atomic():
        current = lock(article)
        if refused := rules.why_not_correct(by, facts_of(current, now)):
            raise NotAllowed(refused)
        field = _put(current, before, after, where)
        _check_field(current, field)
        current.save(update_fields=[field, "updated_at"])
        note = f"校样改字：“{before}”改为“{after}”"[:200]  # kept, so in the bureau's own language
        revision = history.record(current, by, now, note=note)
    article.refresh_from_db()
    return revision


def occurrences(words: str, text: str) -> Iterator[int]:
    """Every place of the words in the text; those that overlap are two."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def splice(runs: Runs, start: int, end: int, words: str) -> Runs:
    """The runs with `words` in the place of the characters from `start` to `end`.

    The words are marked (bold, a link…) as the first character they replace; where they replace none, as the
    one before them.
    """
    model = start if end > start else max(start - 1, 0)
    marks: tuple[Mark, ...] = ()
    head: Runs = []
    tail: Runs = []
    at = 0
    for text, own in runs:
        if at <= model < at + len(text):
            marks = own
        head.append((text[: max(start - at, 0)], own))
        tail.append((text[max(end - at, 0) :], own))
        at += len(text)
    # A line break is a run of its own.
    lines = words.split("\n")
    new: Runs = [(part, marks) for line in lines for part in ("\n", line)][1:]
    return [(text, own) for text, own in (*head, *new, *tail) if text]


def _check(before: str, after: str) -> None:
    if not before.strip():
        raise _unready(_("请选出要改的字。"))
    if before == after:
        raise _unready(_("改前改后是一样的。"))
    if max(len(before), len(after)) > LONGEST:
        raise _unready(_("一处改字最多%d个字，更长的请由编辑在稿件里改。") % LONGEST)
    try:
        clean_text(before)
        clean_text(after)
    except ValidationError as wrong:
        raise _unready(*wrong.messages) from None


def _put(article: Article, before: str, after: str, where: str) -> str:
    """Change the instance; the name of the field that was changed."""
    body = parse(article.body)
    found = list(_places(article, body, before, where))
    if not found:
        raise _unready(
            _("稿件的标题、提要和正文里没有“%s”。署名、图片说明和版面自己的文字，请写批注由编辑改。") % before
        )
    if len(found) > 1:
        raise _unready(
            _("“%(words)s”在稿件里有%(n)d处，请连前后的字一起选。") % {"words": before, "n": len(found)}
        )
    name, block, at = found[0]
    if block is None:
        text: str = getattr(article, name)
        setattr(article, name, text[:at] + after + text[at + len(before) :])
        return name
    same = _common(before, after)
    end = _common(before[same:][::-1], after[same:][::-1])
    new = after[same : len(after) - end]
    block.runs = splice(block.runs, at + same, at + len(before) - end, new)
    article.body = clean(write(body))
    return name


def _places(article: Article, body: Node, words: str, where: str) -> Iterator[tuple[str, Node | None, int]]:
    """Field, block of the body and offset of each place where the words stand."""
    for name in LINES:
        if where in ("", name):
            for at in occurrences(words, getattr(article, name)):
                yield name, None, at
    for number, block in enumerate(texts(body)):
        if where in ("", "body", f"body:{number}"):
            for at in occurrences(words, block.text):
                yield "body", block, at


def texts(body: Node) -> list[Node]:
    """The blocks of a body that hold text, in reading order."""
    return [block for block in body.walk() if block.tag in TEXT]


def _common(one: str, other: str) -> int:
    """How many characters both begin with."""
    pairs = zip(one, other, strict=False)
    return next((n for n, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def _check_field(article: Article, field: str) -> None:
    try:
        article.clean_fields(exclude=[f.name for f in Article._meta.fields if f.name != field])
    except ValidationError as wrong:
        raise _unready(*wrong.messages) from None


def _unready(*sentences: str) -> NotReady:
    return NotReady([Problem("before", sentence) for sentence in sentences])
