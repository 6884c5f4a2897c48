"""What a bureau in production may not start without."""

from collections.abc import Mapping
from typing import Any

WEAK_KEYS = ("changeme", "secret", "insecure", "password", "newsroom")


def weak_value(values: Mapping[str, Any]) -> str:
    """The first missing or weak value as one line that names its variable; empty when all are fit.

    `values` holds SECRET_KEY, DATABASE_URL, REDIS_URL, SITE_URL (str), ALLOWED_HOSTS (list of str), DEBUG.
    """
    key, hosts = values["SECRET_KEY"], values["ALLOWED_HOSTS"]
    checks = (
        (len(key) < 50 or len(set(key)) < 10, "SECRET_KEY must be at least 50 random characters"),
        (key.lower().startswith(WEAK_KEYS), "SECRET_KEY still looks like an example"),
        (
            not values["DATABASE_URL"].startswith(("postgres://", "postgresql://")),
            "DATABASE_URL must be a postgresql:// address",
        ),
        (
            not values["REDIS_URL"].startswith(("redis://", "rediss://", "unix://")),
            "REDIS_URL must be a redis:// address",
        ),
        (not hosts, "ALLOWED_HOSTS must name the hosts of the site, comma separated"),
        (any("*" in host for host in hosts), "ALLOWED_HOSTS must not hold a wildcard"),
        (not values["SITE_URL"].startswith("https://"), "SITE_URL must be an https:// address"),
        (values["DEBUG"], "DEBUG must be off in production"),
    )
    return next((line for failed, line in checks if failed), "")
