"""The whole content of a story as canonical JSON text, and back.

Schema 1. Printed names stand beside keys, so that a version reads the same after a section, a person or a
picture was renamed. Release time, status and desk matters are not content.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from articles.models.article import Article, ArticleFile, ArticlePhoto, Byline
from articles.models.taxonomy import Section, Series, Source, Tag
from media.models import Attachment, Photo
from newsroom.lib import canonical
from newsroom.lib.html import clean
from people.credits import line as credit_line
from people.models import Credit, Region, Reporter

SCHEMA = 1

LINES = (
    "kind",
    "kicker",
    "headline",
    "subheadline",
    "lede",
    "dateline",
    "body",
    "editors_note",
    "instalment",
    "source",
    "source_url",
    "responsible_editor",
)


def freeze(article: Article) -> str:
    """The canonical text of what is in the database and on the instance now."""
    content: dict[str, Any] = {name: getattr(article, name) for name in LINES}
    content["body"] = clean(article.body)
    content |= {
        "schema": SCHEMA,
        "copyright_notice": _copyright_notice(article),
        "own_copyright_notice": article.copyright_notice,
        "first_published_at": article.first_published_at,
        "section": _section(article.section),
        "series": _series(article.series),
        "regions": [_region(r) for r in article.regions.order_by("code")],
        "tags": [{"id": t.pk, "slug": t.slug, "name": t.name} for t in article.tags.order_by("pk")],
        "bylines": [_credit(b) | {"place": b.place} for b in article.bylines.order_by("position", "pk")],
        "photos": [_photo(use) for use in uses(article)],
    }
    return canonical.dump(content | _page(article) | _files(article))


def _page(article: Article) -> dict[str, Any]:
    """Of a standing page alone, so that the text of stories stays what it was before there were any."""
    if article.kind != Article.Kind.PAGE:
        return {}
    return {"path": article.path, "page_order": article.page_order}


def _files(article: Article) -> dict[str, Any]:
    """The story's attachments in order; a story without any has no such key, as before there were any."""
    used = article.files.order_by("position", "pk").select_related("attachment")
    files = [_file(use) for use in used]
    return {"files": files} if files else {}


def _file(use: ArticleFile) -> dict[str, Any]:
    file = use.attachment
    names = {key: getattr(file, key) for key in ("public_id", "sha256", "name", "kind", "bytes")}
    return names | {"title": use.title or file.name.rpartition(".")[0], "own_title": use.title}


def uses(article: Article) -> list[ArticlePhoto]:
    """The story's pictures in order, each with its photo and the photo's credits."""
    ordered = article.photos.order_by("position", "pk")
    return list(ordered.select_related("photo").prefetch_related("photo__credits"))


def caption_of(use: ArticlePhoto) -> str:
    """The caption as printed: this story's own, else the library's."""
    return (use.caption or use.photo.caption).strip()


def credit_of(use: ArticlePhoto) -> str:
    return use.credit or credit_line(use.photo.credits.all())


def _copyright_notice(article: Article) -> str:
    if article.copyright_notice or not article.source:
        return article.copyright_notice
    return Source.objects.filter(name=article.source).values_list("copyright_notice", flat=True).first() or ""


def _section(section: Section | None) -> dict[str, Any] | None:
    if section is None:
        return None
    return {"id": section.pk, "slug": section.slug, "name": section.name, "parent": _section(section.parent)}


def _series(series: Series | None) -> dict[str, Any] | None:
    if series is None:
        return None
    logo = series.logo and {"public_id": series.logo.public_id, "sha256": series.logo.sha256} | _size(
        series.logo
    )
    return {
        "id": series.pk,
        "slug": series.slug,
        "title": series.title,
        "strapline": series.strapline,
        "logo": logo,
    }


def _region(region: Region) -> dict[str, Any]:
    return {"code": region.code, "name": region.name, "lineage": region.lineage}


def _credit(credit: Credit) -> dict[str, Any]:
    return {
        "reporter": credit.reporter_id,
        "identity": credit.identity,
        "act": credit.act,
        "name": credit.name,
        "outlet": credit.outlet,
    }


def _size(photo: Photo) -> dict[str, Any]:
    return {"width": photo.width, "height": photo.height, "focal": [photo.focal_x, photo.focal_y]}


def _photo(use: ArticlePhoto) -> dict[str, Any]:
    photo = use.photo
    return {
        "public_id": photo.public_id,
        "sha256": photo.sha256,
        "caption": caption_of(use),
        "alt": use.alt or photo.alt or caption_of(use),
        "credit": credit_of(use),
        "credits": [_credit(c) for c in photo.credits.all()],
        "joined": use.joined,
        "own": {"caption": use.caption, "alt": use.alt, "credit": use.credit},
    } | _size(photo)


def thaw(article: Article, content: dict[str, Any]) -> list[str]:
    """Write a frozen content back onto the working copy, relations included, and save it.

    Returns what could no longer be found (a deleted tag is made anew; a vanished section or picture is
    named in the list and left out).
    """
    for name in LINES:
        setattr(article, name, content[name])
    article.path, article.page_order = content.get("path", ""), content.get("page_order", 0)
    article.copyright_notice = content["own_copyright_notice"]
    stamp = content["first_published_at"]
    article.first_published_at = datetime.fromisoformat(stamp) if stamp else None
    lost: list[str] = []
    article.section = _find(Section, content["section"], "name", lost)
    article.series = _find(Series, content["series"], "title", lost)
    article.save()
    article.regions.set(Region.objects.filter(code__in=[r["code"] for r in content["regions"]]))
    article.tags.set([Tag.objects.filter(pk=t["id"]).first() or t["name"] for t in content["tags"]])
    _thaw_bylines(article, content["bylines"])
    _thaw_photos(article, content["photos"], lost)
    _thaw_files(article, content.get("files", []), lost)
    return lost


def _find(
    model: type[Section] | type[Series], frozen: dict[str, Any] | None, name: str, lost: list[str]
) -> Any:
    if frozen is None:
        return None
    found = model._default_manager.filter(pk=frozen["id"]).first()
    if found is None:
        lost.append(frozen[name])
    return found


def _thaw_bylines(article: Article, frozen: list[dict[str, Any]]) -> None:
    article.bylines.all().delete()
    known = set(Reporter.objects.filter(pk__in=[b["reporter"] for b in frozen]).values_list("pk", flat=True))
    for position, byline in enumerate(frozen):
        reporter = byline.pop("reporter")
        Byline.objects.create(
            article=article, position=position, reporter_id=reporter if reporter in known else None, **byline
        )


def _thaw_photos(article: Article, frozen: list[dict[str, Any]], lost: list[str]) -> None:
    article.photos.all().delete()
    known = {p.sha256: p for p in Photo.objects.filter(sha256__in=[p["sha256"] for p in frozen])}
    for position, use in enumerate(frozen):
        photo = known.get(use["sha256"])
        if photo is None:
            lost.append(use["caption"])
            continue
        ArticlePhoto.objects.create(
            article=article, photo=photo, position=position, joined=use["joined"], **use["own"]
        )


def _thaw_files(article: Article, frozen: list[dict[str, Any]], lost: list[str]) -> None:
    article.files.all().delete()
    known = {f.sha256: f for f in Attachment.objects.filter(sha256__in=[f["sha256"] for f in frozen])}
    for position, use in enumerate(frozen):
        file = known.get(use["sha256"])
        if file is None:
            lost.append(use["title"])
            continue
        ArticleFile.objects.create(
            article=article, attachment=file, position=position, title=use["own_title"]
        )
