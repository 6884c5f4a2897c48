"""Maps of the site for search engines, and robots.txt, which names them.

/sitemap.xml is an index. Its parts hold the stories by ranges of their numbers, so that a part's address
never changes its meaning, a new story moves no other from part to part, and a part is one range of a key,
however many there are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, datetime, timedelta
from typing import Any
from xml.sax.saxutils import escape

from django.conf import settings
from django.db.models import F, Max, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from articles.addresses import absolute
from articles.answering import for_readers
from articles.models import Correction, Release, Section
from articles.story import Story
from articles.told import LANGUAGE, Told, legal

PER_PART = 50_000  # what the protocol allows; of a story one release is visible at most
NEWS_FOR = timedelta(days=2)
NEWS_MOST = 1000  # as search engines take them
Entry = tuple[str, datetime | None]  # path, and when it last changed
Parts = Callable[[datetime], Iterable[Entry]]

PROTOCOL = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


@for_readers
def index(request: HttpRequest, others: Iterable[Parts] = ()) -> HttpResponse:
    """`others` name parts that are made elsewhere, such as the paper's pages."""
    now = timezone.now()
    parts = [("/sitemap-pages.xml", None), *story_parts(now)]
    return listing("sitemapindex", "sitemap", [*parts, *(part for named in others for part in named(now))])


@for_readers
def pages(request: HttpRequest) -> HttpResponse:
    """What is always there: the home page, the archive of the paper, the sections, the standing pages."""
    now = timezone.now()
    newest = Release.objects.stories(now).aggregate(at=Max("visible_from"))["at"]
    standing = [
        (page.get_absolute_url(), page.visible_from) for page in Release.objects.pages(now).order_by("page")
    ]
    sections = [f"/sections/{slug}/" for slug in Section.objects.values_list("slug", flat=True)]
    paths = ["/", "/papers/", *sections]
    changed = [(path, newest if path == "/" else None) for path in paths]
    return listing("urlset", "url", [*changed, *standing])


@for_readers
def story_part(request: HttpRequest, number: str) -> HttpResponse:
    """The visible stories of one part; its lastmods tell corrections too."""
    first = (int(number) - 1) * PER_PART
    within = {"article_id__gte": first, "article_id__lt": first + PER_PART}
    visible = Release.objects.stories(timezone.now()).filter(**within).order_by("article_id")
    since: dict[int, Any] = dict(visible.values_list("article_id", "visible_from"))
    if not since:
        raise Http404
    for pk, at in Correction.objects.filter(**within).values_list("article_id", "at"):
        if pk in since:
            since[pk] = max(since[pk], at)
    return listing("urlset", "url", ((f"/articles/{pk}/", at) for pk, at in since.items()))


@for_readers
def news(request: HttpRequest) -> HttpResponse:
    """The stories of the last two days, newest first; one that is only reposted is no news."""
    now = timezone.now()
    fresh = Release.objects.stories(now).filter(listed_at__gt=now - NEWS_FOR).order_by("-listed_at", "-pk")
    blocks = (_news(Told(Story(release, now))) for release in fresh.defer("body")[:NEWS_MOST])
    return document("urlset", blocks, f' xmlns:news="{NEWS}"')


@for_readers
def robots(request: HttpRequest) -> HttpResponse:
    maps = [f"Sitemap: {absolute(path)}" for path in ("/sitemap.xml", "/news-sitemap.xml")]
    lines = ["User-agent: *", "Disallow: /admin/", "Disallow: /search/", *maps]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


def story_parts(now: datetime) -> list[Entry]:
    """The parts that hold a visible story, each with its last release, end of one, or correction."""
    visible = Release.objects.stories(now)
    changes = [
        _latest(visible, "article_id", "visible_from"),
        _latest(Release.objects.once_public(now).filter(page=""), "article_id", "visible_until"),
        _latest(Correction.objects.filter(article__releases__in=visible), "article_id", "at"),
    ]
    return [
        (f"/sitemap-{part + 1}.xml", max(change[part] for change in changes if part in change))
        for part in sorted(changes[0])
    ]


def _latest(rows: QuerySet[Any], key: str, moment: str) -> dict[int, datetime]:
    """The last moment among the rows of each part."""
    parts = rows.order_by().values(part=F(key) / PER_PART).annotate(last=Max(moment))
    return {row["part"]: row["last"] for row in parts}


def listing(root: str, element: str, entries: Iterable[Entry]) -> HttpResponse:
    return document(root, (f"<{element}>{_place(*entry)}</{element}>" for entry in entries))


def document(root: str, blocks: Iterable[str], more: str = "") -> HttpResponse:
    """Written by hand: a template takes five times as long for a full part."""
    text = "\n".join(
        [
            '<?xml version="1.0" encoding="UTF-8"?>',
            f'<{root} xmlns="{PROTOCOL}"{more}>',
            *blocks,
            f"</{root}>\n",
        ]
    )
    return HttpResponse(text, content_type="application/xml; charset=utf-8")


def _place(path: str, changed: datetime | None) -> str:
    lastmod = f"<lastmod>{_stamp(changed)}</lastmod>" if changed else ""
    return f"<loc>{escape(absolute(path))}</loc>{lastmod}"


def _news(told: Told) -> str:
    name = escape(legal(settings.SITE_NAME))
    language = LANGUAGE.lower()  # zh-cn, as this one format wants it
    return (
        f"<url><loc>{escape(told.address)}</loc><news:news><news:publication><news:name>{name}</news:name>"
        f"<news:language>{language}</news:language></news:publication>"
        f"<news:publication_date>{_stamp(told.published_at)}</news:publication_date>"
        f"<news:title>{escape(told.headline)}</news:title></news:news></url>"
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
