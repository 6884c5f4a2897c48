"""A canary in all that is not for readers sings at no public address; from its second, at each."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client

from articles import history
from articles.models import Article, ArticlePhoto, Byline, Section, Tag
from articles.workflow import perform
from media import renditions
from media.models import Photo
from people.models import Identity, Region, Reporter
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory, ReporterFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
NO_PICTURE = "/photos/bcdfghjkmnpq/w320.webp"
PICTURES = ("w320.webp", "w320.jpg", "1x1-320.f500x500.webp")
LINK = re.compile(r'(?:href|src|content|action)="([^"]*)"|<(?:loc|link|guid)[^>]*>([^<]*)<')
SET = re.compile(r'srcset="([^"]*)"')


def canary(name: str) -> str:
    """A word that Latin and Chinese searches find, and that survives in a slug."""
    return f"zkqx{name}"


def secrets(name: str, cast: Cast, **fields: Any) -> dict[str, Any]:
    """Fields of a story with the canary in each of them, and relations that are new with it."""
    word = canary(name)
    lines = ["kicker", "headline", "subheadline", "lede", "dateline", "editors_note", "instalment", "source"]
    lines += ["responsible_editor", "copyright_notice"]
    return {
        **{line: f"{word} {line}" for line in lines},
        "body": f"<p>正文 {word}</p>",
        "source_url": f"https://news.example.com/{word}",
        "series": SeriesFactory(title=f"{word} 专栏", slug=f"{word}-series", logo=secret_photo(word, cast)),
        "tags": [f"{word}-tag"],
        "regions": [RegionFactory(name=f"{word}区")],
        "photos": [secret_photo(word, cast)],
        "bylines": [{"name": word, "identity": Identity.REPORTER, "reporter": ReporterFactory(name=word)}],
        "created_by": cast.reporter,
        **fields,
    }


def secret_photo(word: str, cast: Cast) -> Photo:
    return PhotoFactory(caption=f"{word} 说明", alt=f"{word} 替代", credit=word, uploaded_by=cast.reporter)


def change_live_story(article: Article, cast: Cast, now: datetime) -> None:
    """What editors do to a published story before anyone signs it: every field and relation."""
    word = canary("revision")
    changed = secrets("revision", cast)
    relations = {key: changed.pop(key) for key in ("tags", "regions", "photos", "bylines", "created_by")}
    with transaction.atomic():
        Article.objects.filter(pk=article.pk).update(**changed)
        article.refresh_from_db()
        article.tags.add(*relations["tags"])
        article.regions.add(*relations["regions"])
        ArticlePhoto.objects.filter(article=article).update(caption=word, alt=word, credit=word)
        ArticlePhoto.objects.create(article=article, photo=relations["photos"][0], position=9)
        Byline.objects.create(article=article, position=9, **relations["bylines"][0])
        history.record(article, cast.editor, now, note=word)
    for photo in Photo.objects.filter(uses__article=article):
        photo.caption = photo.alt = photo.place = word
        photo.save()
        photo.credits.update(name=word)


def crawl(client: Client, starts: list[str]) -> dict[str, tuple[int, str]]:
    """Every address of this site that can be reached, with its status and all it says, headers too."""
    answers: dict[str, tuple[int, str]] = {}
    waiting = list(starts)
    while waiting:
        address = waiting.pop()
        if address in answers or address.startswith(("/static/", "/admin/")):
            continue
        response = client.get(address, follow=False)
        data = response.getvalue()
        headers = "\n".join(f"{name}: {value}" for name, value in response.items())
        picture = response.get("Content-Type", "").startswith(("image/", "application/pdf"))
        text = data.decode("latin-1" if picture else "utf-8")
        answers[address] = (response.status_code, f"{headers}\n{html.unescape(html.unescape(text))}")
        if not picture:
            waiting += links(text, address)
    return answers


def links(text: str, base: str) -> Iterator[str]:
    """The addresses of this site that a page, a feed or a map names."""
    text = html.unescape(text) if "<rss" in text or "<feed" in text else text
    found = [a or b for a, b in LINK.findall(text)]
    found += [part.split()[0] for srcset in SET.findall(text) for part in srcset.split(",")]
    for address in found:
        if not address.startswith(("/", "http", "?")):
            continue  # a <meta> that is no address
        place = urlsplit(urljoin(settings.SITE_URL + base, html.unescape(address)))
        if f"{place.scheme}://{place.netloc}" == settings.SITE_URL:
            yield place.path + (f"?{place.query}" if place.query else "")


def guesses() -> list[str]:
    """Every address that somebody who knows our rows could try."""
    addresses = ["/", "/sitemap.xml", "/robots.txt", "/papers/", "/papers/latest/", "/nowhere/", NO_PICTURE]
    addresses += [f"/feeds/{name}" for name in ("rss.xml", "atom.xml", "feed.json", "ninjs.json")]
    addresses += ["/sitemap-pages.xml", "/sitemap-1.xml", "/news-sitemap.xml"]
    addresses += [f"/articles/{pk}/" for pk in Article.objects.values_list("pk", flat=True)]
    for slug in Section.objects.values_list("slug", flat=True):
        addresses += [f"/sections/{slug}/{name}" for name in ("", "rss.xml", "atom.xml", "feed.json")]
    addresses += [f"/tags/{slug}/" for slug in Tag.objects.values_list("slug", flat=True)]
    addresses += [f"/series/{canary(name)}-series/" for name in ("draft", "signed", "revision", "withdrawn")]
    addresses += [f"/reporters/{pk}/" for pk in Reporter.objects.values_list("pk", flat=True)]
    regions = Region.objects.filter(name__contains="zkqx")
    addresses += [f"/regions/{code}/" for code in regions.values_list("code", flat=True)]
    for public_id in Photo.objects.values_list("public_id", flat=True):
        addresses += [f"/photos/{public_id}/{name}" for name in PICTURES]
    return addresses


def searches(client: Client) -> dict[str, str]:
    """What each search for a canary shows, without the words that were typed."""
    shown = {}
    for name in ("draft", "signed", "revision", "withdrawn", "takenback"):
        for query in (canary(name), "zkqx", f"正文 {canary(name)}"):
            text = client.get("/search/", {"q": query}).content.decode()
            shown[query] = text.replace(query, "")
    return shown


@pytest.fixture
def stories(cast: Cast, now: datetime) -> dict[str, Article]:
    """A public story, and one canary of each kind."""
    section = SectionFactory(slug="yaowen", name="要闻", parent=SectionFactory(slug="xinwen", name="新闻"))
    photo = PhotoFactory(caption="公开的图")
    renditions.make(photo)  # as the worker did when it came: a file names the credit it was made with
    live = ArticleFactory(headline="公开的报道", section=section, photos=[photo], tags=["公开"])
    publish(live, cast, now - 5 * HOUR)
    change_live_story(live, cast, now - 4 * HOUR)
    draft = ArticleFactory(**secrets("draft", cast, section=section))
    signed = ArticleFactory(**secrets("signed", cast, section=section))
    publish(signed, cast, now - HOUR, release_at=now + HOUR)
    withdrawn = ArticleFactory(**secrets("withdrawn", cast, section=section))
    publish(withdrawn, cast, now - 3 * HOUR)
    perform("withdraw", withdrawn, cast.chief, note=canary("withdrawn"), now=now - 2 * HOUR)
    takenback = ArticleFactory(**secrets("takenback", cast, section=section))
    publish(takenback, cast, now - 3 * HOUR, release_at=now + HOUR)
    perform("reopen", takenback, cast.editor, now=now - 2 * HOUR)
    return {"live": live, "draft": draft, "signed": signed, "withdrawn": withdrawn, "takenback": takenback}


def test_no_canary_sings_before_its_time(
    client: Client, stories: dict[str, Article], now: datetime, at: Callable[[datetime], None]
) -> None:
    at(now)
    answers = crawl(client, guesses())
    assert "公开的报道" in answers["/"][1]
    assert "公开的图" in answers[f"/articles/{stories['live'].pk}/"][1]
    singing = {address for address, (_, text) in answers.items() if "zkqx" in text.lower()}
    assert singing == set()
    assert {query for query, shown in searches(client).items() if "zkqx" in shown.lower()} == set()


def test_what_is_hidden_says_so_alike(
    client: Client, stories: dict[str, Article], now: datetime, at: Callable[[datetime], None]
) -> None:
    """A name that is a secret answers exactly as one that nobody ever used."""
    at(now)
    answers = crawl(client, guesses())
    expected = {"live": 200, "draft": 404, "signed": 404, "withdrawn": 410, "takenback": 404}
    assert {name: answers[f"/articles/{story.pk}/"][0] for name, story in stories.items()} == expected
    for unused, pictures in (("/nowhere/", False), (NO_PICTURE, True)):
        hidden = {
            address
            for address, (status, _) in answers.items()
            if status == 404 and address.startswith("/photos/") is pictures
        }
        assert len(hidden) > 10
        assert {address for address in hidden if answers[address] != answers[unused]} == set()


def test_from_its_second_it_is_everywhere(
    client: Client, stories: dict[str, Article], now: datetime, at: Callable[[datetime], None]
) -> None:
    signed = stories["signed"]
    at(now + HOUR)
    answers = crawl(client, guesses())
    word = canary("signed")
    reporter = Reporter.objects.get(name=word)
    region = Region.objects.get(name=f"{word}区")
    expected = [
        "/", f"/articles/{signed.pk}/", "/sections/yaowen/", "/sections/xinwen/", f"/series/{word}-series/",
        f"/tags/{word}-tag/", f"/regions/{region.code}/", f"/reporters/{reporter.pk}/", "/feeds/rss.xml",
        "/feeds/atom.xml", "/feeds/feed.json", "/feeds/ninjs.json", "/news-sitemap.xml",
        "/sections/yaowen/rss.xml", "/sections/xinwen/atom.xml", "/sections/xinwen/feed.json",
    ]  # fmt: skip
    assert {address for address in expected if word not in answers[address][1]} == set()
    assert f"/articles/{signed.pk}/" in answers["/sitemap-1.xml"][1]
    assert f'href="/articles/{signed.pk}/"' in searches(client)[word]
    photo = signed.photos.get().photo
    assert answers[f"/photos/{photo.public_id}/w320.webp"][0] == 200
    others = "|".join(canary(name) for name in ("draft", "revision", "withdrawn", "takenback"))
    assert {address for address, (_, text) in answers.items() if re.search(others, text)} == set()
