"""What was drawn before, kept in this process under everything it was drawn from.

Nothing kept here can be out of date: a key names the content itself (a release's digest, say), not a moment,
so other content has another key. What is in no key is the software and its settings, which last as long as
the process; so with DEBUG, where templates change under it, nothing is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, Generic, TypeVar

from django.conf import settings
from django.core.signals import setting_changed

Value = TypeVar("Value")


class Keeper(Generic[Value]):
    """At most `most` values; the ones not asked for the longest go first, half of all at a time."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._young: dict[Hashable, Value] = {}
        self._old: dict[Hashable, Value] = {}
        self._turning = Lock()
        setting_changed.connect(self._forget)

    def kept(self, key: Hashable, make: Callable[[], Value]) -> Value:
        """What `make` gave for this key; an exception of it is nobody's value."""
        if settings.DEBUG:
            return make()
        try:
            return self._young[key]
        except KeyError:
            pass
        old = self._old  # the same one for both questions, whoever turns them over
        value = old[key] if key in old else make()
        if len(self._young) >= self._most // 2:
            with self._turning:
                if len(self._young) >= self._most // 2:
                    self._young, self._old = {}, self._young
        self._young[key] = value
        return value

    def _forget(self, **_changed: Any) -> None:
        """Tests set settings anew."""
        self._young, self._old = {}, {}
