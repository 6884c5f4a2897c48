"""What the paper's pages say to machines, and the map that leads to them."""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client

from tests.articles.headed import head_of
from tests.cast import Cast
from tests.factories.articles import ArticleFactory
from tests.issues.readers import PAGE, released, withdraw

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://paper.example.com"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = SITE


def places(client: Client, address: str) -> list[str]:
    root = ElementTree.fromstring(client.get(address).content)
    return [(loc.text or "").removeprefix(SITE) for loc in root.iter(LOC)]


def test_a_page_of_the_paper_names_itself_once(client: Client, cast: Cast, now: datetime) -> None:
    hostile = "</script>开镰 & “新米”"
    released(now, cast, [[ArticleFactory(headline=hostile)]])
    head = head_of(client, PAGE)
    assert head.canonical == [f"{SITE}{PAGE}"]
    assert len(head.titles) == 1
    assert head.twice == []
    assert head["ColumnName"] == head["og:title"] == "潮头晚报2026年11月20日第1版"
    assert head["description"] == f"潮头晚报2026年11月20日第1版：{hostile}"
    assert head["og:image"].startswith(f"{SITE}{PAGE}")
    assert (head["og:image:type"], head["og:image:width"]) == ("image/png", "1080")
    assert [kind for kind in head.scripts if kind != "module"] == ["application/ld+json"]
    told = head.thing("PublicationIssue")
    assert (told["issueNumber"], told["datePublished"]) == ("47", "2026-11-20")
    crumbs = head.thing("BreadcrumbList")["itemListElement"]
    assert [crumb["name"] for crumb in crumbs] == ["首页", "报纸", head["og:title"]]


def test_each_month_of_the_archive_is_a_page(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast, 1)
    for address in ("/papers/", "/papers/?month=2026-11"):
        head = head_of(client, address)
        assert head.canonical == [f"{SITE}{address}"]
        assert head["ColumnName"] == "报纸"
        assert head.twice == []


def test_the_map_has_the_pages_that_can_be_read(
    client: Client, cast: Cast, now: datetime, at: Callable[[datetime], None]
) -> None:
    stories = [ArticleFactory(), ArticleFactory()]
    released(now, cast, [[stories[0]], [stories[1]]])
    at(now - HOUR)
    assert "/sitemap-papers-2026.xml" not in places(client, "/sitemap.xml")
    assert client.get("/sitemap-papers-2026.xml").status_code == 404
    at(now)
    assert "/sitemap-papers-2026.xml" in places(client, "/sitemap.xml")
    assert places(client, "/sitemap-papers-2026.xml") == [PAGE, "/papers/2026-11-20/2/"]
    withdraw(stories[1], cast, now)
    at(now + HOUR)
    assert places(client, "/sitemap-papers-2026.xml") == [PAGE]


@pytest.mark.parametrize("year", ["0000", "026", "10000", "9999", "x"])
def test_a_year_without_papers_has_no_map(client: Client, year: str) -> None:
    assert client.get(f"/sitemap-papers-{year}.xml").status_code == 404
