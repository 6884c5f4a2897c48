"""Cache truth: two server processes over one database, changed and read at the same time.

A thread a server reads all the while. Beside it the newsroom acts, and after each act Django itself,
uncached, tells how every page looks from now on. At the end each answer that was read must be a look that the
page had at some moment from a second before the question to the end of the answer.
"""

from __future__ import annotations

import http.client
import random
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from articles.models import Article, FrontSlot, Section
from articles.workflow import perform
from media.models import Photo
from newsroom import web
from newsroom.processes import Child
from newsroom.throwaway import free_port
from tests.cast import Cast
from tests.factories.articles import ArticleFactory, SectionFactory, publish
from tests.factories.media import PhotoFactory
from tests.waiting import wait_until

OLDEST = 1.0  # seconds
LIVE = 3  # stories that are acted on; older ones rest
Look = tuple[int, frozenset[str]]  # status, and which of the words of the story stand on the page


@dataclass
class Read:
    path: str
    asked: float
    answered: float
    status: int
    body: str


@dataclass
class Reader(threading.Thread):
    """Asks one server for one page after the other over one connection."""

    port: int
    paths: Callable[[], list[str]]
    reads: list[Read] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(daemon=True)
        self.stopping = threading.Event()
        self.failure: BaseException | None = None

    def __hash__(self) -> int:
        return id(self)

    def run(self) -> None:
        chance = random.Random(self.port)
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            while not self.stopping.wait(0.004):
                path = chance.choice(self.paths())
                asked = time.time()
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read().decode()
                self.reads.append(Read(path, asked, time.time(), response.status, body))
        except BaseException as failure:
            self.failure = failure
        finally:
            connection.close()


@dataclass
class State:
    """How every page looked from `began` (at the earliest) until the next one `settled` (at the latest)."""

    began: float
    settled: float
    looks: dict[str, Look]


class World:
    """The newsroom's side: acts, and knows how each page must look."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.cast = Cast()
        self.section = SectionFactory(name="频道零")
        self.stories: list[Article] = []
        self.photos: dict[int, Photo] = {}
        self.words: list[str] = ["频道零"]
        self.paths: list[str] = ["/", f"/sections/{self.section.slug}/"]
        self.states: list[State] = []
        self.count = 0
        self.client = Client(SERVER_NAME="127.0.0.1")
        self.acts = [
            self.release,
            self.fall_due,
            self.correct,
            self.withdraw,
            self.rename,
            self.keep_off,
            self.block,
        ]
        for act in (self.release, self.release):
            self.do(act)

    def word(self, what: str) -> str:
        self.count += 1
        word = f"{what}{self.count}号"
        self.words.append(word)
        return word

    def do(self, act: Callable[[], float | None]) -> None:
        """One act, and the look of every page after it. It may name the moment at which it takes effect."""
        began = time.time()
        effect = act()
        if effect is None:
            self.note(began)
            return
        # Until then nothing is other than it was, and there is no such page.
        known = self.states[-1].looks
        looks = {path: known.get(path) or self.look("/articles/999999999/") for path in self.paths}
        self.states.append(State(began, time.time(), looks))
        wait_until(lambda: time.time() > effect, "the story's moment")
        self.note(effect)

    def note(self, began: float) -> None:
        settled = time.time()
        self.states.append(State(began, settled, {path: self.look(path) for path in self.paths}))

    def look(self, path: str) -> Look:
        response = self.client.get(path)
        return self.seen(response.status_code, response.content.decode())

    def seen(self, status: int, body: str) -> Look:
        return status, frozenset(word for word in self.words if word in body)

    # What the newsroom does

    def release(self, after: float = 0) -> float | None:
        photo = PhotoFactory()
        story = ArticleFactory(headline=self.word("新桥"), section=self.section, photos=[photo])
        self.words.append(photo.public_id)
        self.photos[story.pk] = photo
        self.stories = [*self.stories, story][-LIVE:]
        now = timezone.now()
        moment = now + timedelta(seconds=after) if after else None
        publish(story, self.cast, now, moment)
        self.paths = [*self.paths[:2], *(f"/articles/{one.pk}/" for one in self.stories)]
        return moment.timestamp() if moment else None

    def fall_due(self) -> float | None:
        return self.release(self.chance.uniform(0.3, 0.7))

    def correct(self) -> None:
        story = self.chance.choice(self.stories)
        if self.public(story):
            perform("correct", story, self.cast.chief, note=self.word("更正"), now=timezone.now())

    def withdraw(self) -> None:
        story = self.chance.choice(self.stories)
        if self.public(story) and len(self.stories) > 1:
            perform("withdraw", story, self.cast.chief, note="来源有误。", now=timezone.now())

    def rename(self) -> None:
        Section.objects.filter(pk=self.section.pk).update(name=self.word("频道"))

    def keep_off(self) -> None:
        story = self.chance.choice(self.stories)
        if not FrontSlot.objects.filter(article=story).delete()[0]:
            FrontSlot.objects.create(
                place=FrontSlot.Place.OFF, article=story, set_by=self.cast.chief, set_at=timezone.now()
            )

    def block(self) -> None:
        story = self.chance.choice(self.stories)
        Photo.objects.filter(pk=self.photos[story.pk].pk).update(blocked_at=timezone.now())

    def public(self, story: Article) -> bool:
        story.refresh_from_db()
        return story.status == Article.Status.PUBLISHED

    # What readers may have got

    def possible(self, read: Read) -> set[Look]:
        """The looks the page had at some moment from a second before the question to the answer's end."""
        looks = set()
        for state, after in zip(self.states, [*self.states[1:], None], strict=True):
            over = after.settled if after else float("inf")
            if state.began <= read.answered and over >= read.asked - OLDEST and read.path in state.looks:
                looks.add(state.looks[read.path])
        return looks

    def wrong(self, read: Read) -> bool:
        possible = self.possible(read)
        return bool(possible) and self.seen(read.status, read.body) not in possible

    def explain(self, read: Read) -> str:
        """What stood on the page, against the looks it might have had."""
        status, words = self.seen(read.status, read.body)
        others = [
            f"{code} without {sorted(look - words)} with {sorted(words - look)}"
            for code, look in self.possible(read)
        ]
        return f"{read.path} {status} at {read.asked:.3f}: not {' nor '.join(others)}"


