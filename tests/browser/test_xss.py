"""Whatever is typed, nothing of it runs in a browser: not on the site, not in the newsroom, not in the feed.

Every page is looked at twice in a real Chromium: as it is served, where not one refusal by the policy for
content (CSP) may be reported, and with that policy switched off, where still nothing may run.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page, Route

from articles.admin.forms import LONGEST_BODY
from articles.models import Article, Section, Series
from articles.workflow import perform
from issues.models import Issue, Masthead
from media.models import Photo
from newsroom.lib.html import clean, photo_ids
from newsroom.lib.text import LONGEST
from people.models import Reporter, Signature
from tests.articles.admin.posting import ADD, change, form_of, logged_in, with_names, with_photos
from tests.browser.payloads import packed, payloads
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, SeriesFactory, publish
from tests.factories.media import PhotoFactory
from tests.factories.people import RegionFactory

pytestmark = pytest.mark.slow
PASTE = """
(editable, html) => {
  const data = new DataTransfer();
  data.setData("text/html", html);
  const options = { clipboardData: data, bubbles: true, cancelable: true };
  editable.dispatchEvent(new ClipboardEvent("paste", options));
}
"""

# Before any script of the page: note what runs, and what the policy refuses.
WATCH = """
window.__ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open"]) {
  window[name] = () => { window.__ran.push(name); };
}
document.addEventListener("securitypolicyviolation", (event) => {
  window.__ran.push(`policy: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`);
});
"""
# After it: elements and attributes that only a payload can have brought.
SUSPECTS = """
() => {
  const foreign = [
    "object, embed, applet, base, meta[http-equiv], frame, marquee, math, xmp, noembed",
    'script:not([src^="/static/"]):not([src="/admin/jsi18n/"]):not([type="application/json"]):not([type="application/ld+json"])',
    'iframe:not([src^="/admin/"])',
    'link:not([href^="/"]):not([rel="canonical"])',
    'form:not([action^="/"]):not([action=""]):not([method]):not([id])',
  ];
  const addresses = ["href", "src", "action", "formaction", "xlink:href", "srcdoc", "data", "poster"];
  const program = /^[\\s\\x00-\\x20]*(javascript|vbscript|data):(?!image\\/(png|svg|gif))/i;
  const found = [...document.querySelectorAll(foreign.join(","))];
  for (const element of document.querySelectorAll("*")) {
    for (const { name, value } of element.attributes) {
      if (name.startsWith("on") || (addresses.includes(name) && program.test(value))) found.push(element);
    }
  }
  return [...window.__ran, ...found.map((element) => element.outerHTML.slice(0, 160))];
}
"""
Look = Callable[..., None]


@dataclass
class Bureau:
    cast: Cast
    hostile: list[str]
    published: list[Article]  # short ones, for the lists
    live: Article  # every payload in body, lede, notes and captions
    gone: Article  # withdrawn, with a hostile notice
    draft: Article  # two versions, full of them


def build(cast: Cast, hostile: list[str]) -> Bureau:
    short, names = packed(hostile, 200), packed(hostile, 60)
    section = SectionFactory(name=packed(hostile, 40)[0], parent=SectionFactory(name=packed(hostile, 40)[1]))
    series = SeriesFactory(title=names[0], strapline=packed(hostile, 120)[1])
    for person in cast.everyone().values():
        person.full_name = "<img src=x onerror=alert(1)>"
        person.save()
    masthead = Masthead.objects.create(
        title=names[1], organ=short[0][:120], hotline=names[2], permit_number=names[3]
    )
    Issue.objects.create(masthead=masthead, date="2026-11-20", number=1, total_number=1, banner=short[1])
    lines = iter(cycle(short))
    published = []
    for _ in range(32):
        story = ArticleFactory(
            headline=next(lines), kicker=next(lines), subheadline=next(lines), lede=next(lines),
            section=section, series=series, instalment="\"'><x", created_by=cast.reporter,
            bylines=[{"name": next(lines)[:60]}],
        )  # fmt: skip
        published.append(publish(story, cast, timezone.now()))
    for _ in range(50):
        ArticleFactory(headline=next(lines), kicker=next(lines), created_by=cast.reporter, section=section)
    live = heavy(cast, hostile, section, series)
    publish(live, cast, timezone.now())
    perform("correct", live, cast.chief, note="\n".join(short[:20]))
    gone = published.pop()
    perform("withdraw", gone, cast.chief, note=short[2], notice="\n".join(short[:20]))
    draft = heavy(cast, hostile[::-1], section, series)
    perform("submit", draft, cast.reporter)
    perform("return", draft, cast.editor, note="\n".join(short[:20]))
    rewrite(draft, cast, "".join(bodies(hostile)))
    return Bureau(cast, hostile, published, live, gone, draft)


def bodies(hostile: list[str]) -> list[str]:
    """What a body's form takes: no NUL, and no picture that is not of the library."""
    return [one.replace("\0", "") for one in hostile if not photo_ids(one)]


