"""Makes the demo's papers as people do: opened after the last one, laid out, proofed, signed, released, printed.

Hours are counted back from the moment a paper comes out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.conf import settings

from articles import due
from articles.models import Article
from issues import letters, marks, proofs, sending, skeleton
from issues.boxes import GEOMETRY
from issues.composition import compose
from issues.formats import share
from issues.models import GuideEntry, Issue, Mark, Masthead, Page, Proof
from issues.workflow import perform
from media.models import Photo
from newsroom.demo import plan
from newsroom.demo.content import Content
from newsroom.demo.layout import lay_out
from newsroom.demo.story import written_out
from people.models import User

Event = tuple[datetime, Callable[[datetime], object]]

OPENED, LAID_OUT, PROOFED, RELEASED, SENT = 160, 13.5, 12.5, 8, 7.5
FIRST_SIGNED, SIGNED_OFF = 11, 8.25
MARKED, CHANGED, CHECKED = 11.5, 11.4, 11.2
PRINTER = "霁川文印包装有限公司"


@dataclass(frozen=True)
class Bureau:
    """Who makes the papers, and of what: accounts, stories and pictures by their names in the content."""

    people: dict[str, User]
    stories: dict[str, Article]
    photos: dict[str, Photo]


def papers(content: Content, bureau: Bureau, now: datetime) -> Iterator[Event]:
    """What happens to all papers, each step with its moment; the oldest paper first."""
    for issue in sorted(content.issues, key=lambda issue: -issue.weeks_ago):
        made = _Paper(content, bureau, issue, now)
        yield from made.out() if issue.weeks_ago >= 0 else made.in_hand()


class _Paper:
    """One paper and what is done to it, step by step."""

    def __init__(self, content: Content, bureau: Bureau, planned: plan.Issue, now: datetime) -> None:
        self.weekly, self.bureau, self.people, self.now = content.weekly, bureau, bureau.people, now
        self.date = content.weekly.date(now, planned.weeks_ago)
        self.moment = content.weekly.moment(now, planned.weeks_ago)
        self.plan: plan.Issue = written_out(planned, self.date)

    def out(self) -> Iterator[Event]:
        """The history of a paper that is out."""

        def before(hours: float) -> datetime:
            return self.moment - timedelta(hours=hours)

        yield before(OPENED), self.open
        yield before(LAID_OUT), self.lay_out
        for page in self.plan.pages:
            yield before(PROOFED), partial(self.proof, page)
            for mark in page.marks:
                yield before(MARKED), partial(self.mark, page, mark)
                yield before(CHANGED), partial(self.move_on, page, mark, Mark.Status.CHANGED)
                yield before(CHECKED), partial(self.move_on, page, mark, Mark.Status.CHECKED)
            for stage, hours in enumerate(_signing(), 1):
                yield before(hours), partial(self.sign, page, stage)
            yield before(SENT), partial(self.send, page)
        yield before(RELEASED), self.release
        yield self.moment, lambda when: list(due.release_due(when))

    def in_hand(self) -> Iterator[Event]:
        """The history of the paper being made: opened this morning, a few pages proofed since."""

        def ago(minutes: float) -> datetime:
            return self.now - timedelta(minutes=minutes)

        yield ago(150), self.open
        yield ago(90), self.lay_out
        for page in self.plan.pages:
            if page.proof is None:
                continue
            yield ago(60), partial(self.proof, page)
            for stage in range(1, page.proof + 1):
                yield ago(40), partial(self.sign, page, stage)
            for mark in page.marks:
                yield ago(30), partial(self.mark, page, mark)
                yield ago(20), partial(self.move_on, page, mark, Mark.Status.CHANGED)
                yield ago(10), partial(self.move_on, page, mark, Mark.Status.CHECKED)

    # The steps

    def open(self, when: datetime) -> None:
        """After the last one; the very first by hand."""
        issue = skeleton.next_issue(self.people["layout"], when) if Issue.objects.exists() else self._first()
        issue.banner = self.plan.banner
        issue.save(update_fields=["banner"])
        for position, entry in enumerate(self.plan.guide):
            words = {name: entry.get(name, "") for name in ("kicker", "headline")}
            story = self.bureau.stories.get(entry.get("story", ""))
            GuideEntry.objects.create(
                issue=issue, position=position, page_number=entry["page"], article=story, **words
            )

    def _first(self) -> Issue:
        number, total = self.weekly.numbers(self.date)
        issue = Issue.objects.create(
            masthead=Masthead.objects.get(),
            date=self.date,
            number=number,
            total_number=total,
            page_count=len(self.weekly.pages),
        )
        for page in self.weekly.pages:
            names = [[label, name] for label, name in page["credits"].items()]
            Page.objects.create(issue=issue, number=page["number"], name=page["name"], credits=names)
        return issue

    def lay_out(self, when: datetime) -> None:
        for page in self.plan.pages:
            lay_out(
                self.page(page), page, self.bureau.stories, self.bureau.photos, self.people["layout"], when
            )

    def proof(self, planned: plan.Page, when: datetime) -> None:
        page = self.page(planned)
        perform("proof", page, self.people["layout"], now=when)
        proofs.ensure(self.newest(page))

    def mark(self, planned: plan.Page, mark: plan.Mark, when: datetime) -> None:
        """On the words it is about."""
        proof = self.newest(self.page(planned))
        story = self.bureau.stories[mark.story]
        box = next(b for b in proof.data["placements"] if b["story"] and b["story"]["article"] == story.pk)
        correction = marks.Correction(mark.words, mark.become) if mark.become else None
        marks.make(
            proof,
            self.people["proofreader"],
            mark.text,
            when,
            _place(proof, box, mark.words),
            box["id"],
            correction,
        )

    def move_on(self, planned: plan.Page, mark: plan.Mark, to: str, when: datetime) -> None:
        """As far as the plan has the mark come."""
        order = list(Mark.Status)
        if order.index(Mark.Status(to)) > order.index(Mark.Status(mark.status)):
            return
        found = self.page(planned).marks.get(article=self.bureau.stories[mark.story], text=mark.text)
        if to == Mark.Status.CHECKED:
            marks.check(found, self.people["editor"], when)
        elif found.status == Mark.Status.OPEN:
            marks.change(found, self.people["layout"], when)

    def sign(self, planned: plan.Page, stage: int, when: datetime) -> None:
        group = settings.PROOF_STAGES[stage - 1].group
        perform("sign", self.page(planned), self.people[group], now=when)

    def release(self, when: datetime) -> None:
        issue = Issue.objects.get(date=self.date)
        perform("release", issue, self.people["chief"], release_at=self.moment, now=when)

    def send(self, planned: plan.Page, when: datetime) -> None:
        """To the printer, who answers before long."""
        sent = sending.send(self.newest(self.page(planned)), self.people["layout"], PRINTER, when)
        sending.answer(
            sent, self.people["layout"], "收到，版面完整，可以付印。", when + timedelta(minutes=20)
        )

    # What they work on

    def page(self, planned: plan.Page) -> Page:
        return Page.objects.select_related("issue").get(issue__date=self.date, number=planned.number)

    def newest(self, page: Page) -> Proof:
        return page.proofs.select_related("page").latest("number")


def _place(proof: Proof, box: dict[str, Any], words: str) -> marks.Place:
    """Where the words begin in that box of the page: as many of them as stand on one line."""
    drawing = compose(proof.data, letters.font_set(proof.data["fonts"])).drawing
    across, down = 1000 / drawing["width"], 1000 / drawing["height"]
    left, top, wide, high = share(proof.data["page"]["format"], *(box[side] for side in GEOMETRY))
    for length in range(len(words), 0, -1):
        for _kind, x, y, size, *_rest, run, _colour in (i for i in drawing["items"] if i[0] == "text"):
            inside = left <= x * across <= left + wide and top <= y * down <= top + high
            if inside and words[:length] in run:
                at = round((x + size * run.index(words[:length])) * across), round((y - size) * down)
                return marks.Place(*at, round(size * length * across), round(size * 1.2 * down))
    raise LookupError(words)


def _signing() -> list[float]:
    """When each stage signs."""
    last = max(len(settings.PROOF_STAGES) - 1, 1)
    step = (FIRST_SIGNED - SIGNED_OFF) / last
    return [SIGNED_OFF + step * (last - number) for number in range(len(settings.PROOF_STAGES))]
