"""Whatever people make of a page, and whatever was on it: it can be accepted, and no word is lost."""

from __future__ import annotations

import json

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from articles.intake import drafts, shape, shelf
from articles.intake.pieces import NEWSPAPER, WEB, Kind, Reading
from articles.models import Article, Intake, Origin
from newsroom.lib.html import text
from tests.factories.intake import reading, sent

pytestmark = pytest.mark.django_db

OF_STORY = [kind for kind in Kind if not kind.is_of_page and kind != Kind.PICTURE]
#: Their words come through as they are; of names only the names do.
IN_WORDS = [kind for kind in OF_STORY if kind not in (Kind.BYLINE, Kind.CREDIT)]
CHARACTERS = "新桥通车两岸相连记者通讯员摄林晚照，。：、（）“”《》——·|□▲#<>&\"' aB1\u3000\ufffd"
words = st.text(CHARACTERS, min_size=1, max_size=30).filter(str.strip).map(str.strip)
long_words = st.sampled_from(["长", "（记者 长", "<b>"]).flatmap(
    lambda one: st.integers(40, 300).map(lambda times: one * times)
)
rows = st.tuples(st.sampled_from(OF_STORY), words | long_words, st.integers(1, 3))
EACH = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@EACH
@given(st.lists(rows, min_size=1, max_size=12), st.sampled_from([NEWSPAPER, WEB]))
def test_no_word_of_a_story_is_lost(said: list[tuple[Kind, str, int]], form: str) -> None:
    read = reading(*said, form=form)
    page = sent(read)
    with transaction.atomic():
        made = {origin.group: origin.article for origin in drafts.make_drafts(page, {}, None, timezone.now())}
    for kind, wanted, group in said:
        if kind in IN_WORDS:
            kept = squeezed(shape.clean(kind, wanted))
            assert kept in squeezed(all_words(made[group])), f"{kind}: {wanted}"
    for article in made.values():
        article.full_clean(exclude=["created_by", "body"])


@EACH
@given(st.text(max_size=400) | st.lists(words | long_words, max_size=20).map("\n".join))
def test_any_text_can_be_sent_in_and_accepted(anything: str) -> None:
    Origin.objects.all().delete()
    Intake.objects.all().delete()
    for row in shelf.paste(anything, None, timezone.now()):
        if row.is_open:
            with transaction.atomic():
                drafts.make_drafts(row, {}, None, timezone.now())


def all_words(article: Article) -> str:
    """Everything the draft has, wherever it has it; and what waits for its picture."""
    origin = Origin.objects.get(article=article)
    fields = ("kicker", "headline", "subheadline", "lede", "dateline", "editors_note", "instalment")
    told = [getattr(article, name) for name in fields]
    told.insert(0, f"{article.series.title}·{article.instalment}" if article.series else "")
    told += [article.series.title if article.series else "", text(article.body)]
    told += [one["caption"] for one in json.loads(origin.loose)]
    return "\n".join(told)


def squeezed(words: str) -> str:
    return "".join(words.split())


def test_the_words_are_looked_for_where_they_are() -> None:
    """The test above could pass by finding nothing."""
    read: Reading = reading((Kind.HEADLINE, "新桥"), (Kind.PARAGRAPH, "通车"))
    [origin] = drafts.make_drafts(sent(read), {}, None, timezone.now())
    assert "通车" in all_words(origin.article)
    origin.article.body = ""
    assert "通车" not in all_words(origin.article)
