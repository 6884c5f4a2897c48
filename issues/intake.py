"""What was sent in is accepted (入库): its stories become drafts, its page a page of the issue."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from articles.models import Article, Intake
from issues.models import Issue, Page
from people.models import User


@dataclass
class Accepted:
    """What came of it: the drafts in order; where they were put, if anywhere; what could not be."""

    intake: Intake
    articles: list[Article] = field(default_factory=list)
    issue: Issue | None = None
    page: Page | None = None
    notes: list[str] = field(default_factory=list)


def accept(
    intake: Intake,
    by: User | None,
    now: datetime,
    issue_date: date | None = None,
    page: int | None = None,
    new_issue: bool = False,
    version: int | None = None,
) -> Accepted:
    """Make drafts of the page's stories and, with a date and a page, put them there.

    `new_issue` opens the issue where there is none of that date. `version` is what was on the screen
    (default: whatever is there). Raises NotAllowed, NotReady or Conflict, and then nothing has changed.
    """
    raise NotImplementedError
