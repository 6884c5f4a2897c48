"""The story's form as a browser without scripts would post it."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from django.test import Client
from django.urls import reverse

from articles.models import Article
from people.models import User

ADD = "/admin/articles/article/add/"


def change(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def logged_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


class _Form(HTMLParser):
    """The successful controls of the form `story-form`, names to lists of values."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.values: dict[str, list[str]] = {}
        self.inside = False
        self.blank = 0
        self.area = ""
        self.select = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        name = given.get("name", "")
        if tag == "form" and given.get("id") == "story-form":
            self.inside = True
        self.blank += tag == "template"
        if not self.inside or self.blank:
            return
        if tag == "input" and name and given.get("type") not in ("submit", "file"):
            ticks = given.get("type") in ("checkbox", "radio")
            if not ticks or "checked" in given:
                self.values.setdefault(name, []).append(given.get("value", "on" if ticks else ""))
        elif tag == "textarea":
            self.area = name
            self.values[name] = [""]
        elif tag == "select":
            self.select = name
            self.values[name] = []
        elif tag == "option" and self.select and ("selected" in given or not self.values[self.select]):
            self.values[self.select] = [given.get("value", "")]

    def handle_data(self, data: str) -> None:
        if self.area:
            self.values[self.area][0] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self.area:
            # A browser drops the first line break of an area and sends CR LF for the others.
            text = self.values[self.area][0]
            self.values[self.area] = [text.removeprefix("\n").replace("\n", "\r\n")]
            self.area = ""
        elif tag == "select":
            self.select = ""
        elif tag == "template":
            self.blank -= 1
        elif tag == "form":
            self.inside = False


def form_of(response: Any) -> dict[str, Any]:
    """What the form on a page would post, ready for `client.post`."""
    parser = _Form()
    parser.feed(response.content.decode())
    assert parser.values, "the page has no story form"
    return {name: values[0] if len(values) == 1 else values for name, values in parser.values.items()}


def with_names(form: dict[str, Any], *rows: dict[str, Any]) -> dict[str, Any]:
    return _with_rows(form, "bylines", rows)


def with_photos(form: dict[str, Any], *rows: dict[str, Any]) -> dict[str, Any]:
    return _with_rows(form, "photos", rows)


def _with_rows(form: dict[str, Any], prefix: str, rows: tuple[dict[str, Any], ...]) -> dict[str, Any]:
    kept = {name: value for name, value in form.items() if not name.startswith(f"{prefix}-")}
    kept[f"{prefix}-TOTAL_FORMS"] = str(len(rows))
    kept[f"{prefix}-INITIAL_FORMS"] = "0"
    for number, row in enumerate(rows):
        kept |= {f"{prefix}-{number}-{name}": str(value) for name, value in row.items()}
    return kept
