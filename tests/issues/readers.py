"""Reading a paper in tests: addresses of one paper, and what stands in its files."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.test import Client

from articles.models import Article
from articles.workflow import perform as on_story
from issues.models import Issue
from issues.sheet import THUMB
from media import pdfium
from tests.cast import Cast
from tests.factories.issues import released_issue

DAY = date(2026, 11, 20)
PAGE = "/papers/2026-11-20/1/"
PAGE_PDF = "/papers/2026-11-20/1.pdf"
PAPER_PDF = "/papers/2026-11-20.pdf"
FILES = [*(f"{PAGE}{width}.png" for width in (THUMB, 480, 1080, 2160)), PAGE_PDF, PAPER_PDF]
AREA = re.compile(r'<a href="/articles/(\d+)/" style="([^"]*)"([^>]*)><span class="unseen">([^<]*)</span>')


def read(client: Client, address: str = PAGE) -> str:
    response = client.get(address)
    assert response.status_code == 200, address
    return response.content.decode()


def released(now: datetime, cast: Cast, pages: Any = 2, **fields: Any) -> Issue:
    """A paper of that day, read from `now` on; see `released_issue`."""
    return released_issue(now, cast, pages, **({"date": DAY, "number": 47, "total_number": 652} | fields))


def withdraw(article: Article, cast: Cast, now: datetime) -> None:
    article.refresh_from_db()
    on_story("withdraw", article, cast.chief, note="有误", now=now)


def pages_of(client: Client, address: str = PAPER_PDF) -> list[int]:
    """The widths in points of the pages of a PDF: 700 and the page's number."""
    response = client.get(address)
    assert response.status_code == 200
    with pdfium.opened(b"".join(response) if response.streaming else response.content) as document:
        return [round(document.get_page_size(n)[0]) for n in range(len(document))]


def bookmarks_of(pdf: bytes) -> list[tuple[int, str]]:
    """Level and title of each."""
    with pdfium.opened(pdf) as document:
        return [(mark.level, mark.get_title()) for mark in document.get_toc()]


def texts_of(pdf: bytes) -> list[str]:
    """What each page says, without white space."""
    with pdfium.opened(pdf) as document:
        return ["".join(page.get_textpage().get_text_range().split()) for page in document]
