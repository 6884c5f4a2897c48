"""A whole bureau for tests that try every address: a story in each state, and one of everything else."""

from __future__ import annotations

import collections
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import Model
from django.test import Client

from articles import history
from articles.models import Article, Correction, Section, Source, Tag
from articles.workflow import perform
from issues.models import Dispatch, GuideEntry, Issue, Mark, Masthead, Page
from media import queue
from media.models import Photo
from people.models import Region, User
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish, sign
from tests.factories.issues import PageFactory, PlacementFactory, proof_of
from tests.factories.media import PhotoFactory
from tests.factories.people import DelegationFactory, ReporterFactory
from tests.newsroom.addresses import Route

CANARY = "金丝雀"
STATES = ("draft", "returned", "review", "signed", "published", "rewritten", "withdrawn", "spiked")


@dataclass
class Bureau:
    """Every story is `cast.reporter`'s; what only he and the editors may read has CANARY in it."""

    cast: Cast
    now: datetime
    stories: dict[str, Article] = field(default_factory=dict)
    photo: Photo = field(default_factory=Photo)

    def address(self, route: Route, story: Article | None = None) -> str:
        """The route's address with ids that exist; of stories, `story`'s or the published one's."""
        return route.filled(lambda route, name: self._value(route, name, story or self.stories["published"]))

    def _value(self, route: Route, name: str, story: Article) -> object:
        within = re.match(r"/admin/(\w+)/(\w+)/%", route.template)
        if within and name in ("object_id", "pk", "id"):
            return story.pk if route.about_a_story else self.one(*within.groups())
        if name == "slug":
            kind = route.template.split("/")[1]
            return {"sections": Section, "series": type(story.series), "tags": Tag}[kind].objects.first().slug  # type: ignore[union-attr]
        known = {
            "article_id": story.pk,
            "path": "about",
            "content_type_id": ContentType.objects.get_for_model(Article).pk,
            "object_id": story.pk,
            "code": Region.objects.get(name="临港区").code,
            "reporter_id": story.bylines.get().reporter_id,
            "kind": "rss",
            "public_id": self.photo.public_id,
            "photo_id": self.photo.pk,
            "name": "w320.webp",
            "app_label": "articles",
            "url": "nowhere",
            "date": Issue.objects.get().date,
            "year": Issue.objects.get().date.year,
            "number": 1,
            "width": 480,
            "purpose": "any",
            "size": 192,
            "mark_id": self.one("issues", "mark"),
            "dispatch_id": self.one("issues", "dispatch"),
        }
        return known[name]  # KeyError: tell this table of the new parameter

    def one(self, app: str, model: str) -> object:
        """The key of some row of a model, 1 if it has none."""
        kind: Any = apps.get_model(app, model)
        found: Model | None = kind._default_manager.first()
        return found.pk if found else 1


def build(now: datetime) -> Bureau:
    bureau = Bureau(Cast(), now)
    cast = bureau.cast
    Region.objects.filter(code="131099").delete()
    region = Region.objects.create(code="131099", name="临港区", level=Region.Level.COUNTY)
    section = SectionFactory(name="港城", parent=SectionFactory(name="要闻"))
    series = SeriesFactory(title="港城新答卷")
    writer = ReporterFactory(name="林晚照", user=cast.reporter)
    ReporterFactory(name="石远", user=cast.reporter2)
    Source.objects.create(name="某省日报", copyright_notice="版权归原作者")
    bureau.photo = PhotoFactory(uploaded_by=cast.reporter)
    queue.produce(bureau.photo.pk)
    cast.everyone()
    for state in STATES:
        story = ArticleFactory(
            headline=f"{CANARY}{state}",
            body=f"<p>{CANARY}{state}的正文。</p>",
            created_by=cast.reporter,
            section=section,
            series=series,
            bylines=[{"name": "林晚照", "reporter": writer}],
            photos=[bureau.photo],
            regions=[region],
            tags=[f"{state}词"],
        )
        history.record(story, cast.reporter, now)
        story.refresh_from_db()
        _bring_to(story, state, cast, now)
        bureau.stories[state] = story
    _rest(cast, bureau.stories["published"], now)
    _paper(bureau, now)
    return bureau


def _bring_to(story: Article, state: str, cast: Cast, now: datetime) -> None:
    if state in ("returned", "review"):
        perform("submit", story, cast.reporter, now=now)
    if state == "returned":
        perform("return", story, cast.editor, note=f"{CANARY}的意见", now=now)
    if state == "review":
        perform("pass", story, cast.editor, note=f"{CANARY}的意见", now=now)
    if state == "signed":
        perform("submit", story, cast.reporter, now=now)
        sign(story, cast, now, release_at=now + timedelta(hours=3))
    if state in ("published", "rewritten", "withdrawn"):
        publish(story, cast, now - timedelta(hours=1))
    if state == "rewritten":
        Article.objects.filter(pk=story.pk).update(body=f"<p>{CANARY}改写的正文。</p>")
        story.refresh_from_db()
        history.record(story, cast.editor, now)
    if state == "withdrawn":
        perform("withdraw", story, cast.chief, note=f"{CANARY}的原因", now=now)
    if state == "spiked":
        perform("spike", story, cast.editor, now=now)
    story.refresh_from_db()


def _rest(cast: Cast, published: Article, now: datetime) -> None:
    Correction.objects.create(article=published, text="正文第二段有误。", at=now, by=cast.chief)
    DelegationFactory(principal=cast.chief, deputy=cast.deputy, stage="终审")


def _paper(bureau: Bureau, now: datetime) -> None:
    """A paper being made: a page at its first proof, marked, and sent before its time."""
    cast = bureau.cast
    masthead = Masthead.objects.create(title="临港开发区报")
    issue = Issue.objects.create(masthead=masthead, date=date(2026, 11, 20), number=26, total_number=604)
    page = PageFactory(issue=issue, status=Page.Status.PROOF, stage=0, moved_at=now)
    for state in ("review", "published"):
        PlacementFactory(page=page, article=bureau.stories[state])
    GuideEntry.objects.create(issue=issue, page_number=1, article=bureau.stories["review"])
    proof = proof_of(page, None, whole=True)
    Page.objects.filter(pk=page.pk).update(digest=proof.content_digest)
    story = bureau.stories["review"]
    Mark.objects.create(
        page=page,
        proof=proof,
        article=story,
        x=1,
        y=1,
        text=f"{CANARY}的批注",
        made_by=cast.proofreader,
        made_at=now,
    )
    Dispatch.objects.create(proof=proof, to=f"{CANARY}印刷厂", by=cast.layout, at=now)


class Visitor(Client):
    """A browser that gets a 500 as a page, as a reader would, and takes in a picture to its end."""

    def __init__(self, **options: Any) -> None:
        super().__init__(raise_request_exception=False, **options)

    def request(self, **request: Any) -> Any:
        response = super().request(**request)
        if response.streaming:
            collections.deque(response.streaming_content, maxlen=0)
        return response


def client_of(person: User | None, **options: Any) -> Visitor:
    """A browser in which this person has logged in."""
    client = Visitor(**options)
    if person is not None:
        client.force_login(person)
    return client


@contextmanager
def writes() -> Iterator[list[str]]:
    """Collects the SQL that changes anything but sessions, while the block runs."""
    found: list[str] = []

    def watch(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        words = sql.split(None, 3)
        if words[0].upper() in ("INSERT", "UPDATE", "DELETE", "REPLACE") and "django_session" not in sql[:60]:
            found.append(sql[:120])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield found
