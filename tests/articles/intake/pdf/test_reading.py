"""PDFs as documents: rows, columns and paragraphs by geometry, pictures with their places; and refusals."""

from __future__ import annotations

import io
import time
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from articles.intake.pdf import child as pdfchild
from articles.intake.pdf import reading
from articles.intake.pdf.reading import read_pdf
from articles.intake.pieces import Document
from articles.intake.reading import read_document
from articles.intake.refusals import Refused
from tests.articles.intake.sheets import SANS, Sheet

FERRY = [
    "清晨五点，渡口的雾还没有散，老船工已经把缆绳解开，等第一班过河的学生。",
    "他在这条河上摆了三十一年渡，没有误过一天。涨水的时候，他就在船头多放一盏灯。",
    "今年秋天，大桥就要通车了。他说，桥好，桥不怕雾。",
]
ONE, TWO, THREE = 40.0, 180.0, 320.0  # columns of twelve letters


def page(sheet: Sheet) -> Document:
    [document] = read_pdf(sheet.pdf(), "一版.pdf")
    return document


def paragraphs(document: Document) -> list[str]:
    return [line.text for line in document.lines]


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        read_pdf(data, "一版.pdf")
    return refused.value


def three_columns() -> Sheet:
    sheet = Sheet()
    sheet.centred("渡口的最后一个秋天", ONE, THREE + 108, 80, 28, bold=True)
    sheet.text(FERRY, [(ONE, 120, 4), (TWO, 120, 4), (THREE, 120, 5)], letters=12)
    return sheet


@pytest.mark.parametrize("scattered", [False, True])
def test_columns_are_read_one_after_another_whatever_order_the_letters_have(scattered: bool) -> None:
    sheet = three_columns()
    document = page(sheet.scattered() if scattered else sheet)
    headline, *text = document.lines
    assert (headline.text, headline.size, headline.bold) == ("渡口的最后一个秋天", 28, True)
    assert "".join(line.text for line in text).replace("\u3000", "") == "".join(FERRY)
    assert [line.text.startswith("\u3000\u3000") for line in text] == [True, True, False, True, False]
    assert {line.size for line in text} == {9}


def test_every_line_knows_its_place() -> None:
    document = page(three_columns())
    assert document.size == (pytest.approx(282_222, abs=20), pytest.approx(388_056, abs=20))
    lefts = [line.box[0] for line in document.lines if line.box]
    assert lefts[1:] == pytest.approx([50, 72, 225, 248, 400], abs=2)
    assert all(line.box and 40 < line.box[1] < 170 for line in document.lines)


def test_letters_printed_twice_are_read_once() -> None:
    """Some programs make bold letters so, and shadows."""
    sheet = Sheet()
    for shift in (0, 0.4, 0.8):
        sheet.say("渡口的秋天", 40 + shift, 80, 28)
    assert paragraphs(page(sheet)) == ["渡口的秋天"]


def test_a_space_within_a_row_stays_and_a_gutter_parts() -> None:
    sheet = Sheet()
    sheet.say("一江清水", 40, 80, 28)
    sheet.say("两岸人家", 40 + 5 * 28, 80, 28)
    sheet.text(["左边的一栏文字从这里开始讲，讲到这里为止了。"] * 2, [(40, 120, 6)], letters=12, indent=0)
    sheet.text(["右边的一栏文字从这里开始讲，讲到这里为止了。"] * 2, [(160, 120, 6)], letters=12, indent=0)
    first, *rest = paragraphs(page(sheet))
    assert first == "一江清水\u3000两岸人家"
    assert rest[0].startswith("左边")
    assert [text[:2] for text in rest] == ["左边", "左边", "右边", "右边"]


def test_vertical_headlines_are_read_from_right_to_left() -> None:
    sheet = Sheet()
    sheet.down("桥不怕雾", 560, 100, 36)
    sheet.down("渡口来信", 510, 100, 24)
    sheet.text(FERRY, [(ONE, 120, 6), (TWO, 120, 7)], letters=12)
    document = page(sheet.scattered())
    assert paragraphs(document)[:2] == ["桥不怕雾", "渡口来信"]
    assert "".join(paragraphs(document)[2:]).replace("\u3000", "") == "".join(FERRY)


