"""Stories that were read become drafts: headlines, names, body, pictures, and the raw text."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from articles.models import Intake, Origin
from media.models import Photo
from people.models import User


def take_pictures(intake: Intake, by: User | None) -> dict[str, Photo]:
    """The page's pictures in the library, by their names in the lines. Not inside a transaction."""
    raise NotImplementedError


def make_drafts(
    intake: Intake, photos: Mapping[str, Photo], by: User | None, now: datetime, day: object = None
) -> list[Origin]:
    """A draft for each story and lone picture, in order. In the caller's transaction."""
    raise NotImplementedError
