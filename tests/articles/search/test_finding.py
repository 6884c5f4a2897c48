"""What is found, in which order: the same list on every database the suite runs on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from articles.models import Article, Release, SearchText
from articles.release import withdraw
from articles.search import engines, finding
from articles.search.asking import Asked
from articles.search.finding import Search
from articles.search.folding import fold
from articles.workflow import perform
from tests.articles.naughty import OWN
from tests.articles.search.shelf import found, stock
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
EACH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

QUERIES = {
    # words, anywhere, all of them
    "大桥": ["bridge", "canteen"],
    "桥": ["bridge", "canteen"],
    "渔民　汽笛": ["bridge"],
    "大桥 食堂": ["canteen"],
    "大桥通车": ["bridge"],
    "新港大桥的通车": ["bridge"],
    "独角兽": [],
    # two characters and names, however they would be cut
    "中国": ["prize"],
    "阿海": ["bridge"],
    "郑阿海": ["bridge"],
    "林知遥": ["canteen"],
    "陈默": ["prize"],
    "许知远": ["prize"],
    "李芳": ["canteen"],
    # longer words, of the dictionary and not
    "图书馆": ["library", "canteen", "formosa"],
    "“书馆馆”": ["canteen"],
    "两岸居": ["bridge"],
    # phrases, in any quotes; marks part them, spaces don't
    "“今日通车”": ["bridge"],
    "「今日通车」": ["bridge"],
    '"今日通车"': ["bridge"],
    "『今日通车』": ["bridge"],
    "“通车今日”": [],
    "“他说，两岸”": ["bridge"],
    "“他说；两岸”": ["bridge"],
    "“他说两岸”": [],
    "“陈默 获奖”": ["prize"],
    "说饭": [],
    # exclusion
    "大桥 -食堂": ["bridge"],
    "渔民 -“今日通车”": ["canteen"],
    "渔民 －阿海": ["canteen"],
    "渔民 -馆馆长": ["bridge"],
    # traditional and simplified, full width, cases
    "漁民": ["bridge", "canteen"],
    "圖書館": ["library", "canteen", "formosa"],
    "书法家后来": ["formosa"],
    "面条": ["formosa"],
    "渔船来访": ["formosa"],
    "5g": ["network"],
    "５Ｇ基站": ["network"],
    "Covid-19": ["network"],
    "A股": ["network"],
    "3.5": [],
    "3.5gbps": ["network"],
    "covid": ["network"],
    "cov": [],
    # the sound of people, places and tags
    "lifang": ["canteen"],
    "li fang": ["canteen"],
    "Li Fang 开张": ["canteen"],
    "wanghai": ["library"],
    "wanghaiqu": ["library"],
    "jiaotong": ["bridge"],
    "li": [],
    "望海": ["library"],
    # nothing to look for
    "": [], "%": [], "_": [], "()*&|!:": [], "-": [], "-大桥": [], '""': [], "“”": [], "' '": [],
}  # fmt: skip


@pytest.fixture
def stories(cast: Cast, now: datetime) -> dict[str, Article]:
    return stock(cast, now)


def test_what_is_found(stories: dict[str, Article], now: datetime) -> None:
    answers = {query: sorted(found(stories, now, q=query)) for query in QUERIES}
    assert answers == {query: sorted(names) for query, names in QUERIES.items()}


def test_the_headline_weighs_most_then_the_date(stories: dict[str, Article], now: datetime) -> None:
    assert found(stories, now, q="图书馆") == ["library", "formosa", "canteen"]
    assert found(stories, now, q="图书馆", sort="date") == ["formosa", "library", "canteen"]
    assert found(stories, now, q="渔民 大桥") == ["canteen", "bridge"]
    assert found(stories, now, q="大桥") == ["bridge", "canteen"]
    assert found(stories, now, q="大桥", sort="date") == ["canteen", "bridge"]
    assert found(stories, now, q="李芳 渔民") == ["canteen"]


def test_filters(stories: dict[str, Article], now: datetime) -> None:
    reporter = str(stories["canteen"].bylines.get().reporter_id)
    day = timezone.localdate(now - 10 * HOUR)
    assert found(stories, now, section="gangwan") == ["formosa", "bridge"]
    assert found(stories, now, q="图书馆", section="gangwan") == ["formosa"]
    assert found(stories, now, region="130199") == ["library"]
    assert found(stories, now, region="130100") == ["library"]
    assert found(stories, now, reporter=reporter) == ["canteen"]
    assert found(stories, now, reporter=reporter, q="-渔民") == []
    assert found(stories, now, section="gangwan", q="-漁船") == ["bridge"]
    assert len(found(stories, now, **{"from": f"{day - timedelta(days=2)}"})) == 6
    assert found(stories, now, to=f"{day - timedelta(days=3)}") == []
    assert found(stories, now, q="大桥", **{"from": f"{day - timedelta(days=2)}"}) == ["bridge", "canteen"]


def test_pages_follow_each_other_through_all_ranks(
    stories: dict[str, Article], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    def walked() -> list[int]:
        search = Search(Asked.of({"q": "图书馆"}, []), now)
        return [release.pk for number in range(1, 6) for release in search.page(number)]

    whole = walked()
    assert len(whole) == 3
    for size in (1, 2):
        monkeypatch.setattr(finding, "PER_PAGE", size)
        assert walked() == whole


def test_what_is_everywhere_is_found_alike(
    stories: dict[str, Article], now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SQLite walks down the dates for what many stories have; the answer is the same."""
    usual = {query: found(stories, now, q=query) for query in QUERIES}
    monkeypatch.setattr(engines, "MANY", 0)
    monkeypatch.setattr(finding, "MANY", 0)
    assert {query: found(stories, now, q=query) for query in QUERIES} == usual