def heavy(cast: Cast, hostile: list[str], section: Section, series: Series) -> Article:
    """Filed through the story's form. Each payload is cleaned by itself, so that none swallows the next."""
    client = logged_in(cast.reporter)
    long = iter(cycle(packed(hostile, LONGEST)))
    photos = [
        PhotoFactory(caption=next(long), original_name='"><img src=x onerror=alert(1)>.jpg') for _ in range(5)
    ]
    fields = {name: packed(hostile, 40)[n] for n, name in enumerate(("dateline", "instalment", "source"))}
    fields |= {"headline": packed(hostile, 200)[3], "responsible_editor": packed(hostile, 60)[3]}
    fields |= {name: next(long) for name in ("lede", "editors_note", "copyright_notice")}
    region = RegionFactory(name=packed(hostile, 60)[4])
    fields |= {"section": str(section.pk), "series": str(series.pk), "regions": region.code}
    fields |= {"tags": '<script>alert(1)</script>，"><img/src/onerror=alert(1)>'}
    fields |= {"body": "".join(map(clean, bodies(hostile)))}
    assert len(fields["body"]) < LONGEST_BODY
    rows = [
        {"name": name, "outlet": name, "place": place}
        for name, place in zip(packed(hostile, 60)[:60], cycle(("headline", "dateline", "end")))
    ]
    pictures = [
        {
            "photo": photo.public_id,
            "caption": next(long),
            "alt": next(long),
            "credit": packed(hostile, 120)[4],
        }
        for photo in photos
    ]
    form = with_photos(with_names(form_of(client.get(ADD)) | fields, *rows), *pictures)
    answer = client.post(ADD, form)
    assert answer.status_code == 302, re.findall("<li>(.*?)</li>", answer.content.decode())
    return Article.objects.get(pk=answer["Location"].split("/")[-3])


def rewrite(story: Article, cast: Cast, body: str) -> None:
    """Through the form again; whatever is open in one payload stays open for the next."""
    client = logged_in(cast.reporter)
    form = form_of(client.get(change(story))) | {
        "body": body,
        "lede": story.lede[::-1],
        "headline": story.headline[::-1],
    }
    answer = client.post(change(story), form)
    assert answer.status_code == 302, re.findall("<li>(.*?)</li>", answer.content.decode())
    story.refresh_from_db()


# Looking


