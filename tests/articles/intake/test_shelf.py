"""What is sent in is kept once, by its content; corrections never write over one another."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage

from articles.intake import kept, shelf
from articles.intake.pieces import Kind, Line
from articles.models import Article, Intake
from articles.refusals import Conflict, NotAllowed
from tests.articles.intake import sent
from tests.articles.intake.wordfile import docx, paragraph, run
from tests.cast import Cast
from tests.factories.intake import reading
from tests.factories.intake import sent as put_down

pytestmark = pytest.mark.django_db
Status = Intake.Status


def receive(cast: Cast, now: datetime, text: str, name: str = "第2版.txt") -> Intake:
    [row] = shelf.receive(name, text.encode(), cast.editor, now)
    return row


def test_a_page_is_kept_as_it_came_and_as_it_reads(cast: Cast, now: datetime) -> None:
    text = sent.page(1, stories=2, head=sent.HEAD)
    row = receive(cast, now, text)
    assert (row.status, row.form, row.name, row.sent_by) == (Status.READ, "text", "第2版.txt", cast.editor)
    with default_storage.open(row.file.name) as file:
        assert file.read() == text.encode()
    assert row.text.split() == text.split()
    assert len(kept.reading_of(row).groups) == 2
    assert (row.issue_date, row.page_number) == (date(2026, 3, 5), 1)
    assert not Article.objects.exists(), "nothing is written before it is accepted"


def test_a_file_is_one_by_its_content_whatever_it_is_called(cast: Cast, now: datetime) -> None:
    first = receive(cast, now, sent.page(1))
    again = receive(cast, now + timedelta(days=1), sent.page(1), "别的名字.txt")
    assert again.pk == first.pk
    assert (again.name, again.sent_at) == ("第2版.txt", now)
    assert receive(cast, now, sent.page(2)).pk != first.pk


def test_pasted_text_is_a_file_too(cast: Cast, now: datetime) -> None:
    [row] = shelf.paste(sent.page(3), cast.reporter, now)
    assert row.is_open
    assert shelf.paste(sent.page(3), cast.reporter, now)[0].pk == row.pk


def test_what_cannot_be_read_is_a_sentence_and_nothing_else(cast: Cast, now: datetime) -> None:
    [row] = shelf.receive("空.txt", b"", cast.editor, now)
    assert row.status == Status.REFUSED
    assert "空.txt" in row.error
    assert not row.file
    assert not default_storage.exists("intake")


def test_what_was_refused_is_tried_again(cast: Cast, now: datetime) -> None:
    data = sent.page(1).encode()
    [refused] = shelf.put(shelf.Arrived("旧.txt", data, error="读不了"), cast.editor, now)
    [row] = shelf.receive("旧.txt", data, cast.editor, now)
    assert (row.pk, row.status, row.error) == (refused.pk, Status.READ, "")


def test_characters_that_no_database_takes_are_marked_where_they_stood(cast: Cast, now: datetime) -> None:
    lines = (Line("甲\x00乙\ud800丙", table=(("甲\x00", "乙"),)),)
    read = reading((Kind.PARAGRAPH, "甲\ufffd乙\ufffd丙"))
    document = shelf._storable(shelf.Document(lines))
    assert document.lines[0].text == "甲\ufffd乙\ufffd丙"
    assert document.lines[0].table == (("甲\ufffd", "乙"),)
    row = put_down(read)
    row.refresh_from_db()
    assert kept.reading_of(row).lines[0].text == "甲\ufffd乙\ufffd丙"


def test_a_word_file_is_kept_as_such(cast: Cast, now: datetime) -> None:
    data = docx(
        paragraph(run("新桥今日通车")), paragraph(run("两岸居民盼了三年，今天终于等到了通车的消息。"))
    )
    [row] = shelf.receive("来稿.docx", data, cast.reporter, now)
    assert (row.form, row.status) == ("word", Status.READ)
    assert row.file.name.endswith(".docx")


# Corrections


def rows_of(intake: Intake) -> list[list[object]]:
    rows: list[list[object]] = json.loads(intake.pieces)
    return rows


def test_a_correction_is_kept_with_its_maker(cast: Cast, now: datetime) -> None:
    row = put_down(reading((Kind.HEADLINE, "新桥通车"), (Kind.PARAGRAPH, "两岸相连")))
    rows = rows_of(row)
    rows[1][3] = "subhead"
    shelf.save_pieces(row, rows, 0, cast.editor, now)
    assert (row.version, row.changed_by, row.changed_at) == (1, cast.editor, now)
    assert [piece.kind for piece in kept.reading_of(row).pieces] == [Kind.HEADLINE, Kind.SUBHEAD]


def test_doubts_follow_the_correction(cast: Cast, now: datetime) -> None:
    row = put_down(reading((Kind.PARAGRAPH, "新桥通车"), (Kind.PARAGRAPH, "两岸居民今天走上了新桥。")))
    assert row.doubts == 1, "no headline"
    rows = rows_of(row)
    rows[0][3] = "headline"
    shelf.save_pieces(row, rows, 0, cast.editor, now)
    assert row.doubts == 0


def test_nobody_saves_over_another(cast: Cast, now: datetime) -> None:
    row = put_down(reading((Kind.HEADLINE, "新桥通车"), (Kind.PARAGRAPH, "两岸相连")))
    stale = Intake.objects.get(pk=row.pk)
    shelf.save_pieces(row, rows_of(row), 0, cast.editor, now)
    with pytest.raises(Conflict, match="顾知秋"):
        shelf.save_pieces(stale, rows_of(row), 0, cast.deputy, now)
    assert (stale.version, stale.changed_by) == (1, cast.editor)


def test_a_correction_that_loses_text_is_refused(cast: Cast, now: datetime) -> None:
    row = put_down(reading((Kind.HEADLINE, "新桥通车"), (Kind.PARAGRAPH, "两岸相连")))
    whole = rows_of(row)
    endless = [[float("inf"), *whole[0][1:]], whole[1]]
    of_nobody = [[*whole[0][:4], 10**9, 0], whole[1]]
    outside = [[0, 0, 99, "headline", 1, 0], whole[1]]
    for rows in (whole[:1], whole * 2, [], [[0, 0, 4]], "text", None, endless, of_nobody, outside):
        with pytest.raises(ValueError, match=r"."):
            shelf.save_pieces(row, rows, 0, cast.editor, now)
    row.refresh_from_db()
    assert (row.version, len(rows_of(row))) == (0, 2)


def test_dropped_pages_come_back_and_are_not_changed_meanwhile(cast: Cast, now: datetime) -> None:
    row = put_down(reading((Kind.HEADLINE, "新桥通车")))
    shelf.drop(row, cast.editor, now)
    assert row.status == Status.DROPPED
    with pytest.raises(Conflict):
        shelf.save_pieces(row, rows_of(row), 0, cast.editor, now)
    with pytest.raises(Conflict):
        shelf.drop(row, cast.editor, now)
    shelf.restore(row, cast.editor, now)
    assert row.is_open
    with pytest.raises(Conflict):
        shelf.restore(row, cast.editor, now)


def test_who_may_do_what(cast: Cast, now: datetime) -> None:
    own = put_down(reading((Kind.HEADLINE, "新桥通车")), by=cast.reporter)
    others = put_down(reading((Kind.HEADLINE, "新桥通车")), by=cast.editor)
    for person in ("reporter", "reporter2", "editor", "deputy", "chief", "layout"):
        assert shelf.paste(sent.page(9), getattr(cast, person), now)
    for person in ("proofreader", "admin", "superuser", "outsider", "retired"):
        with pytest.raises(NotAllowed):
            shelf.paste(sent.page(8), getattr(cast, person), now)
    with pytest.raises(NotAllowed):
        shelf.drop(others, cast.reporter, now)
    assert set(Intake.objects.visible_to(cast.reporter)) >= {own}
    assert others not in Intake.objects.visible_to(cast.reporter)
    assert set(Intake.objects.visible_to(cast.proofreader)) >= {own, others}
    assert not Intake.objects.visible_to(cast.outsider)
    shelf.drop(own, cast.reporter, now)
