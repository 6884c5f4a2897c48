"""`import_page`: files and folders into drafts; whatever stops it, nothing comes twice or halfway."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connections
from django.utils import timezone

from articles.intake import shelf
from articles.models import Article, Intake, Origin
from issues.models import Issue, Page
from tests.articles.intake import sent
from tests.articles.intake.wordfile import paragraph, with_pictures
from tests.articles.intake.wordfile import picture as placed
from tests.cast import Cast
from tests.factories.issues import IssueFactory, MastheadFactory, PageFactory
from tests.issues.outside.pages import WIDTH, Layout, bound, story
from tests.server_fixtures import test_database_url
from tests.waiting import wait_until

pytestmark = pytest.mark.django_db

DAY = date(2026, 3, 5)
HEADLINES = ("柳湾大桥今日通车", "青石街道书屋开张", "南浦港货量创新高", "云溪果农喜迎丰收")


def run(*arguments: Any) -> tuple[list[str], list[str], int]:
    """The command's lines, what it said besides, and its exit code."""
    out, err, code = StringIO(), StringIO(), 0
    try:
        call_command("import_page", *map(str, arguments), stdout=out, stderr=err)
    except SystemExit as end:
        code = int(end.code or 0)
    return out.getvalue().splitlines(), err.getvalue().splitlines(), code


def write(folder: Path, name: str, text: str | bytes) -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def test_a_file_becomes_drafts_and_a_line(tmp_path: Path) -> None:
    path = write(tmp_path, "来稿.txt", sent.page(1, stories=2))
    lines, _said, code = run(path)
    assert (lines, code) == ([f"{path}\tread\t2", "1 files: 1 read, 0 doubted, 0 refused, 0 already here"], 0)
    assert [one.created_by for one in Article.objects.all()] == [None, None], "the bureau's own"
    assert Intake.objects.get().status == Intake.Status.ACCEPTED


def test_folders_come_with_all_they_hold_in_the_order_people_count(tmp_path: Path) -> None:
    for name in ("10.txt", "9.txt", "旧/1.txt", ".hidden.txt", ".git/1.txt"):
        write(tmp_path, name, sent.page(len(name), head=name))
    lines, _said, _code = run(tmp_path)
    names = [Path(line.split("\t")[0]).name for line in lines[:-1]]
    assert sorted(names) == ["1.txt", "10.txt", "9.txt"]
    assert names.index("9.txt") < names.index("10.txt")


def test_again_it_is_there_already(tmp_path: Path) -> None:
    write(tmp_path, "1.txt", sent.page(1))
    write(tmp_path, "2.txt", sent.page(1))
    lines, _said, _code = run(tmp_path)
    assert lines[-1] == "2 files: 1 read, 0 doubted, 0 refused, 1 already here"
    lines, _said, code = run(tmp_path)
    assert (lines[-1], code) == ("2 files: 0 read, 0 doubted, 0 refused, 2 already here", 0)
    assert Article.objects.count() == 1


def test_what_cannot_be_read_is_told_and_the_others_are_imported(tmp_path: Path) -> None:
    write(tmp_path, "空.txt", b"")
    write(tmp_path, "乱.txt", os.urandom(4000))
    write(tmp_path, "好.txt", sent.page(1))
    write(tmp_path, "疑.txt", "\n".join(sent.page(2).splitlines()[1:]))
    lines, _said, code = run(tmp_path, tmp_path / "没有.txt")
    assert code == 1
    assert lines[-1] == "5 files: 1 read, 1 doubted, 3 refused, 0 already here"
    assert {line.split("\t")[1] for line in lines[:-1]} == {"read", "doubted", "refused"}
    assert Origin.objects.exclude(doubts="[]").get().warnings == ["no headline"]


def test_a_text_without_a_story_waits_for_people(tmp_path: Path) -> None:
    path = write(tmp_path, "名单.txt", "责任编辑 何山\n扫码阅读手机版")
    lines, _said, code = run(path)
    assert (lines[0].split("\t")[1:3], code) == (["doubted", "0"], 0)
    row = Intake.objects.get()
    assert row.is_open
    assert row.doubts == 1
    assert "already here" in run(path)[0][0]


