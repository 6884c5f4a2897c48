"""Who moved what on a page, so that a lost race can be told with a name."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from issues.models.page import Page

KEPT = 300  # edits of a page that are remembered


class Edit(models.Model):
    """One accepted change of a page (拼版改动). Its primary key grows with time."""

    page = models.ForeignKey(Page, on_delete=models.CASCADE, related_name="edits", verbose_name=_("版面"))
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("改动人")
    )
    at = models.DateTimeField(_("改动时间"))
    # Placement ids (as text; "page" for the page's own settings) to the names of the fields that changed.
    # A box that was taken off has the field "gone".
    boxes = models.JSONField(default=dict)

    class Meta:
        verbose_name = _("拼版改动")
        verbose_name_plural = _("拼版改动")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.page_id}:{self.pk}"

    @classmethod
    def record(cls, page: Page, by: object, at: object, boxes: dict[str, list[str]]) -> None:
        """Remember the change, and forget the oldest."""
        cls.objects.create(page=page, by=by, at=at, boxes=boxes)
        old = cls.objects.filter(page=page).values_list("pk", flat=True)[KEPT : KEPT + 1]
        if limit := list(old):
            cls.objects.filter(page=page, pk__lte=limit[0]).delete()
