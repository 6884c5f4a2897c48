"""A story as an item of a feed, whatever the feed's format."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string

from articles.story import Figure
from articles.told import Told, legal

_OWN_LINK = re.compile(r'(<a href=")(?=/)')


@dataclass(frozen=True)
class Channel:
    """The feed itself; `home` is the page it follows, `address` its own. Both whole."""

    title: str
    home: str
    address: str
    description: str


class Item(Told):
    """A story laid out for feeds: `articles.feed_item.draw` has drawn its pictures."""

    @property
    def content(self) -> str:
        """The whole text as HTML: headlines, byline, pictures, corrections, source."""
        context = {"story": self.story, "card": self.card, "more": self.more}
        html = render_to_string("articles/feed_story.html", context)
        return legal(_OWN_LINK.sub(rf"\g<1>{settings.SITE_URL}", html))

    @property
    def byline(self) -> str:
        return "、".join(author.name for author in self.authors)

    @property
    def categories(self) -> list[str]:
        return [name for _, name in [*self.sections, *self.tags]]


def draw(figure: Figure) -> str:
    return render_to_string("articles/feed_figure.html", {"figure": figure})
