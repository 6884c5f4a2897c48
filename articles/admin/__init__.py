"""The newsroom's side of stories: everything the admin registers."""

from articles.admin import story, taxonomy

__all__ = ["story", "taxonomy"]
