"""Installing the site, what to keep of the last paper, and the codes that lead a phone to a page."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from articles.models import Article
from articles.workflow import perform as on_story
from issues.models import Issue
from newsroom import icons
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.issues import IssueFactory, PageFactory, PlacementFactory, put_out, released_issue

pytestmark = pytest.mark.django_db
LIST = "/offline/paper.json"
HOUR = timedelta(hours=1)


def kept(client: Client) -> dict[str, Any]:
    response = client.get(LIST)
    assert response.status_code == 200
    return json.loads(response.content)


def addresses(found: dict[str, Any]) -> list[str]:
    pages = [address for page in found["pages"] for address in (page["url"], page["picture"]["url"])]
    return [*pages, *(story["url"] for story in found["stories"])]


def released(now: datetime, cast: Cast) -> list[Article]:
    """Two pages with a story each, read since two hours."""
    issue = IssueFactory(date=date(2026, 11, 20), page_count=2)
    stories = [ArticleFactory(headline=line) for line in ("码头开港", "小桥通车")]
    for story in stories:
        PlacementFactory(page=PageFactory(issue=issue), article=story)
    put_out(issue, cast, now - 2 * HOUR)
    for story in stories:
        story.refresh_from_db()
    return stories


def test_the_site_can_be_installed(client: Client, settings: Any) -> None:
    settings.SITE_NAME = "潮头晚报"
    assert '<link rel="manifest" href="/manifest.webmanifest">' in client.get("/").content.decode()
    response = client.get("/manifest.webmanifest")
    assert response["Content-Type"] == "application/manifest+json"
    told = json.loads(response.content)
    assert (told["name"], told["lang"], told["start_url"]) == ("潮头晚报", "zh-Hans", "/")
    assert {(icon["sizes"], icon["purpose"]) for icon in told["icons"]} == {
        ("192x192", "any"),
        ("512x512", "any"),
        ("512x512", "maskable"),
    }
    for icon in told["icons"]:
        answer = client.get(icon["src"])
        assert answer["Content-Type"] == "image/png"
        with Image.open(io.BytesIO(answer.content)) as image:
            assert f"{image.width}x{image.height}" == icon["sizes"]
            assert image.getpixel((0, 0)) == (0xB3, 0x26, 0x1A)


def test_a_mask_leaves_all_lines_of_the_mark() -> None:
    with Image.open(io.BytesIO(icons.drawn(512, maskable=True))) as image:
        paper = [
            (x - 255.5, y - 255.5)
            for x in range(0, 512, 4)
            for y in range(0, 512, 4)
            if image.getpixel((x, y))[1] > 200
        ]
    assert len(paper) > 500
    assert max((x * x + y * y) ** 0.5 for x, y in paper) < 0.4 * 512


@pytest.mark.parametrize("address", ["/icons/any-64.png", "/icons/round-192.png"])
def test_no_other_icons_are_drawn(client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["/sw.js", "/offline/", "/manifest.webmanifest", "/icons/any-192.png"])
def test_each_is_asked_about_each_time(client: Client, address: str) -> None:
    first = client.get(address)
    assert first["Cache-Control"] == "no-cache"
    assert not first.cookies
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304


def test_the_worker_is_a_script_of_the_whole_site(client: Client) -> None:
    response = client.get("/sw.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert 'const SHELL = "shell-"' not in response.content.decode(), "it knows its version"


def test_the_page_for_no_network_asks_the_database_nothing(
    client: Client, django_assert_num_queries: Callable
) -> None:
    with django_assert_num_queries(0):
        content = client.get("/offline/").content.decode()
    assert "现在没有网络" in content
    assert "noindex" in content


def test_without_a_paper_there_is_nothing_to_keep(client: Client) -> None:
    assert client.get(LIST).status_code == 404


def test_the_list_is_the_newest_paper(client: Client, cast: Cast, now: datetime) -> None:
    released_issue(now - 3 * HOUR, cast, 1, date=date(2026, 11, 13), total_number=1)
    stories = released(now, cast)
    found = kept(client)
    assert found["date"] == "2026-11-20"
    assert [page["url"] for page in found["pages"]] == ["/papers/2026-11-20/1/", "/papers/2026-11-20/2/"]
    assert [(s["url"], s["title"]) for s in found["stories"]] == [
        (f"/articles/{story.pk}/", story.headline) for story in stories
    ]
    for address in addresses(found):
        assert client.get(address).status_code == 200, address


def test_a_withdrawn_story_leaves_the_list_with_its_page(client: Client, cast: Cast, now: datetime) -> None:
    bad, good = released(now, cast)
    before = kept(client)
    on_story("withdraw", bad, cast.chief, note="有误", now=now - HOUR)
    after = kept(client)
    assert [*addresses(before)[2:4], f"/articles/{good.pk}/"] == addresses(after)
    assert "码头开港" not in json.dumps(after, ensure_ascii=False)
    assert before["pages"][1]["digest"] != after["pages"][0]["digest"], "its page named the story too"
    assert before["pages"][1]["picture"] == after["pages"][0]["picture"], "its picture did not"


def test_nothing_of_an_internal_paper(client: Client, cast: Cast, now: datetime) -> None:
    released(now, cast)
    masthead = Issue.objects.get().masthead
    masthead.epaper_internal = True
    masthead.save()
    client.force_login(cast.chief)
    assert client.get(LIST).status_code == 404


def test_a_correction_makes_the_pages_be_fetched_again(client: Client, cast: Cast, now: datetime) -> None:
    story = released(now, cast)[0]
    before = kept(client)
    on_story("correct", story, cast.chief, note="日期应为五日", now=now)
    after = kept(client)
    assert addresses(before) == addresses(after)
    assert before["stories"][0]["digest"] != after["stories"][0]["digest"]


# The code on a page


def test_the_code_of_a_story_goes_with_the_story(client: Client, cast: Cast, now: datetime) -> None:
    story = publish(ArticleFactory(), cast, now - HOUR)
    address = f"/articles/{story.pk}/qr.svg"
    assert address in client.get(f"/articles/{story.pk}/").content.decode()
    first = client.get(address)
    assert (first.status_code, first["Content-Type"]) == (200, "image/svg+xml")
    assert first["Cache-Control"] == "no-cache"
    assert client.get(address, headers={"if-none-match": first["ETag"]}).status_code == 304
    assert client.get(f"/articles/{ArticleFactory().pk}/qr.svg").status_code == 404
    on_story("withdraw", story, cast.chief, note="有误", now=now)
    assert client.get(address).status_code == 410


def test_the_code_of_a_page_goes_with_the_page(client: Client, cast: Cast, now: datetime) -> None:
    bad = released(now, cast)[0]
    one, two, none = (f"/papers/2026-11-20/{number}/qr.svg" for number in (1, 2, 9))
    assert client.get(one)["Content-Type"] == "image/svg+xml"
    assert client.get(none).status_code == 404
    on_story("withdraw", bad, cast.chief, note="有误", now=now)
    assert [client.get(address).status_code for address in (one, two)] == [410, 200]
