"""Fonts and colour profiles: what the press can use is taken, anything else refused with a sentence."""

from __future__ import annotations

import contextlib
import io
import random
import time

import pytest
from PIL import Image, ImageCms

from issues import uploads
from issues.uploads import Refused
from tests.factories.media import picture
from tests.issues import setup_files


def font(data: bytes) -> uploads.Font:
    return uploads.font(io.BytesIO(data))


def test_a_font_is_named_by_its_own_name_table_and_stored_under_its_digest() -> None:
    made = font(setup_files.font("临港报宋"))
    assert made.family == "临港报宋"
    assert made.name == f"{made.sha256}.ttf"
    assert font(setup_files.font("Bad\nName\u202e<b>")).family == "Bad Name <b>"


def test_the_default_fonts_would_be_taken() -> None:
    import pylopdf_fonts_zh_cn

    with open(pylopdf_fonts_zh_cn.serif_path(), "rb") as file:
        assert uploads.font(file).family == "Noto Serif SC"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空的"),
        (b"wOF2" + bytes(1000), "不是字体文件"),
        (picture(), "不是字体文件"),
        (b"\0\1\0\0" + bytes(1000), "损坏"),
        (b"ttcf" + bytes(1000), "损坏"),
        (b"OTTO", "损坏"),
        (setup_files.font(ideographs=10), "只有10个汉字"),
        (setup_files.font()[:4000], "损坏"),
        (setup_files.font(family=" "), "没有字体名"),
    ],
    ids=["empty", "woff2", "jpeg", "zeros", "collection", "four bytes", "latin", "cut off", "nameless"],
)
def test_what_is_no_font_for_chinese_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        font(data)


def test_a_font_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "LARGEST_FONT", 1000)
    with pytest.raises(Refused, match="超过上限"):
        font(setup_files.font())


def test_a_bomb_takes_its_trial_alone() -> None:
    began = time.monotonic()
    with pytest.raises(Refused):
        font(setup_files.bomb(setup_files.font()))
    assert time.monotonic() - began < uploads.WALL_SECONDS


def test_damaged_fonts_are_refused_or_read() -> None:
    """Never another exception, whichever bytes are wrong."""
    good = setup_files.font()
    dice = random.Random(7)
    for _ in range(12):
        bad = bytearray(good)
        for _ in range(dice.choice([1, 20, 400])):
            bad[dice.randrange(len(bad))] = dice.randrange(256)
        with contextlib.suppress(Refused):
            assert font(bytes(bad)).family


def profile(data: bytes) -> str:
    return uploads.profile(io.BytesIO(data))


def test_a_presss_profile_is_taken_by_its_own_name() -> None:
    assert profile(setup_files.profile()) == "Bench"


def test_the_profile_made_here_converts() -> None:
    made = ImageCms.getOpenProfile(io.BytesIO(setup_files.profile()))
    there = ImageCms.profileToProfile(
        Image.new("RGB", (1, 1), "black"), ImageCms.createProfile("sRGB"), made, outputMode="CMYK"
    )
    assert there is not None
    assert there.getpixel((0, 0))[3] > 200  # type: ignore[index]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "是空的"),
        (b"not a profile", "不是 ICC"),
        (picture(), "不是 ICC"),
        (setup_files.profile()[:300], "不"),
        (setup_files.profile(kind=b"scnr"), "输出设备"),
        (ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(), "RGB"),
    ],
    ids=["empty", "words", "jpeg", "cut off", "scanner", "sRGB"],
)
def test_what_no_press_prints_by_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(Refused, match=said):
        profile(data)
