"""What readers' pages say of a proof besides its picture: taken from its content alone."""

from __future__ import annotations

from typing import Any

from issues.formats import share

GUIDE_TITLE = 25  # thousandths of the sheet's height
ISSUE = ("date", "weekday", "lunar", "number", "total_number", "page_count", "banner")


def build(content: dict[str, Any]) -> dict[str, Any]:
    """The issue's line, the page's name, and each story with its headline and hot areas, in reading order.

    An area is [x, y, width, height] in thousandths of the sheet. What is masked is not there.
    """
    page, masked = content["page"], set(content.get("masked", ()))
    form = page["format"]
    stories: dict[int, dict[str, Any]] = {}
    guide = []
    for box in content["placements"]:
        if box["id"] in masked:
            continue
        area = share(form, box["col"], box["row"], box["cols"], box["rows"])
        if box["story"]:
            story = stories.setdefault(box["story"]["article"], _story(box))
            story["areas"].append(area)
        guide += _guide(box["guide"], area)
    return {
        "issue": {key: content["issue"][key] for key in ISSUE}
        | {"title": content["issue"]["masthead"]["title"], "organ": content["issue"]["masthead"]["organ"]},
        "page": {"number": page["number"], "name": page["name"]},
        "size": [form["width"], form["height"]],
        "stories": list(stories.values()),
        "guide": guide,
    }


def _story(box: dict[str, Any]) -> dict[str, Any]:
    story = box["story"]
    words = story["stack"] or story["content"]
    return {
        "article": story["article"],
        "kicker": words["kicker"],
        "headline": words["headline"],
        "subheadline": words["subheadline"].lstrip("—–-― \u3000"),
        "picture": story["content"]["kind"] == "picture",
        "areas": [],
    }


def _guide(entries: list[dict[str, Any]], area: list[int]) -> list[dict[str, Any]]:
    """The entries that are printed, with areas: below the title they share the box's height alike."""
    printed = [entry for entry in entries if entry["headline"].strip()]
    x, y, width, height = area
    title = min(GUIDE_TITLE, height // 4)
    edges = [y + title + (height - title) * n // max(len(printed), 1) for n in range(len(printed) + 1)]
    return [
        entry | {"area": [x, edges[n], width, edges[n + 1] - edges[n]]} for n, entry in enumerate(printed)
    ]


def article_ids(content: dict[str, Any]) -> set[int]:
    """Every story that a page with this content shows, in a box or in the guide."""
    masked = set(content.get("masked", ()))
    shown = [box for box in content["placements"] if box["id"] not in masked]
    found = {box["story"]["article"] for box in shown if box["story"]}
    return found | {entry["article"] for box in shown for entry in box["guide"] if entry["article"]}


def photo_ids(content: dict[str, Any]) -> set[str]:
    """Public ids of every photo that a page with this content may show."""
    masked, blocked = set(content.get("masked", ())), set(content.get("blocked", ()))
    found = set()
    for box in content["placements"]:
        if box["id"] in masked:
            continue
        if box["photo"]:
            found.add(box["photo"]["public_id"])
        if box["story"]:
            style = box["style"]
            most = 0 if style["picture"] == "none" else style["pictures"]
            found |= {photo["public_id"] for photo in box["story"]["content"]["photos"][:most]}
    if lettering := content["issue"]["masthead"]["lettering"]:
        found.add(lettering["public_id"])
    return found - blocked
