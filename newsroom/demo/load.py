"""Plays the demo's content into an empty database: each story goes through the real workflow, in order of time."""

from __future__ import annotations

import io
from collections.abc import Callable
from datetime import datetime, timedelta

from django.contrib.auth.models import Group
from django.db import transaction

from articles import due, history
from articles.models import Article, ArticlePhoto, Byline, Section, Series, Source
from articles.workflow import perform
from issues.models import Masthead
from media.library import ingest
from media.models import Photo, PhotoCredit
from newsroom.demo import content as demo
from newsroom.demo.paper import Bureau, Event, papers
from newsroom.demo.pictures import draw
from people import regions, roles
from people.models import Region, Reporter, User

PASSWORD = "newsroom-demo"  # noqa: S105 - printed for whoever tries the demo; production makes no such accounts
LEAD = timedelta(hours=6)  # from submitting a story to its release
REVIEWERS = {"初审": "editor", "复审": "deputy", "终审": "chief"}


def load(now: datetime) -> int:
    """Write the demo around `now`; returns the number of stories. In a database with accounts it does nothing."""
    if User.objects.exists():
        return 0
    content = demo.load()
    drawn = {use.key: use for story in content.stories for use in story.photos}
    photos = {key: _photo(use) for key, use in drawn.items()}
    with transaction.atomic():
        return _Play(content, photos, now).run()


def _photo(use: demo.PhotoUse) -> Photo:
    photo, _made = ingest(io.BytesIO(draw(use.key)), f"{use.key}.jpg", None)
    return photo