@pytest.fixture
def look(new_page: Callable[..., Page], live_server: Any, console_errors: list[str]) -> Callable[[Any], Look]:
    """`look(user)` gives `see(address)`: with the policy and without, nothing runs or asks elsewhere."""

    def of(user: Any) -> Look:
        pages = [watched(new_page(user, bypass_csp=bare)) for bare in (False, True)]

        def see(address: str, ready: str = "body", bare: bool = True) -> None:
            for page, elsewhere in pages if bare else pages[:1]:
                page.goto(address, wait_until="load")
                page.locator(ready).first.wait_for(state="attached")
                judge(page, elsewhere, address)
            expected = "the server responded with a status of 4"
            console_errors[:] = [error for error in console_errors if expected not in error]

        return see

    def watched(page: Page) -> tuple[Page, list[str]]:
        elsewhere: list[str] = []
        page.add_init_script(WATCH)

        def stop(route: Route) -> None:
            elsewhere.append(route.request.url)
            route.abort()

        page.context.route(re.compile(f"^(?!{re.escape(live_server.url)})"), stop)
        page.on("dialog", lambda dialog: elsewhere.append(f"dialog {dialog.message}") or dialog.dismiss())
        return page, elsewhere

    return of


def judge(page: Page, elsewhere: list[str], place: str) -> None:
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
    assert page.evaluate(SUSPECTS) == [], place
    assert elsewhere == [], place


def test_the_watch_sees(new_page: Callable[..., Page], console_errors: list[str], live_server: Any) -> None:
    """What the other tests rely on."""
    for bare, what in ((False, "policy: script-src-attr"), (True, "alert")):
        page = new_page(bypass_csp=bare)
        page.add_init_script(WATCH)
        page.goto("/")
        assert page.evaluate(SUSPECTS) == []
        page.evaluate("document.body.innerHTML = '<img src=/x onerror=alert(1)><a href=javascript:x>x</a>'")
        page.wait_for_function("window.__ran.length")
        ran, *found = page.evaluate(SUSPECTS)
        assert ran.startswith(what)
        assert len(found) == 2
    console_errors.clear()


def test_nothing_runs_on_the_site(look: Callable[[Any], Look], live_server: Any) -> None:
    bureau = build(Cast(), payloads())
    see = look(None)
    for address in public(bureau):
        see(address, bare="/articles/" in address)


def public(bureau: Bureau) -> Iterator[str]:
    yield from ("/", "/papers/", "/nowhere/<script>alert(1)</script>")
    yield from (f"/articles/{story.pk}/" for story in (bureau.live, bureau.gone, *bureau.published[:3]))
    more = bureau.live.releases.get().more
    section = bureau.live.releases.get().on_card["section"]
    for kind, key in (("sections", section["slug"]), ("series", more["series"]["slug"])):
        yield f"/{kind}/{key}/"
        yield f"/{kind}/{key}/?page=2"
    yield f"/regions/{more['regions'][0]['code']}/"
    yield from (f"/tags/{tag['slug']}/" for tag in more["tags"])
    yield from (f"/reporters/{b['reporter']}/" for b in more["bylines"][:4])
    for sought in bureau.hostile[:6]:
        yield f"/search/?{urlencode({'q': sought, 'section': sought, 'region': sought, 'from': sought})}"


def test_nothing_runs_in_the_newsroom(look: Callable[[Any], Look], live_server: Any) -> None:
    bureau = build(Cast(), payloads())
    kept = [
        ["headline", bureau.hostile[4]],
        ["body", "".join(bodies(bureau.hostile))],
        ["lede", "\n".join(bureau.hostile)[:20000]],
    ]
    autosave = reverse("admin:articles_article_autosave", args=[bureau.draft.pk])
    assert (
        logged_in(bureau.cast.reporter).post(autosave, json.dumps(kept), "application/json").status_code
        == 200
    )
    see = look(bureau.cast.chief)
    form = "#story-form[data-editor=ready]"
    for story in (bureau.draft, bureau.live):
        see(change(story), form)
        for name in ("preview", "preview_page", "revisions", "compare"):
            see(reverse(f"admin:articles_article_{name}", args=[story.pk]))
    see(reverse("admin:articles_article_compare", args=[bureau.draft.pk]) + "?a=1&b=2&whole=on")
    see(reverse("admin:articles_article_preview_page", args=[bureau.draft.pk]) + "?revision=1")
    for address in rooms(bureau):
        see(address, bare=False)
    see = look(bureau.cast.reporter)
    see("/admin/")
    see(change(bureau.draft), form)
    see(change(bureau.draft) + "?restore=1", form)


