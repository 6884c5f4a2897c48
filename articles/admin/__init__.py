"""The newsroom's side of stories: everything the admin registers."""

from articles.admin import front, story, taxonomy

__all__ = ["front", "story", "taxonomy"]
