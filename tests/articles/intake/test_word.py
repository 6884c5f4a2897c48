"""A correspondent's Word file comes as lines and pictures in their order; a hostile one as a sentence."""

import io
import os
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from articles.intake import word
from articles.intake.files import read_file
from articles.intake.pieces import Document
from articles.intake.refusals import Refused
from tests.articles.intake.wordfile import (
    docx,
    paragraph,
    part,
    picture,
    relations,
    run,
    styles,
    table,
)
from tests.conftest import NO_SHARED, SHARED

NAME = "柳树屯来稿.docx"


def photograph(colour: str = "red", kind: str = "PNG") -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(made, kind)
    return made.getvalue()


def with_pictures(*body: str, **more: bytes) -> bytes:
    """A file that knows rId1 and rId2 as photographs."""
    media = {
        "word/_rels/document.xml.rels": relations(
            ("rId1", "image", "media/image1.png"), ("rId2", "image", "/word/media/image2.jpg")
        ),
        "word/media/image1.png": photograph(),
        "word/media/image2.jpg": photograph("blue", "JPEG"),
    }
    return docx(*body, parts=media | more)


def texts(document: Document) -> list[str]:
    return [line.text or line.picture for line in document.lines]


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        word.read_docx(data, NAME)
    assert f"《{NAME}》" in str(refused.value)
    return refused.value


def test_headings_keep_their_level_and_paragraphs_their_order() -> None:
    known = styles(a="heading 1", b="Title", c="标题 2", d="副标题", e="caption", f="Normal")
    body = [
        paragraph("清河镇秋粮入库", style="b"),
        paragraph("全镇三千吨粮食颗粒归仓", style="d"),
        paragraph("本报讯（记者 林远舟）", style="f"),
        paragraph(),
        paragraph("晾晒", style="c"),
        paragraph("入库", style="a"),
        paragraph("图为入库现场。", style="e"),
    ]
    read = word.read_docx(docx(*body, parts={"word/styles.xml": known}))
    assert [(line.text, line.level, line.gap) for line in read.lines] == [
        ("清河镇秋粮入库", 1, 0),
        ("全镇三千吨粮食颗粒归仓", 2, 0),
        ("本报讯（记者 林远舟）", 0, 0),
        ("晾晒", 2, 1),
        ("入库", 1, 0),
        ("图为入库现场。", 0, 0),
    ]


def test_a_headline_made_with_the_bold_button_keeps_its_look() -> None:
    bold = '<w:b/><w:sz w:val="44"/>'
    body = [
        paragraph(run("清河镇", bold), run("　", ""), run("秋粮入库", bold)),
        paragraph(run("记者", "<w:b/>"), run("林远舟", '<w:sz w:val="21"/>')),
    ]
    first, second = word.read_docx(docx(*body)).lines
    assert (first.text, first.bold, first.size) == ("清河镇　秋粮入库", True, 22)
    assert (second.text, second.bold, second.size) == ("记者林远舟", False, 10.5)


def test_a_line_broken_by_hand_is_a_line() -> None:
    body = paragraph(
        "第一段。", "<w:r><w:br/></w:r>", "<w:r><w:br/></w:r>", "第二段。", "<w:r><w:tab/></w:r>", "丙"
    )
    read = word.read_docx(docx(body))
    assert [(line.text, line.gap) for line in read.lines] == [("第一段。", 0), ("第二段。\t丙", 1)]


def test_pictures_stand_where_they_stood_and_captions_after_them() -> None:
    read = word.read_docx(
        with_pictures(
            paragraph("导语。"),
            paragraph(picture("rId1")),
            paragraph("图为入库现场。何小满 摄"),
            paragraph("前半段，", picture("rId2"), "后半段。"),
            paragraph(picture("rId1"), "<w:r><w:br/></w:r>", "同一张图的说明。"),
        )
    )
    assert texts(read) == [
        "导语。",
        "picture-1.png",
        "图为入库现场。何小满 摄",
        "前半段，后半段。",
        "picture-2.jpg",
        "picture-1.png",
        "同一张图的说明。",
    ]
    assert read.pictures == {"picture-1.png": photograph(), "picture-2.jpg": photograph("blue", "JPEG")}


def test_a_table_keeps_its_grid() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>{paragraph("合计")}</w:tc>'
    high = f'<w:tc><w:tcPr><w:vMerge w:val="restart"/></w:tcPr>{paragraph("秋粮")}</w:tc>'
    under = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr>{paragraph()}</w:tc>"
    rows = [["品种", "村", "吨"], [high, "柳树屯", "120"], [under, "北河", "95"], [wide, "215"]]
    before, found, after = word.read_docx(docx(paragraph("上"), table(*rows), paragraph("下"))).lines
    assert found.table == (
        ("品种", "村", "吨"),
        ("秋粮", "柳树屯", "120"),
        ("", "北河", "95"),
        ("合计", "", "215"),
    )
    assert found.text == "品种\t村\t吨\n秋粮\t柳树屯\t120\n\t北河\t95\n合计\t\t215"
    assert (before.text, after.text) == ("上", "下")


