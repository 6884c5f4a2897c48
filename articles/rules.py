"""Who may do what with a story. Pure predicates: admin, views, workflow and templates all ask these.

`why_not` answers with a sentence, or None when the person may. It looks at the person and the story's facts;
whether the story is in a state the action leaves from is `articles.workflow.ACTIONS`' matter.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.utils.translation import gettext as _

from articles.facts import Facts
from articles.models import Article, Intake
from people import roles
from people import rules as people_rules
from people.models import User

Status = Article.Status


def owns(user: User, facts: Facts) -> bool:
    """Created it, submitted it or is bylined on it."""
    return user.pk == facts.article.created_by_id or user.pk in facts.authors


def may_view(user: User, facts: Facts) -> bool:
    """Editors and page makers see all; others their own, and what waits at a stage they hold (代审)."""
    if people_rules.sees_all_stories(user):
        return True
    stage = facts.stage
    reviews = stage is not None and stage.name in facts.stages_held(user)
    return people_rules.may_enter_newsroom(user) and (owns(user, facts) or reviews)


def may_edit(user: User, facts: Facts) -> bool:
    """Drafts: owners and editors. In review: the stage's holder. Published: editors, for an amendment."""
    if facts.status == Status.DRAFT:
        return people_rules.is_editor(user) or (people_rules.files_stories(user) and owns(user, facts))
    if facts.status == Status.REVIEW:
        return why_not_reviewer(user, facts) is None
    return facts.status == Status.PUBLISHED and people_rules.is_editor(user)


def why_not_correct(user: User, facts: Facts) -> str | None:
    """改字 on a proof: proofreaders and editors, as long as the story is not signed."""
    if not (people_rules.is_editor(user) or people_rules.has_role(user, roles.PROOFREADER)):
        return _("校样上改字由校对和编辑来做。")
    # Paper prints what is signed: in a reopened story the correction would reach the web alone.
    signed = facts.live or facts.pending
    if facts.status in (Status.DRAFT, Status.REVIEW) and not signed:
        return None
    if signed or facts.status in (Status.SIGNED, Status.PUBLISHED):
        return _("《%s》已签发，要改须由编辑重新编辑，再走审签。") % facts.article
    return _("《%s》已撤稿或不用，不再改字。") % facts.article


def may_create(user: User) -> bool:
    return people_rules.files_stories(user)


def may_claim(user: User, facts: Facts) -> bool:
    return people_rules.is_editor(user) and facts.status in (Status.DRAFT, Status.REVIEW)


def may_hold(user: User, facts: Facts) -> bool:
    """备用: kept in the store for another day; only what is not yet signed."""
    return people_rules.is_editor(user) and facts.status in (Status.DRAFT, Status.REVIEW)


def may_take_in(user: User) -> bool:
    """Send in pages, Word files and PDFs, and make drafts of them: who writes, edits or lays out."""
    return people_rules.files_stories(user) or people_rules.has_role(user, roles.LAYOUT)


def may_view_intake(user: User, intake: Intake) -> bool:
    """Editors and page makers see all that was sent in; others what they sent themselves."""
    own = intake.sent_by_id == user.pk and people_rules.may_enter_newsroom(user)
    return people_rules.sees_all_stories(user) or own


def may_edit_intake(user: User, intake: Intake) -> bool:
    """Correct how it reads, accept or drop it: editors and layout any, a reporter his own."""
    if people_rules.is_editor(user) or people_rules.has_role(user, roles.LAYOUT):
        return True
    return may_take_in(user) and intake.sent_by_id == user.pk


def may_edit_taxonomy(user: User) -> bool:
    """Sections, series, sources and tags."""
    return people_rules.is_editor(user) or people_rules.is_admin(user)


def may_arrange_front(user: User) -> bool:
    """首页编排: which stories lead the home page. It shows nothing that was not signed."""
    return people_rules.is_editor(user)


