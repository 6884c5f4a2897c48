"""Corrections from proofs: exactly one place, marks kept, a version under the corrector's name."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.models import Article
from articles.proofreading import correct, occurrences, splice
from articles.workflow import NotAllowed, NotReady, perform
from newsroom.lib.blocks import Runs
from newsroom.lib.html import clean
from tests.articles.admin.states import story
from tests.articles.test_rules import STATES
from tests.cast import Cast
from tests.factories.articles import ArticleFactory

pytestmark = pytest.mark.django_db

BODY = (
    '<p>新桥<strong>今日</strong>通车，<a href="https://example.org/">两岸居民</a>盼了三年。</p>'
    "<h2>一桥飞架</h2><ul><li>桥长八百米</li></ul><blockquote><p>双向四车到。</p></blockquote>"
)


@pytest.fixture
def article(cast: Cast) -> Article:
    return ArticleFactory(
        headline="新桥通车",
        kicker="临港大桥",
        lede="三年建成。\n明天开放。",
        body=BODY,
        created_by=cast.reporter,
    )


@pytest.mark.parametrize(
    ("before", "after", "field", "found"),
    [
        ("新桥通车", "新桥今通车", "headline", "新桥今通车"),
        ("临港", "临江", "kicker", "临江大桥"),
        ("成。\n明", "成。\n今", "lede", "三年建成。\n今天开放。"),
        ("四车到", "四车道", "body", "<blockquote><p>双向四车道。</p></blockquote>"),
        ("八百", "八百二十", "body", "<li>桥长八百二十米</li>"),
        ("一桥飞架", "一桥横跨", "body", "<h2>一桥横跨</h2>"),
        ("今日", "昨日", "body", "<p>新桥<strong>昨日</strong>通车，"),
        ("桥今日通", "桥昨日通", "body", "<p>新桥<strong>昨日</strong>通车，"),
        ("日通车，两", "日正式通车，两", "body", "<strong>今日正式</strong>通车，<a"),
        (
            "居民盼了",
            "居民们盼了",
            "body",
            '<a href="https://example.org/" rel="noopener noreferrer">两岸居民们</a>盼了',
        ),
        ("盼了三年", "盼了", "body", "</a>盼了。</p>"),
        ("，两岸居民盼了三年", "", "body", "<p>新桥<strong>今日</strong>通车。</p>"),
        ("三年。", "三年。<b>&", "body", "盼了三年。&lt;b&gt;&amp;</p>"),
        ("通车，两", "通车，\n两", "body", "通车，<br><a"),
    ],
)
def test_the_words_change_where_they_stand(
    article: Article, cast: Cast, now: datetime, before: str, after: str, field: str, found: str
) -> None:
    old = {name: getattr(article, name) for name in ("headline", "kicker", "subheadline", "lede", "body")}
    revision = correct(article, cast.proofreader, before, after, now)
    assert found in getattr(article, field)
    assert article.body == clean(article.body)
    assert {name for name, text in old.items() if clean(text) != clean(getattr(article, name))} <= {field}
    assert (revision.author, revision.digest) == (cast.proofreader, article.digest)
    assert revision.data[field] == getattr(article, field)
    assert before[:20] in revision.note


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("新桥", "旧桥", "有2处"),
        ("不在稿里", "x", "没有“不在稿里”"),
        ("飞架桥长", "x", "没有"),  # across two blocks
        ("林晚照", "林晚昭", "没有"),  # a byline
        ("  ", "x", "请选出"),
        ("今日", "今日", "一样"),
        ("今日", "昨\x00日", "控制字符"),
        ("今日", "昨" * 501, "最多500"),
        ("新桥通车", "新桥\n通车", "一行"),
        ("新桥通车", "新" * 300, "200"),
    ],
)
def test_what_cannot_be_corrected_is_said_and_changes_nothing(
    article: Article, cast: Cast, now: datetime, before: str, after: str, said: str
) -> None:
    with pytest.raises(NotReady, match=said):
        correct(article, cast.proofreader, before, after, now)
    kept = Article.objects.get(pk=article.pk)
    assert (kept.headline, kept.body, kept.revisions.count()) == ("新桥通车", clean(BODY), 0)


def test_a_headline_that_stands_in_the_text_too(article: Article, cast: Cast, now: datetime) -> None:
    Article.objects.filter(pk=article.pk).update(
        headline="一桥飞架", body="<h2>一桥飞架</h2><p>一桥飞架。</p>"
    )
    for where, field in (("headline", "headline"), ("body:0", "body"), ("body:1", "body")):
        correct(article, cast.editor, "飞架", "横跨", now, where)
        assert "横跨" in getattr(article, field)
    assert article.body == "<h2>一桥横跨</h2><p>一桥横跨。</p>"
    for where in ("body:7", "lede", "id"):
        with pytest.raises(NotReady, match="没有“一桥”"):
            correct(article, cast.editor, "一桥", "x", now, where)


def test_words_that_overlap_stand_twice() -> None:
    assert list(occurrences("哈哈", "哈哈哈")) == [0, 1]


def test_who_corrects_and_until_when(cast: Cast, now: datetime) -> None:
    """Proofreaders and editors, on drafts and stories in review; else a sentence that says whose it is."""
    may = {"editor", "deputy", "chief", "proofreader"}
    for state in STATES:
        made = story(cast, state)
        for name, person in cast.everyone().items():
            Article.objects.filter(pk=made.pk).update(body=BODY)
            # A reopened story is printed as it was signed: there a correction would reach the web alone.
            if name in may and state in ("draft", "stage 1", "stage 2", "stage 3"):
                correct(made, person, "居民盼了", "居民们盼了", now)
            else:
                with pytest.raises(NotAllowed):
                    correct(made, person, "居民盼了", "居民们盼了", now)


def test_a_signed_story_must_be_reopened(cast: Cast, now: datetime) -> None:
    with pytest.raises(NotAllowed, match="须由编辑重新编辑"):
        correct(story(cast, "signed"), cast.proofreader, "新桥今日通车", "x", now)


def test_later_stages_see_who_corrected(cast: Cast, now: datetime) -> None:
    """The signatures before stand with what they saw; the next signer passes the corrected text."""
    made = story(cast, "stage 3")
    before = made.digest
    correct(made, cast.proofreader, "新桥今日", "新桥昨日", now, where="headline")
    assert made.status == "review"
    assert made.digest != before
    perform("pass", made, cast.chief)
    assert made.releases.get().headline == "新桥昨日通车"


CHARACTERS = st.sampled_from("桥通车AB，<&")
RUNS = st.lists(st.tuples(st.text(CHARACTERS, min_size=1), st.sampled_from([(), (("strong",),), (("em",),)])))


@given(RUNS, st.data(), st.text(st.sampled_from("新x\n")))
def test_splicing_changes_those_characters_and_no_mark_outside(
    runs: Runs, data: st.DataObject, words: str
) -> None:
    text = "".join(part for part, _ in runs)
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    made = splice(runs, start, end, words)
    assert "".join(part for part, _ in made) == text[:start] + words + text[end:]
    assert all(part == "\n" or "\n" not in part for part, _ in made)

    def marks(those: Runs) -> list[object]:
        return [own for part, own in those for _ in part]

    rest = len(text) - end
    assert marks(made)[:start] == marks(runs)[:start]
    assert marks(made)[len(marks(made)) - rest :] == marks(runs)[end:]
