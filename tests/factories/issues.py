"""Papers for tests: their rows, and papers that readers can read."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

import factory
from django.utils import timezone
from PIL import Image, ImageDraw

from articles.models import Article, Release
from issues import card
from issues.formats import rect
from issues.freeze import freeze
from issues.models import Issue, Masthead, Page, Placement, Proof, ProofPhoto, ProofStory
from issues.models.proof import WIDTHS
from media import pdfium, store
from media.models import Photo
from newsroom.lib import canonical
from newsroom.lib.dates import day
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish

FIRST_DAY = date(2026, 1, 2)
WORDS = ("kind", "kicker", "headline", "subheadline")
PLACE = ("col", "row", "cols", "rows")


class MastheadFactory(factory.django.DjangoModelFactory[Masthead]):
    class Meta:
        model = Masthead

    title = "潮头晚报"
    organ = "潮头区融媒体中心"


class IssueFactory(factory.django.DjangoModelFactory[Issue]):
    """A weekly's next number; every issue under the one masthead that there is."""

    class Meta:
        model = Issue

    masthead = factory.LazyFunction(lambda: Masthead.objects.first() or MastheadFactory())
    date = factory.Sequence(lambda n: FIRST_DAY + timedelta(weeks=n))
    number = factory.Sequence(lambda n: n + 1)
    total_number = factory.Sequence(lambda n: n + 601)


class PageFactory(factory.django.DjangoModelFactory[Page]):
    class Meta:
        model = Page

    issue = factory.SubFactory(IssueFactory)
    number = factory.LazyAttribute(lambda page: page.issue.pages.count() + 1)
    name = factory.LazyAttribute(lambda page: ("要闻", "综合", "民生", "副刊")[(page.number - 1) % 4])


class PlacementFactory(factory.django.DjangoModelFactory[Placement]):
    """A box across the whole page, below what stands there: `PlacementFactory(page=…, article=…)`."""

    class Meta:
        model = Placement

    page = factory.SubFactory(PageFactory)
    kind = Placement.Kind.STORY
    col = 0
    row = factory.LazyAttribute(
        lambda box: max((p.row + p.rows for p in box.page.placements.all()), default=0)
    )
    cols = 6
    rows = 10


def foot_of(page: Page) -> int:
    """The first row below everything on the page."""
    return max((box.row + box.rows for box in page.placements.all()), default=0)


