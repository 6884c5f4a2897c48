"""The paper in the newsroom."""

from issues.admin import issue, masthead

__all__ = ["issue", "masthead"]