@dataclass
class Outcome:
    sequences: int
    states: int
    reads: int
    kept: int
    wrong: list[str]


@contextmanager
def two_servers(env: dict[str, str], application: str = "newsroom.wsgi:application") -> Iterator[list[int]]:
    """Ports of two web servers, each a process of its own, over the database that `env` names."""
    with ExitStack() as stack:
        ports = [free_port(), free_port()]
        for port in ports:
            child = Child(
                "web", web.command("127.0.0.1", port, application=application, workers=1, patience=2), env=env
            )
            stack.callback(child.stop)
        for port in ports:
            wait_until(lambda port=port: answers(port), "a web server", 60)  # type: ignore[misc]
        yield ports


def answers(port: int) -> bool:
    try:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5)
        connection.request("GET", "/healthz")
        response = connection.getresponse()
        response.read()
        return response.status == 200
    except OSError:
        return False
    finally:
        connection.close()


def run(ports: list[int], sequences: int, seed: int) -> Outcome:
    """So many random sequences of two to four acts, read all the while."""
    world = World(seed)
    readers = [Reader(port, lambda: world.paths) for port in ports]
    for reader in readers:
        reader.start()
    for _ in range(sequences):
        for _ in range(world.chance.randint(2, 4)):
            world.do(world.chance.choice(world.acts))
            readers[0].stopping.wait(world.chance.uniform(0, 0.1))
    rested = time.time() + OLDEST + 0.2
    wait_until(
        lambda: all((r.reads and r.reads[-1].asked > rested) or r.failure for r in readers), "a last look"
    )
    for reader in readers:
        reader.stopping.set()
        reader.join(30)
        if reader.failure:
            raise reader.failure
    reads = [read for reader in readers for read in reader.reads]
    wrong = [world.explain(read) for read in reads if world.wrong(read)]
    looks = {(read.path, world.seen(read.status, read.body)) for read in reads}
    return Outcome(sequences, len(world.states), len(reads), len(looks), wrong)
