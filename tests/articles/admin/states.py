"""A story in each state of the truth table, brought there by the workflow, on the clock of the pages."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from articles import history
from articles.models import Article
from articles.workflow import perform
from people.models import User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish, sign


def story(cast: Cast, state: str) -> Article:
    """A story of `cast.reporter` in one of the states of `tests.articles.test_rules.STATES`."""
    now = timezone.now()
    article = ArticleFactory(headline="新桥今日通车", created_by=cast.reporter)
    match state:
        case "draft":
            pass
        case "spiked":
            perform("spike", article, cast.editor)
        case "stage 1" | "stage 2" | "stage 3":
            perform("submit", article, cast.reporter)
            for by in (cast.editor, cast.deputy)[: int(state[-1]) - 1]:
                perform("pass", article, by)
        case "signed":
            perform("submit", article, cast.reporter)
            sign(article, cast, now, now + timedelta(days=2))
        case _:
            publish(article, cast, now)
            after(state, article, cast)
    return article


def after(state: str, article: Article, cast: Cast) -> None:
    """From published on."""
    if state == "reopened":
        perform("reopen", article, cast.editor)
    if state == "withdrawn":
        perform("withdraw", article, cast.chief, note="有误")
    if state == "amended":
        edit(article, cast.editor, body="<p>新桥昨日通车。</p>")


def edit(article: Article, by: User, **fields: str) -> None:
    """A change of the text, saved as a version."""
    Article.objects.filter(pk=article.pk).update(**fields)
    article.refresh_from_db()
    history.record(article, by, timezone.now())
    article.refresh_from_db()
