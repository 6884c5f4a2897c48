"""How the arrangement of the home page stands: each chosen story, and what readers get in each place now."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext as _

from articles.admin.frontform import SlotForm, SlotFormSet
from articles.making_up import Front, pictured
from articles.models import FrontSlot, Listing, Release, Section
from newsroom.lib import dates
from newsroom.lib.text import clean_text, read_number

FOUND = 20
LONGEST = 60  # characters of what is looked for

Place = FrontSlot.Place


@dataclass
class Story:
    """A story as this page names it: `css` is its status, `state` that in words, with the moment."""

    article: int
    headline: str
    state: str
    css: str
    visible: Release | None = None

    @property
    def url(self) -> str:
        return reverse("admin:articles_article_change", args=[self.article])


@dataclass
class Row:
    form: SlotForm
    story: Story
    now: str  # what became of the choice: 在首页, or why not; empty where its state says it


@dataclass
class Group:
    place: FrontSlot.Place
    hint: str
    rows: list[Row] = field(default_factory=list)
    filled: list[str] = field(default_factory=list)  # headlines that take what is left, by themselves


def hints() -> dict[FrontSlot.Place, str]:
    return {
        Place.LEAD: _("一篇。排了几篇时，次序最小而又可见的一篇上。"),
        Place.SECOND: _("三篇，按次序。"),
        Place.PICTURE: _("四篇，须有图片。"),
        Place.SECTION: _("排在它所属一级栏目的最前。"),
        Place.OFF: _("空缺自动选用时不选它；频道、搜索里照常有。"),
    }


def groups(formset: SlotFormSet, front: Front, now: datetime) -> list[Group]:
    """Every place with its rows in their order; a row whose place cannot be read stands in the first."""
    numbers = {form: read_number(str(form["article"].value() or ""), 18) or 0 for form in formset.forms}
    stories = told(numbers.values(), now)
    found = {place: Group(place, hint) for place, hint in hints().items()}
    for form in sorted(formset.forms, key=_order):
        place = form["place"].value()
        story = stories.get(numbers[form]) or Story(numbers[form], "", _("没有这篇稿"), "spiked")
        group = found[Place(place) if place in Place.values else Place.LEAD]
        group.rows.append(Row(form, story, _now(form, story, front, now)))
    for place, releases in _standing(front).items():
        chosen = {row.story.article for row in found[place].rows}
        found[place].filled = [r.headline for r in releases if r.article_id not in chosen]
    return list(found.values())


def told(articles: Iterable[int], now: datetime) -> dict[int, Story]:
    """Stories that were ever signed, by key."""
    signed = Release.objects.filter(article__in=set(articles)).for_lists().order_by("number")
    visible, due, last = (
        {release.article_id: release for release in releases}
        for releases in (signed.visible(now), signed.pending(now), signed)
    )
    return {key: _story(visible.get(key), due.get(key), release) for key, release in last.items()}


def found(words: str, section: str, now: datetime) -> list[Story]:
    """The newest signed stories with all those words in their headline, of that section if one is named."""
    signed = Release.objects.visible(now) | Release.objects.pending(now)
    offered = signed.filter(page="").for_lists().order_by("-pk")
    try:
        clean_text(words)
    except ValidationError:
        return []
    for word in words[:LONGEST].split():
        offered = offered.filter(headline__icontains=word)
    if key := read_number(section, 18):
        listed = Listing.objects.filter(release=OuterRef("pk"), kind=Listing.Kind.SECTION, key=str(key))
        offered = offered.filter(Exists(listed))
    articles = dict.fromkeys(release.article_id for release in offered[:FOUND])
    stories = told(articles, now)
    return [stories[article] for article in articles]


def sections() -> Iterable[Section]:
    return Section.objects.filter(parent=None)


def _story(visible: Release | None, due: Release | None, last: Release) -> Story:
    if visible:
        return Story(visible.article_id, visible.headline, _("已发布"), "published", visible)
    if due:
        at = due.visible_from
        when = at and {"date": dates.short_date(at), "time": dates.clock(at)}
        state = _("%(date)s %(time)s 发布") % when if when else _("待随报发布")
        return Story(due.article_id, due.headline, state, "signed")
    ended = {Release.End.WITHDRAWN: _("已撤稿：不显示"), Release.End.TAKEN_BACK: _("已收回：不显示")}
    state = ended.get(Release.End(last.end_reason), _("已下线：不显示"))
    return Story(last.article_id, last.headline, state, "withdrawn")


def _standing(front: Front) -> dict[FrontSlot.Place, list[Release]]:
    lead = [front.lead] if front.lead else []
    return {Place.LEAD: lead, Place.SECOND: front.seconds, Place.PICTURE: front.pictures}


def _order(form: SlotForm) -> tuple[int, str]:
    number = read_number(str(form["order"].value()), 3)
    return (10**3 if number is None else number, form.prefix or "")


def _now(form: SlotForm, story: Story, front: Front, now: datetime) -> str:
    """What readers get of the choice now, as far as its row can be read."""
    said = form.cleaned_data if form.is_bound and form.is_valid() else form.initial
    if not said or said.get("DELETE"):
        return ""
    place = said["place"]
    hours = FrontSlot(shown_from=said["shown_from"], shown_until=said["shown_until"])
    if not hours.stands_at(now):
        begins = hours.shown_from
        return _("未到时段") if begins and begins > now else _("时段已过")
    if place == Place.OFF or story.visible is None:
        return ""
    standing = _standing(front) | {Place.SECTION: [r for _s, rows in front.columns for r in rows]}
    if story.article in {release.article_id for release in standing[Place(place)]}:
        return _("在首页")
    if place == Place.PICTURE and not pictured(story.visible, front.blocked):
        return _("没有可用的图片：不显示")
    if place == Place.SECTION and not story.visible.on_card["section"]:
        return _("没有栏目：不显示")
    return _("候补")
