"""A small paper for tests, made and signed the way people do it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings

from articles.models import Article
from articles.workflow import perform as on_story
from issues import proofs
from issues.models import Issue, Masthead, Page, Placement, Proof
from issues.workflow import perform
from newsroom.lib.dates import day
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, sign

TEXT = "<p>" + "新桥今日通车，两岸居民盼了三年。" * 6 + "</p>"


def issue(now: datetime, pages: int = 2, number: int = 26, **fields: Any) -> Issue:
    """An issue of that day, with empty pages and the masthead on page one."""
    masthead = Masthead.objects.first() or Masthead.objects.create(title="潮头晚报", organ="临港区")
    made = Issue.objects.create(
        masthead=masthead, date=day(now), number=number, total_number=number + 578, page_count=pages, **fields
    )
    for n in range(1, pages + 1):
        page = Page.objects.create(issue=made, number=n, name=f"第{n}叠", credits=[["本版责编", "顾知秋"]])
        if n == 1:
            Placement.objects.create(page=page, kind="masthead", col=0, row=0, cols=6, rows=6, template=True)
    return made


def waiting(cast: Cast, now: datetime, **fields: Any) -> Article:
    """A story that is signed and waits for its issue."""
    fields = {"body": TEXT, "created_by": cast.reporter, "with_issue": True} | fields
    story = ArticleFactory(**fields)
    on_story("submit", story, cast.reporter, now=now)
    return sign(story, cast, now)


def place(page: Page, story: Article | None, **box: Any) -> Placement:
    """A box on the page, below what stands on it, across the whole width where nothing else is said."""
    below = max((p.row + p.rows for p in page.placements.all()), default=0)
    box = {"kind": "story", "col": 0, "row": below, "cols": 6, "rows": 12} | box
    return Placement.objects.create(page=page, article=story, **box)


def proof(page: Page, cast: Cast, now: datetime, **asked: Any) -> Proof:
    """A proof of the page as it stands, made and ready to be read."""
    perform("proof", page, cast.layout, now=now, **asked)
    return proofs.ensure(page.proofs.filter(masks=None).latest("number"))


def sign_page(page: Page, cast: Cast, now: datetime, stages: int | None = None) -> Page:
    """A proof of the page, and its signatures (all of them, or the first few)."""
    perform("proof", page, cast.layout, now=now)
    for stage in settings.PROOF_STAGES[:stages]:
        perform("sign", page, getattr(cast, stage.group), now=now)
    return page


def signed_issue(cast: Cast, now: datetime, pages: int = 2, **fields: Any) -> tuple[Issue, list[Article]]:
    """An issue with one waiting story a page, every page signed; without its moment."""
    made = issue(now, pages, **fields)
    stories = []
    for page in made.pages.all():
        story = waiting(cast, now, headline=f"第{page.number}版的头条")
        place(page, story)
        sign_page(page, cast, now)
        stories.append(story)
    return made, stories