def test_json_is_the_contracts_object_a_file(tmp_path: Path) -> None:
    path, empty = write(tmp_path, "1.txt", sent.page(1, 2, sent.HEAD)), write(tmp_path, "2.txt", b"")
    for _time in range(2):  # what is there already is told as well
        lines, said, code = run("--json", path, empty)
        first, second = map(json.loads, lines)
        assert set(first) == {"file", "kind", "issue", "articles", "photos", "furniture"}
        assert (first["file"], first["issue"]["date"], len(first["articles"])) == (str(path), "2026-03-05", 2)
        assert set(second) == {"file", "error"}
        assert code == 1
    assert said == ["2 files: 0 read, 0 doubted, 1 refused, 1 already here"]


def test_a_dry_run_writes_nothing(tmp_path: Path, files: Path) -> None:
    path = write(tmp_path, "1.txt", sent.page(1))
    dry, _said, _code = run("--json", "--dry-run", path)
    assert not Intake.objects.exists()
    assert not [one for one in files.rglob("*") if one.is_file()]
    assert run("--json", path)[0] == dry


def test_a_word_file_comes_with_its_picture(tmp_path: Path) -> None:
    """The picture goes into the library with the story."""
    body = (
        paragraph("新桥今日通车"),
        paragraph("两岸居民盼了三年，今天走上了新桥。"),
        paragraph(placed("rId1")),
        paragraph("桥长八百米，双向四车道。"),
    )
    path = write(tmp_path, "来稿.docx", with_pictures(*body))
    lines, _said, code = run(path)
    assert code == 0, lines
    assert Article.objects.get().photos.count() == 1


def test_an_old_paper_becomes_an_issue_with_hot_areas_in_one_go(tmp_path: Path) -> None:
    """A PDF of two pages, each with two stories one below the other."""
    MastheadFactory(title="柳湾时报")
    layouts = [Layout(), Layout()]
    for number, layout in enumerate(layouts):
        for place in range(2):
            told = story(seed=10 * number + place, headline=HEADLINES[2 * number + place])
            layout.place(told["headline"], told, 60, 90 + place * 200, WIDTH - 120, 165, 4)
    path = write(tmp_path, "20260305.pdf", bound(*(layout.pdf() for layout in layouts)))
    IssueFactory(date=DAY)
    lines, _said, code = run(path)
    assert code == 0, lines
    first, second = Page.objects.order_by("number")
    assert [page.number for page in (first, second)] == [1, 2]
    assert first.is_outside
    assert first.outside_sha256 != second.outside_sha256
    for page, layout in zip((first, second), layouts, strict=True):
        boxes = {
            box.article.headline: box for box in page.placements.select_related("article") if box.article
        }
        assert set(boxes) == set(layout.truth)
        for headline, (x, y, width, _height) in layout.truth.items():
            box = boxes[headline]
            assert abs(box.col - x) < 12
            assert abs(box.row - y) < 25
            assert abs(box.cols - width) < 25


# Whose, and where


def test_whose_they_are(tmp_path: Path, cast: Cast) -> None:
    path = write(tmp_path, "1.txt", sent.page(1))
    for nobody in ("nobody", cast.proofreader.username):
        with pytest.raises(CommandError):
            run(path, "--by", nobody)
    run(path, "--by", cast.reporter.username)
    assert Article.objects.get().created_by == cast.reporter


def test_stories_go_into_the_paper_that_is_there(tmp_path: Path, cast: Cast) -> None:
    page = PageFactory(issue=IssueFactory(date=DAY), number=1)
    run(write(tmp_path, "1.txt", sent.page(1, 2, sent.HEAD)), "--by", cast.layout.username)
    assert page.placements.count() == 2


