"""Who may do what with pictures: predicates, asked by the admin, the views and the library alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people.rules import files_stories, is_chief, may_enter_newsroom, sees_all_stories, sees_everything

if TYPE_CHECKING:
    from media.models import Photo
    from people.rules import Person


def may_see(user: Person) -> bool:
    """May look through the library: everyone of the newsroom."""
    return may_enter_newsroom(user)


def may_upload(user: Person) -> bool:
    """Whoever writes or edits, and a superuser, who repairs. The same may pick pictures for a story."""
    return sees_everything(user) or files_stories(user)


def may_edit(user: Person, photo: Photo) -> bool:
    """Its words, credits and focal point: who uploaded it, and editors."""
    return sees_everything(user) or (may_upload(user) and photo.uploaded_by_id == user.pk)


def may_download(user: Person, photo: Photo) -> bool:
    """The untouched original, position and all: who may edit it, and those who make up and read the pages."""
    return may_edit(user, photo) or sees_all_stories(user)


def may_block(user: Person) -> bool:
    return is_chief(user)
