"""Who may do what with pictures: predicates, asked by the admin, the views and the library alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from people import roles
from people.rules import has_role, is_chief, may_enter_newsroom, sees_everything

if TYPE_CHECKING:
    from media.models import Photo
    from people.rules import Person


def may_see(user: Person) -> bool:
    """May look through the library: everyone of the newsroom, as everyone places pictures."""
    return may_enter_newsroom(user)


def may_upload(user: Person) -> bool:
    """Whoever writes or edits; a superuser repairs and may too."""
    return sees_everything(user) or has_role(user, roles.REPORTER)


def may_edit(user: Person, photo: Photo) -> bool:
    """Its words, credits and focal point: who uploaded it, and editors."""
    return sees_everything(user) or (may_upload(user) and photo.uploaded_by_id == getattr(user, "pk", None))


def may_block(user: Person) -> bool:
    return is_chief(user)