class _Play:
    """One writing of the demo: what later steps must find is kept here."""

    def __init__(self, content: demo.Content, photos: dict[str, Photo], now: datetime) -> None:
        self.content, self.photos, self.now = content, photos, now
        self.people: dict[str, User] = {}
        self.addresses: dict[str, str] = {}
        self.events: list[Event] = []

    def run(self) -> int:
        self._people()
        self._places()
        Masthead.objects.create(**self.content.masthead)
        # Addresses first: a link box may name a story that is written later. The oldest story has the lowest.
        stories = sorted(self.content.stories, key=lambda story: -story.age_hours)
        made = [(self.content.told(story, self.now), Article.objects.create()) for story in stories]
        self.addresses = {s.key: f"/articles/{a.pk}/" for s, a in made if s.state in demo.LIVE}
        for story, article in made:
            self._write(story, article)
            self._plan(story, article)
        self._standing_pages()
        bureau = Bureau(self.people, {s.key: a for s, a in made}, self.photos)
        for when, act in papers(self.content, bureau, self.now):
            self._at(when, act)
        for when, act in sorted(self.events, key=lambda event: event[0]):
            act(when)
        due.release_due(self.now)
        return len(made)

    # What stories stand on

    def _people(self) -> None:
        roles.ensure_groups()
        for account in self.content.accounts:
            name = account["username"]
            user = User.objects.create_user(
                name, password=PASSWORD, full_name=account["surname"] + account["given"]
            )
            user.groups.add(Group.objects.get(name=name.rstrip("2")))
            self.people[name] = user
        for person in self.content.reporters:
            fields = {k: v for k, v in person.items() if k != "account"}
            Reporter.objects.create(user=self.people.get(person.get("account", "")), **fields)

    def _places(self) -> None:
        regions.load(regions.read(regions.SHIPPED))
        for region in self.content.regions:
            parent = Region.objects.filter(code=region.get("parent", "")).first()
            Region.objects.create(**(region | {"parent": parent}))
        for order, section in enumerate(self.content.sections):
            parent_section = Section.objects.filter(slug=section.get("parent", "")).first()
            Section.objects.create(**(section | {"parent": parent_section, "order": order}))
        for series in self.content.series:
            Series.objects.create(**series)
        for source in self.content.sources:
            Source.objects.create(**source)

    # One story

    def _write(self, story: demo.Story, article: Article) -> None:
        """The story as its reporter left it."""
        began = self._finished(story) if story.due_hours is None else self.now
        first = story.first_published_hours
        for name in (
            "kind", "headline", "kicker", "subheadline", "lede", "dateline", "editors_note", "instalment",
            "source", "source_url", "copyright_notice", "responsible_editor",
        ):  # fmt: skip
            setattr(article, name, getattr(story, name))
        article.body = demo.body_html(story, self._public_ids(), self.addresses)
        article.section = Section.objects.get(slug=story.section)
        article.series = Series.objects.filter(slug=story.series).first()
        article.keyed_in_for_another = story.keyed_in
        article.created_by = self.people[story.owner]
        article.first_published_at = None if first is None else self.now - timedelta(hours=first)
        article.with_issue = story.state == "waiting" or self.content.waits(story, self.now)
        article.held = story.state == "held"
        article.save()
        article.regions.set(Region.objects.filter(code__in=story.regions))
        article.tags.set(story.tags)
        for position, byline in enumerate(story.bylines):
            Byline.objects.create(article=article, position=position, place=byline.place, **_credit(byline))
        for position, use in enumerate(story.photos):
            self._use(use, article, position)
        Article.objects.filter(pk=article.pk).update(
            created_at=began - LEAD - timedelta(hours=2), updated_at=began - LEAD
        )
        self._at(began - LEAD, lambda when: history.record(article, article.created_by, when))

    def _use(self, use: demo.PhotoUse, article: Article, position: int) -> None:
        photo = self.photos[use.key]
        if not photo.uploaded_by:
            photo.caption, photo.alt, photo.place = use.caption, use.alt, use.place
            photo.uploaded_by = article.created_by
            photo.save(update_fields=["caption", "alt", "place", "uploaded_by"])
            for number, credit in enumerate(use.credits):
                PhotoCredit.objects.create(photo=photo, position=number, **_credit(credit))
        ArticlePhoto.objects.create(
            article=article,
            photo=photo,
            position=position,
            caption=use.caption if use.caption != photo.caption else "",
            joined=use.joined,
        )

    def _public_ids(self) -> dict[str, str]:
        return {key: photo.public_id for key, photo in self.photos.items()}

    def _standing_pages(self) -> None:
        """Signed before anything else came out."""
        oldest = max(story.age_hours for story in self.content.stories)
        began = self.now - timedelta(hours=oldest + 48)
        for order, page in enumerate(self.content.pages, 1):
            article = Article.objects.create(
                kind=Article.Kind.PAGE,
                path=page.path,
                page_order=order,
                headline=page.headline,
                body=page.html,
                created_by=self.people["reporter"],
            )
            Article.objects.filter(pk=article.pk).update(created_at=began, updated_at=began)
            self._step(began, "submit", article, "reporter")
            for hours, name in enumerate(REVIEWERS.values(), 1):
                self._step(began + timedelta(hours=hours), "pass", article, name)

    # Its way through the newsroom

    def _at(self, when: datetime, act: Callable[[datetime], object]) -> None:
        self.events.append((min(when, self.now), act))

    def _step(self, when: datetime, action: str, article: Article, name: str, **words: object) -> None:
        def act(moment: datetime) -> None:
            article.refresh_from_db()
            perform(action, article, self.people[name], now=moment, **words)  # type: ignore[arg-type]

        self._at(when, act)

    def _change(
        self, when: datetime, story: demo.Story, change: demo.Change, article: Article, by: str
    ) -> None:
        """Someone edits the story and saves."""
        changed = story.after(change)

        def act(moment: datetime) -> None:
            article.refresh_from_db()
            if change.field == "body":
                article.body = demo.body_html(changed, self._public_ids(), self.addresses)
            else:
                setattr(article, change.field, getattr(changed, change.field))
            article.save()
            history.record(article, self.people[by], moment, note=change.note)

        self._at(when, act)

    def _finished(self, story: demo.Story) -> datetime:
        """When its text was done: signed before its paper closes where it waits for that."""
        moment = self.content.moment(story, self.now)
        return moment - demo.CLOSING if self.content.waits(story, self.now) else moment

    def _plan(self, story: demo.Story, article: Article) -> None:
        due = story.moment(self.now) if story.due_hours is not None else None
        end = self._finished(story) if due is None else self.now - timedelta(hours=1)
        submitted = end - LEAD + timedelta(minutes=20)
        if story.state in ("draft", "held"):
            return
        if story.state == "spiked":
            self._step(end, "spike", article, "editor", note=story.note)
            return
        self._step(submitted, "submit", article, story.owner)
        if story.state == "returned":
            self._step(end, "return", article, "editor", note=story.note)
            return
        self._review(story, article, submitted, end, due)
        self._afterwards(story, article, end)

    def _review(
        self, story: demo.Story, article: Article, submitted: datetime, end: datetime, due: datetime | None
    ) -> None:
        for number, (stage, name) in enumerate(REVIEWERS.items(), 1):
            when = submitted + (end - submitted) * number / len(REVIEWERS)
            if story.edit and story.edit.stage == stage:
                self._change(when - timedelta(minutes=5), story, story.edit, article, story.edit.by or name)
            if story.state == "review" and story.stage == stage:
                return
            words = {"release_at": due} if due and name == "chief" else {}
            self._step(when, "pass", article, name, **words)

    def _afterwards(self, story: demo.Story, article: Article, end: datetime) -> None:
        def later(hours: float) -> datetime:
            return end + timedelta(hours=hours)

        if gone := story.withdrawal:
            self._step(
                later(gone.after_hours), "withdraw", article, "chief", note=gone.reason, notice=gone.notice
            )
        if wrong := story.correction:
            self._step(later(wrong.after_hours), "correct", article, "chief", note=wrong.text)
        if new := story.amendment:
            when = later(new.after_hours)
            self._change(when, story, new, article, new.by or "editor")
            self._step(when + timedelta(minutes=10), "amend", article, "editor", note=new.note)
            self._step(when + timedelta(minutes=20), "amend", article, "chief")
        if again := story.revision:
            when = later(again.after_hours)
            self._step(when, "reopen", article, "editor", note=again.note)
            self._change(when + timedelta(minutes=10), story, again, article, again.by or story.owner)


def _credit(credit: demo.Credit) -> dict[str, object]:
    reporter = Reporter.objects.filter(name=credit.name).first()
    return {
        "reporter": reporter,
        "identity": credit.identity,
        "act": credit.act,
        "name": credit.name,
        "outlet": credit.outlet,
    }
