"""The demo's pictures are drawn, whole and always the same."""

import io

import pytest
from PIL import Image

from newsroom.demo.content import load
from newsroom.demo.drawing.ink import INKS, area, curve, mix, rgb
from newsroom.demo.drawing.press import Sheet
from newsroom.demo.pictures import KEYS, draw


def test_stories_use_exactly_what_can_be_drawn() -> None:
    assert {use.key for story in load().stories for use in story.photos} == set(KEYS)


@pytest.mark.parametrize("key", KEYS)
def test_a_picture_is_a_sound_photograph(key: str) -> None:
    data = draw(key)
    with Image.open(io.BytesIO(data)) as picture:
        picture.load()
        assert picture.format == "JPEG"
        assert 1500 <= picture.width <= 2400
        assert 0.7 <= picture.width / picture.height <= 2.5
        darkest, lightest = picture.convert("L").getextrema()
    assert darkest < 60
    assert lightest > 200  # drawn on, and not drawn over
    assert 100_000 < len(data) < 400_000


def test_some_stand_upright_and_some_lie_wide() -> None:
    shapes = [
        width / height for width, height in (Image.open(io.BytesIO(draw(k))).size for k in ("snow", "canal"))
    ]
    assert shapes[0] < 1 < 2 < shapes[1]


def test_the_same_bytes_every_time() -> None:
    draw("wind")  # whatever was drawn before does not matter
    assert draw("kites") == draw("kites")


def test_no_such_picture() -> None:
    with pytest.raises(KeyError):
        draw("moon")


def test_inks_are_stirred_in_order() -> None:
    assert rgb("red") == (0xB8, 0x36, 0x1F)
    assert rgb("#000000 #ffffff.5") == (128, 128, 128)
    assert rgb("red ink.5 paper.25") == rgb(mix(mix("red", "ink", 0.5), "paper", 0.25))
    assert all(len(code) == 7 for code in INKS.values())


def test_points_as_in_svg() -> None:
    assert area("0,1 2,3") == [(0, 1), (2, 1), (2, 3), (0, 3)]
    line = curve("0,0 10,5 20,0", steps=4)
    assert (line[0], line[4], line[-1]) == ((0, 0), (10, 5), (20, 0))


def test_a_thing_is_drawn_where_and_as_large_as_it_is_put() -> None:
    sheet = Sheet(100, 100, 1)
    sheet.at(50, 50, 10, face=-1).box(1, 1, 3, 2, "#000000")
    found = sheet.image.convert("L").point(lambda v: 255 * (v < 10)).getbbox()
    assert found
    assert [round(edge / 2) for edge in found] == pytest.approx([20, 60, 40, 70], abs=1)
