"""The search table follows the releases, whatever happens to them; and comes back when it is lost."""

from __future__ import annotations

import random
import re
from datetime import datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from articles.models import Article, SearchText
from articles.search import tokens
from articles.search.folding import fold, is_han
from tests.articles.search.shelf import found, stock
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def stories(cast: Cast, now: datetime) -> dict[str, Article]:
    return stock(cast, now)


def rows() -> list[tuple[object, ...]]:
    return list(SearchText.objects.order_by("pk").values_list())


def test_a_lost_table_is_made_again(stories: dict[str, Article], now: datetime) -> None:
    before = rows()
    SearchText.objects.all().delete()
    assert found(stories, now, q="大桥") == []
    call_command("rebuild_search")
    assert rows() == before
    assert found(stories, now, q="大桥") == ["bridge", "canteen"]


def test_making_it_again_changes_nothing(stories: dict[str, Article], now: datetime) -> None:
    before = rows()
    call_command("rebuild_search")
    call_command("rebuild_search")
    assert rows() == before
    assert found(stories, now, q="大桥") == ["bridge", "canteen"]
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO articles_search(articles_search, rank) VALUES ('integrity-check', 1)")


def test_rows_of_an_older_version_are_filled(stories: dict[str, Article], now: datetime) -> None:
    """As the migration finds them: texts without tokens."""
    before = rows()
    SearchText.objects.update(folded="", tokens="", listed_at=None)
    assert found(stories, now, q="大桥") == []
    call_command("rebuild_search")
    assert rows() == before


def test_the_row_moves_with_its_story(cast: Cast, now: datetime) -> None:
    story = publish(ArticleFactory(), cast, now, release_at=now + timedelta(days=2))
    release = story.releases.get()
    assert release.search_text.listed_at == release.listed_at == now + timedelta(days=2)


def test_verify_misses_a_row_and_sees_a_changed_one(stories: dict[str, Article]) -> None:
    call_command("verify")
    row = SearchText.objects.get(release__article=stories["bridge"])
    SearchText.objects.filter(pk=row.pk).update(text="别的话")
    with pytest.raises(CommandError):
        call_command("verify")
    SearchText.objects.filter(pk=row.pk).delete()
    with pytest.raises(CommandError):
        call_command("verify")
    call_command("rebuild_search")
    call_command("verify")


# Tokens

WORDS = ["图书馆", "高质量", "京津冀", "社会主义", "开发区", "人民代表大会", "自来水"]


@pytest.mark.parametrize("word", WORDS)
def test_a_word_of_the_dictionary_is_seen_wherever_it_stands(word: str) -> None:
    """Else a search for it would miss texts that are cut otherwise."""
    assert tokens.in_dictionary(word)
    for before, after in (("", ""), ("新", "长"), ("大学", "馆长们"), ("𠮷", "々"), ("图书", "图书")):
        assert tokens.han(word) in set(tokens.of_text(fold(f"{before}{word}{after}")))


def test_tokens_are_what_no_parser_takes_apart() -> None:
    text = "新港𠮷野家 5G手机 naïve Ωmega ไทย 한글 e\u0301 ﷽ \u202e３，４５６ たのしい"
    made = list(tokens.of_text(fold(text)))
    assert made
    assert all(re.fullmatch("[0-9a-z]+", token) for token in made)


def test_a_story_has_no_more_tokens_than_a_database_takes(cast: Cast, now: datetime) -> None:
    chance = random.Random(1)
    body = "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(60_000))
    story = publish(ArticleFactory(headline="奇书", body=f"<p>{body}</p>"), cast, now)
    row = SearchText.objects.get(release__article=story)
    assert len(row.tokens.split()) == tokens.MOST
    assert found({"odd": story}, now, q="奇书") == ["odd"]


@pytest.mark.parametrize(
    ("name", "place", "expected"),
    [
        ("李芳", False, {"lifang"}),
        ("解小满", False, {"jiexiaoman", "xiexiaoman"}),
        ("吕绿", False, {"lvlv", "lulu", "lyulyu"}),
        ("望海区", True, {"wanghaiqu", "wanghai"}),
        ("…", False, set()),
        ("", True, set()),
    ],
)
def test_sounds_of_names(name: str, place: bool, expected: set[str]) -> None:
    sounds = {token[1:] for token in tokens.of_name(name, place) if token[0] == "y"}
    assert expected <= sounds
    assert bool(sounds) == bool(expected)


def test_ideographs_are_told_from_words() -> None:
    assert is_han("新港々ひら𠮷")
    assert not any(map(is_han, ["", "a", "5", "新a", "한"]))
