"""Why something was refused, in sentences for the person who tried; and what every action asks alike."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from articles.checklist import Problem
from newsroom.lib.text import clean_text
from people.models import User

LONGEST_NOTE = 5000  # characters


class WorkflowError(Exception):
    """Something was refused; nothing was changed. Its text is a sentence for the person who tried."""


class NotAllowed(WorkflowError):
    """This person may not do this."""


class Conflict(WorkflowError):
    """The story or page is no longer, or not, in the state this action needs, or not what was seen."""


class NotReady(WorkflowError):
    """The story or page, or the request, lacks something. `problems` says what, field by field."""

    def __init__(self, found: list[Problem]) -> None:
        self.problems = found
        super().__init__(" ".join(str(p) for p in found))


def check_person(by: User) -> None:
    """Raises NotAllowed for who never decides anything."""
    if not by.is_active or by.is_superuser:
        raise NotAllowed(_("停用的账号和系统管理员不参与采编审签。"))


def check_words(field: str, words: str) -> None:
    """Raises NotReady unless the words are text that every database and page can hold, and not too long."""
    if len(words) > LONGEST_NOTE:
        raise NotReady([Problem(field, _("文字太长，最多%d个字。") % LONGEST_NOTE)])
    try:
        clean_text(words)
    except ValidationError as refused:
        raise NotReady([Problem(field, sentence) for sentence in refused.messages]) from None
