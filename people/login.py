"""Logging in to the newsroom: whoever keeps guessing a password is made to wait."""

from __future__ import annotations

import logging
from hashlib import sha256
from ipaddress import ip_address, ip_network
from typing import Any

from django.conf import settings
from django.contrib.admin.forms import AdminAuthenticationForm
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext as _

log = logging.getLogger(__name__)

WAIT = 15 * 60  # seconds, after the last failure that counted
MOST_OF_ACCOUNT = 10  # failures of one account from one address: elsewhere its owner still gets in
MOST_OF_ADDRESS = 100  # failures from one address, behind which a whole bureau may sit


class LoginForm(AdminAuthenticationForm):
    """The admin's login. Too many failures in a row, and even the right password waits `WAIT` seconds."""

    def clean(self) -> dict[str, Any]:
        username, password = self.cleaned_data.get("username"), self.cleaned_data.get("password")
        if not username or not password or self.request is None:
            return super().clean()
        doors = doors_of(self.request, username)
        if any(cache.get(door, 0) >= most for door, most in doors.items()):
            raise ValidationError(
                _("登录失败的次数太多，请%(minutes)d分钟后再试。忘了密码，请找管理员重设。"),
                code="too_many",
                params={"minutes": WAIT // 60},
            )
        try:
            cleaned = super().clean()
        except ValidationError:
            for door, most in doors.items():
                if _one_more(door) == most:
                    log.warning("login: closed for %d s after %d failures, last as %r", WAIT, most, username)
            raise
        cache.delete(next(iter(doors)))
        return cleaned


def doors_of(request: HttpRequest, username: str) -> dict[str, int]:
    """Cache keys that count failures, each with the most it takes; the account's own first."""
    address = address_of(request)
    return {
        _key("account", f"{address} {username}"): MOST_OF_ACCOUNT,
        _key("address", address): MOST_OF_ADDRESS,
    }


def address_of(request: HttpRequest) -> str:
    """Where a request comes from. In production the proxy in front adds it to the end of X-Forwarded-For.

    Of IPv6 the network of 64 bits, all of which one machine may own.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.PRODUCTION:
        address = request.headers.get("X-Forwarded-For", address).rpartition(",")[2].strip()
    try:
        found = ip_address(address)
    except ValueError:
        return address
    return str(ip_network((found, 64), strict=False)) if found.version == 6 else address


def _key(kind: str, text: str) -> str:
    return f"login:{kind}:{sha256(text.encode('utf-8', 'replace')).hexdigest()}"


def _one_more(door: str) -> int:
    cache.add(door, 0, WAIT)
    try:
        count = cache.incr(door)
    except ValueError:  # it ran out in between
        return 0
    cache.touch(door, WAIT)  # not every cache keeps the time when it counts
    return count
