"""Who may do what with the paper's frame."""

from __future__ import annotations

from people import roles
from people import rules as people_rules
from people.rules import Person


def may_view_issues(user: Person) -> bool:
    return people_rules.sees_all_stories(user) or people_rules.is_admin(user)


def may_edit_issues(user: Person) -> bool:
    """Numbers, date and banner: those who lay out the paper, and editors."""
    return people_rules.is_editor(user) or people_rules.has_role(user, roles.LAYOUT)


def may_edit_masthead(user: Person) -> bool:
    """The head of the paper is a setting: the chief's and the administrator's."""
    return people_rules.is_chief(user) or people_rules.is_admin(user)
