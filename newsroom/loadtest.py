"""A synthetic archive for benchmarks: plain, large, and true to the rule (`verify` passes over it)."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from articles import release as releases
from articles.freeze import SCHEMA
from articles.models import Article, Listing, Release, Revision, SearchText, Section
from articles.search.documents import document
from issues.models import Issue, Masthead
from newsroom.lib import canonical
from people import chain
from people.models import Region, Reporter, Signature

WORDS = [
    *("园区", "项目", "社区", "道路", "学校", "医院", "企业", "居民", "河道", "绿化"),
    *("公交", "文化", "安全", "服务", "工地", "夜校", "市场", "图书馆", "开工", "竣工"),
]
VERBS = ["启用", "开放", "改造", "扩建", "竣工", "上线", "调整", "举行", "完成", "推进"]
BATCH = 500


def make_articles(count: int, now: datetime) -> None:
    """`count` released stories, one every 20 minutes back from `now`, spread over eight sections."""
    chance = random.Random(count)  # noqa: S311 - the same archive each time
    sections = [_section(number) for number in range(8)]
    reporter, _made = Reporter.objects.get_or_create(name="压测记者", outlet="")
    regions = list(Region.objects.filter(level=Region.Level.COUNTY)[:8])
    for start in range(0, count, BATCH):
        with transaction.atomic():
            numbers = range(start, min(start + BATCH, count))
            _batch(
                [_content(n, chance, sections[n % 8], reporter, regions) for n in numbers],
                [now - timedelta(minutes=20 * (count - n)) for n in numbers],
            )


def make_issues(count: int, now: datetime) -> None:
    """`count` weekly issues back from today, under a masthead of their own."""
    masthead, _made = Masthead.objects.get_or_create(title="压测周报")
    last = Issue.objects.order_by("-total_number").values_list("total_number", flat=True).first() or 0
    taken = set(Issue.objects.values_list("date", flat=True))
    days = [now.date() - timedelta(days=7 * n) for n in range(count)]
    Issue.objects.bulk_create(
        Issue(masthead=masthead, date=day, number=n, total_number=last + n)
        for n, day in enumerate(sorted(set(days) - taken), 1)
    )


def _section(number: int) -> Section:
    return Section.objects.get_or_create(name=f"压测频道{number + 1}")[0]


def _content(
    number: int, chance: random.Random, section: Section, reporter: Reporter, regions: list[Region]
) -> dict[str, Any]:
    words = chance.choices(WORDS, k=4)
    sentence = lambda: f"{'、'.join(chance.choices(WORDS, k=5))}{chance.choice(VERBS)}，共{number}项。"  # noqa: E731
    region = regions[number % len(regions)] if regions else None
    byline = {"reporter": reporter.pk, "identity": "reporter", "act": "text", "name": reporter.name}
    return {
        "schema": SCHEMA,
        "kind": "story",
        "kicker": "",
        "headline": f"{words[0]}{words[1]}{chance.choice(VERBS)}（{number}）",
        "subheadline": "",
        "lede": "",
        "dateline": "本报讯",
        "body": "".join(f"<p>{sentence() * 4}</p>" for _ in range(chance.randint(4, 12))),
        "editors_note": "",
        "instalment": "",
        "source": "",
        "source_url": "",
        "responsible_editor": "",
        "copyright_notice": "",
        "own_copyright_notice": "",
        "first_published_at": None,
        "section": {"id": section.pk, "slug": section.slug, "name": section.name, "parent": None},
        "series": None,
        "regions": [{"code": region.code, "name": region.name, "lineage": region.lineage}] if region else [],
        "tags": [],
        "bylines": [byline | {"outlet": "", "place": "dateline"}],
        "photos": [],
    }


def _batch(contents: list[dict[str, Any]], moments: list[datetime]) -> None:
    texts = [canonical.dump(content) for content in contents]
    rows = zip(contents, texts, moments, strict=True)
    articles = Article.objects.bulk_create(
        Article(
            headline=content["headline"],
            body=content["body"],
            section_id=content["section"]["id"],
            dateline=content["dateline"],
            status=Article.Status.PUBLISHED,
            digest=canonical.digest(text),
            moved_at=moment,
        )
        for content, text, moment in rows
    )
    revisions = Revision.objects.bulk_create(
        Revision(article=article, number=1, content=text, digest=article.digest, created_at=moment)
        for article, text, moment in zip(articles, texts, moments, strict=True)
    )
    made = Release.objects.bulk_create(
        _release(revision, moment) for revision, moment in zip(revisions, moments, strict=True)
    )
    Listing.objects.bulk_create(
        Listing(release=release, kind=kind, key=key, listed_at=release.listed_at)
        for release in made
        for kind, key in sorted(releases.listed_in(release))
    )
    SearchText.objects.bulk_create(
        SearchText(release=release, listed_at=release.listed_at, **document(release)._asdict())
        for release in made
    )
    chain.append_many(map(_signature, made))


def _release(revision: Revision, moment: datetime) -> Release:
    """Its first, seen from its moment on for ever, as `releases.issue` makes it."""
    release = releases.build(revision, 1, moment)
    release.visible_from = release.listed_at = moment
    return release


def _signature(release: Release) -> Signature:
    effect = {"release": [release.pk, release.digest], "windows": [releases.window(release)]}
    return Signature(
        subject=f"article:{release.article_id}",
        action="pass",
        digest=release.revision.digest,
        effect=canonical.dump(effect),
        note="压测数据",
        at=release.created_at,
    )
