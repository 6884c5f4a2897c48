"""What is the same in every issue: the head of the paper, the printer's colours, the bureau's own fonts."""

from __future__ import annotations

import hashlib
import io
from typing import Any

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from issues import rules, uploads
from issues.models import Masthead, Typeface
from media import store


class MastheadForm(forms.ModelForm):
    """A new profile is tried before it is taken; a ticked box takes the old one away."""

    icc_profile = forms.FileField(
        label=_("换一份特性文件"),
        required=False,
        widget=forms.FileInput(attrs={"accept": ".icc,.icm"}),
        help_text=_("印刷厂给的 CMYK 特性文件。没有它，图片按 RGB 出 PDF。"),
    )
    without_profile = forms.BooleanField(label=_("不用特性文件"), required=False)

    def clean_icc_profile(self) -> Any:
        file = self.cleaned_data["icc_profile"]
        if "icc_profile" in self.files:
            try:
                uploads.profile(file)
            except uploads.Refused as refused:
                raise ValidationError(str(refused)) from refused
        return file

    def save(self, commit: bool = True) -> Masthead:
        if "icc_profile" in self.files:
            file = self.cleaned_data["icc_profile"]
            file.seek(0)
            data = file.read()
            name = f"press/{hashlib.sha256(data).hexdigest()}.icc"
            self.instance.icc_profile = store.put(name, io.BytesIO(data))
        elif self.cleaned_data.get("without_profile"):
            self.instance.icc_profile = ""
        saved: Masthead = super().save(commit)
        return saved


class ForChiefs(admin.ModelAdmin):
    """Seen by whoever sees the paper, kept by the chief and the administrator."""

    heading: str | Promise = ""
    new: str | Promise = ""

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        title = self.heading if object_id else self.new
        own = {"title": title, "subtitle": None, "show_save_and_add_another": False}
        return super().changeform_view(request, object_id, form_url, own | (extra_context or {}))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return rules.may_view_masthead(request.user)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_view_masthead(request.user)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return rules.may_edit_masthead(request.user)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_edit_masthead(request.user)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Masthead)
class MastheadAdmin(ForChiefs):
    heading = new = _("报头")
    form = MastheadForm
    list_display = ["title", "kind", "permit_number", "organ", "hotline"]
    autocomplete_fields = ["lettering"]
    readonly_fields = ["present_profile"]
    fieldsets = [
        (None, {"fields": ["title", "lettering", "kind", "permit_number", ("organ", "organ_role")]}),
        (_("联系与发行"), {"fields": [("website_name", "website_url"), "hotline", "distribution"]}),
        (
            _("准印证报纸另印"),
            {"fields": ["compiled_by", "sent_to", ("printed_by", "print_run"), "epaper_internal"]},
        ),
        (_("印刷"), {"fields": ["present_profile", "icc_profile", "without_profile"]}),
    ]

    @admin.display(description=_("ICC 特性文件"))
    def present_profile(self, masthead: Masthead) -> str:
        if not masthead.icc_profile:
            return str(_("没有"))
        try:
            with masthead.icc_profile.open("rb") as file:
                return uploads.profile(file)
        except (OSError, uploads.Refused):
            return str(_("文件读不出来，请重新上传。"))


class TypefaceForm(forms.ModelForm):
    file = forms.FileField(
        label=_("字体文件"),
        widget=forms.FileInput(attrs={"accept": ".otf,.ttf,.ttc"}),
        help_text=_("OTF、TTF 或 TTC，40 MB 以内。请只上传本报有授权的字体。"),
    )

    def clean_file(self) -> Any:
        """Keeps what is known of the font for `save`."""
        file = self.cleaned_data["file"]
        if "file" in self.files:
            try:
                self.font = uploads.font(file)
            except uploads.Refused as refused:
                raise ValidationError(str(refused)) from refused
        return file

    def save(self, commit: bool = True) -> Typeface:
        if font := getattr(self, "font", None):
            self.instance.file = store.put(f"typefaces/{font.name}", io.BytesIO(font.data))
            self.instance.family, self.instance.sha256 = font.family, font.sha256
        saved: Typeface = super().save(commit)
        return saved


@admin.register(Typeface)
class TypefaceAdmin(ForChiefs):
    """One font a role; where there is none, the default is used."""

    heading, new = _("字体"), _("上传字体")
    form = TypefaceForm
    list_display = ["role", "family", "uploaded_by", "uploaded_at"]
    list_select_related = ["uploaded_by"]
    readonly_fields = ["family", "uploaded_by", "uploaded_at"]
    fields = ["role", "file", "family", "uploaded_by", "uploaded_at"]

    def get_fields(self, request: HttpRequest, obj: Typeface | None = None) -> Any:
        return ["role", "file"] if obj is None else super().get_fields(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Typeface | None = None) -> bool:
        """Back to the default. Pages set before are set in the default when they are set again."""
        return rules.may_edit_masthead(request.user)

    def formfield_for_choice_field(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_choice_field(db_field, request, **kwargs)
        if field and request.resolver_match and not request.resolver_match.kwargs.get("object_id"):
            taken = set(Typeface.objects.values_list("role", flat=True))
            field.choices = [("", _("选用途")), *(c for c in Typeface.Role.choices if c[0] not in taken)]
        return field

    def save_model(self, request: HttpRequest, obj: Typeface, form: Any, change: bool) -> None:
        if "file" in form.changed_data:
            obj.uploaded_by = request.user  # type: ignore[assignment]
        super().save_model(request, obj, form, change)
