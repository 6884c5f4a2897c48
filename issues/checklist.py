"""What a page or an issue still lacks, in words for the person who must mend it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import combinations
from typing import Any

from django.utils.translation import gettext as _

from articles.checklist import Problem
from articles.models import Article, Release
from issues.changes import name_of
from issues.facts import PageFacts
from issues.freeze import freeze
from issues.models import Issue, Page, Proof
from newsroom.lib import canonical

Box = dict[str, Any]


def layout_problems(content: dict[str, Any], page: Page) -> list[Problem]:
    """Boxes that overlap or leave the page, empty boxes, stories that cannot be printed."""
    boxes = content["placements"]
    found = [Problem("boxes", sentence) for sentence in geometry(boxes, content["page"]["format"])]
    ids = {box["story"]["article"] for box in boxes if box["story"]}
    gone = Article.objects.filter(pk__in=ids, status__in=[Article.Status.WITHDRAWN, Article.Status.SPIKED])
    found += [Problem("boxes", _("《%s》已撤稿或不用，请从版面上撤下。") % story) for story in gone]
    for box in boxes:
        if box["kind"] == "story" and not box["story"]:
            found.append(Problem("boxes", _("有一个稿件版块还没有稿件。")))
        if box["kind"] == "picture" and not box["photo"]:
            found.append(Problem("boxes", _("有一个图片版块还没有图片。")))
    return found


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
    content = Proof.objects.get(pk=proof.pk).data
    found = [
        Problem("stories", _("%s还没有签发。") % name_of(box))
        for box in content["placements"]
        if box["story"] and not box["story"]["signed"]
    ]
    if facts.open_marks:
        found.append(Problem("marks", _("还有%d处批注没有核红。") % facts.open_marks))
    names = {str(box["id"]): name_of(box) for box in content["placements"]}
    for pk, fit in proof.findings.get("fits", {}).items():
        if fit["state"] == "over":
            over = {"name": names.get(pk, ""), "n": fit["over"]}
            found.append(Problem("boxes", _("%(name)s超%(n)d字。") % over))
    return found


def release_problems(issue: Issue, signed: list[tuple[Page, Proof | None]], now: datetime) -> list[Problem]:
    """What keeps an issue from being given its moment."""
    if not signed:
        return [Problem("pages", _("这一期还没有版面。"))]
    found = []
    for page, proof in signed:
        if proof is None:
            found.append(Problem("pages", _("%s还没有签样。") % page.label))
        elif canonical.digest(freeze(page, now)) != page.digest:
            found.append(Problem("pages", _("%s签样之后有稿件改动，请退回改版重新签样。") % page.label))
    ids = {pk for _page, proof in signed if proof for pk in proof.stories.values_list("article", flat=True)}
    open_ones = Release.objects.visible(now) | Release.objects.pending(now)
    ready = set(open_ones.filter(article__in=ids).values_list("article", flat=True))
    for story in Article.objects.filter(pk__in=ids - ready):
        found.append(Problem("stories", _("《%s》没有签发，或已撤稿。") % story))
    return found
