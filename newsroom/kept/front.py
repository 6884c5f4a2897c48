"""The WSGI application before Django's: it answers from memory what it may, and asks Django the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from django.conf import settings

from newsroom.kept.answers import Answer, Header, keepable
from newsroom.kept.epoch import Epoch, Watch
from newsroom.kept.keys import Environ, Key, asking_for, key_of

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
        """Django's answer for all who have this key. The epoch was known before Django began, so what is made
        in it is at least as new; if it ends meanwhile, nobody finds what is kept in it."""
        told: list[Any] = []
        made = self.django(
            asking_for(key, environ), lambda status, headers, exc=None: told.extend((status, headers))
        )
        try:
            body = b"".join(made)
        finally:
            if close := getattr(made, "close", None):
                close()
        status: str = told[0]
        headers: list[Header] = told[1]
        kept = keepable(status, headers, body)
        answer = Answer(status, headers, body, by_nginx=kept and settings.KEPT_FOR_NGINX)
        if kept:
            epoch.store.put(key, answer)
        return answer
