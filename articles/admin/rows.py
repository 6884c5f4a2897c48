"""Writing the names and pictures of a story as its form lists them."""

from __future__ import annotations

from typing import Any

from articles.models import Article, ArticleFile, ArticlePhoto, Byline
from media.models import Photo
from newsroom.lib.html import photo_ids
from people import rules as people_rules
from people.models import Identity, Reporter, User

Row = dict[str, Any]


def write_bylines(article: Article, rows: list[Row], by: User) -> None:
    """The story's names become exactly these. An unknown name becomes a new correspondent on the spot."""
    before = list(article.bylines.order_by("position", "pk"))
    printed = {(byline.reporter_id, byline.name) for byline in before}
    for position, row in enumerate(rows):
        reporter = _reporter(row, printed, by)
        values = row | {"reporter": reporter, "position": position}
        byline = before[position] if position < len(before) else Byline(article=article)
        for name, value in values.items():
            setattr(byline, name, value)
        byline.save()
    for byline in before[len(rows) :]:
        byline.delete()


def _reporter(row: Row, printed: set[tuple[int | None, str]], by: User) -> Reporter | None:
    """Whom a row credits: the one chosen, while the name is his or stood so before; else whose name it is."""
    chosen: Reporter | None = row["reporter"]
    name = row["name"].strip()
    if chosen and (chosen.name == name or (chosen.pk, row["name"]) in printed):
        return chosen
    if not name:
        return None
    known = list(Reporter.objects.filter(name=name, is_active=True).order_by("pk"))
    alike = [r for r in known if (r.identity, r.outlet) == (row["identity"], row["outlet"])]
    if known:
        # Of several people of one name, only the one that outlet and identity tell apart.
        return alike[0] if len(alike) == 1 else (known[0] if len(known) == 1 else None)
    if not people_rules.may_create_reporter(by):
        return None
    identity = row["identity"] or Identity.NONE
    return Reporter.objects.create(name=name, identity=identity, outlet=row["outlet"])


def write_photos(article: Article, rows: list[Row]) -> None:
    """The story's pictures become these, and after them those that the body places and nobody listed."""
    listed = {row["photo"].pk for row in rows}
    rows = rows + [_placed(photo) for photo in placed_photos(article.body) if photo.pk not in listed]
    before = {use.photo_id: use for use in article.photos.all()}
    for position, row in enumerate(rows):
        use = before.pop(row["photo"].pk, None) or ArticlePhoto(article=article)
        for name, value in (row | {"position": position}).items():
            setattr(use, name, value)
        use.save()
    for use in before.values():
        use.delete()


def write_files(article: Article, rows: list[Row]) -> None:
    """The story's attachments become exactly these."""
    before = {use.attachment_id: use for use in article.files.all()}
    for position, row in enumerate(rows):
        use = before.pop(row["attachment"].pk, None) or ArticleFile(article=article)
        for name, value in (row | {"position": position}).items():
            setattr(use, name, value)
        use.save()
    for use in before.values():
        use.delete()


def placed_photos(body: str) -> list[Photo]:
    """The photos placed in a body, each once, in order; ids that the library doesn't have are left out."""
    ids = list(dict.fromkeys(photo_ids(body)))
    found = {photo.public_id: photo for photo in Photo.objects.filter(public_id__in=ids)}
    return [found[public_id] for public_id in ids if public_id in found]


def unknown_photos(body: str) -> list[str]:
    """Ids in a body that the library doesn't have."""
    ids = list(dict.fromkeys(photo_ids(body)))
    known = set(Photo.objects.filter(public_id__in=ids).values_list("public_id", flat=True))
    return [public_id for public_id in ids if public_id not in known]


def _placed(photo: Photo) -> Row:
    return {"photo": photo, "caption": "", "credit": "", "alt": "", "joined": False}