def test_a_table_that_only_arranges_pictures_is_none() -> None:
    cells = [f"<w:tc>{paragraph(picture('rId1'))}{paragraph('左图说明')}</w:tc>", "右边的文字"]
    assert texts(word.read_docx(with_pictures(table(cells)))) == ["picture-1.png", "左图说明", "右边的文字"]
    assert texts(word.read_docx(docx(table(["全文在一个框里。"])))) == ["全文在一个框里。"]


def test_a_cell_that_claims_a_million_columns_has_a_bounded_row() -> None:
    wide = f'<w:tc><w:tcPr><w:gridSpan w:val="999999999"/></w:tcPr>{paragraph("甲")}</w:tc>'
    (line,) = word.read_docx(docx(table([wide, wide, "乙"]))).lines
    assert line.table[0] == ("甲", *[""] * 63, "甲", "乙")


def test_notes_come_at_the_end_and_comments_not_at_all() -> None:
    notes = part("footnotes", f'<w:footnote w:id="2">{paragraph("数据来自镇农技站。")}</w:footnote>')
    said = part("comments", f'<w:comment w:id="0">{paragraph("此处再核")}</w:comment>')
    body = [
        paragraph("亩产千斤", '<w:r><w:footnoteReference w:id="2"/></w:r>', "创新高。"),
        paragraph(
            "完。", '<w:r><w:commentReference w:id="0"/></w:r>', '<w:r><w:footnoteReference w:id="9"/></w:r>'
        ),
    ]
    read = word.read_docx(docx(*body, parts={"word/footnotes.xml": notes, "word/comments.xml": said}))
    assert texts(read) == ["亩产千斤创新高。", "完。", "数据来自镇农技站。"]


def test_tracked_changes_count_as_accepted() -> None:
    gone = '<w:del w:id="1"><w:r><w:delText>两千</w:delText></w:r></w:del>'
    come = f'<w:ins w:id="2">{run("三千")}</w:ins>'
    assert texts(word.read_docx(docx(paragraph("入库", gone, come, "吨")))) == ["入库三千吨"]


def test_a_text_box_comes_after_the_paragraph_that_holds_it() -> None:
    box = f"<v:shape><v:textbox><w:txbxContent>{paragraph('相关链接')}</w:txbxContent></v:textbox></v:shape>"
    body = [paragraph("正文。", f"<w:r><w:pict>{box}</w:pict></w:r>"), paragraph("下一段。")]
    assert texts(word.read_docx(docx(*body))) == ["正文。", "相关链接", "下一段。"]


# What does harm


@pytest.mark.parametrize("how", ["embed", "link"])
@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.1:9/a.png", "file:///etc/hostname", "../../../../../../etc/hostname", "media/no.png"],
)
def test_a_picture_outside_of_the_file_is_not_fetched(how: str, target: str) -> None:
    related = {"word/_rels/document.xml.rels": relations(("rId1", "image", target))}
    read = word.read_docx(docx(paragraph("正文。"), paragraph(picture("rId1", how)), parts=related))
    assert (texts(read), read.pictures, read.lost) == (["正文。"], {}, 1)
    assert refusal(docx(paragraph(picture("rId1", how)), parts=related)).reason == "external"


def test_a_drawing_that_the_library_does_not_take_is_counted() -> None:
    metafile = b"\x01\0\0\0\x6c\0\0\0" + b"\0" * 100
    body = [paragraph("正文。"), paragraph(picture("rId1"))]
    read = word.read_docx(with_pictures(*body, **{"word/media/image1.png": metafile}))
    assert (texts(read), read.lost) == (["正文。"], 1)


def test_names_that_climb_out_of_the_archive_write_nothing(tmp_path: object) -> None:
    climbing = {"../../climbed.txt": b"A", "/tmp/climbed.txt": b"A", "word/../../climbed.xml": b"<a/>"}
    assert texts(word.read_docx(docx(paragraph("正文。"), parts=climbing))) == ["正文。"]
    assert not os.path.exists("/tmp/climbed.txt")


ENTITIES = [
    b'<!DOCTYPE w:document [<!ENTITY a "%s">]>' % (b"A" * 5000),
    b'<!DOCTYPE w:document [<!ENTITY a SYSTEM "file:///etc/hostname">]>',
    b'<!DOCTYPE w:document SYSTEM "http://127.0.0.1:9/a.dtd">',
    b"<!--" + b"x" * 200_000 + b'--><!DOCTYPE w:document [<!ENTITY a "A">]>',
]


