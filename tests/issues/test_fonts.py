"""Which font draws what: roles, fallbacks, the bureau's own files."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pylopdf_fonts_zh_cn
import pytest

from issues import fonts
from issues.fonts import ROLES, FontSet

OWN = Path(pylopdf_fonts_zh_cn.sans_path())


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[FontSet]:
    """The fonts on a machine without Debian's."""
    monkeypatch.setattr(fonts, "DEBIAN", tmp_path)
    fonts._default_chains.cache_clear()
    fonts._font_set.cache_clear()
    yield FontSet.default()
    fonts._default_chains.cache_clear()
    fonts._font_set.cache_clear()


@pytest.mark.parametrize("role", ROLES)
def test_every_role_has_ideographs_and_letters(role: str) -> None:
    letters = FontSet.default()
    assert letters.advance(role, "中") == 1.0
    assert 0.3 < letters.advance(role, "a") < 0.7
    assert letters.face_for(role, "中") is not None


def test_a_character_without_a_glyph_has_no_face_and_shows_as_geta() -> None:
    letters = FontSet.default()
    assert letters.face_for("body", "😀") is None
    assert letters.glyph("body", "😀").char == "〓"
    assert letters.glyph("body", "😀").missing


def test_without_bold_fonts_headlines_are_thickened(bare: FontSet) -> None:
    face = bare.faces[bare.face_for("headline", "中") or 0]
    assert face.stroke_pt_per_em > 0
    assert bare.faces[bare.face_for("body", "中") or 0].stroke_pt_per_em == 0
    assert {Path(face.path).name for face in bare.faces} == {
        "NotoSerifSC-Regular.otf",
        "NotoSansSC-Regular.otf",
    }


def test_the_bureaus_own_font_comes_first_and_the_default_helps_out() -> None:
    letters = FontSet.default({"body": (OWN, "Noto Sans SC")})
    assert letters.faces[letters.face_for("body", "中") or 0].path == OWN
    assert letters.faces[letters.face_for("headline", "中") or 0].path != OWN


def test_a_damaged_font_is_passed_over_and_named(tmp_path: Path) -> None:
    damaged = tmp_path / "报宋.ttf"
    damaged.write_bytes(OWN.read_bytes()[:5000])
    letters = FontSet.default({"body": (damaged, "报宋")})
    assert letters.unreadable == ("报宋",)
    assert letters.face_for("body", "中") is not None
    with pytest.raises(fonts.Unreadable):
        fonts.read(damaged)


def test_a_set_is_free_to_ask_for_again() -> None:
    first = FontSet.default({"kai": (OWN, "Noto Sans SC")})
    began = time.perf_counter()
    for _ in range(100):
        assert FontSet.default({"kai": (OWN, "Noto Sans SC")}) is first
    assert time.perf_counter() - began < 0.1
