"""A release as HTML to paste into the editor of a WeChat 公众号. Pure functions of a laid-out story.

That editor keeps inline styles of sections, paragraphs, spans, tables and pictures. It drops classes, ids,
sheets, scripts, positions and links to other sites, and fetches pictures from whole addresses. So nothing
else is written: every text is escaped here, every tag and style is one of ours.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from django.utils.html import escape

from articles.addresses import file_of
from articles.story import Figure, Story
from articles.told import Told, legal
from newsroom.lib import html
from newsroom.lib.blocks import Mark, Node
from newsroom.lib.dates import chinese_date

DIGEST_LENGTH = 120  # characters that a 公众号 shows of an article's summary
INK, PALE, ACCENT, HAIR = "#1f1b16", "#6b6459", "#b3261e", "#d8d2c6"
SERIF = "font-family:'Songti SC','Noto Serif SC',STSong,SimSun,serif;"
STYLE = {
    "sheet": f"color:{INK};font-size:17px;line-height:1.8;text-align:justify;word-break:break-word;",
    "kicker": f"margin:0 0 4px;font-size:16px;line-height:1.6;text-align:center;{SERIF}",
    "headline": f"margin:0 0 8px;font-size:24px;font-weight:bold;line-height:1.4;text-align:center;{SERIF}",
    "subheadline": f"margin:0 0 8px;font-size:16px;line-height:1.6;text-align:center;{SERIF}",
    "byline": f"margin:0 0 4px;color:{PALE};font-size:15px;line-height:1.6;text-align:center;",
    "small": f"margin:0 0 4px;color:{PALE};font-size:14px;line-height:1.7;",
    "lede": f"margin:16px 0;padding:10px 0 1px;border-top:1px solid {HAIR};border-bottom:1px solid {HAIR};",
    "note": f"margin:16px 0;padding:10px 14px 1px;border-left:3px solid {ACCENT};background-color:#f6f2ea;",
    "p": "margin:0 0 16px;",
    "h2": f"margin:28px 0 12px;font-size:19px;font-weight:bold;line-height:1.5;{SERIF}",
    "h3": "margin:22px 0 10px;font-size:17px;font-weight:bold;line-height:1.5;",
    "quote": f"margin:16px 0;padding:0 0 0 14px;border-left:3px solid {HAIR};color:{PALE};",
    "list": "margin:0 0 16px;padding:0 0 0 24px;",
    "figure": "margin:20px 0;text-align:center;",
    "img": "display:block;width:100%;height:auto;margin:0 auto 6px;",
    "caption": f"margin:0;color:{PALE};font-size:14px;line-height:1.6;text-align:left;",
    "table": "width:100%;border-collapse:collapse;font-size:15px;line-height:1.6;",
    "cell": f"padding:6px 8px;border:1px solid {HAIR};text-align:left;vertical-align:top;",
    "rule": f"margin:24px auto;border:0;border-top:1px solid {HAIR};width:40%;",
    "foot": f"margin:28px 0 0;padding:12px 0 0;border-top:1px solid {HAIR};",
}
_MARKS = {"strong": "strong", "em": "em", "sub": "sub", "sup": "sup"}
_DECORATIONS = {"u": "underline", "s": "line-through"}
_LISTS = {"ul": "disc", "ol": "decimal"}
_OWN_SITE = "https://mp.weixin.qq.com/"  # the only links that its editor keeps


def digest(story: Story) -> str:
    """摘要: as much of the summary as an article there may have."""
    return Told(story).summary[:DIGEST_LENGTH]


def plain(pasted: str) -> str:
    """The same copy for editors that take no HTML."""
    return html.text(pasted)


def paste(story: Story, root: str | None = None) -> str:
    """The whole story as HTML. Pictures' addresses are whole, or begin with `root` where that is given."""
    laid = replace(story, draw=lambda figure: "")
    draw = _drawing(root)
    parts = [
        *_head(laid),
        *_corrections(laid),
        _block("lede", laid.more["lede"]),
        _note(laid.more["editors_note"]),
        *map(draw, laid.top),
        *_body(laid, draw),
        *map(draw, laid.tail),
        _line("byline", laid.end_byline),
        _foot(laid),
    ]
    return _tag("section", "sheet", "".join(parts))


# ---- what stands around the text ----


def _head(story: Story) -> list[str]:
    source = story.more["source"]
    day = chinese_date(Told(story).published_at)
    return [
        _line("kicker", story.card["kicker"]),
        _line("headline", story.release.headline),
        _line("subheadline", story.card["subheadline"] and f"——{story.card['subheadline']}"),
        _line("byline", story.byline),
        _line("byline", f"{day}　来源：{source}" if source else day),
    ]


def _corrections(story: Story) -> list[str]:
    return [
        _tag("section", "note", _lines(f"更正（{chinese_date(c.at)}）\n{c.text}"))
        for c in Told(story).corrections
    ]


def _note(words: str) -> str:
    return _block("note", words if not words or words.startswith("编者按") else f"编者按\n{words}")


