"""What is wrong with the boxes of an issue's pages while they are moved, in words for who moves them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from articles.models import Article
from issues.boxes import GEOMETRY, State
from issues.changes import name_of
from issues.checklist import GONE, geometry
from issues.models import Page, Placement
from media.models import Photo

Kind = Placement.Kind
Boxes = Mapping[Any, State]


@dataclass
class Layout:
    """What must be known of stories and photos to judge boxes (`issues.boxes`, by id) of these pages."""

    pages: dict[int, Page]
    stories: dict[int, Article] = field(default_factory=dict)
    blocked: dict[str, bool] = field(default_factory=dict)
    elsewhere: dict[int, Placement] = field(default_factory=dict)

    @classmethod
    def of(cls, pages: Iterable[Page], boxes: Iterable[State], now: datetime) -> Layout:
        boxes = list(boxes)
        layout = cls({page.pk: page for page in pages})
        stories = {box["article"] for box in boxes if box["article"]}
        layout.stories = Article.objects.only("pk", "headline", "status").in_bulk(stories)
        photos = Photo.objects.filter(public_id__in={box["photo"] for box in boxes if box["photo"]})
        layout.blocked = {
            photo.public_id: photo.is_blocked for photo in photos.only("public_id", "blocked_at")
        }
        in_hand = Q(page__issue__release_at=None) | Q(page__issue__release_at__gt=now)
        others = Placement.objects.filter(in_hand, article__in=stories, continues=None)
        mine = {page.issue_id for page in layout.pages.values()}
        for placed in others.exclude(page__issue__in=mine).select_related("page__issue"):
            layout.elsewhere.setdefault(placed.article_id or 0, placed)
        return layout

    def missing(self, box: State) -> str | None:
        """A sentence where the box names a story or photo that does not exist."""
        if box["article"] and box["article"] not in self.stories:
            return _("没有这篇稿件，可能刚被删除。")
        if box["photo"] and box["photo"] not in self.blocked:
            return _("图片库里没有这张图片。")
        return None

    def name(self, box: State) -> str:
        """How people call the box."""
        return name_of(self._frozen(box))

    def problems(self, boxes: Boxes) -> Iterator[str]:
        """A sentence for each thing that is wrong; two alike where two boxes are alike."""
        for page in self.pages.values():
            here = [box for box in boxes.values() if box["page"] == page.pk]
            yield from geometry(map(self._frozen, here), page.frozen_format())
            mastheads = sum(box["kind"] == Kind.MASTHEAD for box in here)
            if mastheads > (page.number == 1):
                yield _("报头只在第1版，只有一个。")
        for box in boxes.values():
            yield from self._content(box)
        yield from self._chains(boxes)
        yield from self._repeated(boxes)

    def _frozen(self, box: State) -> dict[str, Any]:
        """As much of a frozen placement as `geometry` and `name_of` look at."""
        article = box["article"]
        headline = self.stories[article].headline if article in self.stories else ""
        story = article and {"stack": box["stack"], "content": {"headline": headline}}
        return {name: box[name] for name in (*GEOMETRY, "kind")} | {"story": story}

    def _content(self, box: State) -> Iterator[str]:
        kind = box["kind"]
        if box["article"] and kind != Kind.STORY:
            yield _("稿件只能放在稿件版块里。")
        if box["photo"] and kind not in (Kind.PICTURE, Kind.FILLER):
            yield _("图片只能放在图片版块和补白里。")
        if self.blocked.get(box["photo"] or ""):
            yield _("这张图片已被封存，不能使用。")
        story = self.stories.get(box["article"] or 0)
        if story and story.status in GONE:
            state = {"story": story, "state": story.get_status_display()}
            yield _("《%(story)s》现在是“%(state)s”，不能上版。") % state
        if story and box["continues"] is None and (other := self.elsewhere.get(story.pk)):
            where = {"story": story, "issue": other.page.issue, "page": other.page.label}
            yield _("《%(story)s》已排在%(issue)s的%(page)s，那一期还没有发布。") % where

    def _chains(self, boxes: Boxes) -> Iterator[str]:
        """What goes on in another box is the same story there, once, and comes to an end."""
        followed = Counter(box["continues"] for box in boxes.values() if box["continues"] is not None)
        for box in boxes.values():
            before = boxes.get(box["continues"])
            if box["continues"] is None:
                continue
            if before is None or box["kind"] != Kind.STORY or before["article"] != box["article"]:
                yield _("%s只能接同一期里同一篇稿件的版块。") % self.name(box)
            if followed[box["continues"]] > 1:
                yield _("%s已经有一个版块接排，不能再有第二个。") % self.name(box)
            seen, step = 0, before
            while step is not None and seen <= len(boxes):
                seen, step = seen + 1, boxes.get(step["continues"])
            if seen > len(boxes):
                yield _("%s接排成了一个圈。") % self.name(box)

    def _repeated(self, boxes: Boxes) -> Iterator[str]:
        heads = Counter(
            box["article"]
            for box in boxes.values()
            if box["article"] and box["continues"] is None and not self.pages[box["page"]].is_outside
        )
        for article, times in heads.items():
            if times > 1 and article in self.stories:
                yield from [_("《%s》在这一期已经上版了。") % self.stories[article]] * (times - 1)
