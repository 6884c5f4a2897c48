"""The HTML of a picture, for readers and for previews, from frozen content alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString

from media.specs import sources

LAZY, FIRST = SafeString(' loading="lazy"'), SafeString(' fetchpriority="high"')


def picture_html(
    content: Mapping[str, Any], sizes: str, lazy: bool = True, crop: str | None = None
) -> SafeString:
    """A <picture> with WebP and JPEG in all widths, its dimensions and its alternative text.

    `content`: public_id, width, height (upright pixels), focal ([x, y] in thousandths), alt, caption.
    `sizes` is the attribute of that name; `crop` one of `media.specs.CROPS`. A picture that is not `lazy`
    is the page's first and is fetched before the rest.
    """
    x, y = content.get("focal") or (500, 500)
    found = sources(content["public_id"], content["width"], content["height"], (x, y), crop)
    return format_html(
        '<picture><source type="image/webp" srcset="{webp}" sizes="{sizes}">'
        '<img src="{src}" srcset="{jpeg}" sizes="{sizes}" width="{width}" height="{height}"'
        ' alt="{alt}"{loading} decoding="async"></picture>',
        sizes=sizes,
        alt=content.get("alt") or content.get("caption") or "",
        loading=LAZY if lazy else FIRST,
        **found,
    )
