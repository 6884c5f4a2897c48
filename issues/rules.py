"""Who may do what with the paper: pure predicates, asked by admin, workflow, views and templates alike.

`why_not` answers with a sentence, or None when the person may; whether the page is in a state that the action
leaves from is `issues.workflow.ACTIONS`' matter.
"""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _

from issues.facts import PageFacts
from issues.models import Mark, Page
from people import roles
from people import rules as people_rules
from people.rules import Person


def may_view_issues(user: Person) -> bool:
    """Pages show stories: who may read all of those."""
    return people_rules.sees_all_stories(user)


def may_view_page(user: Person, facts: PageFacts) -> bool:
    """Whoever sees the paper, and who holds the page's present stage for another today (代审)."""
    stage = facts.stage
    return may_view_issues(user) or (stage is not None and stage.name in facts.stages_held(user))


def may_edit_issues(user: Person) -> bool:
    """Numbers, date, pages and what stands on them: those who lay out the paper, and editors."""
    return people_rules.is_editor(user) or people_rules.has_role(user, roles.LAYOUT)


def may_view_masthead(user: Person) -> bool:
    return may_view_issues(user) or may_edit_masthead(user)


def may_edit_masthead(user: Person) -> bool:
    """The head of the paper is a setting: the chief's and the administrator's."""
    return people_rules.is_chief(user) or people_rules.is_admin(user)


def may_compose(user: Person, page: Page) -> bool:
    """Move what stands on a page: until it is signed."""
    return may_edit_issues(user) and page.status != Page.Status.SIGNED


def may_mark(user: Person) -> bool:
    """Write on a proof: whoever reads or makes the page."""
    return may_edit_issues(user) or people_rules.has_role(user, roles.PROOFREADER)


def may_check(user: Person, mark: Mark) -> bool:
    """核红: that what was marked is put right is confirmed by someone else than who put it right."""
    return may_mark(user) and mark.changed_by_id != user.pk


def may_send(user: Person) -> bool:
    """传版: who lays out the paper, and editors."""
    return may_edit_issues(user)


def why_not(action: str, user: Person, facts: PageFacts) -> str | None:
    return PERSONAL[action](user, facts)


def _maker(user: Person, facts: PageFacts) -> str | None:
    return None if may_edit_issues(user) else _("出样由版面编辑或编辑来做。")


def _holder(user: Person, facts: PageFacts) -> str | None:
    """Holds the present proof stage; and who signs off (签样) has signed no earlier stage of this round."""
    stage = facts.stage
    held = facts.stages_held(user)
    if stage is None:
        return None if held else _("你不承担校对和签样。")
    if stage.name not in held:
        return _("此版正在%s，不由你签。") % stage.name
    if facts.at_last_stage and user.pk in {s.person_id for s in facts.signed}:
        return _("你已签过此版的校样，签样须由另一位来做。")
    return None


def _returner(user: Person, facts: PageFacts) -> str | None:
    """From proof: who holds the stage, and the makers. After sign-off: editors alone."""
    if facts.page.status == Page.Status.SIGNED:
        return None if people_rules.is_editor(user) else _("签样后改版由编辑来做。")
    if may_edit_issues(user):
        return None
    return _holder(user, facts)


def may_release(user: Person) -> bool:
    return people_rules.is_chief(user)


PERSONAL: dict[str, Callable[[Person, PageFacts], str | None]] = {
    "proof": _maker,
    "sign": _holder,
    "return": _returner,
}
