"""A release as the search table has it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any, NamedTuple, Protocol

from articles.search import tokens
from articles.search.folding import fold
from newsroom.lib import canonical
from newsroom.lib.html import text as words_of

Content = dict[str, Any]


class Released(Protocol):
    """What of a release is read: columns, so that a migration's releases have them too."""

    headline: str
    body: str
    card: str
    details: str
    listed_at: datetime | None


class Document(NamedTuple):
    """`text` is shown in snippets, `folded` decides what tokens can't, `tokens` go into the index."""

    text: str
    folded: str
    tokens: str


def document(release: Released) -> Document:
    card, more = canonical.load(release.card), canonical.load(release.details)
    heads = [release.headline, card["kicker"], card["subheadline"]]
    below = list(filter(None, _below(release, more)))
    names = [name for name, _place in _names(more)]
    series = [more["series"]["title"]] if more["series"] else []
    headline, marks = fold(release.headline), fold("\n".join([*heads, more["lede"], *names, *series]))
    folded = fold("\n".join([*heads, *below, *series]))
    parts = [
        tokens.EVERY.split(),
        _keys(card, more),
        (token for name, place in _names(more) for token in tokens.of_name(name, place)),
        (f"h{token}" for token in tokens.of_text(headline)),
        (f"m{token}" for token in tokens.of_text(marks)),
        tokens.of_text(folded),
    ]
    return Document("\n".join(below), folded, tokens.joined(parts))


def shown(release: Released) -> str:
    """`Document.text` alone."""
    return "\n".join(filter(None, _below(release, canonical.load(release.details))))


def _below(release: Released, more: Content) -> Iterator[str]:
    """What stands under the headline, in the order a reader meets it."""
    yield more["lede"]
    yield words_of(release.body)
    for photo in more["photos"]:
        yield photo["caption"]
    yield "　".join(name for name, _place in _names(more))


def _names(more: Content) -> Iterator[tuple[str, bool]]:
    """Names of the people, places and tags, and which are places."""
    yield from ((byline["name"], False) for byline in more["bylines"] if byline["name"])
    yield from ((region["name"], True) for region in more["regions"])
    yield from ((tag["name"], False) for tag in more["tags"])


def _keys(card: Content, more: Content) -> Iterator[str]:
    section = card["section"]
    while section:
        yield f"s{section['id']}"
        section = section["parent"]
    yield from (f"r{code}" for region in more["regions"] for code in region["lineage"])
    yield from (f"p{byline['reporter']}" for byline in more["bylines"] if byline["reporter"])