# Only what readers can see


def test_nothing_before_its_second_and_nothing_withdrawn(
    stories: dict[str, Article], cast: Cast, now: datetime
) -> None:
    later = publish(ArticleFactory(headline="新港码头开工"), cast, now, release_at=now + HOUR)
    stories["later"] = later
    assert found(stories, now, q="码头") == []
    assert found(stories, now + HOUR, q="码头") == ["later"]
    perform("withdraw", stories["bridge"], cast.chief, note="有误", now=now)
    for query in (
        {"q": "大桥"},
        {"q": "“今日通车”"},
        {"section": "gangwan"},
        {"q": "大桥", "from": "2020-01-01"},
    ):
        assert "bridge" not in found(stories, now, **query)


def test_a_new_version_is_found_by_its_own_words(
    stories: dict[str, Article], cast: Cast, now: datetime
) -> None:
    story = stories["library"]
    perform("reopen", story, cast.editor, now=now)
    story.headline = "书屋夜间开放"
    story.save()
    publish(story, cast, now + HOUR)
    assert found(stories, now, q="书屋") == []
    assert found(stories, now + HOUR, q="书屋") == ["library"]
    assert found(stories, now + HOUR, q="“图书馆夜间”") == []


def test_what_search_leaves_out_is_what_readers_cannot_see(
    stories: dict[str, Article], cast: Cast, now: datetime
) -> None:
    publish(ArticleFactory(), cast, now, release_at=now + HOUR)
    publish(ArticleFactory(expires_at=now + HOUR), cast, now - HOUR)
    withdraw(stories["bridge"], now, "")
    Release.objects.filter(article=stories["prize"]).update(visible_from=None)
    for moment in (now - 30 * HOUR, now - HOUR, now, now + HOUR, now + 2 * HOUR):
        visible = set(Release.objects.visible(moment).values_list("pk", flat=True))
        hidden = set(Release.objects.hidden(moment).values_list("pk", flat=True))
        assert not visible & hidden
        assert visible | hidden == set(Release.objects.values_list("pk", flat=True))
    assert Release.objects.hidden(now).count() == 3


# Anything typed


@pytest.fixture
def folded(stories: dict[str, Article]) -> dict[str, str]:
    texts = SearchText.objects.values_list("release__article", "folded")
    names = {story.pk: name for name, story in stories.items()}
    return {names[article]: text for article, text in texts}


def test_a_phrase_is_found_where_it_stands_and_nowhere_else(
    stories: dict[str, Article], folded: dict[str, str], now: datetime
) -> None:
    """Against the plain truth: whether the text has these ideographs in this order."""

    @EACH
    @given(st.sampled_from(sorted(folded)), st.integers(0, 80), st.integers(1, 9))
    def compare(name: str, start: int, length: int) -> None:
        phrase = "".join(folded[name][start : start + length])
        if not phrase or phrase != phrase.strip() or not all("\u4e00" <= c <= "\u9fff" for c in phrase):
            return
        expected = {name for name, text in folded.items() if phrase in text}
        assert set(found(stories, now, q=f"“{phrase}”")) == expected

    compare()


def test_any_text_can_be_looked_for(stories: dict[str, Article], now: datetime) -> None:
    pieces = st.sampled_from(
        ['"', "“", "”", "「", "-", " -", " ", "OR", "NOT", "*", "桥", "大桥", "li", "'", "\\", ":"]
    )

    @EACH
    @given(st.one_of(st.text(max_size=40), st.lists(pieces, max_size=12).map("".join), st.sampled_from(OWN)))
    @example("大桥 " * 40)
    @example("-" * 100)
    def ask(typed: str) -> None:
        assert set(found(stories, now, q=typed)) <= set(stories)

    ask()


@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_a_search_takes_few_queries(
    stories: dict[str, Article], now: datetime, django_assert_max_num_queries: Callable
) -> None:
    search = Search(Asked.of({"q": "开放"}, []), now)
    settings_of_a_count = 4 if connection.vendor == "postgresql" else 0
    with django_assert_max_num_queries(3 + settings_of_a_count):
        assert search.total == 1
        assert [release.search_text.text for release in search.page(1)]
