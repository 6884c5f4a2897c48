"""Sessions in the database, as Django keeps them; a cookie that cannot name one is never looked up."""

from __future__ import annotations

from typing import Any

from django.contrib.sessions.backends import db


class SessionStore(db.SessionStore):
    def _validate_session_key(self, key: Any) -> bool:
        """A cookie may hold anything: PostgreSQL refuses a NUL with an error, not with an empty answer."""
        return isinstance(key, str) and 8 <= len(key) <= 40 and key.isascii() and key.isalnum()
