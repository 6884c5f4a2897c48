"""更正 in print: which of them a paper carries."""

from __future__ import annotations

from django.utils.translation import gettext as _

from articles.models import Correction
from articles.workflow import Conflict, NotAllowed
from issues import rules
from issues.models import Issue
from people.models import User


def put_in(correction: Correction, issue: Issue, by: User) -> None:
    """已排进本期: nobody needs to be reminded any more. Raises NotAllowed or Conflict."""
    _check(by)
    if not Correction.objects.filter(pk=correction.pk, printed_on=None).update(printed_on=issue.date):
        raise Conflict(_("这条更正刚被别人排进了报纸。"))


def take_out(correction: Correction, issue: Issue, by: User) -> None:
    """It is not in this paper after all. Raises NotAllowed or Conflict."""
    _check(by)
    if not Correction.objects.filter(pk=correction.pk, printed_on=issue.date).update(printed_on=None):
        raise Conflict(_("这条更正不在这一期。"))


def _check(by: User) -> None:
    if not rules.may_edit_issues(by):
        raise NotAllowed(_("更正由版面编辑或编辑排进报纸。"))
