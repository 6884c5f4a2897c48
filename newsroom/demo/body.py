"""A demo story's blocks as the HTML that is stored (see `newsroom.lib.html` for its canonical form)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape

from newsroom.demo.story import Block, ContentError, Story


def body_html(story: Story, photos: Mapping[str, str], links: Mapping[str, str] | None = None) -> str:
    """The body as it is stored: `photos` gives a key's public id, `links` a story key's address (else no link)."""
    return "".join(_rendered(block, photos, links or {}) for block in story.body)


def _rendered(block: Block, photos: Mapping[str, str], links: Mapping[str, str]) -> str:
    match block.type:
        case "p" | "h2":
            return _paragraph(block.text, block.type)
        case "ask":
            return f"<p><strong>{escape(block.text, quote=False)}</strong></p>"
        case "photo":
            return (
                f'<figure class="image"><img src="/photos/{photos[block.photo]}/w640.webp" alt=""></figure>'
            )
        case "quote":
            by = _paragraph(f"——{block.by}") if block.by else ""
            return f"<blockquote>{_paragraph(block.text)}{by}</blockquote>"
        case "note":
            return f'<aside class="editors-note">{_paragraph(block.text)}</aside>'
        case "links":
            items = "".join(f"<li>{_link(link, links)}</li>" for link in block.links)
            return f'<aside class="link-box">{_paragraph(block.title)}<ul>{items}</ul></aside>'
        case "table":
            return _table(block)
    raise ContentError(f"unknown block {block.type}")


def _paragraph(text: str, tag: str = "p") -> str:
    return f"<{tag}>{escape(text, quote=False).replace(chr(10), '<br>')}</{tag}>"


def _link(link: Mapping[str, str], links: Mapping[str, str]) -> str:
    words, address = escape(link["text"], quote=False), links.get(link.get("story", ""), "")
    return f'<a href="{escape(address)}">{words}</a>' if address else words


def _table(block: Block) -> str:
    def row(cells: Iterable[str], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell, quote=False)}</{tag}>" for cell in cells) + "</tr>"

    rows = "".join(row(cells, "td") for cells in block.rows)
    caption = f"<figcaption>{escape(block.caption, quote=False)}</figcaption>" if block.caption else ""
    head = f"<thead>{row(block.head, 'th')}</thead>"
    return f'<figure class="table"><table>{head}<tbody>{rows}</tbody></table>{caption}</figure>'
