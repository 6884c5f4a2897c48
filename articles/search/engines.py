"""What is needed, in the language of the database's index.

Both indexes hold the tokens of `articles.search.tokens` and nothing else, so both answer alike. Tokens are
ASCII letters and digits: nothing that is typed gets into these expressions but through them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction
from django.db.models import BooleanField, F, QuerySet
from django.db.models.expressions import RawSQL

from articles.models import SearchText
from articles.search.tokens import EVERY
from articles.search.words import All, Need, Term, Token

#: From so many rows on SQLite finds the newest ones quicker by walking down the dates.
MANY = 1_500
INDEX = "articles_search"
VECTOR = "articles_search_vector(articles_searchtext.tokens)"


@dataclass(frozen=True)
class Not:
    """`wanted` without any of the unwanted."""

    wanted: Need
    unwanted: tuple[Need, ...] = ()


def in_field(need: Need, field: str) -> Need:
    """The same, but in the headline ("h") or in the marks ("m"); names' sounds stay what they are."""
    if isinstance(need, Token):
        return need if need.text[0] in "nysrpz" else Token(field + need.text, need.prefix)
    return type(need)(tuple(in_field(one, field) for one in need.of))


def matching(need: Need | Not) -> QuerySet[SearchText]:
    """Rows that have in their tokens what is needed."""
    if need == Not(Token(EVERY)):
        return SearchText.objects.all()
    if connection.vendor == "postgresql":
        return SearchText.objects.filter(
            RawSQL(f"{VECTOR} @@ %s::tsquery", [_tsquery(need)], BooleanField())  # noqa: S611
        )
    return SearchText.objects.filter(pk__in=_rows(need))


def newest(need: Need | Not, many: bool = False) -> QuerySet[SearchText]:
    """The same, to be taken from the newest on; `many`: they may be more than `MANY`.

    PostgreSQL chooses by itself how; SQLite always begins with the index, which is slow for words that are
    nearly everywhere. `+ 0` hides the key from it, and it goes down the dates instead.
    """
    found = matching(need)
    if connection.vendor != "postgresql" and many and count_tokens(need) > MANY:
        found = SearchText.objects.annotate(row=F("pk") + 0).filter(row__in=_rows(need))
    return found.order_by("-listed_at", "-pk")


def count_tokens(need: Need | Not, without: QuerySet[Any] | None = None) -> int:
    """How many rows match, but for those of `without` (keys of releases): from SQLite's index alone."""
    sql, params = f"SELECT COUNT(*) FROM {INDEX} WHERE {INDEX} MATCH %s", [_fts(need)]  # noqa: S608
    if without is not None:
        inner, more = without.query.sql_with_params()
        sql, params = f"{sql} AND +rowid NOT IN ({inner})", [*params, *more]
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return int(cursor.fetchone()[0])


def count(found: QuerySet[SearchText]) -> int:
    """How many. For what nearly every story has PostgreSQL would read the whole table, not its index."""
    if connection.vendor != "postgresql":
        return found.count()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        counted = found.count()
        cursor.execute("SET LOCAL enable_seqscan = on")  # the transaction may be another's too
        return counted


def texts_with(
    found: QuerySet[SearchText], wanted: Iterable[Term], unwanted: Iterable[Term]
) -> QuerySet[SearchText]:
    """Those whose folded text has what tokens can't decide."""
    place = "strpos" if connection.vendor == "postgresql" else "instr"
    sql = f"{place}(articles_searchtext.folded, %s)"
    for term in wanted:
        if term.exactly:
            found = found.filter(RawSQL(f"{sql} > 0", [term.exactly], BooleanField()))  # noqa: S611
    for term in unwanted:
        if term.exactly:
            found = found.filter(RawSQL(f"{sql} = 0", [term.exactly], BooleanField()))  # noqa: S611
    return found


def _rows(need: Need | Not) -> RawSQL:
    return RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [_fts(need)])  # noqa: S608, S611


def _fts(need: Need | Not) -> str:
    if isinstance(need, Not):
        wanted, unwanted = _fts(need.wanted), [_fts(one) for one in need.unwanted]
        return f"({wanted}) NOT ({' OR '.join(unwanted)})" if unwanted else wanted
    if isinstance(need, Token):
        return f'"{need.text}"*' if need.prefix else f'"{need.text}"'
    between = " AND " if isinstance(need, All) else " OR "
    return f"({between.join(map(_fts, need.of))})"


def _tsquery(need: Need | Not) -> str:
    if isinstance(need, Not):
        return "&".join([_tsquery(need.wanted), *(f"!({_tsquery(one)})" for one in need.unwanted)])
    if isinstance(need, Token):
        return f"'{need.text}':*" if need.prefix else f"'{need.text}'"
    return f"({('&' if isinstance(need, All) else '|').join(map(_tsquery, need.of))})"