def test_a_picture_comes_with_its_place_before_its_caption() -> None:
    sheet = three_columns()
    sheet.picture(ONE, 300, 300, 200)
    sheet.say("晨雾里的渡口。", ONE, 512, 8, SANS)
    sheet.say("甘小渡 摄", 296, 512, 8, SANS)
    document = page(sheet)
    place = next(n for n, line in enumerate(document.lines) if line.picture)
    picture, caption, credit = document.lines[place : place + 3]
    assert picture.box == (50, 273, 375, 182)
    assert (caption.text, credit.text) == ("晨雾里的渡口。", "甘小渡 摄")
    with Image.open(io.BytesIO(document.pictures[picture.picture])) as image:
        assert (image.format, image.size) == ("JPEG", (600, 400))


def test_small_pictures_and_bars_are_no_photographs() -> None:
    sheet = three_columns()
    sheet.picture(600, 40, 40, 40)  # a badge
    sheet.picture(40, 600, 700, 8)  # an ornament right across
    assert page(sheet).pictures == {}


def test_rules_make_tables() -> None:
    sheet = three_columns()
    cells = [["线路", "首班", "末班"], ["一路", "6时", "21时"], ["二路", "7时", "22时"]]
    for line, row in enumerate(cells):
        for column, cell in enumerate(row):
            sheet.say(cell, 50 + column * 80, 318 + line * 20, 8)
    for line in range(4):
        sheet.rule(40, 300 + line * 20, 240, 0.5)
    for column in range(4):
        sheet.rule(40 + column * 80, 300, 0.5, 60)
    [table] = [line for line in page(sheet).lines if line.table]
    assert table.table == tuple(map(tuple, cells))
    assert table.text.splitlines()[1] == "一路\t6时\t21时"


def test_every_page_is_a_document_with_its_own_pdf() -> None:
    first, second = Sheet(), Sheet()
    first.say("第一版的字", 40, 80, 28)
    second.say("第二版的字", 40, 80, 28)
    whole = pypdfium2.PdfDocument.new()
    for sheet in (first, second):
        whole.import_pages(pypdfium2.PdfDocument(sheet.pdf()))
    target = io.BytesIO()
    whole.save(target)
    documents = read_pdf(target.getvalue(), "两版.pdf")
    assert [(one.page, one.text) for one in documents] == [(1, "第一版的字"), (2, "第二版的字")]
    assert all(one.pdf.startswith(b"%PDF") for one in documents)


# Bad input


def test_a_scan_is_its_picture_and_a_blank_page_is_refused() -> None:
    sheet = Sheet()
    sheet.picture(0, 0, 800, 1100)
    document = page(sheet)
    assert [line.picture for line in document.lines] == ["p1-1.jpg"]
    read_document(document).check()
    assert str(refusal(Sheet().pdf())) == "《一版.pdf》 里没有文字，也没有图片。"


def test_text_over_a_scan_is_read_without_the_scan() -> None:
    sheet = three_columns()
    sheet.picture(0, 0, 800, 1100)
    document = page(sheet)
    assert document.pictures == {}
    assert document.lines[0].text == "渡口的最后一个秋天"


def test_what_is_no_pdf_or_only_a_part_of_one() -> None:
    assert refusal(b"").reason == "empty"
    assert refusal(b"PK\x03\x04").reason == "unknown"
    assert refusal(three_columns().pdf()[:5000]).reason == "broken"
    assert refusal(Sheet(60, 60).pdf()).reason == "size"


def test_a_full_page_of_letters_in_disorder_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The worst there is: thousands of letters, none beside another."""
    sheet = Sheet(3000, 3000)
    sheet.words = [
        ["字", (n * 7919) % 2900, 10 + (n * 104729) % 2900, 4, SANS, False, 0] for n in range(4000)
    ]
    monkeypatch.setattr(reading, "LIMITS", pdfchild.Limits(max_side=1500, cpu_seconds=8, wall_seconds=16))
    began = time.monotonic()
    read_document(page(sheet)).check()
    assert time.monotonic() - began < 16


def test_one_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LIMITS", pdfchild.Limits(wall_seconds=0.05))
    assert refusal(three_columns().pdf()).reason == "slow"


def test_whatever_broken_files_there_are(shared: Path) -> None:
    """Each is read, every letter of it once, or refused in a sentence."""
    files = sorted((shared / "corpora" / "pdf-broken").glob("*.pdf"))
    assert files
    refused = {}
    for path in files:
        try:
            for document in read_pdf(path.read_bytes(), path.name):
                read_document(document).check()
        except Refused as error:
            refused[path.name] = error
    assert all(
        str(one).startswith(f"《{name}》") and str(one).endswith("。") for name, one in refused.items()
    )
    encrypted = {name for name, one in refused.items() if one.reason == "encrypted"}
    assert encrypted == {"pdfjs-encrypted-attachment.pdf", "qpdf-bad-encryption-length.pdf"}
    assert len(refused) < len(files)
