"""Canonical JSON: one text for one content."""

import datetime as dt
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newsroom.lib import canonical

STORABLE = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\x00"))
CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers() | STORABLE,
    lambda inner: st.lists(inner) | st.dictionaries(STORABLE, inner),
)


@given(CONTENT)
def test_what_is_dumped_is_loaded(content: object) -> None:
    text = canonical.dump(content)
    assert canonical.load(text) == content
    assert canonical.dump(canonical.load(text)) == text


def test_it_is_spelled_one_way() -> None:
    east = dt.timezone(dt.timedelta(hours=8))
    content = {
        "b": (1, True, None),
        "a": dt.datetime(2026, 11, 22, 9, 2, 3, tzinfo=east),
        "题": dt.date(2026, 1, 2),
    }
    assert (
        canonical.dump(content) == '{"a":"2026-11-22T01:02:03.000000Z","b":[1,true,null],"题":"2026-01-02"}'
    )


def test_nothing_is_normalised() -> None:
    assert canonical.dump("e\u0301") != canonical.dump("\u00e9")


@pytest.mark.parametrize(
    ("content", "place"),
    [
        ({"a": [1.5]}, r"\$\.a\[0\]"),
        ({1: 2}, "key 1"),
        ({"a": dt.datetime(2026, 1, 1)}, r"\$\.a: a moment without"),
        ("甲\x00", r"U\+0000 at character 2"),
        ("\ud800", r"U\+D800"),
        ({"\ud800": 1}, r"U\+D800"),
        ({"a": object()}, "object has no canonical form"),
    ],
)
def test_it_names_what_it_refuses(content: object, place: str) -> None:
    with pytest.raises(ValueError, match=place):
        canonical.dump(content)


@pytest.mark.parametrize("text", ["1.5", "[1e3]", "NaN", "{"])
def test_it_loads_nothing_else(text: str) -> None:
    with pytest.raises(ValueError, match=r"whole number|Expecting"):
        canonical.load(text)


def test_a_digest_is_over_the_utf8() -> None:
    assert canonical.digest("廊坊") == hashlib.sha256("廊坊".encode()).hexdigest()
    with pytest.raises(ValueError, match="U\\+DFFF"):
        canonical.digest("\udfff")
