"""Making a release of a signed revision, and moving the window in which readers see it.

Only `articles.workflow` and, for a paper's moment, `issues.publication` call this. Everything here runs in a
transaction of theirs that holds the stories' rows.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date, datetime
from typing import Any

from django.db.models import Max
from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.models import Article, Listing, Release, Revision, SearchText
from articles.refusals import NotReady
from articles.search import table
from newsroom.lib import canonical
from newsroom.lib.html import parse

CARD = ("kind", "kicker", "headline", "subheadline")
PAGE = ("path", "page_order")  # of a standing page's card
DETAILS = (
    "lede",
    "dateline",
    "editors_note",
    "instalment",
    "series",
    "regions",
    "tags",
    "bylines",
    "photos",
    "source",
    "source_url",
    "first_published_at",
    "copyright_notice",
    "responsible_editor",
)
SUMMARY_LENGTH = 110
NOT_PRINTED: dict[str, Any] = {"paper_date": None, "paper_page": None, "paper_from": None}


def build(revision: Revision, number: int, now: datetime) -> Release:
    """An unsaved release, from the revision's text alone."""
    content = revision.data
    card = {name: content[name] for name in CARD} | {
        # The dash before a subheadline is drawn by the page, whether or not it was typed.
        "subheadline": content["subheadline"].lstrip("—–-― \u3000"),
        "section": content["section"],
        "summary": summary(content),
        "picture": content["photos"][0] if content["photos"] else None,
        "series": content["series"] and {key: content["series"][key] for key in ("slug", "title")},
    }
    more = {name: content[name] for name in DETAILS}
    card |= {name: content[name] for name in PAGE if name in content}
    more |= {name: content[name] for name in ("files",) if name in content}
    release = Release(
        article_id=revision.article_id,
        revision=revision,
        number=number,
        headline=content["headline"],
        body=content["body"],
        card=canonical.dump(card),
        details=canonical.dump(more),
        page=card.get("path", ""),
        created_at=now,
    )
    release.digest = canonical.digest(release.signed_text())
    return release


def summary(content: dict[str, Any]) -> str:
    """The standfirst, else the first paragraphs (boxes, tables and subheads left out), else a caption."""
    words = content["lede"] or "".join(b.text for b in parse(content["body"]).children if b.tag == "p")
    words = " ".join(words.split("\n"))
    if not words and content["photos"]:
        words = content["photos"][0]["caption"]
    return words if len(words) <= SUMMARY_LENGTH else words[:SUMMARY_LENGTH].rstrip("，、；：,;") + "…"


def issue(
    revision: Revision, now: datetime, *, visible_from: datetime | None, expires_at: datetime | None
) -> list[Release]:
    """Release a revision from `visible_from` on (None: with its paper's issue).

    Returns the releases whose windows moved: the new one first, then the one it replaces.
    """
    earlier = Release.objects.filter(article_id=revision.article_id)
    number = (earlier.aggregate(last=Max("number"))["last"] or 0) + 1
    release = build(revision, number, now)
    release.replaces = earlier.visible(now).first()
    release.expires_at = expires_at
    if release.replaces:  # it was printed where it was printed
        for name in ("paper_date", "paper_page", "paper_from"):
            setattr(release, name, getattr(release.replaces, name))
    release.save()
    Listing.objects.bulk_create(
        Listing(release=release, kind=kind, key=key) for kind, key in sorted(listed_in(release))
    )
    if not release.page:
        table.add(release)
    return open_window(release, visible_from)


def open_window(release: Release, visible_from: datetime | None) -> list[Release]:
    """Let readers see it from then on, and end the release it replaces at that moment.

    Also moves a moment set earlier. A release that waits for its issue leaves its predecessor alone.
    """
    release.visible_from = visible_from
    expires = release.expires_at
    if visible_from and expires and expires > visible_from:
        release.visible_until, release.end_reason = expires, Release.End.EXPIRED
    else:
        release.visible_until, release.end_reason = None, ""
    release.listed_at = listed_at(release)
    release.save(update_fields=["visible_from", "visible_until", "end_reason", "listed_at"])
    release.listings.update(listed_at=release.listed_at)
    SearchText.objects.filter(release=release).update(listed_at=release.listed_at)
    before = release.replaces
    if before is None:
        return [release]
    _run_until_expiry(before)
    if visible_from and (before.visible_until is None or before.visible_until > visible_from):
        before.visible_until, before.end_reason = visible_from, Release.End.REPLACED
    before.save(update_fields=["visible_until", "end_reason"])
    return [release, before]


