"""A text reads the same whichever way an office saved it; what is no text is refused."""

import codecs
import os
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.intake import encodings
from articles.intake.encodings import Unreadable, decode
from tests.conftest import NO_SHARED, SHARED

CORPUS = SHARED / "corpora" / "encoding-cjk"
# What the folder says, as the systems of the time wrote it: GB2312 means whatever Windows understood by it.
DECLARED = {"GB2312": "gb18030", "Big5": "cp950"}

SIMPLIFIED = """清河镇开通首条定制公交
本报讯（记者 林远舟 通讯员 何小满）“以前赶集要走四十分钟，现在家门口就能上车。”10月12日，
清河镇柳树屯村的村民高兴地说。当天，全镇首条定制公交线路正式运行，覆盖11个村。
□周砚田"""
TRADITIONAL = """清河鎮開通首條定製公交
「以前趕集要走四十分鐘，現在家門口就能上車。」清河鎮柳樹屯村的村民高興地說，
當天，全鎮首條定製公交線路正式運行，覆蓋11個村。"""

WAYS = [
    (SIMPLIFIED, "gb2312"),
    (SIMPLIFIED, "gbk"),
    (SIMPLIFIED, "gb18030"),
    (TRADITIONAL, "gbk"),
    (TRADITIONAL, "big5"),
    (TRADITIONAL, "cp950"),
    (TRADITIONAL, "big5hkscs"),
    *((text, name) for text in (SIMPLIFIED, TRADITIONAL) for name in ("utf-8", "utf-16-le", "utf-16-be")),
]
MARKED = [("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("utf-16-be", codecs.BOM_UTF16_BE)]

# Ten characters each, and fewer: what a headline in a file of its own comes to.
SHORT = [
    "柳树屯村喜迎丰收节日",
    "本报讯（记者林远舟）",
    "全镇秋粮入库三千吨。",
    "联通",
    "清河镇简讯",
    "■图片新闻",
]


def refusal(data: bytes) -> str:
    with pytest.raises(Unreadable) as refused:
        decode(data)
    return refused.value.reason


@pytest.mark.parametrize(("text", "encoding"), WAYS)
def test_the_same_text_comes_from_every_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize(("encoding", "mark"), MARKED)
@pytest.mark.parametrize("text", [SIMPLIFIED, TRADITIONAL, "A", "丰"])
def test_a_mark_is_believed_and_left_out(text: str, encoding: str, mark: bytes) -> None:
    assert decode(mark + text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["gbk", "gb18030", "utf-8", "utf-16-le", "utf-16-be"])
@pytest.mark.parametrize("text", SHORT)
def test_a_headline_alone_is_enough(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", ["柳樹屯村喜迎豐收節日", "本報訊（記者林遠舟）", "清河鎮簡訊"])
def test_so_it_is_in_big5(text: str) -> None:
    assert decode(text.encode("big5")) == text


@pytest.mark.parametrize(
    "text",
    [
        "Notes from the county",
        "café",
        "naïve über",
        "Привет",
        "བཀྲ་ཤིས་བདེ་ལེགས།",
        "안녕하세요",
        "1\n2\n",
        "A\tB",
    ],
)
def test_other_scripts_in_utf_8_stay_what_they_are(text: str) -> None:
    assert decode(text.encode()) == text


def test_rare_characters_of_gb18030_come_along() -> None:
    text = SIMPLIFIED + "\n通讯员 㛃𠮷𬱖"
    assert decode(text.encode("gb18030")) == text


def test_a_declaration_that_is_wrong_deceives_nobody() -> None:
    text = '<?xml version="1.0" encoding="big5"?>\n<p>柳树屯村喜迎丰收节</p>'
    assert decode(text.encode("gbk")) == text


def corpus() -> list[str]:
    return sorted(os.listdir(CORPUS)) if CORPUS.is_dir() else []


@pytest.mark.skipif(not CORPUS.is_dir(), reason=NO_SHARED)
@pytest.mark.parametrize("name", corpus())
def test_files_of_others_are_not_garbled(name: str) -> None:
    data = (CORPUS / name).read_bytes()
    assert decode(data) == data.decode(DECLARED[name.split("-")[0]])


@pytest.mark.skipif(not CORPUS.is_dir(), reason=NO_SHARED)
@pytest.mark.parametrize("name", corpus())
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be", "gb18030"])
def test_saved_anew_they_are_not_either(name: str, encoding: str) -> None:
    text = (CORPUS / name).read_bytes().decode(DECLARED[name.split("-")[0]])
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_text_cut_within_a_character_loses_that_character_alone(encoding: str) -> None:
    assert decode((SIMPLIFIED + "村").encode(encoding)[:-1]).rstrip("\ufffd") == SIMPLIFIED


def test_stray_controls_are_left_out() -> None:
    text = SIMPLIFIED * 10
    assert decode(text.replace("，", "，\x07", 1).encode("gbk")) == text


@pytest.mark.parametrize(
    "data", [b"", b" \r\n\t\n", "\u3000\n".encode(), codecs.BOM_UTF8, codecs.BOM_UTF16_LE]
)
def test_nothing_is_empty(data: bytes) -> None:
    assert refusal(data) == "empty"


@pytest.mark.parametrize(
    "data",
    [
        b"\0" * 100,
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\2\x80\0\0\1\xe0\x08\2\0\0\0",
        b"PK\3\4\x14\0\6\0\x08\0\0\0!\0\xdf\xa4\xd2lZ\1\0\0 \5\0\0\x13\0\x08\2[Content_Types].xml",
        bytes(range(256)) * 20,
    ],
)
def test_pictures_and_archives_named_txt_are_binary(data: bytes) -> None:
    assert refusal(data) == "binary"


def test_an_encoding_nobody_here_uses_is_named_as_the_trouble() -> None:
    assert refusal("Привет, как дела?".encode("koi8-r")) == "encoding"


def test_a_whole_archive_in_one_file_is_too_large() -> None:
    assert refusal(b"A" * (encodings.MAX_BYTES + 1)) == "large"


@pytest.mark.parametrize("encoding", ["utf-8", "gbk", "utf-16-le"])
def test_one_line_of_two_megabytes_takes_no_time(encoding: str) -> None:
    text = "全镇首条定制公交线路正式运行，" * (
        2_000_000 // len("全镇首条定制公交线路正式运行，".encode(encoding))
    )
    began = time.perf_counter()
    assert decode(text.encode(encoding)) == text
    assert time.perf_counter() - began < 5  # a third of a second alone


@given(st.binary(max_size=400))
def test_any_bytes_are_a_text_or_a_refusal(data: bytes) -> None:
    try:
        text = decode(data)
    except Unreadable as refused:
        assert refused.reason in ("empty", "binary", "encoding")  # noqa: PT017 - either way is right
    else:
        assert text.strip()
        assert "\0" not in text