def may_record_outside(user: User, facts: Facts) -> bool:
    """站外地址: where else a story went; editors, and the story's own people."""
    return people_rules.is_editor(user) or (people_rules.files_stories(user) and owns(user, facts))


def may_handle_outside(user: User, recorded_by: int) -> bool:
    """Say that a copy outside is cleared or updated, or was recorded by mistake: editors, who recorded it."""
    own = people_rules.files_stories(user) and user.pk == recorded_by
    return people_rules.is_editor(user) or own


def may_discard(user: User, facts: Facts) -> bool:
    """A story never signed may be deleted, by its owner while a draft or by an editor."""
    signed = any(s.action in ("pass", "amend") for s in facts.history)
    if signed or facts.live or facts.status not in (Status.DRAFT, Status.SPIKED):
        return False
    return people_rules.is_editor(user) or (people_rules.files_stories(user) and owns(user, facts))


def why_not(action: str, user: User, facts: Facts) -> str | None:
    return PERSONAL[action](user, facts)


def _author_or_editor(user: User, facts: Facts) -> str | None:
    if people_rules.is_editor(user) or (people_rules.files_stories(user) and owns(user, facts)):
        return None
    return _("只有作者和编辑可以提交。")


def _author(user: User, facts: Facts) -> str | None:
    if not people_rules.files_stories(user) or not owns(user, facts):
        return _("只有作者可以收回。")
    return _("已有人审签，不能再收回。") if facts.passes else None


def _editor(user: User, facts: Facts) -> str | None:
    return None if people_rules.is_editor(user) else _("这一步由编辑来做。")


def _chief(user: User, facts: Facts) -> str | None:
    return None if people_rules.is_chief(user) else _("这一步由终审（总编辑）来做。")


def _reopen(user: User, facts: Facts) -> str | None:
    return _chief(user, facts) if facts.status == Status.WITHDRAWN else _editor(user, facts)


def why_not_reviewer(user: User, facts: Facts) -> str | None:
    """Why this person does not hold the pen at the present stage."""
    held = facts.stages_held(user)
    stage = facts.stage
    if stage is None:
        return None if held else _("你不承担审稿。")
    if stage.name not in held:
        return _("此稿正在%s，不由你审。") % stage.name
    if user.pk in facts.authors:
        return _("作者不能审自己的稿。")
    if any(s.person_id == user.pk and s.stage != stage.name for s in facts.passes):
        return _("你已审过这一稿的另一级，同一人不能审两级。")
    return None


def may_confirm(user: User, facts: Facts) -> bool:
    """At the last stage, a holder of an earlier stage vouches for what the last stage's holder changed."""
    if not facts.at_last_stage or not facts.changed_since_earlier_stage - {user.pk}:
        return False
    held = facts.stages_held(user)
    earlier = any(stage.name in held for stage in settings.REVIEW_STAGES[:-1])
    return earlier and user.pk not in facts.authors | facts.changed_since_earlier_stage


def _pass(user: User, facts: Facts) -> str | None:
    refused = why_not_reviewer(user, facts)
    if refused:
        return None if may_confirm(user, facts) else refused
    if facts.at_last_stage and user.pk in facts.changed_since_earlier_stage:
        if len(settings.REVIEW_STAGES) == 1:
            return _("你改过此稿，须由另一位审签。")
        return _("你改过此稿，须先由前一级审签人确认。")
    return None


def _amend(user: User, facts: Facts) -> str | None:
    if not people_rules.is_editor(user):
        return _("改稿重发由总编辑和另一位编辑共同签发。")
    if user.pk in facts.amenders:
        return _("你已签过这次改稿，等另一位签发。")
    return None


PERSONAL: dict[str, Callable[[User, Facts], str | None]] = {
    "submit": _author_or_editor,
    "pass": _pass,
    "return": why_not_reviewer,
    "recall": _author,
    "spike": _editor,
    "restore": _editor,
    "reschedule": _chief,
    "reopen": _reopen,
    "amend": _amend,
    "withdraw": _chief,
    "correct": _chief,
}
