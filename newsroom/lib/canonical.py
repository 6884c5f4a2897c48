"""Canonical JSON: one text for one content, so that a digest of it can be signed.

Keys are sorted, nothing is between the tokens, characters stand as themselves. Numbers are whole; a moment is
written in UTC to the microsecond, a day as YYYY-MM-DD. Nothing is normalised.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
import re
from typing import Any, NoReturn

_BROKEN = re.compile("[\x00\ud800-\udfff]")


def dump(obj: Any) -> str:
    """The canonical text of `obj`: dict, list, tuple, str, int, bool, None, aware datetime, date, nested.

    Raises ValueError, naming the place, on anything else: floats, keys that aren't strings, naive datetimes,
    strings with NUL or lone surrogates.
    """
    return json.dumps(
        _plain(obj, "$"), ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    )


def load(text: str) -> Any:
    """What `dump` wrote; moments and days stay strings. Raises ValueError on numbers that aren't whole."""
    return json.loads(text, parse_float=_refuse_number, parse_constant=_refuse_number)


def digest(text: str) -> str:
    """SHA-256 of the text's UTF-8, 64 hexadecimal digits. Raises ValueError on NUL and lone surrogates."""
    return hashlib.sha256(_whole(text, "text").encode()).hexdigest()


def _plain(obj: Any, place: str) -> Any:
    match obj:
        case None | bool():
            return obj
        case str():
            return _whole(obj, place)
        case int():
            return int(obj)
        case dt.datetime():
            return _moment(obj, place)
        case dt.date():
            return obj.isoformat()
        case list() | tuple():
            return [_plain(item, f"{place}[{index}]") for index, item in enumerate(obj)]
        case dict():
            return {_key(key, place): _plain(value, f"{place}.{key}") for key, value in obj.items()}
    raise ValueError(f"{place}: {type(obj).__name__} has no canonical form")


def _key(key: Any, place: str) -> str:
    if not isinstance(key, str):
        raise ValueError(f"{place}: the key {key!r} is not a string")
    return _whole(key, place)


def _whole(text: str, place: str) -> str:
    if found := _BROKEN.search(text):
        raise ValueError(f"{place}: U+{ord(found[0]):04X} at character {found.start() + 1} can't be stored")
    return str.__str__(text)  # a plain string, also from SafeString and choices


def _moment(moment: dt.datetime, place: str) -> str:
    if moment.tzinfo is None or moment.utcoffset() is None:
        raise ValueError(f"{place}: a moment without a time zone")
    return moment.astimezone(dt.UTC).replace(tzinfo=None).isoformat(timespec="microseconds") + "Z"


def _refuse_number(number: str) -> NoReturn:
    raise ValueError(f"{number} is not a whole number")
