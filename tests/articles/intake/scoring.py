"""How well a page was read, against a reading of it made by hand. Pure: both are dicts.

`expected` has the shape of ../shared/truth, `found` that of `import_page --json`. White space never counts.
Where several readings are right, a value of `expected` is {"any": [one, other]}; None among them: or nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from difflib import SequenceMatcher
from itertools import product
from typing import Any

Told = dict[str, Any]
AIM = 0.95
#: The table's rows, in its order.
FIGURES = (
    *("stories found", "headlines", "kickers", "subheadlines", "kickers and subheadlines", "series", "ledes"),
    *("bylines", "datelines", "subheads", "paragraphs", "order and joins"),
    *("captions", "photo credits", "belongs to", "issue fields", "guide", "editor credits"),
)
STACK = {
    "headlines": "headline",
    "kickers": "kicker",
    "subheadlines": "subheadline",
    "series": "series",
    "ledes": "lede",
    "datelines": "dateline",
}
ISSUE_FIELDS = (
    *("title", "organ", "date", "weekday", "lunar", "number", "total_number", "pages", "permit", "website"),
    *("hotline", "distribution", "banner", "column", "source"),
)
BODY_FACTS = 4  # where it starts, where it ends, how many paragraphs, how many ideographs
IDEOGRAPH = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
#: Words that mean the same person's part, and the paper's word for itself, which names no outlet.
SAME_ROLE = {"摄": "摄影", "图": "摄影", "摄影报道": "摄影"}
OURSELVES = {"本报", "本网", "本台", "本刊"}


@dataclass(frozen=True)
class Count:
    """What is there and was found, what was found and is not there, what is there and was missed."""

    hits: int = 0
    false: int = 0
    missed: int = 0

    def __add__(self, other: Count) -> Count:
        return Count(self.hits + other.hits, self.false + other.false, self.missed + other.missed)

    @property
    def precision(self) -> float:
        return self.hits / (self.hits + self.false) if self.hits + self.false else 1.0

    @property
    def recall(self) -> float:
        return self.hits / (self.hits + self.missed) if self.hits + self.missed else 1.0

    @property
    def f1(self) -> float:
        wrong = self.false + self.missed
        return 2 * self.hits / (2 * self.hits + wrong) if self.hits + wrong else 1.0


Score = dict[str, Count]


def total(scores: Iterable[Score]) -> Score:
    """The sum over pages."""
    summed = dict.fromkeys(FIGURES, Count())
    for score in scores:
        for figure, count in score.items():
            summed[figure] += count
    return summed


def score(expected: Told, found: Told) -> Score:
    """Every figure of one page."""
    stories = pairs(expected["articles"], found["articles"], _likeness)
    photos = pairs(expected["photos"], found["photos"], _same_picture)
    figures = {
        "stories found": Count(
            sum(bool(mine and yours) for mine, yours in stories),
            sum(not mine for mine, _ in stories),
            sum(not yours for _, yours in stories),
        )
    }
    for figure, key in STACK.items():
        figures[figure] = _sum(bag([mine.get(key)], [yours.get(key)]) for mine, yours in stories)
    figures["kickers and subheadlines"] = _sum(
        bag(*([story.get(key) for key in ("kicker", "subheadline")] for story in pair)) for pair in stories
    )
    figures["bylines"] = _sum(_names(mine, yours, "bylines") for mine, yours in stories)
    figures["subheads"] = _sum(
        bag(mine.get("subheads", []), _texts(yours, "subhead")) for mine, yours in stories
    )
    figures["paragraphs"] = _sum(_paragraphs(mine, yours) for mine, yours in stories)
    figures["order and joins"] = _sum(_joins(mine, yours) for mine, yours in stories)
    figures["captions"] = _sum(bag([mine.get("caption")], [yours.get("caption")]) for mine, yours in photos)
    figures["photo credits"] = _sum(_names(mine, yours, "credits") for mine, yours in photos)
    figures["belongs to"] = _sum(
        bag([mine.get("belongs_to_headline")], [yours.get("belongs_to_headline")]) for mine, yours in photos
    )
    return figures | _issue(expected, found)


def _sum(counts: Iterable[Count]) -> Count:
    return sum(counts, Count())


# Values


def plain(value: Any) -> Any:
    """What two readings must have in common to be called the same: text without white space."""
    if isinstance(value, str):
        return "".join(value.split()) or None
    return str(value) if isinstance(value, int | float) else value


def choices(value: Any) -> list[Any]:
    given = value["any"] if isinstance(value, dict) and "any" in value else [value]
    return [plain(one) for one in given]


def bag(expected: Sequence[Any], found: Sequence[Any]) -> Count:
    """Values without order. Each of `found` stands for one of `expected` at most; None is no value."""
    return _bag([choices(value) for value in expected], [plain(value) for value in found])


def _bag(expected: Iterable[list[Any]], found: Iterable[Any]) -> Count:
    left = [value for value in found if value is not None]
    hits = missed = 0
    for wanted in sorted(expected, key=len):  # those with one answer choose first
        if hit := next((value for value in left if value in wanted), None):
            left.remove(hit)
            hits += 1
        elif None not in wanted:
            missed += 1
    return Count(hits, len(left), missed)


# Stories and pictures


def pairs(expected: list[Told], found: list[Told], likeness: Any) -> list[tuple[Told, Told]]:
    """Which is which, the likeliest first; what is alone is paired with {}."""
    likely = sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(expected) for j, b in enumerate(found)),
        key=lambda row: (-row[0], row[1], row[2]),
    )
    mine: dict[int, int] = {}
    for how_much, i, j in likely:
        if how_much > 0 and i not in mine and j not in mine.values():
            mine[i] = j
    return [
        *((told, found[mine[i]] if i in mine else {}) for i, told in enumerate(expected)),
        *(({}, told) for j, told in enumerate(found) if j not in mine.values()),
    ]


def _texts(story: Told, kind: str) -> list[str]:
    return [block["text"] for block in story.get("body", []) if block["type"] == kind]


def _body(story: Told) -> str:
    return plain("".join(_texts(story, "paragraph"))) or ""


def _begins(wanted: Any, body: str) -> bool:
    return any(body.startswith(choice or "") for choice in choices(wanted))


def _ends(wanted: Any, body: str) -> bool:
    return any(body.endswith(choice or "") for choice in choices(wanted))


def _likeness(mine: Told, yours: Told) -> float:
    body = _body(yours)
    headline = plain(yours.get("headline")) in choices(mine["headline"]) and yours.get("headline")
    return 2 * bool(headline) + _begins(mine["body_starts"], body) + _ends(mine["body_ends"], body)


def _same_picture(mine: Told, yours: Told) -> float:
    ratio = max(
        SequenceMatcher(None, choice or "", plain(yours["caption"]) or "", autojunk=False).ratio()
        for choice in choices(mine["caption"])
    )
    return ratio if ratio > 0.5 else 0.0


def _names(mine: Told, yours: Told, key: str) -> Count:
    wanted = [
        list(product(*([_role_or_outlet(one) for one in choices(name[part])] for part in NAME)))
        for name in mine.get(key, [])
    ]
    return _bag(
        wanted, [tuple(_role_or_outlet(plain(name[part])) for part in NAME) for name in yours.get(key, [])]
    )


NAME = ("role", "name", "outlet")


def _role_or_outlet(value: Any) -> Any:
    return None if value in OURSELVES else SAME_ROLE.get(value, value)


def _paragraphs(mine: Told, yours: Told) -> Count:
    """By their number alone: one cut in two is false, two taken for one are a miss."""
    found = len(_texts(yours, "paragraph"))
    wanted = min((int(n) for n in choices(mine.get("paragraphs", 0))), key=lambda n: abs(n - found))
    both = min(found, wanted)
    return Count(both, found - both, wanted - both)


def _joins(mine: Told, yours: Told) -> Count:
    """Whether the body starts, ends, is cut and is as long as it should be: four facts a story."""
    if not mine or not yours:
        return Count(0, BODY_FACTS * bool(yours), BODY_FACTS * bool(mine))
    body = _body(yours)
    right = (
        _begins(mine["body_starts"], body)
        + _ends(mine["body_ends"], body)
        + (str(len(_texts(yours, "paragraph"))) in choices(mine["paragraphs"]))
        + (str(len(IDEOGRAPH.findall(body))) in choices(mine["body_chars"]))
    )
    return Count(right, BODY_FACTS - right, BODY_FACTS - right)


# The page


def _issue(expected: Told, found: Told) -> Score:
    mine, yours = _fields(expected), _fields(found)
    fields = _sum(bag([mine.get(key)], [yours.get(key)]) for key in sorted(mine.keys() | yours.keys()))
    guide = _bag(
        [[_entry(entry)] for entry in expected["issue"].get("guide") or []],
        [_entry(entry) for entry in found["issue"].get("guide") or []],
    )
    editors = _bag(
        [[(label, choice) for choice in choices(name)] for label, name in _editors(expected)],
        [(label, plain(name)) for label, name in _editors(found)],
    )
    return {"issue fields": fields, "guide": guide, "editor credits": editors}


def _fields(page: Told) -> Told:
    """What the contract names; what else a reading tells of the page is nobody's mistake."""
    moment = page["issue"].get("published_at")
    return {key: page["issue"].get(key) for key in ISSUE_FIELDS} | {
        "kind": page["kind"],
        "copyright_notice": "is there" if page["issue"].get("copyright_notice") else None,
        "published_at": datetime.fromisoformat(moment).replace(tzinfo=None).isoformat() if moment else None,
    }


def _entry(entry: Told) -> tuple[Any, ...]:
    return tuple(plain(entry.get(key)) for key in ("page", "kicker", "headline", "subheadline"))


def _editors(page: Told) -> list[tuple[str, Any]]:
    return list((page["issue"].get("editor_credits") or {}).items())
