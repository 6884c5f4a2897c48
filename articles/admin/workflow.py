"""A part of the story's admin."""

from __future__ import annotations


class WorkflowMixin:
    """To come."""
