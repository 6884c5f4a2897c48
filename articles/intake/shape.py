"""A reading in the shape of docs' `import_page --json`: issue, articles, photos, furniture. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from articles.intake.doubts import doubts
from articles.intake.pieces import PAGE, WEB, Kind, Reading
from articles.intake.text import captions, furniture, heads, masthead
from articles.intake.text.names import AUTHOR, MARKS, Person, read_people

_HASHES = re.compile(r"^[\s\ufeff]*(?:#{1,6}\s+)?")
_DASHES = re.compile(r"^\s*(?:——|－－|──|--|—)\s*")
_BAR = re.compile(r"\s*[|｜丨]\s*$|^\s*[【〖［]\s*|\s*[】〗］]\s*$")
_CREDIT_SHELL = re.compile(r"^[\s(（]+$")
_PAGE_OF_ENTRY = re.compile(
    r"(?:详?见|转|刊)?\s*(?:第|[>＞→▶…·\s]*)?\s*[A-D]?(\d{1,2})\s*版\s*(?:刊登|刊发|刊载)?"
)
_GUIDE_WORD = re.compile(r"^\W*(?:今日|本期|本报|要闻|重点)?\s*(?:导\s*读|导\s*航|要\s*目)\W*")


def clean(kind: Kind, text: str) -> str:
    """A piece's text without what only marks it: ▲, ——, 上图:, an extractor's #."""
    text = _HASHES.sub("", text).strip()
    if kind == Kind.SUBHEADLINE:
        return _DASHES.sub("", text)
    if kind == Kind.SERIES:
        return _BAR.sub("", text)
    if kind == Kind.CAPTION:
        return text[captions.pointer(text) :].strip(f" \u3000{MARKS}▲▼(（")
    return text


def value(reading: Reading, group: int, kind: Kind) -> str:
    """The group's pieces of a kind, cleaned and put together; "" where there is none."""
    return " ".join(text for text in texts(reading, group, kind) if text)


def texts(reading: Reading, group: int, *kinds: Kind) -> list[str]:
    """The group's blocks of some kinds, cleaned: what goes on is put together."""
    return [clean(kind, reading.told(pieces)) for kind, pieces in reading.blocks(group, *kinds)]


def people(told: Iterable[str]) -> list[Person]:
    """Everybody the texts name, in order; nobody twice."""
    found: list[Person] = []
    for text in told:
        for person in read_people(text.strip(" \u3000:：")) or _unread(text):
            if person not in found:
                found.append(person)
    return found


def _unread(text: str) -> list[Person]:
    """What people called a byline and no grammar reads is a name as it stands."""
    name = text.strip(f" \u3000:：()（）{MARKS}")
    if all(len(part) == 1 for part in name.split()):
        name = "".join(name.split())  # 张 默, set wide
    return [Person(AUTHOR, name)] if name else []


def named(person: Person) -> dict[str, str | None]:
    return {"role": person.role, "name": person.name, "outlet": person.outlet or None}


def body(reading: Reading, group: int) -> list[dict[str, str]]:
    """Paragraphs, subheads and pictures of a story in the order they read."""
    kinds = {Kind.PARAGRAPH: "paragraph", Kind.SUBHEAD: "subhead", Kind.CAPTION: "photo", Kind.TABLE: "table"}
    blocks = []
    for kind, pieces in reading.blocks(group, *kinds):
        between = " " if kind == Kind.SUBHEAD else ""
        text = clean(kind, reading.told(pieces, between))
        blocks.append({"type": kinds[kind], "text": text})
    return blocks


def photos(reading: Reading, group: int) -> list[dict[str, Any]]:
    """The group's pictures: a caption begins one, credits belong to the last."""
    found: list[dict[str, Any]] = []
    fresh = False
    for kind, pieces in reading.blocks(group, Kind.PICTURE, Kind.CAPTION, Kind.CREDIT):
        if kind == Kind.CREDIT:
            if not found:
                found.append({"caption": "", "credits": []})
            found[-1]["credits"] += [named(person) for person in people([reading.told(pieces)])]
        elif kind == Kind.CAPTION:
            caption = clean(kind, reading.told(pieces))
            if fresh:
                found[-1]["caption"] = caption
            else:
                found.append({"caption": caption, "credits": []})
            fresh = False
        elif pieces:
            found.append({"caption": "", "credits": []})
            fresh = True
    return found


