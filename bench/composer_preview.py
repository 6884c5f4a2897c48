"""A full page changes in the composer: from the request to the new picture, against a warm headless Chromium.

Ours: Django's test client posts a change; the answer holds every box's copyfit and the page's picture. In
Chromium the same texts and photos stand in boxes of the same places, in CSS columns; it prints the PDF and
draws the page as wide, its texts changed as much. By turns; the figures are medians; SQLite in a new folder.
"""

from __future__ import annotations

import base64
import json
import os
import shutil
import statistics
import sys
import tempfile
import time
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

if TYPE_CHECKING:
    from playwright.sync_api import Page as Tab

    from issues.models import Page

WIDTH = 1080  # pixels of the picture
TURNS = 15
AIM, AIM_MS = 3.0, 250
STORIES, CHARACTERS = 7, 3400
WORDS = (
    "新桥今日通车，两岸居民盼了三年；工程投资2.6亿元，双向四车道。记者在现场看到，第一班公交车从北岸开出。"
)


def prepare(var: Path) -> Page:
    """A full front page: masthead, guide, notice, stories with two photos, arranged by 自动拼版."""
    for name in ("DATABASE_URL", "REDIS_URL", "NEWSROOM_MODE", "DEBUG", "SITE_URL"):
        os.environ.pop(name, None)
    os.environ |= {
        "NEWSROOM_VAR": str(var),
        "LOG_LEVEL": "ERROR",
        "DJANGO_SETTINGS_MODULE": "newsroom.settings",
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",  # playwright's loop runs in this thread
    }
    import django

    django.setup()
    from django.core.management import call_command
    from django.utils import timezone

    call_command("migrate", verbosity=0)

    from articles.workflow import perform
    from issues import edits
    from issues.admin import arranging, composing
    from issues.models import Placement
    from tests.cast import Cast
    from tests.factories.articles import ArticleFactory
    from tests.factories.media import PhotoFactory
    from tests.issues import paper

    cast, now = Cast(), timezone.now()
    page = paper.issue(now).pages.get(number=1)
    page.issue.guide.create(page_number=2, headline="六元钱的午饭")
    Placement.objects.create(page=page, kind="guide", col=4, row=6, cols=2, rows=7)
    Placement.objects.create(
        page=page, kind="filler", col=4, row=33, cols=2, rows=7, title="停水公告", text=WORDS
    )
    asked = []
    for number in range(STORIES):
        share = 1.6 - number * 0.2
        text = (WORDS * 60)[: int(CHARACTERS / STORIES * share)]
        paragraphs = "".join(f"<p>{text[at : at + 130]}</p>" for at in range(0, len(text), 130))
        photos = [PhotoFactory(width=2400, height=1600)] if number in (0, 3) else []
        headline = f"第{number + 1}座新桥今日通车"
        fields = {"headline": headline, "subheadline": "今起免费通行", "body": paragraphs, "photos": photos}
        story = ArticleFactory(created_by=cast.reporter, **fields)
        perform("submit", story, cast.reporter, now=now)
        asked.append({"id": story.pk, "weight": 95 - 10 * number})
    cell = composing.cell(page.frozen_format())
    best = arranging.offers(page, asked, now, cell)[0]
    edits.apply(page, cast.layout, best["changes"], now)
    return page


class Ours:
    """Somebody drags the border between two boxes to and fro, and types into the notice."""

    def __init__(self, page: Page) -> None:
        from django.conf import settings
        from django.test import Client
        from django.urls import reverse

        from people.models import User

        settings.ALLOWED_HOSTS = ["*"]
        self.page, self.client = page, Client()
        self.client.force_login(User.objects.get(username="layout"))
        self.address = reverse("admin:issues_page_compose_state", args=[page.pk])
        self.boxes: dict[int, dict[str, Any]] = {}
        self.answered(self.client.get(self.address, {"width": WIDTH}))
        stories = [box for box in self.boxes.values() if box["kind"] == "story"]
        self.dragged = max(stories, key=lambda box: box["rows"])["id"]
        self.notice = next(box["id"] for box in self.boxes.values() if box["kind"] == "filler")
        self.turn = 0

    def answered(self, answer: Any) -> None:
        told = answer.json()
        if answer.status_code != 200 or not told["picture"]:
            sys.exit(f"composer preview: {told.get('error') or answer.status_code}")
        self.boxes = {box["id"]: box for box in told["boxes"]}

    def __call__(self) -> None:
        self.turn += 1
        rows = self.boxes[self.dragged]["rows"]
        changes = [
            self.change(self.dragged, rows=rows - 1 if self.turn % 2 else rows + 1),
            self.change(self.notice, text=f"{WORDS}（{self.turn}）"),
        ]
        body = json.dumps({"changes": changes, "width": WIDTH})
        self.answered(self.client.post(self.address, body, content_type="application/json"))

    def change(self, pk: int, **to: Any) -> dict[str, Any]:
        return {"id": pk, "from": {name: self.boxes[pk][name] for name in to}, "to": to}


