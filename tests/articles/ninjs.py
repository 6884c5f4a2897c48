"""What IPTC's specification of ninjs 3.0 asks of the properties that we send, as a JSON schema.

Written from the specification's tables of properties: names, types, the closed lists of values, and that no
object has a property that the standard does not know. Stricter where we promise more: what must be there.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]

TEXT: Schema = {"type": "string", "minLength": 1}
NUMBER: Schema = {"type": "integer", "minimum": 0}
ADDRESS: Schema = {"type": "string", "pattern": r"^https?://[^\s<>\"{}|\\^`]+$"}
MOMENT: Schema = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$",
}


def closed(properties: dict[str, Schema], required: list[str]) -> Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


def some(item: Schema) -> Schema:
    return {"type": "array", "items": item, "minItems": 1}


SAID = closed({"role": TEXT, "contentType": TEXT, "value": TEXT}, ["value"])
NAMED = closed({"name": TEXT, "role": TEXT, "rel": TEXT, "uri": ADDRESS, "literal": TEXT}, ["name"])
RENDITION = closed(
    {
        "name": TEXT,
        "href": ADDRESS,
        "contentType": {"enum": ["image/jpeg", "image/webp"]},
        "width": NUMBER,
        "height": NUMBER,
        "poi": closed({"x": NUMBER, "y": NUMBER}, ["x", "y"]),
    },
    ["name", "href", "contentType", "width", "height"],
)
STANDARD = closed({"name": {"const": "ninjs"}, "version": {"const": "3.0"}, "schema": ADDRESS}, ["version"])
TYPES = ["text", "audio", "video", "picture", "graphic", "composite", "component", "event", "planning"]
COMMON: dict[str, Schema] = {
    "name": TEXT,
    "rel": TEXT,
    "uri": ADDRESS,
    "standard": STANDARD,
    "type": {"enum": TYPES},
    "representationType": {"enum": ["full", "partial"]},
    "version": TEXT,
    "firstCreated": MOMENT,
    "versionCreated": MOMENT,
    "contentCreated": MOMENT,
    "pubStatus": {"enum": ["usable", "withheld", "canceled"]},
    "language": TEXT,
    "title": TEXT,
    "by": TEXT,
    "copyrightHolder": TEXT,
    "copyrightNotice": TEXT,
    "edNote": TEXT,
    "headlines": some(SAID),
    "descriptions": some(SAID),
    "bodies": some(
        closed({"role": TEXT, "contentType": TEXT, "charCount": NUMBER, "value": TEXT}, ["value"])
    ),
    "subjects": some(NAMED),
    "places": some(NAMED),
    "infoSources": some(NAMED),
    "renditions": some(RENDITION),
}
PICTURE = closed(COMMON, ["name", "uri", "type", "renditions"])
STORY = closed(
    COMMON | {"associations": some(PICTURE)},
    ["name", "uri", "type", "versionCreated", "pubStatus", "headlines", "bodies", "infoSources"],
)
FEED = closed(
    COMMON | {"associations": {"type": "array", "items": STORY}},
    ["uri", "standard", "type", "language", "title", "associations"],
)
