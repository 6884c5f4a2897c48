"""What a page or an issue still lacks, in words for the person who must mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.models import Article, Release
from issues import card
from issues.changes import name_of
from issues.facts import PageFacts
from issues.freeze import freeze
from issues.models import Page, Proof
from media.models import Photo
from newsroom.lib import canonical

Box = dict[str, Any]

GONE = (Article.Status.WITHDRAWN, Article.Status.SPIKED)  # what no page prints


def layout_problems(content: dict[str, Any], page: Page) -> list[Problem]:
    """Boxes that overlap or leave the page, empty boxes, stories that cannot be printed."""
    boxes = content["placements"]
    found = [Problem("boxes", sentence) for sentence in geometry(boxes, content["page"]["format"])]
    ids = {box["story"]["article"] for box in boxes if box["story"]}
    gone = Article.objects.filter(pk__in=ids, status__in=GONE)
    found += [Problem("boxes", _("《%s》已撤稿或不用，请从版面上撤下。") % story) for story in gone]
    found += blocked_problems(content)
    for box in boxes:
        if box["kind"] == "story" and not box["story"]:
            found.append(Problem("boxes", _("有一个稿件版块还没有稿件。")))
        if box["kind"] == "picture" and not box["photo"]:
            found.append(Problem("boxes", _("有一个图片版块还没有图片。")))
    return found


def blocked_problems(content: dict[str, Any]) -> list[Problem]:
    """Pictures on the page that a chief has blocked."""
    blocked = Photo.objects.filter(public_id__in=card.photo_ids(content), blocked_at__isnull=False)
    return [Problem("photos", _("图片“%s”已被封存，请从版面上换下。") % photo) for photo in blocked]


def geometry(boxes: Iterable[Box], form: dict[str, Any]) -> Iterator[str]:
    """Sentences about boxes (frozen placements) that overlap or leave the grid."""
    boxes = list(boxes)
    for box in boxes:
        inside = (
            box["cols"] > 0
            and box["rows"] > 0
            and box["col"] + box["cols"] <= form["columns"]
            and box["row"] + box["rows"] <= form["rows"]
        )
        if not inside:
            yield _("%s超出了版心。") % name_of(box)
    for one, other in combinations(boxes, 2):
        if overlap(one, other):
            yield _("%(one)s与%(other)s重叠。") % {"one": name_of(one), "other": name_of(other)}


def overlap(one: Box, other: Box) -> bool:
    across = one["col"] < other["col"] + other["cols"] and other["col"] < one["col"] + one["cols"]
    return across and one["row"] < other["row"] + other["rows"] and other["row"] < one["row"] + one["rows"]


def sign_off_problems(facts: PageFacts, proof: Proof) -> list[Problem]:
    """What keeps a page from being signed off (签样)."""
    content = proof.data
    found = [
        Problem("stories", _("%s还没有签发。") % name_of(box))
        for box in content["placements"]
        if box["story"] and not box["story"]["signed"]
    ]
    found += blocked_problems(content)
    if facts.open_marks:
        found.append(Problem("marks", _("还有%d处批注没有核红。") % facts.open_marks))
    names = {str(box["id"]): name_of(box) for box in content["placements"]}
    for pk, fit in proof.findings.get("fits", {}).items():
        if fit["state"] == "over":
            over = {"name": names.get(pk, ""), "n": fit["over"]}
            found.append(Problem("boxes", _("%(name)s超%(n)d字。") % over))
    return found


def release_problems(
    signed: list[tuple[Page, Proof | None]], moment: datetime, now: datetime
) -> list[Problem]:
    """What keeps an issue with those pages from being given that moment."""
    if not signed:
        return [Problem("pages", _("这一期还没有版面。"))]
    found = []
    for page, proof in signed:
        if proof is None:
            found.append(Problem("pages", _("%s还没有签样。") % page.label))
        elif canonical.digest(freeze(page, now)) != page.digest:
            found.append(Problem("pages", _("%s签样之后有稿件改动，请退回改版重新签样。") % page.label))
    proofs = [proof for _page, proof in signed if proof]
    for proof in proofs:
        found += blocked_problems(proof.data)
    return found + _story_problems(proofs, moment, now)


def _story_problems(proofs: list[Proof], moment: datetime, now: datetime) -> list[Problem]:
    """Stories that would hide a page: unsigned, withdrawn since, or only in the guide and not public then."""
    ids = {pk for proof in proofs for pk in proof.stories.values_list("article", flat=True)}
    printed = {box["story"]["article"] for p in proofs for box in p.data["placements"] if box["story"]}
    releases = Release.objects.filter(article__in=ids)
    ready = set((releases.visible(now) | releases.pending(now)).values_list("article", flat=True))
    then = set(releases.visible(moment).values_list("article", flat=True))
    withdrawn = {
        pk
        for proof in proofs
        for pk in releases.withdrawn(now)
        .filter(visible_until__gt=proof.created_at, article__proofs__proof=proof)
        .values_list("article", flat=True)
    }
    found = []
    for story in Article.objects.filter(pk__in=ids).order_by("pk"):
        if story.pk not in ready:
            found.append(Problem("stories", _("《%s》没有签发，或已撤稿。") % story))
        elif story.pk in withdrawn:
            found.append(Problem("stories", _("《%s》出样之后撤过稿，请退回改版，重新出样。") % story))
        elif story.pk not in printed and story.pk not in then:
            found.append(Problem("stories", _("导读里的《%s》到时还没有公开。") % story))
    return found
