"""A part of the story's admin."""

from __future__ import annotations


class RevisionsMixin:
    """To come."""
