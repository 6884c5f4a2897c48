"""What a page's <head> says to machines: its address, what it shows elsewhere, and what it is.

The names in capitals are the tags of Chinese government sites, as the rules for their pages (网页设计规范)
in the State Council's guide to them (政府网站发展指引, 国办发〔2017〕47号) have them: of the site on every
page, of the column on every page within one, of the text on a story's page. `Keywords`, `Author` and
`Description` are HTML's own names too, which know no case, so each stands once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.safestring import SafeString

from articles import structured
from articles.addresses import File, absolute
from articles.models import Section
from articles.story import Story
from articles.told import Told, legal

Pairs = list[tuple[str, str]]
HOME_TYPE = "首页"
LOCALE = "zh_CN"


@dataclass(frozen=True)
class Feed:
    """A feed of what a page lists."""

    type: str
    title: str
    path: str


@dataclass(frozen=True)
class Head:
    """`canonical` is a whole address; `names` and `properties` are the <meta>s; `data` is JSON-LD."""

    canonical: str
    names: Pairs
    properties: Pairs
    feeds: list[Feed] = field(default_factory=list)
    data: SafeString | str = ""


@dataclass(frozen=True)
class Column:
    """A part of the site as its tags (栏目标签) describe it."""

    name: str
    description: str
    keywords: Sequence[str]
    type: str

    @property
    def tags(self) -> Pairs:
        return [
            ("ColumnName", legal(self.name)),
            ("ColumnDescription", legal(self.description)),
            ("ColumnKeywords", legal(",".join(dict.fromkeys(word for word in self.keywords if word)))),
            ("ColumnType", self.type),
        ]


def of_site() -> Pairs:
    """The tags that every page has (网站标签)."""
    host = urlsplit(settings.SITE_URL).hostname or ""
    return _known(
        [("SiteName", settings.SITE_NAME), ("SiteDomain", host), ("SiteIDCode", settings.SITE_ID_CODE)]
    )


def of_home(publisher: str = "") -> Head:
    """`publisher`: who publishes the paper, as its masthead says it."""
    by = f"{settings.SITE_NAME}，{publisher}" if publisher else str(settings.SITE_NAME)
    description = settings.SITE_DESCRIPTION or by
    column = Column(HOME_TYPE, description, settings.SITE_KEYWORDS or [settings.SITE_NAME], HOME_TYPE)
    return Head(
        absolute("/"),
        [("description", description), *column.tags],
        _open_graph("website", settings.SITE_NAME, description, absolute("/")),
        data=structured.script(structured.website(), structured.publisher()),
    )


def of_section(section: Section, columns: Iterable[Section], number: int) -> Head:
    around = [section.parent] if section.parent else []
    names = [each.name for each in (section, *(around or columns))]
    column = _column(section.slug, section.name, f"{settings.SITE_NAME}“{section.name}”的报道", names)
    path = f"/sections/{section.slug}/"
    feeds = [
        Feed("application/rss+xml", section.name, f"{path}rss.xml"),
        Feed("application/atom+xml", section.name, f"{path}atom.xml"),
        Feed("application/feed+json", section.name, f"{path}feed.json"),
    ]
    above = [(each.name, f"/sections/{each.slug}/") for each in around]
    return of_list(column, path, number, above, feeds)


def of_words(name: str, description: str, path: str, number: int = 1) -> Head:
    """Of a list that is no section: a series, a region, a tag, a reporter; or of a page by itself."""
    return of_list(plain_column(name, description), path, number)


def of_list(
    column: Column,
    path: str,
    number: int,
    above: Iterable[tuple[str, str]] = (),
    feeds: Iterable[Feed] = (),
    query: str = "",
) -> Head:
    """Of a page of a list. Search engines follow its later pages and keep the first.

    `query` is what else names it, such as `month=2026-11`.
    """
    query = query or (f"page={number}" if number > 1 else "")
    address = absolute(path) + (f"?{query}" if query else "")
    robots = [("robots", "noindex, follow")] if number > 1 else []
    return Head(
        address,
        [*robots, ("description", legal(column.description)), *column.tags],
        _open_graph("website", column.name, column.description, address),
        list(feeds),
        structured.script(structured.breadcrumbs([*above, (column.name, path)])),
    )


def of_story(story: Story) -> Head:
    if story.release.page:
        return of_page(story)
    told = Told(story)
    trail = [(name, f"/sections/{slug}/") for slug, name in told.sections]
    here = (told.headline, story.release.get_absolute_url())
    card = "summary_large_image" if told.pictures else "summary"
    return Head(
        told.address,
        [*_story_column(told).tags, *_text_tags(told), ("twitter:card", card)],
        _story_properties(told),
        data=structured.script(
            structured.news_article(told), structured.breadcrumbs([*trail, here]), structured.publisher()
        ),
    )


def of_page(story: Story) -> Head:
    """Of a standing page: a part of the site, and no news."""
    release = story.release
    return of_words(release.headline, story.card["summary"] or release.headline, release.get_absolute_url())


def plain_column(name: str, description: str) -> Column:
    return _column("", name, description, [name])


def _story_column(told: Told) -> Column:
    """Its section's; a story without one stands on the home page alone."""
    if not told.sections:
        return _column("", HOME_TYPE, str(settings.SITE_NAME), [settings.SITE_NAME])
    slug, name = told.sections[-1]
    names = [name for _, name in reversed(told.sections)]
    return _column(slug, name, f"{settings.SITE_NAME}“{name}”的报道", names)


def _column(slug: str, name: str, description: str, keywords: Sequence[str]) -> Column:
    return Column(name, description, keywords, settings.COLUMN_TYPES.get(slug, settings.COLUMN_TYPE))


def _text_tags(told: Told) -> Pairs:
    """内容页面标签. The time's form is theirs: in the bureau's zone, without naming it."""
    author = "、".join(author.name for author in told.authors) or legal(told.more["responsible_editor"])
    return _known(
        [
            ("ArticleTitle", told.headline),
            ("PubDate", told.published_at.strftime("%Y-%m-%d %H:%M")),
            ("ContentSource", told.source),
            ("Keywords", ",".join(told.keywords)),
            ("Author", author),
            ("Description", told.summary),
            ("Image", told.pictures[0].file.url if told.pictures else ""),
            ("Url", told.address),
        ]
    )


def _story_properties(told: Told) -> Pairs:
    picture = told.pictures[0] if told.pictures else None
    return [
        *_open_graph("article", told.headline, told.summary, told.address),
        *(_picture(picture.file, picture.alt) if picture else []),
        ("article:published_time", told.published_at.isoformat(timespec="seconds")),
        ("article:modified_time", told.modified_at.isoformat(timespec="seconds")),
        *(("article:section", name) for _, name in told.sections[-1:]),
        *(("article:author", author.address) for author in told.authors if author.address),
        *(("article:tag", name) for _, name in told.tags),
    ]


def _open_graph(kind: str, title: str, description: str, address: str) -> Pairs:
    return [
        ("og:type", kind),
        ("og:site_name", str(settings.SITE_NAME)),
        ("og:title", legal(title)),
        ("og:description", legal(description)),
        ("og:url", address),
        ("og:locale", LOCALE),
    ]


def _picture(file: File, alt: str) -> Pairs:
    return _known(
        [
            ("og:image", file.url),
            ("og:image:type", file.type),
            ("og:image:width", str(file.width)),
            ("og:image:height", str(file.height)),
            ("og:image:alt", alt),
        ]
    )


def _known(pairs: Pairs) -> Pairs:
    return [(name, content) for name, content in pairs if content]
