"""What is kept of an answer, and what is given of it."""

from __future__ import annotations

import contextlib
import gzip
import threading
from collections import OrderedDict
from collections.abc import Sequence
from typing import Any

from newsroom.kept.keys import Key

KEPT_STATUSES = ("200 ", "301 ", "302 ", "410 ")
LARGEST = 4 * 1024 * 1024  # bytes of one body
WORTH_PACKING = 256
OVERHEAD = 2000  # bytes of a kept answer beside its body, about
REPLACED = ("content-length", "etag", "vary", "x-accel-expires")
Header = tuple[str, str]


class Answer:
    """One whole answer to a GET: compressed once, unpacked for the few who can't read that."""

    __slots__ = ("etag", "headers", "length", "not_modified", "packed", "plain_headers", "status")

    def __init__(self, status: str, headers: Sequence[Header], body: bytes, by_nginx: bool) -> None:
        self.status = status
        given = {name.lower(): value for name, value in headers}
        self.packed = len(body) >= WORTH_PACKING and gzip.compress(body, 6, mtime=0)
        # Weak: the same page, in whichever of two codings.
        etag = given.get("etag", "")
        self.etag = etag if not etag or etag.startswith("W/") else f"W/{etag}"
        common = [(name, value) for name, value in headers if name.lower() not in REPLACED]
        common.append(("Vary", "Accept-Encoding, Cookie"))
        if self.etag:
            common.append(("ETag", self.etag))
        if by_nginx:
            # For its own cache, whose keys hold the half second; it tells nobody.
            common.append(("X-Accel-Expires", "1"))
        self.plain_headers = [*common, ("Content-Length", str(len(body)))]
        self.length = len(body)
        if self.packed:
            size = ("Content-Length", str(len(self.packed)))
            self.headers = [*common, ("Content-Encoding", "gzip"), size]
        else:
            self.packed, self.headers = body, self.plain_headers
        unsent = ("content-type", "content-language", "x-accel-expires")
        self.not_modified = [(name, value) for name, value in common if name.lower() not in unsent]

    @property
    def size(self) -> int:
        return len(self.packed or b"") + OVERHEAD

    def give(self, environ: dict[str, Any], start_response: Any) -> list[bytes]:
        """To this reader: as much of it as was asked for and is not yet known."""
        known = environ.get("HTTP_IF_NONE_MATCH")
        if known and self.etag and self.status.startswith("200") and self.matches(known):
            start_response("304 Not Modified", self.not_modified)
            return [b""]
        accepted = environ.get("HTTP_ACCEPT_ENCODING", "")
        packed = "gzip" in accepted and "gzip;q=0" not in accepted
        start_response(self.status, self.headers if packed else self.plain_headers)
        if environ["REQUEST_METHOD"] == "HEAD":
            return [b""]
        if packed or self.headers is self.plain_headers:
            return [self.packed]  # type: ignore[list-item]
        return [gzip.decompress(self.packed)]  # type: ignore[arg-type]

    def matches(self, known: str) -> bool:
        """RFC 9110, 13.1.2: compared weakly."""
        if known == self.etag:
            return True
        mine = self.etag.removeprefix("W/")
        return known.strip() == "*" or any(tag.strip().removeprefix("W/") == mine for tag in known.split(","))


def keepable(status: str, headers: Sequence[Header], body: bytes) -> bool:
    """Only what says itself that it is for all readers: `articles.answering`'s Cache-Control, no cookie."""
    said = [(name.lower(), value) for name, value in headers]
    return (
        status.startswith(KEPT_STATUSES)
        and ("cache-control", "no-cache") in said
        and not any(name in ("set-cookie", "content-encoding") for name, _ in said)
        and len(body) <= LARGEST
    )


class Store:
    """Answers by their keys, at most so many bytes of them: what was not asked for longest goes first."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.bytes = 0
        self._answers: OrderedDict[Key, Answer] = OrderedDict()
        self._lock = threading.Lock()

    def __len__(self) -> int:
        return len(self._answers)

    def get(self, key: Key) -> Answer | None:
        answer = self._answers.get(key)
        if answer is not None:
            # Another thread may have needed the room just now; the answer is as good as it was.
            with contextlib.suppress(KeyError):
                self._answers.move_to_end(key)
        return answer

    def put(self, key: Key, answer: Answer) -> None:
        if answer.size > self.most:
            return
        with self._lock:
            if former := self._answers.pop(key, None):
                self.bytes -= former.size
            self._answers[key] = answer
            self.bytes += answer.size
            while self.bytes > self.most:
                _key, oldest = self._answers.popitem(last=False)
                self.bytes -= oldest.size