def rooms(bureau: Bureau) -> Iterator[str]:
    """The lists and pages of everything else."""
    yield "/admin/"
    stories = reverse("admin:articles_article_changelist")
    yield from (stories, f"{stories}?p=2", f"{stories}?{urlencode({'q': bureau.hostile[4]})}")
    yield f"/admin/login/?{urlencode({'next': bureau.hostile[4]})}"
    kinds = ("section", "series", "tag", "source", "release", "correction")
    names = [f"articles_{kind}" for kind in kinds] + ["media_photo", "people_reporter", "people_signature"]
    names += ["people_delegation", "issues_masthead", "issues_issue"]
    for name in names:
        yield reverse(f"admin:{name}_changelist")
    for model in (Section, Series, Reporter, Photo, Signature, Masthead):
        name = model._meta.label_lower.replace(".", "_")
        yield reverse(f"admin:{name}_change", args=[model._default_manager.latest("pk").pk])


def test_nothing_runs_in_a_reader_of_feeds(
    new_page: Callable[..., Page], console_errors: list[str], live_server: Any
) -> None:
    """The feed is XML whatever stands in it, and its HTML is safe where no policy guards it."""
    cast, hostile = Cast(), payloads()
    live = heavy(cast, hostile, SectionFactory(), SeriesFactory())
    publish(live, cast, timezone.now())
    perform("correct", live, cast.chief, note="\n".join(packed(hostile, 4000)[:1]))
    page = new_page(bypass_csp=True)
    page.add_init_script(WATCH)
    page.context.route(re.compile(f"^(?!{re.escape(live_server.url)})"), lambda route: route.abort())
    page.goto("/robots.txt")
    for kind, path in (("rss", "channel/item"), ("atom", "{http://www.w3.org/2005/Atom}entry")):
        text = Client().get(f"/feeds/{kind}.xml").content.decode()
        broken = (
            "(text) => new DOMParser().parseFromString(text, 'application/xml').querySelector('parsererror')"
        )
        assert page.evaluate(broken, text) is None
        (item,) = ElementTree.fromstring(text).findall(path)
        content = item.findtext("{http://purl.org/rss/1.0/modules/content/}encoded") or item.findtext(
            "{http://www.w3.org/2005/Atom}content"
        )
        assert content
        assert len(content) > 50_000
        page.set_content(content)
        assert page.evaluate(SUSPECTS) == [], kind
    # Its pictures are on the real site, which this test does not call.
    assert {error for error in console_errors if f"{settings.SITE_URL}/photos/" not in error} == set()
    console_errors.clear()


def test_nothing_runs_when_two_meet_or_somebody_pastes(
    new_page: Callable[..., Page], console_errors: list[str], live_server: Any
) -> None:
    cast, hostile = Cast(), payloads()
    story = heavy(cast, hostile, SectionFactory(), SeriesFactory())
    for bare in (False, True):
        page = new_page(cast.reporter, bypass_csp=bare)
        page.add_init_script(WATCH)
        page.context.route(re.compile(f"^(?!{re.escape(live_server.url)})"), lambda route: route.abort())
        page.goto(change(story))
        page.locator("#story-form[data-editor=ready]").wait_for()
        page.locator(".ck-editor__editable").first.evaluate(PASTE, "".join(hostile))
        assert page.evaluate("window.__ran.filter((what) => !what.startsWith('policy'))") == []
        rewrite(story, cast, "".join(map(clean, bodies(hostile[::-1]))))
        page.locator("[name=headline]").fill(hostile[4])
        page.get_by_role("button", name="保存", exact=True).click()
        page.locator("#conflict").wait_for()
        page.locator("#story-form[data-editor=ready]").wait_for()
        assert page.evaluate(SUSPECTS) == []
    console_errors.clear()
