"""The newsroom's side of stories: everything the admin registers."""

from articles.admin import front, moved, story, taxonomy

__all__ = ["front", "moved", "story", "taxonomy"]