def test_papers_that_are_not_there_are_opened_when_told(tmp_path: Path) -> None:
    MastheadFactory(title="柳湾时报")
    first, second = sent.page(1, 2, sent.HEAD), sent.page(2, 1, sent.HEAD)
    run(write(tmp_path, "1.txt", first))
    assert not Issue.objects.exists()
    run("--new-issue", write(tmp_path, "2.txt", second))
    assert Issue.objects.get().numbers == "第9期（总第309期）"


def test_a_paper_and_page_may_be_named(tmp_path: Path) -> None:
    path = write(tmp_path, "1.txt", sent.page(1, 2))
    with pytest.raises(CommandError):
        run(path, "--issue", "2026-03-05")
    lines, _said, _code = run(path, "--issue", "2026-03-05", "--page", 3)
    assert "2026" in lines[0], "there is no such paper: drafts all the same, and a note"
    IssueFactory(date=DAY)
    run(write(tmp_path, "2.txt", sent.page(2, 2)), "--issue", "2026-03-05", "--page", 3)
    assert Page.objects.get().number == 3
    assert Article.objects.count() == 4


def test_what_somebody_works_on_is_left_alone(tmp_path: Path, cast: Cast) -> None:
    path = write(tmp_path, "1.txt", sent.page(1))
    [row] = shelf.receive("1.txt", path.read_bytes(), cast.editor, timezone.now())
    shelf.save_pieces(row, json.loads(row.pieces), 0, cast.editor, timezone.now())
    lines, _said, _code = run(path)
    assert "already here" in lines[0]
    assert not Article.objects.exists()


# kill -9


@pytest.mark.django_db(transaction=True)
def test_a_thousand_pages_killed_twice_are_a_thousand(tmp_path: Path) -> None:
    """Killed when 300 and when 700 are there, resumed: each once, each with its story."""
    for number in range(1000):
        write(tmp_path, f"{number // 100}/{number:04}.txt", sent.page(number))
    for until in (300, 700):
        with importing(tmp_path) as command:
            wait_until(lambda until=until: Origin.objects.count() >= until, f"{until} stories", 300)
            assert command.process.poll() is None, "it must not have finished"
            command.process.kill()
        assert until <= Origin.objects.count() < 1000
        assert Intake.objects.filter(status="accepted").count() == Origin.objects.count(), "none is halfway"
    with importing(tmp_path) as command:
        report = command.told()[-1]
    counts = dict(part.split(" ", 1)[::-1] for part in report.split(": ")[1].split(", "))
    assert int(counts["read"]) + int(counts["already here"]) == 1000
    assert Intake.objects.count() == Article.objects.count() == Origin.objects.count() == 1000
    assert Intake.objects.values("sha256").distinct().count() == 1000
    assert Article.objects.values("headline").distinct().count() == 1000


@pytest.mark.django_db(transaction=True)
def test_two_imports_at_once_share_the_work(tmp_path: Path) -> None:
    for number in range(40):
        write(tmp_path, f"{number}.txt", sent.page(number))
    with importing(tmp_path) as first, importing(tmp_path) as second:
        told = [command.told()[-1] for command in (first, second)]
    assert Intake.objects.count() == Article.objects.count() == 40
    assert sum(int(line.split(": ")[1].split(" ")[0]) for line in told) == 40


class Import(NamedTuple):
    """The real command in a process of its own; it writes to a file, as a full pipe would stop it."""

    process: subprocess.Popen[bytes]
    out: Path

    def told(self) -> list[str]:
        """Its lines, once it has ended well."""
        assert self.process.wait(timeout=300) == 0
        return self.out.read_text().splitlines()


@contextmanager
def importing(folder: Path) -> Iterator[Import]:
    connections.close_all()
    environment = os.environ | {"DATABASE_URL": test_database_url()}
    out = folder.parent / f"{folder.name}-{uuid4().hex}.out"
    with out.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "manage.py", "import_page", str(folder)],
            cwd=settings.BASE_DIR, env=environment, stdout=file,
        )  # fmt: skip
    try:
        yield Import(process, out)
    finally:
        process.kill()
        process.wait()
