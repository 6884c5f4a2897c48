"""A hostile or broken Word file is refused with a sentence, in time; nothing outside of it is touched."""

import io
import os
import time
import zipfile
from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.intake.files import read_file
from articles.intake.refusals import Refused
from articles.intake.word import reading as word
from tests.articles.intake.wordfile import (
    docx,
    paragraph,
    part,
    picture,
    relations,
    table,
    texts,
    with_pictures,
)
from tests.conftest import NO_SHARED, SHARED

NAME = "柳树屯来稿.docx"


def refusal(data: bytes) -> Refused:
    with pytest.raises(Refused) as refused:
        word.read_docx(data, NAME)
    assert f"《{NAME}》" in str(refused.value)
    return refused.value


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


def test_names_that_climb_out_of_the_archive_write_nothing() -> None:
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
