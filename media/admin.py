"""The picture library in the newsroom: a contact sheet, an upload page, and a page for each picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import DateTimeField, QuerySet, TextField
from django.forms.widgets import Script
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django.views.decorators.http import require_POST

from media import queue, rules, views
from media.models import Photo, PhotoCredit
from media.specs import CROPS, Spec, crop_size, nearest
from people.models import Act

# The browser's own calendar and clock, to the second, as cameras write.
MOMENT = forms.DateTimeInput(format="%Y-%m-%dT%H:%M:%S", attrs={"type": "datetime-local", "step": 1})


def script(path: str) -> Any:
    return Script(path, type="module")


class BlockedFilter(admin.SimpleListFilter):
    title = _("封存")
    parameter_name = "blocked"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin[Any]) -> list[tuple[str, Any]]:
        return [("no", _("未封存")), ("yes", _("已封存"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Photo]) -> QuerySet[Photo]:
        if self.value() in ("yes", "no"):
            return queryset.filter(blocked_at__isnull=self.value() == "no")
        return queryset


class CreditForm(forms.ModelForm):
    """A name can be typed, or taken from the reporter chosen."""

    act = forms.ChoiceField(label=_("分工"), choices=Act.choices, initial=Act.PHOTO)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        reporter = data.get("reporter")
        if reporter and not data.get("name"):
            data |= {"name": reporter.name, "identity": reporter.identity, "outlet": reporter.outlet}
        if not data.get("name") and not data.get("outlet"):
            self.add_error("name", _("请填写姓名，或选择署名人。"))
        return data


class ReporterSelect(AutocompleteSelect):
    """Says what it wants while empty, which is also its name to a screen reader."""

    def build_attrs(
        self, base_attrs: dict[str, Any], extra_attrs: dict[str, Any] | None = None
    ) -> dict[str, Any]:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": _("选记者、通讯员或单位")}


class CreditInline(admin.StackedInline):
    model = PhotoCredit
    form = CreditForm
    fields = [("position", "reporter"), ("identity", "name", "outlet", "act")]
    autocomplete_fields = ["reporter"]
    verbose_name = pgettext_lazy("picture", "署名")
    verbose_name_plural = _("署名（按次序排印）")

    def get_extra(self, request: HttpRequest, obj: Photo | None = None, **kwargs: Any) -> int:
        return 0 if obj and obj.credits.all() else 1

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        if db_field.name == "reporter":
            kwargs["widget"] = ReporterSelect(db_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Any, request: Any, **kwargs: Any) -> Any:
        """A new correspondent can be made on the spot; changing one has a page of its own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field and db_field.name == "reporter":
            field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def has_view_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return rules.may_see(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return obj is not None and rules.may_edit(request.user, obj)

    def has_add_permission(self, request: HttpRequest, obj: Photo | None) -> bool:  # type: ignore[override]
        return self.has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(Photo)
class PhotoAdmin(admin.ModelAdmin):
    actions = None
    list_display = ["__str__"]
    list_filter = ["state", BlockedFilter, ("uploaded_by", admin.RelatedOnlyFieldListFilter), "uploaded_at"]
    list_per_page = 48
    show_full_result_count = False
    search_fields = ["caption"]  # shows the box; `get_search_results` does the work
    search_help_text = _("说明、署名、地点、文件名")
    fieldsets = [
        (None, {"fields": ["caption", "alt", "place", "taken_at"]}),
        (_("焦点"), {"fields": [("focal_x", "focal_y")], "classes": ["photo-focal-fields"]}),
    ]
    inlines = [CreditInline]
    show_facets = admin.ShowFacets.NEVER
    formfield_overrides = {
        TextField: {"widget": forms.Textarea(attrs={"rows": 3})},
        DateTimeField: {"form_class": forms.DateTimeField, "widget": MOMENT},
    }

    class Media:
        css = {"all": ["media/admin.css"]}
        js = [script("media/state.js"), script("media/focal.js")]

    # Who may --------------------------------------------------------------------------------------------

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_see(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return rules.may_see(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_upload(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        return rules.may_upload(request.user) if obj is None else rules.may_edit(request.user, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Photo | None = None) -> bool:
        """Nobody may: old revisions name it. A picture nobody may show is blocked."""
        return False

    # The contact sheet ------------------------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> QuerySet[Photo]:
        return views.for_cards(super().get_queryset(request))

    def get_search_results(
        self, request: HttpRequest, queryset: Any, search_term: str
    ) -> tuple[QuerySet[Photo], bool]:
        """In a picker of another form, only pictures that readers may get."""
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            queryset = queryset.unblocked()
        return queryset.search(search_term), False

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        return super().changelist_view(request, {"title": _("图片库"), **(extra_context or {})})

    # The page of a picture --------------------------------------------------------------------------------

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,
        change: bool = False,
        form_url: str = "",
        obj: Photo | None = None,
    ) -> HttpResponse:
        if obj:
            context |= self._page(request, obj)
        return super().render_change_form(request, context, add, change, form_url, obj)

    def save_model(self, request: HttpRequest, obj: Photo, form: Any, change: bool) -> None:
        """Only what the form holds: a worker may be writing its progress meanwhile."""
        if form.changed_data:
            obj.save(update_fields=form.changed_data)
        if {"focal_x", "focal_y"} & set(form.changed_data):
            queue.ask_again(obj.pk)
            transaction.on_commit(lambda: queue.send(obj.pk))

    def _page(self, request: HttpRequest, photo: Photo) -> dict[str, Any]:
        return {
            "title": _("图片"),
            "subtitle": None,
            "large": nearest(Spec(1280, "webp"), photo.width, photo.height).name,
            "crops": [crop_preview(photo, crop) for crop in CROPS],
            "may_edit": rules.may_edit(request.user, photo),
            "may_block": rules.may_block(request.user),
            "may_download": rules.may_download(request.user, photo),
            "show_save_and_add_another": False,
        }

    # Uploading --------------------------------------------------------------------------------------------

    def add_view(
        self, request: HttpRequest, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Several files at once; each is answered for itself."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        results = [views.taken(file, request) for file in views.posted_files(request)]
        context = {
            **self.admin_site.each_context(request),
            "title": _("上传图片"),
            "opts": self.opts,
            "media": forms.Media(
                css={"all": ["media/admin.css"]},
                js=[script("media/upload.js"), script("media/state.js")],
            ),
            "results": results,
            "summary": views.summary(results),
            "nothing_sent": request.method == "POST" and not results,
        }
        return TemplateResponse(request, "admin/media/photo/upload.html", context)

    # Addresses --------------------------------------------------------------------------------------------

    def get_urls(self) -> list[URLPattern]:
        own: Sequence[tuple[str, str, Callable[..., HttpResponseBase]]] = [
            ("picker/", "picker", views.picker),
            ("upload/", "upload", views.upload),
            ("states/", "states", views.states),
            ("<int:photo_id>/rendition/<str:name>", "rendition", views.rendition),
            ("<int:photo_id>/original", "original", views.original),
            ("<int:photo_id>/retry/", "retry", views.retry),
            ("<int:photo_id>/block/", "block", require_POST(partial(self._decide, block=True))),
            ("<int:photo_id>/unblock/", "unblock", require_POST(partial(self._decide, block=False))),
        ]
        return [
            path(route, self.admin_site.admin_view(view), name=f"media_photo_{name}")
            for route, name, view in own
        ] + super().get_urls()

    def _decide(self, request: HttpRequest, photo_id: int, *, block: bool) -> HttpResponseBase:
        wrong = views.decide(request, photo_id, block=block)
        if wrong:
            messages.error(request, wrong)
        else:
            messages.success(request, _("已封存，各处都不再显示这张图片。") if block else _("已解除封存。"))
        return HttpResponseRedirect(reverse("admin:media_photo_change", args=[photo_id]))


def crop_preview(photo: Photo, crop: str) -> dict[str, Any]:
    """What the page needs to show a crop in a frame: its name, its shape, and how much of the whole it is."""
    wide, high = crop_size(photo.width, photo.height, crop)
    return {
        "name": crop.replace("x", ":"),
        "across": CROPS[crop][0],
        "down": CROPS[crop][1],
        "wide": wide * 1000 // photo.width,
        "high": high * 1000 // photo.height,
    }
