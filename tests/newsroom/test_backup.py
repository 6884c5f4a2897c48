"""A backup brings back every row and every original, byte for byte, and a damaged one is refused."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from articles.intake.pieces import Kind
from articles.models import Article, Release
from articles.verify import verify
from issues.intake import accept
from issues.verify import verify as verify_pages
from media.models import Photo
from newsroom import backup
from people import chain
from people.models import User
from tests.articles.intake.sent import picture
from tests.articles.test_due import due_stories
from tests.cast import Cast
from tests.factories.intake import reading, sent
from tests.factories.media import PhotoFactory
from tests.issues import paper

pytestmark = pytest.mark.django_db(transaction=True)


def everything() -> dict[str, list[dict[str, object]]]:
    unstable = {"state", "claimed_at", "done", "total", "error"}  # of renditions, which are made again
    return {
        model._meta.label: [
            {k: v for k, v in row.items() if k not in unstable}
            for row in model._base_manager.order_by("pk").values()
        ]
        for model in backup.models_in_order()
    }


def empty() -> None:
    for model in reversed(backup.models_in_order()):
        rows = model._base_manager.all()
        rows._raw_delete(rows.db)


def test_there_and_back(tmp_path: Path, files: Path) -> None:
    stories = due_stories(2)
    photo = PhotoFactory()
    stories[0].photos.create(photo=photo, caption="新桥")
    stories[0].tags.add("交通", "民生")
    original = Path(photo.original.path).read_bytes()
    before = everything()
    call_command("backup", tmp_path / "copy")

    Photo.objects.update(original="")
    with transaction.atomic():
        for relation in (User.groups.through, Article.regions.through):
            relation.objects.all().delete()
        empty()
    Path(files / before["media.Photo"][0]["original"]).unlink()  # type: ignore[operator]
    call_command("restore", tmp_path / "copy")

    assert everything() == before
    assert User.objects.get(username="chief").roles == {"chief"}
    assert Path(Photo.objects.get().original.path).read_bytes() == original
    assert not [*chain.verify(), *verify()]
    assert Release.objects.count() == 2


def test_a_signed_paper_comes_back_with_what_was_signed(tmp_path: Path, files: Path) -> None:
    now = timezone.now()
    paper.signed_issue(Cast(), now)
    before = everything()
    call_command("backup", tmp_path / "copy")
    with transaction.atomic():
        for relation in (User.groups.through, Article.regions.through):
            relation.objects.all().delete()
        empty()
    shutil.rmtree(files / "proofs")
    call_command("restore", tmp_path / "copy")
    assert everything() == before
    assert not [*chain.verify(), *verify(), *verify_pages()]


def test_a_backup_is_its_owners_alone(tmp_path: Path, files: Path) -> None:
    folder = tmp_path / "kept"
    backup.back_up(folder)
    assert folder.stat().st_mode & 0o777 == 0o700


def test_a_damaged_backup_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    due_stories(1)
    call_command("backup", tmp_path / "copy")
    rows = tmp_path / "copy" / backup.ROWS
    rows.write_text(rows.read_text().replace("第0条", "第9条"))
    before = everything()
    with pytest.raises(CommandError, match="damaged"):
        call_command("restore", tmp_path / "copy")
    assert everything() == before


def test_a_database_in_use_is_not_written_over(tmp_path: Path) -> None:
    due_stories(1)
    call_command("backup", tmp_path / "copy")
    before = everything()
    with pytest.raises(CommandError, match="in use"):
        call_command("restore", tmp_path / "copy")
    assert everything() == before


def test_what_was_sent_in_comes_back_with_its_files(tmp_path: Path, files: Path) -> None:
    """The file as it came, its pictures and the page by itself; and the raw text behind each story."""
    read = reading((Kind.HEADLINE, "新桥通车"), (Kind.PARAGRAPH, "两岸相连。"), (Kind.PICTURE, "1.png"))
    row = sent(read, pictures={"1.png": picture()}, pdf=b"%PDF-1.4 a page", size=(273_000, 393_000))
    accept(row, Cast().editor, timezone.now())
    before, kept = everything(), {path: path.read_bytes() for path in (files / "intake").rglob("*.*")}
    assert len(kept) == 3
    call_command("backup", tmp_path / "copy")
    with transaction.atomic():
        User.groups.through.objects.all().delete()
        empty()
    shutil.rmtree(files / "intake")
    call_command("restore", tmp_path / "copy")
    assert everything() == before
    assert {path: path.read_bytes() for path in kept} == kept
