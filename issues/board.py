"""The pages of papers, each with all there is to say of it: for an issue's board, the proof page, the desk.

A fixed number of queries for any number of pages.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db.models import Count

from articles.models import Release
from articles.standing import Holders
from issues import rules
from issues.facts import PageFacts, facts_for
from issues.marks import with_proof
from issues.models import Dispatch, Issue, Mark, Page, Placement, Proof
from issues.sending import signed_proofs
from issues.standing import Card
from issues.workflow import available
from people import roles
from people import rules as people_rules
from people.models import User

LIGHT = ("page", "number", "pictures", "digest", "state", "date", "page_number")


def pages_of(issues: Iterable[Issue]) -> list[Page]:
    """The pages of these issues in order, each with its issue and masthead; one query."""
    pages = Page.objects.filter(issue__in=issues).select_related("issue__masthead")
    return list(pages.order_by("issue__date", "number"))


def cards(pages: Sequence[Page], viewer: User, now: datetime) -> list[Card]:
    """The pages in order; they come with their issue."""
    holders = Holders(now, settings.PROOF_STAGES)
    pictures = _pictures(pages)
    masked = _masked(pages, now)
    boxes = _boxes(pages)
    public = _public({box.article_id for those in boxes.values() for box in those if box.article_id}, now)
    marks = _marks(pages)
    sent = _sent(pages)
    signed = signed_proofs(pages)
    checks = _to_check(pages, viewer) if rules.may_mark(viewer) else Counter()
    unproofed = _unproofed(pages)
    found = []
    for facts in facts_for(pages, now):
        page = facts.page
        stories = {box.article_id: box.article for box in boxes[page.pk] if box.article}
        mask = masked.get(page.pk) if page.status == Page.Status.SIGNED else None
        found.append(
            Card(
                facts,
                viewer,
                picture=mask or pictures.get(page.pk),
                withdrawn=mask and mask.withdrawn,
                boxes=boxes[page.pk],
                unsigned=[story for pk, story in stories.items() if pk not in public],
                open_marks=marks[page.pk],
                to_check=checks[page.pk],
                unproofed=unproofed[page.pk],
                holders=_holders(facts, holders),
                actions=available(viewer, facts),
                dispatch=sent.get(page.pk),
                signed_proof=signed.get(page.pk),
            )
        )
    return found


def card_of(page: Page, viewer: User, now: datetime) -> Card:
    return cards([page], viewer, now)[0]


def _holders(facts: PageFacts, holders: Holders) -> list[str]:
    """Who can sign the page at its present stage."""
    stage = facts.stage
    if stage is None:
        return []
    barred = {s.person_id for s in facts.signed} if facts.at_last_stage else set()
    return [name for pk, name in holders.by_stage[stage.name].items() if pk not in barred]


def _pictures(pages: Sequence[Page]) -> dict[int, Proof]:
    """The newest proof of each page that can be looked at, without its texts."""
    ready = Proof.objects.filter(page__in=pages, masks=None, state=Proof.State.READY)
    return {proof.page_id: proof for proof in ready.order_by("number").only(*LIGHT)}


def _masked(pages: Sequence[Page], now: datetime) -> dict[int, Any]:
    """The masked proofs that readers see, each with `withdrawn`: how many stories it lost."""
    shown = Proof.objects.in_window(now).filter(page__in=pages, masks__isnull=False)
    rows = shown.order_by("number").only(*LIGHT, "masks")
    kept = Count("stories", distinct=True)
    return {
        proof.page_id: proof
        for proof in rows.annotate(withdrawn=Count("masks__stories", distinct=True) - kept)
    }


def _boxes(pages: Sequence[Page]) -> dict[int, list[Placement]]:
    found: dict[int, list[Placement]] = defaultdict(list)
    rows = Placement.objects.filter(page__in=pages).select_related("article")
    columns = ("page", "kind", "article", "photo", "title", "template", "col", "row", "cols", "rows")
    for box in rows.only(*columns, "article__headline", "article__status"):
        found[box.page_id].append(box)
    return found


def _public(stories: set[int], now: datetime) -> set[int]:
    """Those of the stories that are signed for readers."""
    signed = Release.objects.visible(now) | Release.objects.pending(now)
    return set(signed.filter(article__in=stories).values_list("article", flat=True))


def _marks(pages: Sequence[Page]) -> Counter[int]:
    rows = Mark.objects.filter(page__in=pages, status=Mark.Status.OPEN).order_by()
    return Counter(dict(rows.values_list("page").annotate(Count("pk"))))


def _to_check(pages: Sequence[Page], viewer: User) -> Counter[int]:
    """Marks changed by somebody else that a proof shows: all of them for proofreaders, for others those they
    made."""
    rows = Mark.objects.filter(page__in=pages, status=Mark.Status.CHANGED).exclude(changed_by=viewer)
    if not people_rules.has_role(viewer, roles.PROOFREADER):
        rows = rows.filter(made_by=viewer)
    rows = with_proof(rows).filter(is_proofed=True)
    return Counter(rows.order_by().values_list("page", flat=True))


def _unproofed(pages: Sequence[Page]) -> Counter[int]:
    """Marks changed since the newest proof that lies there."""
    rows = with_proof(Mark.objects.filter(page__in=pages, status=Mark.Status.CHANGED))
    return Counter(rows.filter(is_proofed=False).order_by().values_list("page", flat=True))


def _sent(pages: Sequence[Page]) -> dict[int, Dispatch]:
    rows = Dispatch.objects.filter(proof__page__in=pages).select_related("by", "proof")
    rows = rows.defer("proof__content", "proof__card", "proof__report").order_by("at", "pk")
    return {dispatch.proof.page_id: dispatch for dispatch in rows}


def holds_a_proof_stage(user: User, now: datetime) -> bool:
    return bool(people_rules.stages_held(user, now, settings.PROOF_STAGES))