def as_json(reading: Reading, name: str = "") -> dict[str, Any]:
    """The object that `import_page --json` prints for one page."""
    told = doubts(reading)
    issue, author = issue_of(reading), _author(reading)
    articles, pictures = [], []
    for number, group in enumerate(reading.groups):
        headline = value(reading, group, Kind.HEADLINE) or None
        alone = reading.is_picture(group)
        pictures += [{**p, "belongs_to_headline": headline} for p in photos(reading, group)]
        if alone and headline is None:
            continue
        articles.append(_article(reading, group, told.get(group, [])))
        if author and not articles[0]["bylines"]:
            articles[0]["bylines"] = [named(author)]
        if number == 0 and issue.get("banner") and not articles[0]["series"]:
            articles[0]["series"] = issue["banner"]
    furniture = [reading.text(piece) for piece in reading.of(PAGE, Kind.FURNITURE)]
    return {
        "file": name,
        "kind": reading.form,
        "issue": issue,
        "articles": articles,
        "photos": pictures,
        "furniture": furniture,
    }


def _article(reading: Reading, group: int, warnings: Sequence[str]) -> dict[str, Any]:
    stack = {kind.value: value(reading, group, kind) or None for kind in (*_STACK, Kind.LEDE, Kind.DATELINE)}
    bylines = [named(person) for person in people(texts(reading, group, Kind.BYLINE))]
    return {**stack, "bylines": bylines, "body": body(reading, group), "warnings": list(warnings)}


_STACK = (Kind.HEADLINE, Kind.KICKER, Kind.SUBHEADLINE, Kind.SERIES)


def _author(reading: Reading) -> Person | None:
    """Whom a web page names above its only story."""
    if reading.form != WEB:
        return None
    name = masthead.read(reading.text(piece) for piece in reading.of(PAGE, Kind.ISSUE)).get("author")
    return Person(AUTHOR, name) if name else None


def issue_of(reading: Reading) -> dict[str, Any]:
    """What the page says of itself; only what was found."""
    lines = reading.of(PAGE, Kind.ISSUE)
    texts = [reading.text(piece) for piece in lines]
    fields = masthead.read(texts)
    fields.pop("author", None)
    if notices := [text for text in texts if furniture.is_copyright(text)]:
        fields["copyright_notice"] = "\n".join(notices)
    bare = [
        clean(Kind.ISSUE, text) for text in texts if not masthead.is_of_page(text) and text not in notices
    ]
    if bare:
        fields["column" if reading.form == WEB else "title"] = bare[0]
    elif reading.form != WEB and (title := next(filter(None, map(heads.name_in, texts)), "")):
        fields["title"] = title
    if banner := value(reading, PAGE, Kind.BANNER):
        fields["banner"] = banner
    if entries := guide(reading):
        fields["guide"] = entries
    return fields


def guide(reading: Reading) -> list[dict[str, Any]]:
    """The guide's entries, whether their pages stand before or behind them."""
    texts = [_GUIDE_WORD.sub("", reading.text(piece)).strip() for piece in reading.of(PAGE, Kind.GUIDE)]
    texts = [text for text in texts if text]
    marks = [_PAGE_OF_ENTRY.search(text) for text in texts]
    leading = bool(marks) and marks[0] is not None and marks[0].start() <= 1
    entries: list[dict[str, Any]] = []
    held: list[str] = []
    page: int | None = None
    for text, mark in zip(texts, marks, strict=True):
        rest = _without_page(text, mark) if mark else text
        if mark and leading:
            _keep(entries, held, page)
            held, page = [rest] if rest else [], int(mark[1])
        else:
            held += [rest] if rest else []
            if mark:
                _keep(entries, held, int(mark[1]))
                held = []
    _keep(entries, held, page)
    return entries


def _without_page(text: str, mark: re.Match[str]) -> str:
    return (text[: mark.start()] + text[mark.end() :]).strip(" \u3000.…·>＞→▶()（）")


def _keep(entries: list[dict[str, Any]], lines: list[str], page: int | None) -> None:
    if not lines:
        return
    from articles.intake.text.stacks import read_stack

    entry: dict[str, Any] = {"page": page, "kicker": None, "headline": None, "subheadline": None}
    for number, start, end, kind in read_stack(lines):
        if kind.value in entry:
            entry[kind.value] = clean(kind, lines[number][start:end])
    entries.append(entry)
