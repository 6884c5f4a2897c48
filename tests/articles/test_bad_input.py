"""Text fields take any Unicode and give it back unchanged, or refuse it with a sentence on the form.

The story's own form; every other text field is in test_bad_input_around.py.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client
from django.utils import timezone

from articles.admin.forms import LONGEST_BODY, BylineForm, PhotoForm, StoryForm
from articles.models import Article
from articles.story import _opened
from articles.tags import parse_tags
from media.models import Photo
from newsroom.lib.blocks import scrub
from newsroom.lib.html import text
from tests.articles.admin.posting import ADD, change, form_of, logged_in, with_names, with_photos
from tests.articles.asking import Build, takes, text_fields
from tests.articles.naughty import BROKEN, LONG, OWN, all_strings
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.django_db

STRINGS = all_strings()
LINES = ("kicker", "headline", "subheadline", "dateline", "instalment", "source", "responsible_editor")
TEXTS = ("lede", "editors_note", "copyright_notice")


# A story's form


@pytest.fixture
def library(cast: Cast) -> list[Photo]:
    return [PhotoFactory(uploaded_by=cast.reporter) for _ in range(4)]


def accepted(build: Build) -> dict[str, list[str]]:
    """Of all strings those that each field takes, the empty ones left out."""
    ask = takes(build)
    found: dict[str, list[str]] = {name: [] for name, _field in text_fields(build({}))}
    for typed in STRINGS:
        for name in ask(typed) if typed.strip() else ():
            found[name].append(typed)
    return found


def stacks(build: Build) -> dict[str, Iterator[str]]:
    """What each field takes, over and over, no two fields beginning with the same string."""
    found = accepted(build)
    return {
        name: cycle(strings[(start := len(strings) * number // len(found)) :] + strings[:start])
        for number, (name, strings) in enumerate(found.items())
    }


def dealt(strings: dict[str, Iterator[str]]) -> dict[str, str]:
    return {name: next(more) for name, more in strings.items()}


def test_a_story_gives_back_what_was_typed(cast: Cast, library: list[Photo]) -> None:
    """Each form full of strings is posted and opened again: every field holds what was typed into it."""
    client = logged_in(cast.reporter)
    main, names, words = stacks(StoryForm), stacks(BylineForm), stacks(PhotoForm)
    assert (main.keys(), names.keys()) == ({*LINES, *TEXTS}, {"name", "outlet"})
    address = ADD
    for _ in range(len(STRINGS) // len(main) // 2 + 1):
        typed, people = dealt(main), [dealt(names) for _ in range(5)]
        pictures = [{"photo": photo.public_id} | dealt(words) for photo in library]
        form = form_of(client.get(address)) | typed
        answer = client.post(address, with_photos(with_names(form, *people), *pictures))
        assert answer.status_code == 302, sentences(answer)
        address = answer["Location"]
        back = form_of(client.get(address))
        for name, value in typed.items():
            assert unbroken(back[name]) == value.replace("\r\n", "\n"), name
        for number, row in enumerate(people):
            for name, value in row.items():
                assert back[f"bylines-{number}-{name}"] == value.strip(), (name, value)
        for number, row in enumerate(pictures):
            for name, value in row.items():
                assert unbroken(back[f"photos-{number}-{name}"]) == value.replace("\r\n", "\n"), (name, value)


def unbroken(posted: str) -> str:
    return posted.replace("\r\n", "\n")


def sentences(answer: Any) -> list[str]:
    return re.findall(r"<li>(.*?)</li>", answer.content.decode())


def test_a_body_gives_back_the_words(cast: Cast) -> None:
    """A paragraph each, through the editor's HTML to the reader and the feed; white space as HTML has it."""
    story = ArticleFactory(created_by=cast.reporter)
    form = form_of(logged_in(cast.reporter).get(change(story)))
    given = [typed for typed in STRINGS if "\x00" not in typed]
    form["body"] = "".join(f"<p>{html.escape(typed)}</p>" for typed in given)
    assert logged_in(cast.reporter).post(change(story), form).status_code == 302
    story.refresh_from_db()
    words = [line for line in map(in_html, given) if line]
    assert text(story.body).split("\n") == words
    publish(story, cast, timezone.now())
    page = Client().get(f"/articles/{story.pk}/").content.decode()
    shown = page[page.index('<div class="text">') : page.index('<footer class="story-foot">')]
    assert text(shown).split("\n") == words
    feed = ElementTree.fromstring(Client().get("/feeds/rss.xml").content)
    content = feed.findtext("channel/item/{http://purl.org/rss/1.0/modules/content/}encoded") or ""
    assert "\n".join(words) in text(content)