def _foot(story: Story) -> str:
    more = story.more
    editor = more["responsible_editor"]
    lines = [
        more["copyright_notice"],
        more["source_url"] and f"原文：{more['source_url']}",
        editor and f"责任编辑：{editor}",
        f"阅读原文：{Told(story).address}",
    ]
    return _tag("section", "foot", "".join(_lines(line, "small") for line in lines if line))


def _drawing(root: str | None) -> Callable[[Figure], str]:
    def draw(figure: Figure) -> str:
        pictures = "".join(_image(content, root) for content in figure.pictures)
        said = "　".join(words for words in (figure.caption, figure.credit) if words)
        return _tag("section", "figure", pictures + _line("caption", said))

    return draw


def _image(content: dict[str, object], root: str | None) -> str:
    file = file_of(content)
    address = file.url if root is None else root + file.url[file.url.index("/photos/") :]
    alt = legal(str(content["alt"] or content["caption"] or ""))
    return f'<img src="{escape(address)}" alt="{escape(alt)}" style="{escape(STYLE["img"])}">'


# ---- the text ----


def _body(story: Story, draw: Callable[[Figure], str]) -> Iterable[str]:
    """The blocks, with the opening before the first word and each group of pictures once."""
    groups = {p["public_id"]: figure for figure in story.figures for p in figure.pictures}
    drawn: list[Figure] = []
    for block in _opened(html.parse(story.release.body).children, story.opening):
        if block.tag != "figure":
            yield _written(block)
            continue
        figure = groups.get(block.attrs["photo"])
        if figure is not None and not any(figure is other for other in drawn):
            drawn.append(figure)
            yield draw(figure)


def _opened(blocks: list[Node], opening: str) -> list[Node]:
    if not opening:
        return blocks
    above = next((n for n, b in enumerate(blocks) if b.tag not in ("aside", "figure", "hr")), len(blocks))
    words = (opening, (("strong",),))
    if above < len(blocks) and blocks[above].tag == "p":
        blocks[above].runs.insert(0, words)
        return blocks
    return [Node("p", runs=[words]), *blocks]


def _written(node: Node) -> str:
    tag = node.tag
    if tag in ("p", "h2", "h3"):
        return _tag("p", tag, _inline(node))
    if tag == "hr":
        return f'<hr style="{escape(STYLE["rule"])}">'
    inner = "".join(map(_written, node.children))
    if tag in _LISTS:
        return _tag(tag, "list", inner, f"list-style-type:{_LISTS[tag]};")
    if tag == "aside":
        named = node.attrs.get("class") == "editors-note" and not _begins_so(node)
        return _tag("section", "note", (_line("h3", "编者按") if named else "") + inner)
    if tag == "blockquote":
        return _tag("blockquote", "quote", inner)
    return _part(node, inner)


def _part(node: Node, inner: str) -> str:
    """A piece of a list or table."""
    if node.tag == "table":
        caption = "".join(_written(part) for part in node.children if part.tag == "figcaption")
        rows = "".join(_written(part) for part in node.children if part.tag != "figcaption")
        return _tag("section", "figure", _tag("table", "table", rows) + caption)
    if node.tag in ("td", "th"):
        spans = "".join(
            f' {name}="{int(node.attrs[name])}"'
            for name in ("colspan", "rowspan")
            if node.attrs.get(name, "").isdecimal()
        )
        return f'<{node.tag}{spans} style="{escape(STYLE["cell"])}">{_bare(node)}</{node.tag}>'
    if node.tag == "li":
        return f"<li>{_bare(node)}</li>"
    if node.tag == "figcaption":
        return _tag("p", "caption", "<br>".join(map(_inline, node.children)))
    return f"<{node.tag}>{inner}</{node.tag}>"


def _bare(node: Node) -> str:
    """Paragraphs of items and cells without their margins."""
    pieces = [_inline(child) if child.tag == "p" else _written(child) for child in node.children]
    return "<br>".join(pieces)


def _begins_so(node: Node) -> bool:
    return next(iter(html.lines(node)), "").startswith("编者按")


def _inline(node: Node) -> str:
    return "".join(_run(text, marks) for text, marks in node.runs)


def _run(text: str, marks: tuple[Mark, ...]) -> str:
    words = "<br>" if text == "\n" else escape(legal(text))
    for mark in reversed(marks):
        if mark[0] in _MARKS:
            words = f"<{_MARKS[mark[0]]}>{words}</{_MARKS[mark[0]]}>"
        elif mark[0] in _DECORATIONS:
            words = f'<span style="text-decoration:{_DECORATIONS[mark[0]]};">{words}</span>'
        elif mark[0] == "a" and mark[1].startswith(_OWN_SITE):
            words = f'<a href="{escape(mark[1])}">{words}</a>'
    return words


# ---- tags ----


def _tag(tag: str, style: str, inner: str, more: str = "") -> str:
    return f'<{tag} style="{escape(STYLE[style] + more)}">{inner}</{tag}>' if inner else ""


def _line(style: str, words: str) -> str:
    return _tag("p", style, escape(legal(words)))


def _lines(words: str, style: str = "p") -> str:
    return "".join(_line(style, line.strip()) for line in words.splitlines() if line.strip())


def _block(style: str, words: str) -> str:
    return _tag("section", style, _lines(words))
