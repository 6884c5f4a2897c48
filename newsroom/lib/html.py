"""The one place where HTML is cleaned: the body of a story, on every way in.

A body is stored in one canonical form, which CKEditor loads and gives back as it was:

- blocks (p, h2, h3, ul, ol, blockquote, table, hr, pictures, boxes), nothing between them, none empty;
- a picture only ever between the outermost blocks, as
  `<figure class="image"><img src="/photos/<public id>/w640.webp" alt=""></figure>`: it places the picture
  and says nothing about it (caption, credit and alt belong to the story's list of pictures);
- 编者按 and link boxes as `<aside class="editors-note">` and `<aside class="link-box">`;
- tables as `<figure class="table"><table>…</table><figcaption>…</figcaption></figure>`;
- no style, no class but those above, links to http, https, mailto, tel and pages of this site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import nh3
from django.db import models
from django.utils.translation import gettext, gettext_lazy

from newsroom.lib import blocks, html_reader

# What the editor offers and what the sanitiser keeps


@dataclass(frozen=True)
class Feature:
    """A thing a body can hold: its tags with their attributes, its classes, the editor's button for it."""

    tags: dict[str, set[str]]
    button: str = ""
    classes: frozenset[str] = frozenset()


FEATURES = (
    Feature({"p": set(), "br": set()}),
    Feature({"h2": set(), "h3": set()}, "heading"),
    Feature({"strong": set()}, "bold"),
    Feature({"em": set()}, "italic"),
    Feature({"u": set()}, "underline"),
    Feature({"s": set()}, "strikethrough"),
    Feature({"sub": set()}, "subscript"),
    Feature({"sup": set()}, "superscript"),
    Feature({"a": {"href", "title"}}, "link"),
    Feature({"ul": set(), "li": set()}, "bulletedList"),
    Feature({"ol": set(), "li": set()}, "numberedList"),
    Feature({"blockquote": set()}, "blockQuote", frozenset(blocks.BOXES)),
    Feature({"aside": set()}, "style", frozenset(blocks.BOXES)),
    Feature(
        {"table": set(), "thead": set(), "tbody": set(), "tr": set(), "figcaption": set()}
        | {cell: {"colspan", "rowspan"} for cell in ("th", "td")},
        "insertTable",
    ),
    Feature({"figure": set(), "img": {"src"}}, "uploadImage", frozenset({"image", "table"})),
    Feature({"hr": set()}, "horizontalLine"),
)
#: The boxes' names in the editor's style menu.
BOX_NAMES = {"editors-note": gettext_lazy("编者按"), "link-box": gettext_lazy("链接框")}


def toolbar() -> dict[str, Any]:
    """CKEditor's configuration for exactly this vocabulary: toolbar, headings, styles, what to leave out."""
    return {
        "language": "zh-cn",
        "toolbar": {"items": [f.button for f in FEATURES if f.button] + ["|", "undo", "redo"]},
        "heading": {
            "options": [
                {"model": "paragraph", "title": gettext("正文"), "class": "ck-heading_paragraph"},
                {
                    "model": "heading2",
                    "view": "h2",
                    "title": gettext("小标题"),
                    "class": "ck-heading_heading2",
                },
                {
                    "model": "heading3",
                    "view": "h3",
                    "title": gettext("次级小标题"),
                    "class": "ck-heading_heading3",
                },
            ]
        },
        "style": {
            "definitions": [
                {"name": str(name), "element": "blockquote", "classes": [css]}
                for css, name in BOX_NAMES.items()
            ]
        },
        "htmlSupport": {
            "allow": [
                {"name": tag, "classes": sorted(f.classes)}
                for f in FEATURES
                for tag in f.tags
                if tag in ("aside", "blockquote")
            ]
            + [{"name": "a", "attributes": ["title"]}]
        },
        "image": {"insert": {"type": "block"}},
        "table": {"contentToolbar": ["tableColumn", "tableRow", "mergeTableCells", "toggleTableCaption"]},
        "removePlugins": _LEFT_OUT,
    }


# Bundled with the editor, but not of this vocabulary. (Markdown would change what the editor gives back.)
_LEFT_OUT = [
    "Alignment", "Code", "CodeBlock", "Font", "FullPage", "Highlight", "HtmlEmbed", "ImageCaption",
    "ImageResize", "ImageStyle", "ImageToolbar", "IndentBlock", "LinkImage", "ListProperties", "Markdown",
    "MediaEmbed", "Mention", "PageBreak", "SourceEditing", "TableCellProperties", "TableProperties",
    "TodoList",
]  # fmt: skip

_TAGS = {tag for f in FEATURES for tag in f.tags} | html_reader.ALIASES.keys() | html_reader.PARTING
_DROPPED = {
    "iframe", "math", "noscript", "object", "script", "select", "style", "svg", "template", "title",
}  # fmt: skip
_CLEANER = nh3.Cleaner(
    tags=_TAGS,
    clean_content_tags=_DROPPED,
    attributes={tag: attributes for f in FEATURES for tag, attributes in f.tags.items() if attributes},
    attribute_filter=lambda tag, name, value: link(value) if name == "href" else value,
    allowed_classes={tag: set(f.classes) for f in FEATURES for tag in f.tags if f.classes},
    url_schemes={"http", "https", "mailto", "tel"},
    link_rel=None,  # written with the link, so that it stands once
)

