"""What a person reads on a page."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.test import Client

    from articles.models import Article


def read(client: Client, article: Article) -> str:
    """The HTML of a story that readers can see."""
    response = client.get(f"/articles/{article.pk}/")
    assert response.status_code == 200
    return response.content.decode()


def text_of(page: str) -> str:
    """The words between the tags of a page's body, white space run together."""
    body = re.sub(r"</?(?:a|b|em|span|strong|time)\b[^>]*>", "", page[page.index("<body") :])
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())
