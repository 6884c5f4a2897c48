"""What a reader may be about to type: names of people, places and tags, and words of headlines.

All of it comes from visible releases, as it was signed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import rjieba
from django.urls import reverse

from articles.models import Release
from articles.search import tokens
from articles.search.engines import in_field, newest
from articles.search.folding import align, fold, is_han, runs
from articles.search.words import Either, Need, Token, phrase

MOST = 8
LOOKED_AT = 40  # newest releases
LONGEST = 20


@dataclass(frozen=True)
class Suggestion:
    """`url` is the page of a person, place or tag; empty for a word."""

    text: str
    kind: str = ""
    url: str = ""


def suggest(typed: str, now: datetime) -> list[Suggestion]:
    """At most eight, the most frequent first; nothing for nothing and for one letter."""
    begun = "".join(runs(fold(typed[:LONGEST])))
    if not begun or (len(begun) == 1 and not is_han(begun)):
        return []
    hidden = Release.objects.hidden(now).order_by().values("pk")
    keys = newest(_begins(begun), many=True).exclude(pk__in=hidden).values_list("pk", flat=True)
    found = Release.objects.visible(now).filter(pk__in=list(keys[:LOOKED_AT])).order_by("-listed_at", "-pk")
    counted: Counter[Suggestion] = Counter()
    for release in found.only("headline", "details", "article"):
        counted.update(set(_in(release, begun)))
    ranked = sorted(counted.items(), key=lambda item: (not item[0].url, -item[1], item[0].text))
    return [suggestion for suggestion, _count in ranked][:MOST]


def _begins(begun: str) -> Need:
    needs: list[Need] = [Token(f"n{tokens.han(begun)}", prefix=True)]
    if begun.isascii():
        needs += [Token(f"y{begun}", prefix=True), Token(f"hw{begun}", prefix=True)]
    else:
        needs.append(in_field(phrase(begun).need, "h"))
    return Either(tuple(needs))


def _in(release: Release, begun: str) -> Iterator[Suggestion]:
    more = release.more
    for byline in more["bylines"]:
        if _name_begins(byline["name"], begun):
            key = byline["reporter"]
            url = reverse("articles:reporter", args=[key]) if key else ""
            yield Suggestion(byline["name"], "署名", url)
    for region in more["regions"]:
        if _name_begins(region["name"], begun):
            yield Suggestion(region["name"], "地区", reverse("articles:region", args=[region["code"]]))
    for tag in more["tags"]:
        if _name_begins(tag["name"], begun):
            yield Suggestion(tag["name"], "标签", reverse("articles:tag", args=[tag["slug"]]))
    yield from (Suggestion(word) for word in _words_of(release.headline, begun))


def _name_begins(name: str, begun: str) -> bool:
    folded = "".join(runs(fold(name)))
    if folded.startswith(begun):
        return True
    sounds = (token[1:] for token in tokens.of_name(name, place=True) if token[0] == "y")
    return begun.isascii() and any(sound.startswith(begun) for sound in sounds)


def _words_of(headline: str, begun: str) -> Iterator[str]:
    """What was begun, up to where its last word ends in the headline."""
    aligned, ends, end = align(headline), [], 0
    for word in rjieba.cut(headline):
        end += len(word)
        ends.append(end)
    at = aligned.find(begun)
    if at >= 0 and (at == 0 or at in ends):
        yield headline[at : next(end for end in ends if end >= at + len(begun))]
