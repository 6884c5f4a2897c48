"""What a person reads on a page."""

from __future__ import annotations

import html
import re


def text_of(page: str) -> str:
    """The words between the tags of a page's body, white space run together."""
    body = re.sub(r"</?(?:a|b|em|span|strong|time)\b[^>]*>", "", page[page.index("<body") :])
    return " ".join(html.unescape(re.sub(r"<[^>]*>", " ", body)).split())
