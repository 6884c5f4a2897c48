"""Old addresses (旧网址) in the admin: one by one, and many from a table."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.translation import gettext as _

from articles import moved, rules
from articles.admin.taxonomy import ByRules
from articles.models import OldAddress

MOST_TOLD = 20  # refused lines


class OldAddressForm(forms.ModelForm):
    old = forms.CharField(
        label=OldAddress._meta.get_field("old").verbose_name,
        max_length=moved.LONGEST,
        widget=forms.TextInput({"size": 60, "placeholder": "/content/2015-03/12/content_4567.htm"}),
    )
    new = forms.CharField(
        label=OldAddress._meta.get_field("target").verbose_name,
        max_length=moved.LONGEST,
        widget=forms.TextInput({"size": 60, "placeholder": "/articles/123/"}),
    )

    class Meta:
        model = OldAddress
        fields = ("old",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        row = self.instance
        self.initial["new"] = f"/articles/{row.article_id}/" if row.article_id else row.target

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if "old" in cleaned and "new" in cleaned:
            row = moved.filled(cleaned["old"], cleaned["new"], self.instance.pk)
            cleaned["old"], self.instance.article, self.instance.target = row.old, row.article, row.target
        return cleaned


@admin.register(OldAddress)
class OldAddressAdmin(ByRules):
    """旧网址."""

    form = OldAddressForm
    list_display = ("old", "leads_to")
    list_select_related = ("article",)
    search_fields = ("old", "target")
    change_list_template = "admin/articles/oldaddress/change_list.html"

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return rules.may_edit_taxonomy(request.user)  # type: ignore[arg-type]

    @admin.display(description=OldAddress._meta.get_field("target").verbose_name)
    def leads_to(self, row: OldAddress) -> str:
        return f"/articles/{row.article_id}/ {row.article}" if row.article_id else row.target

    def get_urls(self) -> list[Any]:
        own = path("import/", self.admin_site.admin_view(self.import_view), name="articles_oldaddress_import")
        return [own, *super().get_urls()]

    def import_view(self, request: HttpRequest) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        if request.method == "POST" and (file := request.FILES.get("table")):
            self._take_in(request, file.read(moved.MOST_BYTES + 1))
            return HttpResponseRedirect(reverse("admin:articles_oldaddress_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("导入旧网址"),
        }
        return TemplateResponse(request, "admin/articles/oldaddress/import.html", context)

    def _take_in(self, request: HttpRequest, data: bytes) -> None:
        try:
            lines = list(moved.read_table(data))
        except ValidationError as wrong:
            messages.error(request, wrong.messages[0])
            return
        with transaction.atomic():
            written, refused = moved.take_in(lines)
        messages.success(request, _("导入了 %d 条旧网址。") % written)
        for sentence in refused[:MOST_TOLD]:
            messages.warning(request, sentence)
        if len(refused) > MOST_TOLD:
            messages.warning(request, _("还有 %d 行没有导入。") % (len(refused) - MOST_TOLD))