def released_issue(
    now: datetime, cast: Cast, pages: Sequence[Sequence[Article]] | int = 2, **fields: Any
) -> Issue:
    """A paper that readers see from `now`: a page for each list of stories, or so many with a story each.

    Stories that nobody has signed yet are published at `now`. Nothing is typeset: the pictures show grey
    boxes, and no signature stands behind the pages.
    """
    lists = [[ArticleFactory()] for _ in range(pages)] if isinstance(pages, int) else pages
    issue = IssueFactory(**({"date": day(now), "page_count": len(lists)} | fields))
    for stories in lists:
        page = PageFactory(issue=issue)
        for story in stories:
            PlacementFactory(page=page, article=story, rows=max(2, 36 // len(stories)))
    put_out(issue, cast, now)
    return issue


def put_out(issue: Issue, cast: Cast, now: datetime) -> list[Proof]:
    """The issue as it stands is on sale at `now`, its stories too."""
    for article in Article.objects.filter(placements__page__issue=issue).distinct():
        if not article.releases.exists():
            publish(article, cast, now)
    proofs = [proof_of(page, now) for page in issue.pages.all()]
    Issue.objects.filter(pk=issue.pk).update(release_at=now)
    for page in issue.pages.all():
        on_it = Release.objects.filter(article__placements__page=page)
        on_it.update(paper_date=issue.date, paper_page=page.number, paper_from=now)
    issue.refresh_from_db()
    return proofs


def archive(count: int, newest: date, stories: Sequence[Article], visible_from: datetime) -> None:
    """So many weekly papers up to that day, four pages with eight of the stories each; without files."""
    model = proof_of(
        PageFactory(issue=IssueFactory(date=newest, total_number=9000, release_at=visible_from)), None
    )
    masthead, card_text = model.page.issue.masthead, model.on_card
    card_text["stories"] = [
        {"article": s.pk, "kicker": "", "headline": s.headline, "subheadline": "", "picture": False}
        | {"areas": [[60, 100 * n + 50, 880, 100]]}
        for n, s in enumerate(stories[:8])
    ]
    issues = Issue.objects.bulk_create(
        Issue(
            masthead=masthead, date=newest - timedelta(weeks=n), number=n, total_number=8000 - n,
            release_at=visible_from,
        )
        for n in range(1, count + 1)
    )  # fmt: skip
    pages = Page.objects.bulk_create(Page(issue=issue, number=n) for issue in issues for n in range(1, 5))
    proofs = Proof.objects.bulk_create(
        Proof(
            page=page, number=1, date=page.issue.date, page_number=page.number, content=model.content,
            card=canonical.dump(card_text), pictures=model.pictures, state=Proof.State.READY,
            created_at=visible_from, visible_from=visible_from,
        )
        for page in pages
    )  # fmt: skip
    ProofStory.objects.bulk_create(
        ProofStory(proof=proof, article=stories[(n * 8 + k) % len(stories)])
        for n, proof in enumerate(proofs)
        for k in range(8)
    )


def proof_of(page: Page, visible_from: datetime | None, files: bool = True, whole: bool = False) -> Proof:
    """A ready proof of the page as it stands, with pictures of its boxes and a blank PDF.

    `whole`: of all that is frozen of a page, so that it can be compared with the page later.
    """
    content = canonical.load(freeze(page, timezone.now())) if whole else content_of(page)
    text = canonical.dump(content)
    proof = Proof(
        page=page,
        number=page.proofs.count() + 1,
        date=page.issue.date,
        page_number=page.number,
        content=text,
        content_digest=canonical.digest(text),
        card=canonical.dump(card.build(content)),
        created_at=visible_from or datetime.now().astimezone(),
        state=Proof.State.READY,
        visible_from=visible_from,
    )
    if files:
        _print(proof, content)
    proof.digest = canonical.digest(proof.signed_text())
    proof.save()
    stories = sorted(card.article_ids(content))
    ProofStory.objects.bulk_create(ProofStory(proof=proof, article_id=pk) for pk in stories)
    photos = Photo.objects.filter(public_id__in=card.photo_ids(content))
    ProofPhoto.objects.bulk_create(ProofPhoto(proof=proof, photo=photo) for photo in photos)
    return proof


def content_of(page: Page) -> dict[str, Any]:
    """As much of the frozen page as its card needs."""
    issue = page.issue
    boxes = page.placements.select_related("article", "photo")
    entries = issue.guide.select_related("article")
    guide = [
        {"page": e.page_number, "article": e.article_id, "kicker": "", "subheadline": ""}
        | {"headline": e.headline or (e.article.headline if e.article else "")}
        for e in entries
    ]
    fields = ("date", "weekday", "lunar", "number", "total_number", "page_count", "banner")
    return {
        "issue": {name: getattr(issue, name) for name in fields}
        | {"masthead": {"title": issue.masthead.title, "organ": issue.masthead.organ, "lettering": None}},
        "page": {"number": page.number, "name": page.name, "format": page.frozen_format()},
        "placements": [_box(box, guide) for box in boxes],
    }


def _box(box: Placement, guide: list[dict[str, Any]]) -> dict[str, Any]:
    story = box.article and {
        "article": box.article_id,
        "stack": box.stack,
        "content": {
            name: getattr(box.article, name) for name in ("kind", "kicker", "headline", "subheadline")
        }
        | {"photos": []},
    }
    return {
        **{name: getattr(box, name) for name in ("kind", "col", "row", "cols", "rows")},
        "id": box.pk,
        "story": story,
        "style": box.whole_style,
        "guide": guide if box.kind == Placement.Kind.GUIDE else [],
        "photo": box.photo and {"public_id": box.photo.public_id},
    }


def _print(proof: Proof, content: dict[str, Any]) -> None:
    form = content["page"]["format"]
    boxes = [rect(form, *(box[key] for key in PLACE)) for box in content["placements"]]
    sizes = {}
    for width in WIDTHS:
        scale = width / form["width"]
        data = _picture(width, round(form["height"] * scale), scale, tuple(boxes))
        sha256 = hashlib.sha256(data).hexdigest()
        store.put(proof.file_name(f"w{width}", sha256, "png"), io.BytesIO(data))
        sizes[str(width)] = [round(form["height"] * scale), sha256]
    pdf = _blank(proof.page_number)
    proof.pdf_sha256, proof.pictures = hashlib.sha256(pdf).hexdigest(), canonical.dump(sizes)
    store.put(proof.pdf_name, io.BytesIO(pdf))


@lru_cache(maxsize=64)
def _picture(width: int, height: int, scale: float, boxes: tuple[tuple[float, ...], ...]) -> bytes:
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for x, y, across, down in boxes:
        draw.rectangle(
            [x * scale, y * scale, (x + across) * scale, (y + down) * scale], fill=225, outline=120
        )
    target = io.BytesIO()
    image.save(target, "PNG")
    return target.getvalue()


@lru_cache
def _blank(number: int) -> bytes:
    """A PDF of one page, as many points wide as 700 and its number."""
    with pdfium.empty() as document:
        document.new_page(700 + number, 1000).close()
        return pdfium.saved(document)
