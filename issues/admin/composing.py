"""The page as the composer's scripts know it: boxes, stories, pictures, fits, and the picture of it all."""

from __future__ import annotations

import hashlib
from base64 import b64encode
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.forms import model_to_dict
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.models import Article, ArticlePhoto
from issues import preview, rules, waiting
from issues.boxes import filled, page_state, state_of
from issues.composition.characters import count
from issues.composition.text import blocks
from issues.fullness import gaps
from issues.models import GuideEntry, Issue, Page, Placement, Typeface
from media import rules as media_rules
from media.models import Photo
from people.models import User

MOST_PICTURES = 36
SHOWN = 80  # characters of a paragraph that tell it from others
CUT_FIELDS = ("kicker", "headline", "subheadline")

Json = dict[str, Any]


def address(page: Page) -> str:
    return reverse("admin:issues_page_compose", args=[page.pk])


def standing(page: Page) -> str:
    """拼版中, 一校, …, 已签样."""
    if page.status == Page.Status.PROOF and page.stage is not None:
        return settings.PROOF_STAGES[min(page.stage, len(settings.PROOF_STAGES) - 1)].name
    return str(page.get_status_display())


def state(page: Page, user: User, now: datetime, width: int) -> Json:
    """Everything the composer shows of the page as it stands now."""
    page = Page.objects.select_related("issue__masthead").get(pk=page.pk)
    # First: what changes while the rest is read has another version, and is asked for soon.
    as_of = version(page)
    seen = preview.look(page, now, width)
    pages = list(Page.objects.filter(issue=page.issue_id).select_related("issue").order_by("number"))
    placements = Placement.objects.filter(page__in=pages).select_related("photo")
    boxes = list(placements.prefetch_related("photo__credits").order_by("pk"))
    rows = [box for box in boxes if box.page_id == page.pk]
    fits = {pk: fit.as_dict() for pk, fit in seen.composed.boxes.items()}
    links = _links(rows, boxes, {one.pk: one for one in pages})
    own = [{"id": row.pk, **state_of(row)} for row in rows]
    return {
        "version": as_of,
        "page_id": page.pk,
        "number": page.number,
        "status": page.status,
        "standing": standing(page),
        "may": rules.may_compose(user, page),
        "form": page.frozen_format(),
        "cell": cell(seen.content["page"]["format"]),
        "page": page_state(page),
        "boxes": own,
        "blank": filled({}, page.pk),
        "stories": _stories(seen.content["placements"]),
        "photos": {row.photo.public_id: _photo(row.photo) for row in rows if row.photo},
        "links": links,
        "pages": [_other(one, user, boxes) for one in pages],
        "fits": fits,
        "problems": [{"said": one.sentence, "box": one.box} for one in preview.problems(page, seen)],
        "gaps": _gaps(page, own, fits),
        "picture": seen.picture and "data:image/jpeg;base64," + b64encode(seen.picture).decode(),
    }


def _gaps(page: Page, boxes: list[Json], fits: dict[int, Json]) -> list[Json]:
    """What is still to be filled; of a page made elsewhere, whether its stories have their places."""
    no_box: int | None = None
    if page.is_outside:
        found = [] if boxes else [(_("还没画出稿件位置"), no_box)]
    else:
        found = list(gaps(boxes, page.frozen_format(), fits))
    return [{"said": said, "box": box} for said, box in found]


def cell(form: Json) -> float:
    """About how many characters one grid cell holds."""
    column = (form["area_width"] - form["gutter"] * (form["columns"] - 1)) / form["columns"]
    rows = form["area_height"] / form["rows"] / form["leading"]
    characters = column / (form["body_size"] / 1000 * 25400 / 72)
    return round(max(1.0, int(characters) * rows), 1)


def _stories(placements: Iterable[Json]) -> dict[int, Json]:
    """The placed stories, from what is printed of them."""
    frozen = {box["story"]["article"]: box["story"] for box in placements if box["story"]}
    rows = Article.objects.only("status", "stage", "with_issue").in_bulk(frozen)
    found = {}
    for pk, row in rows.items():
        content = frozen[pk]["content"]
        found[pk] = {name: content[name] for name in CUT_FIELDS} | {
            "status": row.status,
            "label": waiting.state_of(row),
            "photos": len(content["photos"]),
            "url": reverse("admin:articles_article_change", args=[pk]),
            "blocks": [
                {
                    "key": block.key,
                    "kind": block.kind,
                    "text": block.text[:SHOWN],
                    "characters": count(block.text),
                }
                for block in blocks(content)
                if block.text.strip()
            ],
        }
    return found


