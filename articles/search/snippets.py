"""Showing why a story was found: its headline and the best place of its text, marked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from articles.models import Release
from articles.search import tokens
from articles.search.folding import HAN, align, fold, is_han, runs
from articles.search.words import MOST_SYLLABLES, Term

LENGTH = 96  # characters of a snippet
BEFORE = 20  # of them at most before the first mark
MOST_MARKS = 200  # looked at in one text
_LETTERS = re.compile("[a-z]+")
_BREAK = re.compile(r"[。！？；!?;\n]")

Span = tuple[int, int]


class Marker:
    """Marks what was looked for in any text, whatever way it is spelt there."""

    def __init__(self, terms: Iterable[Term], release: Release | None = None) -> None:
        looked_for = dict.fromkeys(mark for term in terms for mark in term.marks)
        if release is not None and (letters := [mark for mark in looked_for if _LETTERS.fullmatch(mark)]):
            looked_for |= dict.fromkeys(_sounding_like(letters, release))
        patterns = [_pattern(mark) for mark in sorted(looked_for, key=len, reverse=True)]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def whole(self, text: str) -> SafeString:
        return _marked(text, self._spans(text))

    def best(self, text: str) -> SafeString | None:
        """The part of a long text where most of it stands; None where there is nothing."""
        spans = self._spans(text)
        if not spans:
            return None
        start = self._start(text, spans)
        end = min(len(text), start + LENGTH)
        inside = [(a - start, b - start) for a, b in spans if a >= start and b <= end]
        part = text[start:end].replace("\n", " ")
        return format_html(
            "{}{}{}", "…" if start else "", _marked(part, inside), "…" if end < len(text) else ""
        )

    def _spans(self, text: str) -> list[Span]:
        if self._pattern is None:
            return []
        found: list[Span] = []
        for match in self._pattern.finditer(align(text)):
            found.append(match.span())
            if len(found) == MOST_MARKS:
                break
        return found

    def _start(self, text: str, spans: list[Span]) -> int:
        """Where to begin so that the most different things are seen; earlier is better."""
        first = max(spans, key=lambda span: (self._seen_from(text, spans, span[0]), -span[0]))[0]
        before = text[max(0, first - BEFORE) : first]
        sentence = [found.end() for found in _BREAK.finditer(before)]
        return first - len(before) + (sentence[-1] if sentence else 0)

    @staticmethod
    def _seen_from(text: str, spans: list[Span], start: int) -> int:
        return len({fold(text[a:b]) for a, b in spans if start <= a and b <= start + LENGTH - BEFORE})


def _marked(text: str, spans: list[Span]) -> SafeString:
    def parts() -> Iterator[tuple[str]]:
        last = 0
        for start, end in spans:
            yield (text[last:start],)
            yield (format_html("<mark>{}</mark>", text[start:end]),)
            last = end
        yield (text[last:],)

    return format_html_join("", "{}", parts())


def _pattern(folded: str) -> str:
    """A folded string in aligned text: spaces may stand among ideographs, any marks between words."""
    pieces = [
        r"\s*".join(map(re.escape, run))
        if is_han(run)
        else rf"(?<![^\W_{HAN}]){re.escape(run)}(?![^\W_{HAN}])"
        for run in runs(folded)
    ]
    return r"[\W_]*".join(pieces)


def _sounding_like(letters: list[str], release: Release) -> Iterator[str]:
    """Names of the release whose sound was typed, in one word or in several."""
    typed = {
        "".join(letters[start:end])
        for start in range(len(letters))
        for end in range(start + 1, min(len(letters), start + MOST_SYLLABLES) + 1)
    }
    for name in names_of(release):
        folded = fold(name)
        if folded and typed & {token[1:] for token in tokens.of_name(name, place=True) if token[0] == "y"}:
            yield folded


def names_of(release: Release) -> list[str]:
    more: dict[str, Any] = release.more
    return [row["name"] for kind in ("bylines", "regions", "tags") for row in more[kind] if row["name"]]
