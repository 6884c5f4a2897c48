"""Sections, series, sources and tags in the admin."""
