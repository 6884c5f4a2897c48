"""The picture library in the newsroom."""

from __future__ import annotations

from django.contrib import admin

from media.models import Photo


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    search_fields = ["caption", "credits__name", "place", "original_name"]
