"""A page of each kind that readers meet, with real pictures, for tests that look at all of them."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from articles.models import Article
from newsroom.lib.blocks import picture
from newsroom.lib.dates import day
from people.models import Identity
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.issues import released_issue
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory, ReporterFactory

TABLE = "<table><tbody><tr><th>年份</th><th>船次</th></tr><tr><td>2025</td><td>8</td></tr></tbody></table>"
FIGURE = f'<figure class="table">{TABLE}</figure>'
TEXT = "老渡口的船一天八班，错过末班就要绕行十七公里。去年冬天，船停了二十一天，两岸的人都记得。"


def twelve(more: int = 0) -> dict[str, str]:
    """Their addresses by what they are; with so many more stories, to turn pages of lists."""
    cast, now = Cast(), timezone.now() - timedelta(hours=1)
    section = SectionFactory(name="要闻", slug="yaowen")
    column = SectionFactory(name="政务", slug="zhengwu", parent=section)
    region = RegionFactory(name="望渡街道")
    reporter = ReporterFactory(name="林晚照")
    series = SeriesFactory(slug="daan", strapline="一座桥，两岸路", logo=PhotoFactory())
    about = {
        "section": column, "series": series, "regions": [region], "tags": ["渡口"],
        "bylines": [{"name": reporter.name, "identity": Identity.REPORTER, "reporter": reporter}],
    }  # fmt: skip
    wide, upright, third = (PhotoFactory(width=w, height=h) for w, h in ((900, 600), (400, 700), (640, 480)))
    body = "".join(f"<p>{TEXT}</p>" for _ in range(6))
    story: Article = publish(
        ArticleFactory(
            kicker="等了三年的渡口", headline="一座桥通车 两岸路变短", subheadline="末班船开走以后",
            lede="天刚亮，第一辆公交车已经从桥上开过。", responsible_editor="方静安",
            body=f"{body}<h2>一步一步</h2>{picture(upright.public_id)}{body}{FIGURE}",
            photos=[wide, upright], source="两岸日报", source_url="https://news.example.com/1", **about,
        ),
        cast,
        now,
    )  # fmt: skip
    pictures = ArticleFactory(
        kind="picture", headline="渡口的一天", body=f"<p>{TEXT}</p>", photos=[wide, third, upright], **about
    )
    publish(pictures, cast, now)
    for _ in range(more + 1):
        publish(ArticleFactory(section=column), cast, now - timedelta(days=1))
    issue = released_issue(now, cast, [[story], [pictures]], date=day(now))
    tag = story.tags.get()
    return {
        "home": "/", "section": "/sections/yaowen/", "story": f"/articles/{story.pk}/",
        "picture story": f"/articles/{pictures.pk}/", "series": "/series/daan/",
        "region": f"/regions/{region.code}/", "tag": f"/tags/{tag.slug}/",
        "reporter": f"/reporters/{reporter.pk}/", "search": "/search/?q=新桥", "papers": "/papers/",
        "e-paper": f"/papers/{issue.date}/1/", "missing": "/nowhere/",
    }  # fmt: skip