@pytest.mark.parametrize("doctype", ENTITIES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_file_that_declares_entities_is_refused(doctype: bytes, encoding: str) -> None:
    root = part("document", f"<w:body>{paragraph('A')}</w:body>").decode().partition("?>")[2]
    xml = f'<?xml version="1.0" encoding="{encoding}"?>{doctype.decode()}{root}'
    assert refusal(docx(document=xml.encode(encoding))).reason == "broken"
    assert refusal(docx(paragraph("A"), parts={"word/styles.xml": xml.encode(encoding)})).reason == "broken"


def long_text() -> bytes:
    filler = paragraph("A" * 1000).encode() * 60_000
    return docx(document=part("document", "<w:body>[]</w:body>").replace(b"[]", filler))


def photographs_without_end() -> bytes:
    noise = os.urandom(60 << 20)
    return docx(paragraph("A"), parts={f"word/media/{number}": noise for number in range(4)})


BOMBS: dict[str, tuple[Callable[[], bytes], str]] = {
    "a part of zeros": (
        lambda: docx(paragraph("A"), parts={"word/media/a.png": b"\0" * (190 << 20)}),
        "heavy",
    ),
    "text": (long_text, "heavy"),
    "parts": (lambda: docx(paragraph("A"), parts={f"word/p{n}": b"" for n in range(5000)}), "heavy"),
    "photographs": (photographs_without_end, "large"),
    "depth": (lambda: docx(paragraph("<w:ins>" * 20_000 + "</w:ins>" * 20_000)), "broken"),
}


@pytest.mark.slow
@pytest.mark.parametrize("kind", BOMBS)
def test_a_bomb_ends_its_child_alone(kind: str) -> None:
    made, reason = BOMBS[kind]
    data, began = made(), time.perf_counter()
    assert refusal(data).reason == reason
    assert time.perf_counter() - began < word.WALL_SECONDS


def test_a_lie_about_a_size_brings_no_more_bytes() -> None:
    data = bytearray(docx(paragraph("A" * 100_000)))
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        size = package.getinfo("word/document.xml").file_size
    lied = bytes(data).replace(size.to_bytes(4, "little"), (200).to_bytes(4, "little"))
    assert lied != data
    assert refusal(lied).reason == "broken"


def test_a_file_within_the_limits_of_a_long_report_is_read() -> None:
    read = word.read_docx(docx(*(paragraph(f"第{n}段，" + "全镇秋粮入库，" * 20) for n in range(3000))))
    assert len(read.lines) == 3000


def test_cut_anywhere_it_is_broken() -> None:
    whole = with_pictures(paragraph("正文。"), paragraph(picture("rId1")))
    for end in range(30, len(whole) - 1, len(whole) // 6):
        assert refusal(whole[:end]).reason == "broken"


def test_what_has_nothing_in_it_says_so() -> None:
    assert refusal(docx(paragraph(), paragraph("　"))).reason == "no_text"


def test_another_kind_of_archive_is_not_a_word_file() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as package:
        package.writestr("xl/workbook.xml", "<workbook/>")
        package.writestr("[Content_Types].xml", "<Types/>")
    assert refusal(made.getvalue()).reason == "unknown"


def corpus() -> list[str]:
    folders = [SHARED / "corpora" / name for name in ("docx-broken", "docx-edge")]
    return [str(path.relative_to(SHARED)) for folder in folders for path in sorted(folder.glob("*"))]


# What each of the good ones holds, as Word shows it.
HELD = {
    "mammoth-comments.docx": ["Ouch."],
    "mammoth-footnotes.docx": ["Ouch.", " A tachyon walks into a bar.", " Fin."],
    "mammoth-strict-format.docx": ["Test"],
    "mammoth-tables.docx": ["Above", "Top left\tTop right\nBottom left\tBottom right", "Below"],
    "mammoth-text-box.docx": ["Datum plane"],
    "mammoth-tiny-picture-target-base-relative.docx": ["picture-1.png"],
    "mammoth-utf8-bom.docx": ["This XML has a byte order mark."],
}
REFUSED = {
    "poi-51921-Word-Crash067.docx": "no_text",
    "poi-bug53475-password-is-solrcell.docx": "encrypted",
    "mammoth-empty.docx": "no_text",
    "mammoth-external-picture.docx": "external",
}


@pytest.mark.skipif(not (SHARED / "corpora").is_dir(), reason=NO_SHARED)
@pytest.mark.parametrize("path", corpus())
def test_files_of_others_are_read_or_refused_in_time(path: str) -> None:
    name, began = os.path.basename(path), time.perf_counter()
    try:
        (document,) = read_file(name, (SHARED / path).read_bytes())
    except Refused as refused:
        assert (REFUSED.get(name, "broken"), True) == (refused.reason, f"《{name}》" in str(refused))  # noqa: PT017
    else:
        assert texts(document) == HELD[name]
    assert time.perf_counter() - began < 15


@settings(max_examples=15, deadline=None)
@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    whole = bytearray(with_pictures(paragraph("正文。"), paragraph(picture("rId1")), table(["甲", "乙"])))
    for place in data.draw(st.lists(st.integers(0, len(whole) - 1), min_size=1, max_size=8)):
        whole[place] = data.draw(st.integers(0, 255))
    try:
        assert word.read_docx(bytes(whole)).lines
    except Refused as refused:
        assert refused.reason != "unknown" or not whole.startswith(b"PK")  # noqa: PT017
