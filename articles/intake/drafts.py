"""Stories that were read become drafts: headlines, names, body, pictures, and the raw text behind each."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction

from articles import history
from articles.intake import credited, kept, shape
from articles.intake.bodies import Body, Shown, body_of, one_line, paragraph
from articles.intake.doubts import doubts
from articles.intake.pagewide import Pagewide, series_of
from articles.intake.pieces import Kind, Piece, Reading
from articles.intake.signatures import signatures
from articles.models import Article, ArticlePhoto, Byline, Intake, Origin
from articles.workflow import lock
from media import library
from media.inspection import Refused
from media.models import Photo, PhotoCredit
from newsroom.lib.blocks import picture as place_of
from newsroom.lib.text import LONGEST
from people.credits import line as credit_line
from people.models import Act, User

#: A doubt of ours beside those of `articles.intake.doubts`: what no field holds stands in the body.
TOO_LONG = "too long for its field"
_STACK = (
    (Kind.KICKER, "kicker", 200),
    (Kind.HEADLINE, "headline", 200),
    (Kind.SUBHEADLINE, "subheadline", 200),
)
LONGEST_DATELINE, LONGEST_CREDIT, LONGEST_BODY = 40, 120, 200_000


@dataclass
class _Draft:
    """A story on its way: the columns it gets, and what found no place in them."""

    page: Pagewide
    fields: dict[str, Any]
    body: Body
    names: list[dict[str, Any]]
    over: list[str] = field(default_factory=list)  # HTML that goes to the head of the body
    loose: list[dict[str, Any]] = field(default_factory=list)
    used: list[tuple[Shown, Photo]] = field(default_factory=list)


def take_pictures(intake: Intake, by: User | None) -> dict[str, Photo]:
    """The page's pictures in the library, by their names in the lines; without those it refuses.

    Each goes in by a transaction of its own: not to be called inside one (see `media.library.ingest`).
    """
    found = {}
    for name, path in kept.pictures_of(intake).items():
        try:
            with default_storage.open(path) as file:
                found[name], _new = library.ingest(file, name, by)
        except (Refused, FileNotFoundError):  # its caption waits for another
            continue
    return found


def make_drafts(
    intake: Intake,
    photos: Mapping[str, Photo],
    by: User | None,
    now: datetime,
    day: date | None = None,
    without: Collection[int] = (),
) -> list[Origin]:
    """A draft for each story and lone picture, in order. In the caller's transaction.

    `photos` as `take_pictures` gives them; `day` of the paper it was printed in, where that is known better
    than the page tells; `without`: groups that nobody wants.
    """
    reading = kept.reading_of(intake)
    page, told = Pagewide.of(reading, now, day or intake.issue_date), doubts(reading)
    origins = []
    for position, group in enumerate(reading.groups):
        if group in without:
            continue
        draft = _draft(reading, group, page if position == 0 or not page.is_web else page.without_author())
        article = _write(draft, photos, by, now, note=f"来稿 {intake}"[:200])
        warnings = told.get(group, []) + ([TOO_LONG] if draft.over or _is_long(article.body) else [])
        origin = Origin(article=article, intake=intake, position=position, group=group)
        origin.text, origin.loose = raw_text(reading, group), kept.dump(draft.loose)
        origin.doubts = kept.dump(warnings)
        origin.save()
        origins.append(origin)
    return origins


def raw_text(reading: Reading, group: int) -> str:
    """What of the lines is the story's, as it came and in the order in which it came."""
    lines: dict[int, list[Piece]] = {}
    for piece in sorted(reading.of(group), key=lambda piece: (piece.line, piece.start)):
        lines.setdefault(piece.line, []).append(piece)
    return "\n".join(" ".join(map(reading.text, pieces)) for pieces in lines.values())


def attach(origin: Origin, number: int, photo: Photo, by: User, now: datetime) -> ArticlePhoto:
    """The picture of loose caption `number` was found: it comes into the story with caption and credit.

    Raises IndexError, or ValueError if the story has the picture already.
    """
    with transaction.atomic():
        article = lock(origin.article)
        current = Origin.objects.get(pk=origin.pk)
        loose = current.loose_captions
        told = loose.pop(number)
        if article.photos.filter(photo=photo).exists():
            raise ValueError(photo.public_id)
        use = ArticlePhoto(article=article, photo=photo, position=article.photos.count())
        use.caption, use.credit = told["caption"], told["credit"]
        use.save()
        current.loose = kept.dump(loose)
        current.save(update_fields=["loose"])
        history.record(article, by, now)
    return use


# Reading into fields


