"""The feed for syndication: valid ninjs, with everything that a signed story holds."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from jsonschema import Draft202012Validator

from articles.models import Article
from articles.workflow import perform
from media.library import block
from tests.articles import ninjs
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
SITE = "https://paper.example.com"


@pytest.fixture(autouse=True)
def _site(settings: Any) -> None:
    settings.SITE_URL = SITE


@pytest.fixture
def stories(cast: Cast, now: datetime) -> list[Article]:
    """Newest first: one with everything, a picture story, a bare one."""
    photo = PhotoFactory(width=1200, height=800, caption="桥头的清晨", credit="孟帆")
    section = SectionFactory(slug="shizheng", name="时政", parent=SectionFactory(slug="yaowen", name="要闻"))
    bare = publish(ArticleFactory(bylines=[{"name": "林晚照"}]), cast, now - 3 * HOUR)
    gallery = ArticleFactory(kind="picture", photos=[PhotoFactory(), PhotoFactory()], body="")
    publish(gallery, cast, now - 2 * HOUR)
    full = ArticleFactory(
        kicker="跨越老港湾", headline="大桥 </script> & “两岸”", subheadline="今起通行",
        lede="大桥今日通车。",
        section=section, tags=["大桥"], regions=[RegionFactory(code="130111", name="滨海区")],
        photos=[photo], source="临港新闻网", source_url="https://news.example.com/1",
        copyright_notice="不得转载。",
    )  # fmt: skip
    publish(full, cast, now - HOUR)
    perform("correct", full, cast.chief, note="桥长应为八百六十米。", now=now)
    return [full, gallery, bare]


def feed(client: Client) -> dict[str, Any]:
    response = client.get("/feeds/ninjs.json")
    assert response["Content-Type"].startswith("application/json")
    found: dict[str, Any] = json.loads(response.content)
    return found


def problems(schema: dict[str, Any], document: dict[str, Any], **more: Any) -> list[str]:
    Draft202012Validator.check_schema(schema)
    found = Draft202012Validator(schema, **more).iter_errors(document)
    return [f"{error.json_path}: {error.message[:200]}" for error in found]


def test_keeps_to_the_specification(client: Client, stories: list[Article]) -> None:
    document = feed(client)
    assert problems(ninjs.FEED, document) == []
    assert len(document["associations"]) == 3


def test_an_empty_feed_is_valid_too(client: Client) -> None:
    document = feed(client)
    assert problems(ninjs.FEED, document) == []
    assert document["associations"] == []


def test_the_check_refuses_what_the_standard_does_not_know(client: Client, stories: list[Article]) -> None:
    document = feed(client)
    document["associations"][0]["pubstatus"] = "usable"
    document["associations"][1]["versionCreated"] = "2026-11-20"
    del document["associations"][2]["uri"]
    assert len(problems(ninjs.FEED, document)) == 3


def test_carries_the_whole_story(client: Client, stories: list[Article], now: datetime) -> None:
    story = feed(client)["associations"][0]
    address = f"{SITE}/articles/{stories[0].pk}/"
    assert story["uri"] == address
    assert [line["value"] for line in story["headlines"]] == [
        "大桥 </script> & “两岸”", "跨越老港湾", "今起通行",
    ]  # fmt: skip
    (body,) = story["bodies"]
    assert body["charCount"] == len(body["value"])
    for words in ("新桥今日通车", "桥长应为八百六十米。", f"{SITE}/photos/"):
        assert words in body["value"]
    assert "桥长应为八百六十米。" in story["edNote"]
    assert datetime.fromisoformat(story["firstCreated"]) == (now - HOUR).replace(microsecond=0)
    assert datetime.fromisoformat(story["versionCreated"]) == now.replace(microsecond=0)
    assert [party["name"] for party in story["infoSources"]] == ["临港新闻网", "林晚照"]
    assert [place["literal"] for place in story["places"]] == ["130111"]
    assert [subject["name"] for subject in story["subjects"]] == ["要闻", "时政", "大桥"]
    assert story["copyrightNotice"] == "不得转载。"


def test_pictures_come_in_every_width_with_caption_and_credit(
    client: Client, stories: list[Article], cast: Cast, now: datetime
) -> None:
    photo = stories[0].photos.get().photo
    (picture,) = feed(client)["associations"][0]["associations"]
    sizes = [(r["width"], r["height"]) for r in picture["renditions"]]
    assert sizes == [(320, 213), (640, 427), (960, 640)]
    assert picture["by"] == "记者 孟帆 摄"
    assert picture["descriptions"][0]["value"] == "桥头的清晨"
    block(photo, cast.chief, "肖像权", now)
    assert photo.public_id not in client.get("/feeds/ninjs.json").content.decode()


def test_a_withdrawn_story_is_gone_at_once(
    client: Client, stories: list[Article], cast: Cast, now: datetime
) -> None:
    perform("withdraw", stories[0], cast.chief, note="原因", now=now)
    assert [story["uri"] for story in feed(client)["associations"]] == [
        f"{SITE}/articles/{story.pk}/" for story in stories[1:]
    ]