# Links

# Browsers skip some of these inside of an address, and readers don't see any of them.
_INVISIBLE = re.compile(
    "[\x00-\x1f\x7f-\xa0\xad\u1680\u180e\u2000-\u200f\u2028-\u202f\u205f-\u206f\u3000\ufeff]"
)
_LINK = re.compile(r"(?:https?://[^\s/\\?#]|mailto:[^\s]|tel:[+0-9]|/(?![/\\])).*", re.IGNORECASE)


def link(address: str) -> str | None:
    """The address as it is stored; None if it isn't http, https, mailto, tel or a page of this site."""
    address = _INVISIBLE.sub("", blocks.scrub(address)).strip(" ").replace(" ", "%20")
    if address.startswith("//"):
        address = "https:" + address
    if not _LINK.fullmatch(address):
        return None
    scheme, colon, rest = address.partition(":")
    return address if address.startswith("/") else scheme.lower() + colon + rest


# Cleaning

# The parser's time, and its memory, grow with depth times length. Real texts nest a few dozen deep.
_DEEPEST = 200
_HIDDEN = re.compile(
    r"<!--.*?(?:-->|\Z)|<(script|style|textarea|title|xmp)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE
)
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]*)")
_ANY_TAG = re.compile(r"<[/!?a-zA-Z][^<>]*>?")
# Without an end tag of their own, or seldom written with one: these close each other.
_FLAT = {
    "area", "base", "br", "col", "dd", "dt", "embed", "hr", "img", "input", "li", "link", "meta", "option",
    "p", "param", "source", "tbody", "td", "tfoot", "th", "thead", "tr", "track", "wbr",
}  # fmt: skip


@lru_cache(maxsize=16)  # one save asks for the same text a dozen times
def clean(html: str) -> str:
    """The canonical form of any string (see above), "" if nothing is left; `clean(clean(x)) == clean(x)`."""
    return blocks.write(parse(html))


def parse(html: str) -> blocks.Node:
    html = blocks.scrub(html)
    if _nests_too_deep(html):
        lines = _ANY_TAG.sub("\n", _HIDDEN.sub("", html)).split("\n")
        html = "".join(f"<p>{blocks.escape(line)}</p>" for line in lines if line.strip())
    return html_reader.read(_CLEANER.clean(html))


def _nests_too_deep(html: str) -> bool:
    opened: Counter[str] = Counter()
    depth = 0
    for slash, name in _TAG.findall(_HIDDEN.sub("", html)):
        name = name.lower()
        if name in _FLAT:
            continue
        if not slash:
            opened[name] += 1
            depth += 1
        elif opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > _DEEPEST:
            return True
    return False


class CleanHTMLField(models.TextField):
    """A body: cleaned in forms and fixtures, on save(), bulk_create(), update() and bulk_update().

    After save() and bulk_create() the instance holds what was stored. Lookups take their text as it is.
    """

    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return clean(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = clean(value)
            setattr(model_instance, self.attname, value)
        return value

    def get_db_prep_save(self, value: Any, connection: Any) -> Any:
        return super().get_db_prep_save(clean(value) if isinstance(value, str) else value, connection)


# Reading


def photo_ids(html: str) -> list[str]:
    """The public ids of the pictures placed in a body, in order, each as often as it stands there."""
    return [node.attrs["photo"] for node in parse(html).walk() if node.tag == "figure"]


_PICTURE = re.compile(re.escape(blocks.picture("@")).replace("@", f"({blocks.PUBLIC_ID})"))


def fill_pictures(html: str, picture: Callable[[str], str]) -> str:
    """A cleaned body with `picture(public id)`, which must be safe HTML, in each picture's place."""
    return _PICTURE.sub(lambda match: picture(match[1]), html)


_BOX = re.compile(rf'<aside( class="(?:{"|".join(blocks.BOXES)})")>|</aside>')


def for_editor(html: str) -> str:
    """A cleaned body for the editor, which knows boxes as quotations with a style; `clean` reverses it."""
    return _BOX.sub(lambda match: f"<blockquote{match[1]}>" if match[1] else "</blockquote>", html)


def text(html: str) -> str:
    """The plain text: a line for each block and line break, cells of a table's row parted by tabs."""
    return "\n".join(lines(parse(html)))


def lines(block: blocks.Node) -> list[str]:
    """The lines of text in a block of the tree."""
    if block.tag == "tr":
        return ["\t".join(" ".join(line for line in lines(cell)) for cell in block.children)]
    if block.runs:
        return block.text.split("\n")
    return [line for child in block.children for line in lines(child)]


# Wide characters count one each, everything between them by runs without white space.
_COUNTED = re.compile(
    r"[\u2e80-\u2fff\u3001-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff01-\uffef"
    r"\U0001f300-\U0001faff\U00020000-\U0003ffff“”‘’…—·]"
    r"|[^\s\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef"
    r"\U0001f300-\U0001faff\U00020000-\U0003ffff“”‘’…—·]+"
)


def count_characters(html: str) -> int:
    """字数 as word processors give it in China: an ideograph or full-width mark is one, and so is a run of
    other characters (a Latin word, a figure with its sign). White space counts nothing."""
    return len(_COUNTED.findall(text(html)))