def test_a_body_has_an_end(cast: Cast) -> None:
    story = ArticleFactory(created_by=cast.reporter)
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(story)))
    long = "<p>长</p>" * (LONGEST_BODY // 8)
    assert client.post(change(story), form | {"body": long + "<p>再</p>"}).status_code == 200
    assert not story.revisions.exists()
    clash = client.post(change(story), form | {"body": long * 2, "base": "0" * 64})
    assert clash.status_code == 409
    assert form_of(clash)["body"].count("长") == 2 * long.count("长")
    assert client.post(change(story), form | {"body": long}).status_code == 302


def test_boxes_without_a_paragraph_cost_no_more_than_others() -> None:
    """Found where the story's opening goes: once in 2^n steps for n boxes."""
    boxes = '<aside class="link-box"><p>另见</p></aside>' * 60 + "<h2>小标题</h2>"
    assert _opened(boxes, "本报讯") == f'<p><span class="opening">本报讯</span></p>{boxes}'


def in_html(typed: str) -> str:
    """As a paragraph keeps it: without controls, which no page can show, and with single spaces."""
    return re.sub(r"[ \t\r\n\f]+", " ", scrub(typed)).strip()


def test_what_readers_see_is_what_was_typed(cast: Cast) -> None:
    ask = takes(StoryForm)
    for typed in OWN:
        fields = dict.fromkeys(ask(typed), typed) | {"headline": typed.strip("\u2028")}
        story = ArticleFactory(created_by=cast.reporter, bylines=[{"name": typed.strip()}], **fields)
        publish(story, cast, timezone.now())
        page = html.unescape(Client().get(story.releases.get().get_absolute_url()).content.decode())
        assert f"<title>{story.headline} - " in page, typed
        assert f'content="{story.headline}"' in page, typed
        for name in ("kicker", "source", "responsible_editor", "copyright_notice"):
            assert squeezed(getattr(story, name)) in squeezed(page), (name, typed)


def squeezed(words: str) -> str:
    """Headlines part at their spaces, so what stands around them differs."""
    return "".join(re.sub(r'<span class="piece">|</span>', "", words).split())


def test_a_refusal_says_why_and_loses_nothing(cast: Cast, library: list[Photo]) -> None:
    story = ArticleFactory(created_by=cast.reporter)
    client = logged_in(cast.reporter)
    filled = form_of(client.get(change(story)))
    for typed in (*BROKEN, LONG + "长" * 10_001, "两\n行"):
        wrong = dict.fromkeys(LINES if "\n" in typed else LINES + TEXTS, typed)
        people = {"name": typed, "outlet": typed}
        picture = {"photo": library[0].public_id, "caption": typed, "credit": typed, "alt": typed}
        form = with_photos(with_names(filled | wrong, people), picture)
        answer = client.post(change(story), form)
        assert answer.status_code == 200, typed
        said = sentences(answer)
        assert len([s for s in said if re.search("字|一行", s)]) >= len(wrong) + 3, typed
        back = form_of(answer)
        assert {name: unbroken(back[name]) for name in wrong} == wrong, typed
        assert back["bylines-0-name"] == typed
    assert not story.revisions.exists()


def test_half_characters_and_broken_bytes(cast: Cast) -> None:
    """What is no UTF-8 arrives as U+FFFD, as a browser would have sent it; nothing else is lost."""
    client = logged_in(cast.reporter)
    empty = form_of(client.get(ADD))
    for broken in ("%ED%A0%80", "%ED%B0%80%ED%A0%80", "%FF", "%C0%80", "%F4%90%80%80", "%E4%BD"):
        body = urlencode(empty | {"kicker": "甲"}) + f"&headline=%E7%94%B2{broken}%E4%B9%99"
        answer = client.post(ADD, body, content_type="application/x-www-form-urlencoded")
        assert answer.status_code in (200, 302), broken
        headline = Article.objects.latest("pk").headline
        assert re.fullmatch("甲\ufffd+乙", headline), broken
    many = b'--x\r\nContent-Disposition: form-data; name="headline"\r\n\r\n\xff\xfe\xed\xa0\x80\r\n--x--\r\n'
    answer = client.post(ADD, many, content_type="multipart/form-data; boundary=x")
    assert answer.status_code in (200, 302)


def test_what_was_kept_comes_back(cast: Cast) -> None:
    """Autosave takes what is in the form, though the form could not save it: half characters, NUL and all."""
    client = logged_in(cast.reporter)
    strings = [*STRINGS, "半个字\ud83d", "\udc00倒", LONG * 2]
    fields = [
        *LINES,
        *TEXTS,
        "body",
        "tags",
        "regions",
        "source_url",
        "photos-0-photo",
        "section",
        "release_at",
    ]
    for at in range(0, len(strings), len(fields)):
        typed = dict(zip(fields, strings[at:], strict=False))
        pairs = [["bylines-TOTAL_FORMS", "1"], ["photos-TOTAL_FORMS", "1"], *map(list, typed.items())]
        kept = client.post(f"{ADD.removesuffix('add/')}new/autosave/", json.dumps(pairs), "application/json")
        assert kept.status_code == 200
        assert client.get(ADD).status_code == 200
        back = form_of(client.get(f"{ADD}?restore=1"))
        for name in typed.keys() & {*LINES, *TEXTS}:
            assert unbroken(back[name]) == unbroken(whole(typed[name])), name


def whole(typed: str) -> str:
    """As a browser would have sent it."""
    return typed.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def test_tags_and_places(cast: Cast) -> None:
    """Tags are the words between the separators; a place that is none is named in the refusal."""
    client = logged_in(cast.reporter)
    for typed in STRINGS:
        form = StoryForm({"tags": typed, "regions": typed, "source_url": typed})
        assert "tags" in form.errors or form.cleaned_data["tags"] == parse_tags(typed), typed
        assert "regions" in form.errors or form.cleaned_data["regions"] == [], typed
        assert "source_url" in form.errors or form.cleaned_data["source_url"] == typed.strip(), typed
        if "source_url" not in form.errors and typed.strip():
            assert re.match("https?://", typed.strip(), re.IGNORECASE), typed
    answer = client.post(
        ADD, form_of(client.get(ADD)) | {"tags": '港口 \u202e逆\u202c，<b>标</b>、"引"', "headline": "标签"}
    )
    assert answer.status_code == 302
    names = set(Article.objects.get(headline="标签").tags.names())
    assert names == {"港口", "\u202e逆\u202c", "<b>标</b>", '"引"'}
    assert form_of(client.get(answer["Location"]))["tags"].split("，") == sorted(names)


def test_a_place_whose_name_has_spaces_stays_on_the_story(cast: Cast) -> None:
    region = RegionFactory(name="临港 新片区，北(二)")
    story = ArticleFactory(created_by=cast.reporter, regions=[region])
    client = logged_in(cast.reporter)
    assert client.post(change(story), form_of(client.get(change(story)))).status_code == 302
    assert list(story.regions.all()) == [region]
