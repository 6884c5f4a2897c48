"""Everything a page prints, as canonical JSON text: the one input of composition. Schema 1.

Of a story it holds the version that is signed for readers, else the newest one. Nothing here is measured:
the same text is always set the same way.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from articles.freeze import freeze as freeze_story
from articles.models import Article, Release, Revision
from issues import letters
from issues.composition import compose
from issues.models import Issue, Masthead, Page, Placement
from media.models import Photo
from newsroom.lib import canonical

SCHEMA = 1
#: What of a story's content is printed.
PRINTED = (
    "kind",
    "kicker",
    "headline",
    "subheadline",
    "lede",
    "dateline",
    "body",
    "editors_note",
    "instalment",
    "bylines",
)
MASTHEAD = (
    "title",
    "kind",
    "permit_number",
    "organ",
    "organ_role",
    "website_name",
    "website_url",
    "hotline",
    "distribution",
    "compiled_by",
    "sent_to",
    "printed_by",
    "print_run",
)


@dataclass(frozen=True)
class Text:
    """The version of a story that a page prints. `revision` is its digest, "" for one never saved as such."""

    revision: str
    signed: bool
    content: dict[str, Any]


def freeze(page: Page, now: datetime) -> str:
    """The canonical text of the page as it stands in the database at `now`."""
    placements = list(page.placements.select_related("article", "photo", "continues", "continued_by__page"))
    texts = texts_of({p.article for p in placements if p.article}, now)
    content = _frame(page)
    content["placements"] = [_placement(p, page, texts, now) for p in placements]
    return canonical.dump(content)


def texts_of(articles: Iterable[Article], now: datetime) -> dict[int, Text]:
    """What would be printed of each story now: its newest release not yet ended, else its newest version."""
    stories = {article.pk: article for article in articles}
    open_ones = Release.objects.visible(now) | Release.objects.pending(now)
    signed = {
        r.article_id: r.revision
        for r in open_ones.filter(article__in=stories).select_related("revision").order_by("number")
    }
    newest = {
        r.article_id: r
        for r in Revision.objects.filter(article__in=[pk for pk in stories if pk not in signed]).order_by(
            "number"
        )
    }
    found = {}
    for pk, story in stories.items():
        revision = signed.get(pk) or newest.get(pk)
        content = revision.data if revision else canonical.load(freeze_story(story))
        found[pk] = Text(revision.digest if revision else "", pk in signed, content)
    return found


def _frame(page: Page) -> dict[str, Any]:
    issue = page.issue
    return {
        "schema": SCHEMA,
        "issue": {
            "date": issue.date,
            "weekday": issue.weekday,
            "lunar": issue.lunar,
            "number": issue.number,
            "total_number": issue.total_number,
            "page_count": issue.page_count,
            "banner": issue.banner,
            "printed_on": issue.printed_on,
            "print_run": issue.print_run,
            "masthead": _masthead(issue.masthead),
        },
        "page": {
            "number": page.number,
            "name": page.name,
            "banner": page.banner,
            "colour": page.colour,
            "credits": [[str(label), str(name)] for label, name in page.credits],
            "format": page.frozen_format(),
            "outside": page.outside_sha256,
        },
        "fonts": letters.frozen(),
    }


def _masthead(masthead: Masthead) -> dict[str, Any]:
    frozen: dict[str, Any] = {name: getattr(masthead, name) for name in MASTHEAD}
    return frozen | {"lettering": _photo(masthead.lettering)}


def _placement(placed: Placement, page: Page, texts: dict[int, Text], now: datetime) -> dict[str, Any]:
    before, after = placed.continues, getattr(placed, "continued_by", None)
    frozen: dict[str, Any] = {
        "id": placed.pk,
        "kind": placed.kind,
        "col": placed.col,
        "row": placed.row,
        "cols": placed.cols,
        "rows": placed.rows,
        "weight": placed.weight,
        "style": placed.whole_style,
        "story": None,
        "start": None,
        "from_page": before.page.number if before and before.page_id != page.pk else None,
        "to_page": after.page.number if after and after.page_id != page.pk else None,
        "continued": after is not None,
        "photo": _photo(placed.photo),
        "caption": placed.caption,
        "credit": placed.credit,
        "title": placed.title,
        "text": placed.text,
        "guide": _guide(page.issue, now) if placed.kind == Placement.Kind.GUIDE else [],
    }
    if placed.article_id:
        frozen["story"] = _story(placed, texts[placed.article_id])
        frozen["start"] = _start(before, texts, now) if before else None
    return frozen


def _story(placed: Placement, text: Text) -> dict[str, Any]:
    head = _first(placed)
    content = {name: text.content[name] for name in PRINTED}
    series = text.content["series"]
    content["series"] = series and {"title": series["title"], "strapline": series["strapline"]}
    content["photos"] = [
        {
            key: photo[key]
            for key in ("public_id", "sha256", "width", "height", "focal", "caption", "credit", "joined")
        }
        for photo in text.content["photos"]
    ]
    return {
        "article": placed.article_id,
        "revision": text.revision,
        "signed": text.signed,
        "content": content,
        # A story goes on with the cuts and the headline it began with.
        "cuts": sorted(head.cuts),
        "stack": head.stack
        and {key: head.stack.get(key, "") for key in ("kicker", "headline", "subheadline")},
    }


def _first(placed: Placement) -> Placement:
    """The box where a story begins."""
    seen = {placed.pk}
    while placed.continues and placed.continues_id not in seen:
        placed = placed.continues
        seen.add(placed.pk)
    return placed


def _start(before: Placement, texts: dict[int, Text], now: datetime) -> list[int] | None:
    """Where the text stops in the box before: that box is set by itself, as it stands on its own page."""
    page = before.page
    content = _frame(page)
    if before.article_id not in texts:
        return None  # the box before was given another story meanwhile
    content["placements"] = [_placement(before, page, texts, now)]
    text = canonical.load(canonical.dump(content))
    end = compose(text, letters.font_set(text["fonts"])).boxes[before.pk].end
    return list(end)


def _photo(photo: Photo | None) -> dict[str, Any] | None:
    if photo is None:
        return None
    return {
        "public_id": photo.public_id,
        "sha256": photo.sha256,
        "width": photo.width,
        "height": photo.height,
        "focal": [photo.focal_x, photo.focal_y],
    }


def _guide(issue: Issue, now: datetime) -> list[dict[str, Any]]:
    entries = list(issue.guide.select_related("article"))
    texts = texts_of({e.article for e in entries if e.article}, now)
    frozen = []
    for entry in entries:
        own = texts[entry.article_id].content if entry.article_id and not entry.headline else {}
        frozen.append(
            {"page": entry.page_number, "article": entry.article_id}
            | {key: getattr(entry, key) or own.get(key, "") for key in ("kicker", "headline", "subheadline")}
        )
    return frozen
