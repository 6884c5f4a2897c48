"""What the heads of the paper's pages say to machines; see `articles.heads`."""

from __future__ import annotations

from dataclasses import replace

from django.conf import settings
from django.utils import dateformat

from articles import structured
from articles.addresses import absolute
from articles.heads import Head, of_list, of_words, plain_column
from issues.calendar import Month
from issues.sheet import Sheet

ARCHIVE = ("报纸", "/papers/")
HEADLINES = 3  # of a page that its description names


def of_papers(month: Month | None, number: int) -> Head:
    column = plain_column(ARCHIVE[0], f"{settings.SITE_NAME}各期报纸，按月查阅")
    return of_list(column, ARCHIVE[1], number, query=f"month={month.key}" if month else "")


def of_page(sheet: Sheet) -> Head:
    """A page of the e-paper, with its picture and the issue that it is of."""
    day = dateformat.format(sheet.proof.date, "Y年n月j日")
    title = f"{sheet.issue['title']}{day}第{sheet.number}版"
    told = "；".join(story.headline for story in sheet.stories[:HEADLINES])
    head = of_words(title, f"{title}：{told}" if told else title, sheet.address)
    picture = sheet.picture
    shown = [
        ("og:image", absolute(picture.src)),
        ("og:image:type", "image/png"),
        ("og:image:width", str(picture.width)),
        ("og:image:height", str(picture.height)),
    ]
    data = structured.script(
        structured.breadcrumbs([ARCHIVE, (title, sheet.address)]), issue_of(sheet), structured.publisher()
    )
    return replace(head, properties=[*head.properties, *shown], data=data)


def issue_of(sheet: Sheet) -> structured.Thing:
    return {
        "@type": "PublicationIssue",
        "issueNumber": str(sheet.issue["number"]),
        "datePublished": sheet.proof.date.isoformat(),
        "publisher": {"@id": absolute("/#publisher")},
        "isPartOf": {"@type": "Newspaper", "name": sheet.issue["title"]},
        "url": absolute(sheet.address),
    }
