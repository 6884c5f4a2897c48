"""Sections, series, sources and tags; and, to be read only, what readers were given and the corrections."""

from __future__ import annotations

from typing import Any

import taggit.admin  # registers its own
from django.contrib import admin
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from articles import rules
from articles.models import Correction, Listing, Release, Section, Series, Source, Tag
from people import rules as people_rules

# taggit's own tags, which nothing uses, and a page that merges them, which asks nobody's leave.
admin.site.unregister(taggit.models.Tag)


class Titled(admin.ModelAdmin):
    """Pages named by what is on them."""

    show_facets = admin.ShowFacets.NEVER

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(
            request, {"title": self.opts.verbose_name_plural} | (extra_context or {})
        )

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = context.get("original")
        context |= {"title": str(obj) if obj else _("新增%s") % self.opts.verbose_name, "subtitle": None}
        return super().render_change_form(request, context, *args, **kwargs)


class ByRules(Titled):
    """Everyone of the newsroom looks things up; editors and administrators keep them.

    What readers have a list of is not deleted: its address was given out.
    """

    list_per_page = 100
    #: Kind of the readers' list that this model's rows have, if any.
    listing: str = ""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_taxonomy(request.user)  # type: ignore[arg-type]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return people_rules.may_look_up(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_taxonomy(request.user)  # type: ignore[arg-type]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_edit_taxonomy(request.user)  # type: ignore[arg-type]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and self.listing and listed(self.listing, obj.pk):
            return False
        return rules.may_edit_taxonomy(request.user)  # type: ignore[arg-type]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {}

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:
        """An address is chosen once: readers may have kept it."""
        has_slug = any(field.name == "slug" for field in self.opts.get_fields())
        return ["slug"] if obj is not None and has_slug else []


@admin.register(Section)
class SectionAdmin(ByRules):
    """Two levels, in the order of the site's navigation."""

    listing = Listing.Kind.SECTION
    list_display = ["indented_name", "slug", "order", "on_site"]
    list_editable = ["order"]
    search_fields = ["name", "slug"]
    fields = ["name", "parent", "order", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Section]:
        return super().get_queryset(request).select_related("parent")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Each column below its section."""
        top = (Coalesce("parent__order", "order"), Coalesce("parent_id", "pk"))
        return [*top, F("parent_id").asc(nulls_first=True), "order", "pk"]

    @admin.display(description=_("名称"))
    def indented_name(self, section: Section) -> str:
        return f"　　{section.name}" if section.parent_id else section.name

    @admin.display(description=_("网页"))
    def on_site(self, section: Section) -> SafeString:
        return format_html('<a href="/sections/{0}/">/sections/{0}/</a>', section.slug)


@admin.register(Series)
class SeriesAdmin(ByRules):
    listing = Listing.Kind.SERIES
    list_display = ["title", "strapline", "slug"]
    search_fields = ["title", "strapline", "slug"]
    fields = ["title", "strapline", "logo", "slug"]
    autocomplete_fields = ["logo"]


@admin.register(Source)
class SourceAdmin(ByRules):
    list_display = ["name", "copyright_notice"]
    search_fields = ["name"]
    fields = ["name", "copyright_notice"]


@admin.register(Tag)
class TagAdmin(ByRules):
    listing = Listing.Kind.TAG
    list_display = ["name", "slug"]
    search_fields = ["name", "slug"]
    ordering = ["name"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """A new word gets its address by itself."""
        return ["name", "slug"] if obj else ["name"]


class ReadOnly(Titled):
    """For those who may open every story."""

    view_on_site = False
    show_full_result_count = False
    list_per_page = 50

    def has_module_permission(self, request: HttpRequest) -> bool:
        return people_rules.sees_all_stories(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return people_rules.sees_all_stories(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Correction)
class CorrectionAdmin(ReadOnly):
    """Made on the story itself, by 更正."""

    list_display = ["text", "story", "at", "by", "printed_on"]
    list_filter = [("printed_on", admin.EmptyFieldListFilter)]
    date_hierarchy = "at"
    search_fields = ["text"]
    ordering = ["-at"]
    fields = ["story", "text", "at", "by", "printed_on"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Correction]:
        return super().get_queryset(request).select_related("article", "by").defer("article__body")

    @admin.display(description=_("稿件"))
    def story(self, correction: Correction) -> SafeString:
        return story_link(correction.article_id, str(correction.article))


@admin.register(Release)
class ReleaseAdmin(ReadOnly):
    """What readers saw, and when."""

    list_display = ["headline", "number", "visible_from", "visible_until", "end", "version", "story"]
    list_filter = ["end_reason"]
    date_hierarchy = "visible_from"
    search_fields = ["headline"]
    ordering = ["-visible_from", "-pk"]
    fields = [
        "story", "number", "version", "headline", "visible_from", "visible_until", "end", "notice",
        "created_at", "fingerprint",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Release]:
        wide = ("body", "card", "details", "article__body", "revision__content")
        return super().get_queryset(request).select_related("article", "revision").defer(*wide)

    @admin.display(description=_("结束"))
    def end(self, release: Release) -> str:
        return str(release.get_end_reason_display()) if release.visible_until else "—"

    @admin.display(description=_("稿件"))
    def story(self, release: Release) -> SafeString:
        return story_link(release.article_id, _("看稿件"))

    @admin.display(description=_("摘要"))
    def fingerprint(self, release: Release) -> str:
        return release.digest

    @admin.display(description=_("版本"))
    def version(self, release: Release) -> SafeString:
        number = release.revision.number
        address = reverse("admin:articles_article_preview", args=[release.article_id])
        return format_html('<a href="{}?revision={}">{}</a>', address, number, _("第%d版") % number)


def listed(kind: str, pk: int) -> bool:
    """Whether any release stands, or stood, in that list of the site."""
    return Listing.objects.filter(kind=kind, key=str(pk)).exists()


def story_link(pk: int, headline: object) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("admin:articles_article_change", args=[pk]), headline)
