"""The HTML of a picture."""

import html

from media.markup import picture_html

CONTENT = {"public_id": "abc", "width": 700, "height": 500, "focal": [500, 500], "alt": "", "caption": "清晨"}


def test_a_picture_has_both_formats_sizes_dimensions_and_alt() -> None:
    assert picture_html(CONTENT, "(min-width: 60em) 40em, 100vw") == (
        '<picture><source type="image/webp" srcset="/photos/abc/w320.webp 320w, /photos/abc/w640.webp 640w"'
        ' sizes="(min-width: 60em) 40em, 100vw">'
        '<img src="/photos/abc/w640.jpg" srcset="/photos/abc/w320.jpg 320w, /photos/abc/w640.jpg 640w"'
        ' sizes="(min-width: 60em) 40em, 100vw" width="640" height="457" alt="清晨" loading="lazy"'
        ' decoding="async"></picture>'
    )


def test_the_alt_is_preferred_to_the_caption() -> None:
    assert 'alt="码头"' in picture_html({**CONTENT, "alt": "码头"}, "100vw")


def test_everything_is_escaped() -> None:
    hostile = '"><script>alert(1)</script>'
    made = picture_html({**CONTENT, "alt": hostile, "public_id": hostile}, hostile)
    assert "<script" not in made
    assert html.escape(hostile) in made


def test_the_first_picture_of_a_page_is_not_lazy() -> None:
    made = picture_html(CONTENT, "100vw", lazy=False)
    assert "loading=" not in made
    assert 'fetchpriority="high"' in made


def test_a_crop() -> None:
    assert "/photos/abc/1x1-320.f500x500.webp 320w" in picture_html(CONTENT, "8em", crop="1x1")
