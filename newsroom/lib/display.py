"""How a reader wants pages to look: one cookie with few values, so that few versions of a page are kept.

The cookie `display` reads `<theme>-<size>`, as `dark-1`. Themes: `auto` (light or dark, as the reader's
system is), `light`, `dark`, and `elder`, an edition of its own in very large type. Sizes: 0 as set, 1 large,
2 larger.
"""

from __future__ import annotations

from typing import NamedTuple

COOKIE = "display"
THEMES = ("auto", "light", "dark", "elder")
SIZES = ("0", "1", "2")


class Display(NamedTuple):
    theme: str
    size: str

    def __str__(self) -> str:
        """The cookie's value."""
        return f"{self.theme}-{self.size}"


DEFAULT = Display("auto", "0")
VALUES = {str(display): display for display in (Display(t, s) for t in THEMES for s in SIZES)}


def chosen(cookie: str | None) -> Display:
    """What a cookie asks for; whatever is none of VALUES asks for the default."""
    return VALUES.get(cookie or "", DEFAULT)


def changed(display: Display, theme: str | None, size: str | None) -> Display:
    """With another theme or size; what there is not changes nothing."""
    return Display(
        theme if theme in THEMES else display.theme,
        size if size in SIZES else display.size,
    )
