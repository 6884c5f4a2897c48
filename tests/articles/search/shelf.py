"""A few stories of an invented harbour town, to be looked for."""

from __future__ import annotations

from datetime import datetime, timedelta

from articles.models import Article
from articles.search.asking import Asked
from articles.search.finding import Search
from people.models import Identity
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.people import RegionFactory, ReporterFactory


def stock(cast: Cast, now: datetime) -> dict[str, Article]:
    """The stories by a short name, the first one the oldest."""
    news, town = SectionFactory(slug="gangwan", name="港湾"), RegionFactory(code="130199", name="望海区")
    li_fang = ReporterFactory(name="李芳")
    drafts = {
        "bridge": ArticleFactory(
            headline="新港大桥今日通车",
            body="<p>渔民郑阿海按响了汽笛。“总算等到了！”他说，两岸居民盼了三年。</p>",
            section=news,
            tags=["交通"],
        ),
        "canteen": ArticleFactory(
            headline="社区食堂开张",
            body="<p>开张那天，图书馆馆长林知遥也来了。渔民说，饭菜比大桥边的便宜。</p>",
            bylines=[{"name": "李芳", "identity": Identity.REPORTER, "reporter": li_fang}],
        ),
        "library": ArticleFactory(headline="图书馆夜间开放", regions=[town], body="<p>灯亮到十点。</p>"),
        "formosa": ArticleFactory(
            headline="漁船來訪", body="<p>書法家後來說，麵條好吃，圖書館也去了。</p>", section=news
        ),
        "network": ArticleFactory(
            headline="5G 基站覆盖全岛",
            body="<p>A股上市公司承建，速率达3.5Gbps。COVID-19期间曾经停工。</p>",
        ),
        "prize": ArticleFactory(headline="陈　默获奖", body="<p>陈默来自发展中国家。</p>", bylines=[]),
    }
    drafts["prize"].bylines.create(name="许知 远", position=0)
    return {
        name: publish(draft, cast, now - timedelta(hours=20 - n))
        for n, (name, draft) in enumerate(drafts.items())
    }


def found(stories: dict[str, Article], now: datetime, **query: str) -> list[str]:
    """Names of the stories a search gives, in its order; its count must agree."""
    search = Search(Asked.of(query, [s.section for s in stories.values() if s.section]), now)
    names = {story.pk: name for name, story in stories.items()}
    listed = [names[release.article_id] for release in search.page(1)]
    assert search.total == len(listed), query
    return listed