def _draft(reading: Reading, group: int, page: Pagewide) -> _Draft:
    body = body_of(reading, group)
    names = signatures(reading, group, page.author)
    alone = reading.is_picture(group)
    fields: dict[str, Any] = {"kind": Article.Kind.PICTURE if alone else Article.Kind.STORY, **page.fields}
    draft = _Draft(page, fields, body, names)
    if title := one_line(shape.value(reading, group, Kind.SERIES)):
        found = series_of(title)
        fields |= found or {}
        draft.over += [] if found else [paragraph(title)]
    for kind, name, most in _STACK:
        _fill(draft, name, one_line(shape.value(reading, group, kind)), most)
    _fill(draft, "lede", _lede(reading, group), LONGEST)
    _fill(draft, "dateline", one_line(shape.value(reading, group, Kind.DATELINE)), LONGEST_DATELINE)
    _fill(draft, "editors_note", body.note, LONGEST)
    if alone and not names:
        people = [person for shown in body.shown for person in shown.people]
        draft.names = credited.rows_of(dict.fromkeys(people), Act.PHOTO)
    return draft


def _fill(draft: _Draft, name: str, text: str, most: int) -> None:
    """The field gets its text; one that is longer than it goes to the head of the body, whole."""
    if len(text) <= most:
        draft.fields[name] = text
    else:
        draft.over.append(paragraph(text))


def _lede(reading: Reading, group: int) -> str:
    return "\n".join(shape.texts(reading, group, Kind.LEDE))


# Writing


def _write(draft: _Draft, photos: Mapping[str, Photo], by: User | None, now: datetime, note: str) -> Article:
    """The story with its names, pictures and first version."""
    names = [row for row in draft.names if credited.fits(row)]
    draft.over += [paragraph(row["outlet"] + row["name"]) for row in draft.names if row not in names]
    html = _html(draft, photos)
    article = Article.objects.create(body=html, created_by=by, keyed_in_for_another=True, **draft.fields)
    Byline.objects.bulk_create(
        Byline(article=article, position=position, **row)
        for position, row in enumerate(credited.with_reporters(names))
    )
    for position, (shown, photo) in enumerate(draft.used):
        _use(article, position, shown, photo)
    if regions := draft.page.regions(article.headline, article.dateline):
        article.regions.set(regions)
    history.record(article, by, now, note=note)
    return article


def _html(draft: _Draft, photos: Mapping[str, Photo]) -> str:
    """The body; pictures that came are placed in it, captions of those that didn't are set aside."""
    parts = list(draft.over)
    taken: set[int] = set()
    for block in draft.body.blocks:
        if isinstance(block, str):
            parts.append(block)
            continue
        photo = photos.get(block.picture)
        if photo is None or photo.pk in taken:
            draft.loose += _loose(block)
            continue
        taken.add(photo.pk)
        draft.used.append((block, photo))
        alone = draft.fields["kind"] == Article.Kind.PICTURE  # its pictures stand above whatever text it has
        parts += [] if alone or block.joined else [place_of(photo.public_id)]
    return "".join(parts)


def _loose(shown: Shown) -> list[dict[str, Any]]:
    if not shown.caption and not shown.people:
        return []
    rows = credited.rows_of(shown.people, Act.PHOTO)
    caption, credit = _told(shown, rows)
    return [{"caption": caption, "credit": credit, "credits": rows}]


def _use(article: Article, position: int, shown: Shown, photo: Photo) -> None:
    """The picture in the story, with what was said of it; the library learns it where it knew nothing."""
    rows = credited.rows_of(shown.people, Act.PHOTO)
    caption, credit = _told(shown, rows)
    ArticlePhoto.objects.create(
        article=article, photo=photo, position=position, caption=caption, credit=credit, joined=shown.joined
    )
    if caption and not photo.caption:
        photo.caption = caption
        photo.save(update_fields=["caption"])
    if rows and not photo.credits.exists():
        PhotoCredit.objects.bulk_create(
            PhotoCredit(photo=photo, position=n, **row)
            for n, row in enumerate(credited.with_reporters([row for row in rows if credited.fits(row)]))
        )


def _told(shown: Shown, rows: Sequence[Mapping[str, Any]]) -> tuple[str, str]:
    """Caption and credit; a credit that is no credit's length stands at the caption's end."""
    credit = credit_line(rows)
    if len(credit) <= LONGEST_CREDIT:
        return shown.caption, credit
    return f"{shown.caption} {credit}".strip(), ""


def _is_long(body: str) -> bool:
    """Whether the story's form would refuse it: to be divided before it is saved there."""
    return len(body) > LONGEST_BODY
