"""People and time for the tests of the paper."""

from tests.articles.conftest import at, cast, now

__all__ = ["at", "cast", "now"]
