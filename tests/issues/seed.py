"""The front page in ../shared/seeds/004…, typed in: its stories, its head, its guide and its names."""

from __future__ import annotations

import json
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

from articles.models import Article, Byline
from issues.models import GuideEntry, Issue, Masthead
from people.models import Identity, User

NAME = "004_07084ae2f7e05794.txt"
ENDS = "。！？!?…”：:"
#: The last story of the page lost its headline; a story cannot be signed without one.
HEADLINE = "开发区举办庆祝建党97周年文艺演出"


@dataclass
class Told:
    """A story as its reader expects it, with its paragraphs and subheads in order."""

    headline: str
    subheadline: str
    dateline: str
    author: str
    blocks: list[tuple[str, str]]  # ("p" or "h2", text)

    @property
    def body(self) -> str:
        return "".join(f"<{tag}>{escape(text, quote=False)}</{tag}>" for tag, text in self.blocks)


def read(shared: Path) -> tuple[dict[str, Any], list[Told]]:
    """What the page says of itself, and its stories."""
    truth = json.loads((shared / "truth" / "004.json").read_text("utf-8"))
    text = (shared / "seeds" / NAME).read_text("utf-8").replace("\u3000", " ")
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return truth["issue"], [_told(story, lines) for story in truth["articles"]]


def _told(story: dict[str, Any], lines: list[str]) -> Told:
    head = lines.index(story["headline"]) if story["headline"] else 0
    first = next(n for n, line in enumerate(lines[head:], head) if story["body_starts"] in line)
    last = next(n for n, line in enumerate(lines[first:], first) if story["body_ends"] in line)
    subheads = {"".join(subhead.split()): subhead for subhead in story["subheads"]}
    blocks: list[tuple[str, str]] = []
    waiting = ""
    for line in lines[first : last + 1]:
        line = line[line.index(story["body_starts"]) :] if story["body_starts"] in line else line
        line = (
            line[: line.index(story["body_ends"]) + len(story["body_ends"])]
            if story["body_ends"] in line
            else line
        )
        joined = "".join((waiting + line).split())
        if subhead := subheads.get(joined):
            blocks.append(("h2", subhead))
            waiting = ""
        elif any(known.startswith(joined) for known in subheads):
            waiting = line
        elif blocks and blocks[-1][0] == "p" and blocks[-1][1][-1] not in ENDS:
            blocks[-1] = ("p", blocks[-1][1] + line)
        else:
            blocks.append(("p", line))
    author = story["bylines"][0]["name"]
    return Told(
        story["headline"] or HEADLINE, story["subheadline"] or "", story["dateline"] or "", author, blocks
    )


def masthead(told: dict[str, Any]) -> Masthead:
    return Masthead.objects.create(
        title=told["title"],
        kind=Masthead.Kind.PERMIT,
        permit_number=told["permit"],
        organ=told["organ"],
        organ_role="主管主办",
        website_name=f"{told['title']}网",
        website_url=told["website"],
        hotline=told["hotline"],
        distribution=told["distribution"],
    )


def guide(issue: Issue, told: dict[str, Any]) -> None:
    for position, entry in enumerate(told["guide"]):
        GuideEntry.objects.create(
            issue=issue,
            position=position,
            page_number=entry["page"],
            headline=entry["headline"],
            subheadline=entry["subheadline"] or "",
        )


def article(told: Told, by: User) -> Article:
    """The story as a draft that waits for its issue."""
    made = Article.objects.create(
        headline=told.headline,
        subheadline=told.subheadline,
        dateline=told.dateline,
        body=told.body,
        created_by=by,
        with_issue=True,
    )
    Byline.objects.create(article=made, name=told.author, identity=Identity.NONE, place=Byline.Place.END)
    return made
