"""A page's <head> as a machine reads it."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.test import Client

#: These may stand several times.
REPEATED = {"article:tag", "article:author", "theme-color"}


@dataclass
class Reader(HTMLParser):
    """Everything in the head, in its order. What stands in the body is none of it."""

    titles: list[str] = field(default_factory=list)
    names: list[tuple[str, str]] = field(default_factory=list)
    links: list[dict[str, str]] = field(default_factory=list)
    data: list[Any] = field(default_factory=list)
    scripts: list[str] = field(default_factory=list)  # types of those in the head
    inside: str = ""
    over: bool = False

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        about = {name: value or "" for name, value in attrs}
        self.over = self.over or tag == "body"
        if self.over:
            return
        self.inside = tag
        if tag == "title":
            self.titles.append("")
        elif tag == "meta" and ("name" in about or "property" in about):
            self.names.append((about.get("name") or about["property"], about["content"]))
        elif tag == "link":
            self.links.append(about)
        elif tag == "script":
            self.scripts.append(about.get("type", ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.over:
            return
        if self.inside == "title":
            self.titles[-1] += data
        elif self.inside == "script" and self.scripts[-1] == "application/ld+json":
            self.data.append(json.loads(data))

    def __getitem__(self, name: str) -> str:
        """The one <meta> of that name."""
        (content,) = [content for known, content in self.names if known == name]
        return content

    def all(self, name: str) -> list[str]:
        return [content for known, content in self.names if known == name]

    @property
    def canonical(self) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == "canonical"]

    @property
    def feeds(self) -> list[str]:
        return [link["href"] for link in self.links if link.get("rel") == "alternate"]

    @property
    def twice(self) -> list[str]:
        """The names that stand more than once, however they are spelt."""
        counted = Counter(name.lower() for name, _ in self.names)
        return [name for name, times in counted.items() if times > 1 and name not in REPEATED]

    def thing(self, kind: str) -> dict[str, Any]:
        """The one thing of that type in the page's structured data."""
        (graph,) = self.data
        assert graph["@context"] == "https://schema.org"
        (found,) = [thing for thing in graph["@graph"] if thing["@type"] == kind]
        return dict(found)


def head_of(client: Client, address: str, status: int = 200) -> Reader:
    response = client.get(address)
    assert response.status_code == status, address
    reader = Reader()
    reader.feed(response.content.decode())
    return reader