def _photo(photo: Photo) -> Json:
    return {
        "public_id": photo.public_id,
        "thumb": reverse("admin:media_photo_rendition", args=[photo.pk, photo.thumb_name]),
        "caption": photo.caption,
        "credit": photo.credit_line,
        "name": photo.original_name,
        "width": photo.width,
        "height": photo.height,
    }


def _links(rows: list[Placement], boxes: list[Placement], pages: dict[int, Page]) -> dict[int, Json]:
    """Of each box that goes on elsewhere, or begins there: where."""
    by_id = {box.pk: box for box in boxes}
    after = {box.continues_id: box for box in boxes if box.continues_id}

    def told(box: Placement | None) -> Json | None:
        if box is None:
            return None
        page = pages[box.page_id]
        return {"id": box.pk, "page": page.number, "url": address(page)}

    linked = (row for row in rows if row.continues_id or row.pk in after)
    return {
        row.pk: {"before": told(by_id.get(row.continues_id or 0)), "after": told(after.get(row.pk))}
        for row in linked
    }


def _other(page: Page, user: User, boxes: Iterable[Placement]) -> Json:
    taken = [[box.col, box.row, box.cols, box.rows] for box in boxes if box.page_id == page.pk]
    return {
        "id": page.pk,
        "number": page.number,
        "url": address(page),
        "may": rules.may_compose(user, page) and not page.is_outside,
        "taken": [dict(zip(("col", "row", "cols", "rows"), box, strict=True)) for box in taken],
    }


def version(page: Page) -> str:
    """Changes when anything does that the composer shows of the page; far cheaper than the page itself.

    The page comes fresh, with its issue and masthead.
    """
    issue = page.issue
    guide = list(GuideEntry.objects.filter(issue=issue).order_by("pk").values())
    boxes = list(Placement.objects.filter(page__issue=issue).order_by("pk").values())
    stories = {row["article_id"] for row in (*guide, *boxes)} - {None}
    photos = Photo.objects.filter(pk__in={box["photo_id"] for box in boxes} - {None}).order_by("pk")
    blocked = ArticlePhoto.objects.filter(article__in=stories, photo__blocked_at__isnull=False)
    articles = Article.objects.filter(pk__in=stories).order_by("pk")
    shown = [
        *(model_to_dict(one) for one in (issue, issue.masthead)),
        issue.release_at,
        Page.objects.filter(issue=issue).order_by("pk").values_list(),
        Typeface.objects.order_by("role").values_list("role", "sha256"),
        guide,
        boxes,
        articles.values_list("pk", "digest", "status", "stage", "with_issue", "moved_at"),
        photos.values_list("pk", "blocked_at", "focal_x", "focal_y"),
        blocked.order_by("pk").values_list("pk"),
    ]
    told = [list(part) if isinstance(part, QuerySet) else part for part in shown]
    return hashlib.sha256(repr(told).encode()).hexdigest()[:20]


def offered(issue: Issue, now: datetime, words: str) -> list[Json]:
    """Stories for the list."""
    found = []
    for one in waiting.waiting(issue, now, words):
        story, box, other = one.article, one.placed, one.elsewhere
        found.append(
            {
                "id": story.pk,
                "headline": story.headline,
                "status": story.status,
                "label": waiting.state_of(story),
                "characters": one.characters,
                "pictures": one.pictures,
                "placed": box and {"page": box.page.number, "id": box.pk},
                "elsewhere": other
                and _("在第%(number)d期%(page)s")
                % {"number": other.page.issue.number, "page": other.page.label},
            }
        )
    return found


def pictures(page: Page, user: User, words: str) -> list[Json]:
    """Photos for the list: those of the page's stories and the newest, or those that have all the words."""
    if not media_rules.may_see(user):
        return []
    known = Photo.objects.unblocked().prefetch_related("credits")
    if words.strip():
        return [_photo(photo) for photo in known.search(words)[:MOST_PICTURES]]
    placed = known.filter(uses__article__placements__page=page).distinct()[:MOST_PICTURES]
    newest = known.order_by("-uploaded_at", "-pk")[:MOST_PICTURES]
    both = {photo.pk: photo for photo in [*placed, *newest]}
    return [_photo(photo) for photo in list(both.values())[:MOST_PICTURES]]