class Chromium:
    """The same page as HTML, its boxes at the same places."""

    def __init__(self, page: Page, tab: Tab) -> None:
        from django.utils import timezone

        from issues.freeze import freeze
        from newsroom.lib import canonical

        self.tab = tab
        self.content = canonical.load(freeze(page, timezone.now()))
        self.photos = {}
        self.turn = 0
        form = self.content["page"]["format"]
        self.size = form["width"] / 1000, form["height"] / 1000
        tab.set_viewport_size({"width": WIDTH, "height": round(WIDTH * form["height"] / form["width"])})

    def __call__(self) -> None:
        self.turn += 1
        self.tab.set_content(self.html(), wait_until="load")
        pdf = self.tab.pdf(width=f"{self.size[0]}mm", height=f"{self.size[1]}mm", print_background=True)
        picture = self.tab.screenshot(type="jpeg", quality=85)
        assert pdf.startswith(b"%PDF")
        assert picture

    def html(self) -> str:
        from issues.formats import rect

        boxes = []
        for box in self.content["placements"]:
            x, y, width, height = (
                value / 1000 for value in rect(self.content["page"]["format"], *(box[side] for side in SIDES))
            )
            columns = max(1, round(width / 45))
            place = f"left:{x}mm;top:{y}mm;width:{width}mm;height:{height}mm"
            boxes.append(f'<section style="{place}">{self.inside(box, columns)}</section>')
        zoom = WIDTH / (self.size[0] / 25.4 * 96)
        return f"<!doctype html><style>{STYLE % zoom}</style><main>{''.join(boxes)}</main>"

    def inside(self, box: dict[str, Any], columns: int) -> str:
        if not box["story"]:
            head = self.content["issue"]["masthead"]["title"]
            title = {"masthead": head, "guide": "今日导读"}.get(box["kind"], box["title"])
            return f"<h1>{escape(title)}</h1><p>{escape(box['text'])}（{self.turn}）</p>"
        content = box["story"]["content"]
        figures = "".join(
            f'<figure><img src="{self.photo(photo["sha256"])}">'
            f"<figcaption>{escape(photo['caption'])}</figcaption></figure>"
            for photo in content["photos"]
        )
        body = content["body"].replace("<p>", f"<p>（{self.turn}）", 1)
        heads = f"<h1>{escape(content['headline'])}</h1><h2>{escape(content['subheadline'])}</h2>"
        return f'{heads}<div style="columns:{columns}">{figures}{body}</div>'

    def photo(self, sha256: str) -> str:
        """The rendition that our preview takes as well."""
        if sha256 not in self.photos:
            from media import renditions
            from media.models import Photo
            from media.specs import Spec, nearest

            photo = Photo.objects.get(sha256=sha256)
            name = nearest(Spec(960, "jpg"), photo.width, photo.height).name
            with renditions.ensure(photo, name).file.open("rb") as file:
                self.photos[sha256] = "data:image/jpeg;base64," + base64.b64encode(file.read()).decode()
        return self.photos[sha256]


SIDES = ("col", "row", "cols", "rows")
STYLE = """
@page { margin: 0 } body { margin: 0 } main { position: relative; zoom: %.4f }
@media print { main { zoom: 1 } }
section { position: absolute; overflow: hidden; border-top: .5pt solid }
h1 { font: 700 24pt/1.25 "Noto Serif CJK SC", serif; text-align: center; margin: 0 }
h2 { font: 14pt/1.3 "Noto Serif CJK SC", serif; text-align: center; margin: 0 0 4mm }
div, p { font: 9pt/4.375mm "Noto Serif CJK SC", serif; text-align: justify; margin: 0 }
div { column-gap: 4mm; column-fill: auto; height: 80%% }
p { text-indent: 2em } figure { margin: 0 } img { width: 100%% } figcaption { font-size: 8pt }
"""


def timed(act: Any) -> float:
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def main() -> None:
    from playwright.sync_api import sync_playwright

    from tests.browser_fixtures import ARGUMENTS

    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        print("composer preview: skipped, needs Chromium")
        return
    var = Path(tempfile.mkdtemp(prefix="newsroom-bench-"))
    try:
        page = prepare(var)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
            ways = {"ours": Ours(page), "chromium": Chromium(page, browser.new_page())}
            for act in ways.values():  # warm
                act()
                act()
            taken: dict[str, list[float]] = {way: [] for way in ways}
            for _turn in range(TURNS):
                for way, act in ways.items():
                    taken[way].append(timed(act))
            browser.close()
    finally:
        shutil.rmtree(var, ignore_errors=True)
    report(taken)


def report(taken: dict[str, list[float]]) -> None:
    ours, chromium = (statistics.median(taken[way]) for way in ("ours", "chromium"))
    slowest = sorted(taken["ours"])[int(len(taken["ours"]) * 0.9)]
    print(f"composer preview: a full page of {STORIES} stories, picture {WIDTH} px wide, median of {TURNS}")
    print(f"  ours     {ours:.0f} ms (nine of ten under {slowest:.0f}; aim: under {AIM_MS})")
    print(f"  chromium {chromium:.0f} ms, PDF and picture, warm")
    print(f"  chromium / ours: {chromium / ours:.1f} (aim: at least {AIM})")


if __name__ == "__main__":
    main()