def take_back(release: Release, now: datetime) -> list[Release]:
    """A release not yet due will not appear; the one it would have replaced runs on."""
    _close(release, now, Release.End.TAKEN_BACK)
    before = release.replaces
    if before is None or before.end_reason == Release.End.WITHDRAWN:
        return [release]
    _run_until_expiry(before)
    before.save(update_fields=["visible_until", "end_reason"])
    return [release, before]


def withdraw(article: Article, now: datetime, notice: str) -> list[Release]:
    """End whatever readers see or would see of the story, at once."""
    open_ones = list(article.releases.visible(now) | article.releases.pending(now))
    for release in open_ones:
        release.notice = notice
        release.save(update_fields=["notice"])
        _close(release, now, Release.End.WITHDRAWN)
    return open_ones


def open_with_paper(
    pages: Mapping[int, int], printed_on: date | None, moment: datetime, now: datetime
) -> list[Release]:
    """Give the stories of a paper its moment (story to page number); returns the releases that moved.

    Those that wait for their issue appear then; all of them learn where they were printed. Inside the
    transaction that gives the issue its moment. Raises NotReady for a story that is not signed, or that
    would appear later than the paper.
    """
    stories = Article.objects.select_for_update(of=("self",)).filter(pk__in=pages).order_by("pk")
    moved: list[Release] = []
    for article in list(stories):
        pending = article.releases.pending(now).order_by("-number").first()
        shown = pending or article.releases.visible(now).first()
        if shown is None:
            raise NotReady([Problem("stories", _("《%s》没有签发，或已撤稿。") % article)])
        if pending and pending.visible_from and pending.visible_from > moment:
            raise NotReady([Problem("stories", _("《%s》定的发布时间比报纸晚，请改为随报发布。") % article)])
        if pending and pending.visible_from is None:
            moved += open_window(pending, moment)
        if printed_on:
            Release.objects.filter(pk=shown.pk).update(
                paper_date=printed_on, paper_page=pages[article.pk], paper_from=moment
            )
    return moved


def take_back_from_paper(stories: Collection[int], moment: datetime | None, now: datetime) -> list[Release]:
    """Stories that were to appear with a paper at that moment wait again; returns the releases that moved."""
    waiting = Article.objects.select_for_update(of=("self",)).filter(pk__in=stories, with_issue=True)
    moved: list[Release] = []
    for article in list(waiting.order_by("pk")):
        for pending in article.releases.pending(now).filter(visible_from=moment):
            moved += open_window(pending, None)
    Release.objects.filter(article__in=stories, paper_from=moment).update(**NOT_PRINTED)
    return moved


def window(release: Release) -> list[Any]:
    """A release's window as the chain repeats it."""
    return [release.pk, release.visible_from, release.visible_until, release.end_reason]


def _close(release: Release, now: datetime, reason: Release.End) -> None:
    release.visible_until, release.end_reason = now, reason
    release.save(update_fields=["visible_until", "end_reason"])


def _run_until_expiry(release: Release) -> None:
    release.visible_until = release.expires_at
    release.end_reason = Release.End.EXPIRED if release.expires_at else ""


def listed_at(release: Release) -> datetime | None:
    """First publication elsewhere, else here; a new version of a story does not jump ahead."""
    if release.visible_from is None:
        return None
    stamp = release.more["first_published_at"]
    if stamp:
        return min(datetime.fromisoformat(stamp), release.visible_from)
    return release.replaces.listed_at if release.replaces else release.visible_from


def listed_in(release: Release) -> set[tuple[str, str]]:
    """Kind and key of each `Listing` that a release has."""
    more, card = release.more, release.on_card
    keys: set[tuple[str, str]] = {(Listing.Kind.FILE, file["public_id"]) for file in more.get("files", [])}
    if not release.page:
        keys |= _lists(card, more)
    pictured = {photo["public_id"] for photo in more["photos"]}
    if more["series"] and more["series"]["logo"]:
        pictured.add(more["series"]["logo"]["public_id"])
    return keys | {(Listing.Kind.PHOTO, public_id) for public_id in pictured}


def _lists(card: dict[str, Any], more: dict[str, Any]) -> set[tuple[str, str]]:
    """The lists that readers look a story up in. A standing page is in none."""
    keys: set[tuple[str, str]] = set()
    section = card["section"]
    while section:
        keys.add((Listing.Kind.SECTION, str(section["id"])))
        section = section["parent"]
    if more["series"]:
        keys.add((Listing.Kind.SERIES, str(more["series"]["id"])))
    keys |= {(Listing.Kind.REGION, code) for region in more["regions"] for code in region["lineage"]}
    keys |= {(Listing.Kind.TAG, str(tag["id"])) for tag in more["tags"]}
    keys |= {(Listing.Kind.REPORTER, str(b["reporter"])) for b in more["bylines"] if b["reporter"]}
    return keys
