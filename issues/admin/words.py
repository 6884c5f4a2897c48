"""What the newsroom calls what happens to a page and an issue, before and after."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from issues.facts import PageFacts
from issues.models import Issue, Page
from newsroom.lib import canonical, dates
from people.models import Signature

# By action, as the chain names them.
LABELS: dict[str, Promise] = {
    "proof": gettext_lazy("出样"),
    "sign": gettext_lazy("签字"),
    "return": gettext_lazy("退回改版"),
    "release": gettext_lazy("发布"),
    "hold": gettext_lazy("收回发布"),
    "send": gettext_lazy("传版"),
    "mask": gettext_lazy("挖去已撤稿件"),
}


def label(action: str) -> str:
    return str(LABELS.get(action, action))


@dataclass(frozen=True)
class Entry:
    """A line of a page's or an issue's history. `void`: a signature that a later change voided."""

    signature: Signature
    words: str
    effect: dict[str, Any]
    void: bool = False

    @property
    def voids(self) -> list[str]:
        """The stages whose signatures this step voided."""
        return list(self.effect.get("voids", []))

    @property
    def who(self) -> str:
        one = self.signature
        if one.on_behalf_of_name:
            names = {"person": one.person_name, "principal": one.on_behalf_of_name}
            return _("%(person)s（代%(principal)s）") % names
        return one.person_name


def history(signatures: list[Signature], standing: list[Signature]) -> list[Entry]:
    """The newest first; `standing` are the signatures that still count."""
    kept = {one.pk for one in standing}
    entries = []
    for one in signatures:
        effect = canonical.load(one.effect) if one.effect else {}
        void = one.action == "sign" and one.pk not in kept
        entries.append(Entry(one, _entry(one, effect), effect, void))
    return entries[::-1]


def history_of(facts: PageFacts) -> list[Entry]:
    return history(facts.history, facts.signed)


def _entry(signature: Signature, effect: dict[str, Any]) -> str:
    match signature.action:
        case "sign":
            return signature.stage if "proof" in effect else _("%s签字") % signature.stage
        case "send":
            return _("传版给%s") % signature.note
        case "release":
            moment = datetime.fromisoformat(effect["release_at"]) if "release_at" in effect else signature.at
            ahead = moment > signature.at
            return _("发布，定于%s") % _moment(moment) if ahead else _("发布")
    return label(signature.action)


def _moment(moment: datetime) -> str:
    """As history tells it, whenever it is read: 11月20日 09:00."""
    return f"{dates.short_date(moment)} {dates.clock(moment)}"


def done(signature: Signature, page: Page, now: datetime) -> str:
    """What an action on a page did, told to the person who took it."""
    effect = canonical.load(signature.effect) if signature.effect else {}
    name = page.label
    if signature.action == "proof":
        if voided := effect.get("voids"):
            said = {"page": name, "stages": _("、").join(voided)}
            return _("%(page)s已送排，排好即可看样。版面有改动，%(stages)s的签字作废。") % said
        return _("%s已送排，排好即可看样。") % name
    if signature.action == "return":
        return _("%s已退回改版。") % name
    if page.status != Page.Status.SIGNED:
        return _("%(page)s%(stage)s已签。") % {"page": name, "stage": signature.stage}
    if page.issue.release_at and page.issue.release_at <= now:
        return _("%s已签样，读者看到的是新版。") % name
    return _("%s已签样。") % name


def done_with_issue(signature: Signature, issue: Issue, now: datetime) -> str:
    match signature.action:
        case "proof":
            return _("各版都已送排，排好即可看样。")
        case "hold":
            return _("已收回，到时不会发布。")
    if issue.release_at and issue.release_at > now:
        return _("已定于%s发布：各版和随报的稿件同时公开。") % dates.relative(issue.release_at, now)
    return _("已发布，读者现在就能看到。")
