"""Finding: how many visible releases there are, and a page of them.

Order: stories with every word in the headline, then those with every word in headline, kicker, standfirst,
names and tags, then the rest; in each the newest first. Or all by date alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from articles.models import Release, SearchText
from articles.search import tokens
from articles.search.asking import Asked
from articles.search.engines import MANY, Not, count, count_tokens, in_field, matching, newest, texts_with
from articles.search.words import All, Need, Token

PER_PAGE = 20
Tier = Need | Not


@dataclass(frozen=True)
class Search:
    asked: Asked
    now: datetime

    @cached_property
    def total(self) -> int:
        return self._count(self._not_unwanted(self._need)) if self.asked else 0

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PER_PAGE))

    def page(self, number: int) -> list[Release]:
        """The releases of a page, from 1 on, with `search_text` at hand; none behind the last."""
        if not 1 <= number <= self.pages or not self.total:
            return []
        keys = self._keys((number - 1) * PER_PAGE, PER_PAGE)
        shown = Release.objects.visible(self.now).select_related("search_text")
        found = shown.defer("body", "notice", "search_text__folded", "search_text__tokens").in_bulk(keys)
        return [found[key] for key in keys if key in found]

    @cached_property
    def _need(self) -> Need:
        """What every story must have, sections and the like among it: they are tokens too."""
        needs = (*self._keyed, *(term.need for term in self.asked.words.wanted))
        return All(needs) if needs else Token(tokens.EVERY)

    @property
    def _keyed(self) -> Iterator[Token]:
        asked = self.asked
        if asked.section:
            yield Token(f"s{asked.section.pk}")
        if asked.region:
            yield Token(f"r{asked.region}")
        if asked.reporter:
            yield Token(f"p{asked.reporter}")

    def _not_unwanted(self, need: Need, *others: Need) -> Tier:
        decided = (term.need for term in self.asked.words.unwanted if not term.exactly)
        return Not(need, (*others, *decided))

    @property
    def _tiers(self) -> Iterator[Tier]:
        wanted = [term.need for term in self.asked.words.wanted]
        if self.asked.by_date or not wanted:
            yield self._not_unwanted(self._need)
            return
        headline, marks = (All(tuple(in_field(need, field) for need in wanted)) for field in "hm")
        yield self._not_unwanted(All((self._need, headline)))
        yield self._not_unwanted(All((self._need, marks)), headline)
        yield self._not_unwanted(self._need, marks)

    def _keys(self, skip: int, most: int) -> list[int]:
        keys: list[int] = []
        most = min(most, self.total - skip)
        many = self._by_tokens and self.total > MANY
        for tier in self._tiers:
            found = self._narrow(newest(tier, many))
            shown = found.exclude(pk__in=self._hidden).values_list("pk", flat=True)
            keys += shown[skip : skip + most - len(keys)]
            if len(keys) == most:
                break
            skip = 0 if keys or not skip else max(0, skip - self._count(tier))
        return keys

    def _count(self, tier: Tier) -> int:
        """SQLite counts in the index where that is enough: the table's rows are long."""
        if connection.vendor == "sqlite" and self._by_tokens:
            return count_tokens(tier, without=self._hidden)
        return count(self._narrow(matching(tier)).exclude(pk__in=self._hidden))

    def _narrow(self, found: QuerySet[SearchText]) -> QuerySet[SearchText]:
        asked = self.asked
        if asked.start:
            found = found.filter(listed_at__gte=_midnight(asked.start))
        if asked.end:
            found = found.filter(listed_at__lt=_midnight(asked.end + timedelta(days=1)))
        return texts_with(found, asked.words.wanted, asked.words.unwanted)

    @property
    def _by_tokens(self) -> bool:
        """Whether tokens decide everything: neither dates nor the folded text must be asked."""
        terms = (*self.asked.words.wanted, *self.asked.words.unwanted)
        return not (self.asked.start or self.asked.end or any(term.exactly for term in terms))

    @property
    def _hidden(self) -> QuerySet[Release, Any]:
        """Few rows, where the visible ones are nearly all."""
        return Release.objects.hidden(self.now).order_by().values("pk")


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min), timezone.get_default_timezone())
