"""The WSGI application before Django's: it answers from memory what it may, and asks Django the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from newsroom.kept.answers import Answer, Header, keepable
from newsroom.kept.epoch import Epoch, Watch
from newsroom.kept.keys import Environ, Key, asking_for, key_of

MOST_TRIES = 3  # to make a page while nothing changes
Application = Callable[[Environ, Any], Iterable[bytes]]


class Front:
    def __init__(self, django: Application) -> None:
        self.django = django
        self.watch = Watch()

    def __call__(self, environ: Environ, start_response: Any) -> Iterable[bytes]:
        key = key_of(environ)
        epoch = key and self.watch.epoch()
        if not (key and epoch):
            return self.django(environ, start_response)
        answer = epoch.store.get(key)
        if answer is None:
            answer = self.make(key, epoch, environ)
        return answer.give(environ, start_response)

    def make(self, key: Key, epoch: Epoch, environ: Environ) -> Answer:
        """Django's answer for all who have this key, kept in the epoch it was made in.

        A page asks the database more than once: if something changed meanwhile, it may be half old and half
        new, and is made again.
        """
        for _ in range(MOST_TRIES):
            status, headers, body = self.asked(key, environ)
            if not keepable(status, headers, body):
                return Answer(status, headers, body, by_nginx=False)
            answer = Answer(status, headers, body, by_nginx=settings.KEPT_FOR_NGINX)
            still = self.watch.asked_now()
            if still is epoch:
                epoch.store.put(key, answer)
                break
            if still is None:
                break
            epoch = still
        return answer

    def asked(self, key: Key, environ: Environ) -> tuple[str, list[Header], bytes]:
        """What Django says: status, headers and the whole body."""
        told: list[Any] = []
        made = self.django(
            asking_for(key, environ), lambda status, headers, exc=None: told.extend((status, headers))
        )
        try:
            body = b"".join(made)
        finally:
            if close := getattr(made, "close", None):
                close()
        return told[0], told[1], body
