"""What the story form offers while a person types: names, places, words. JSON: {"results": […]}."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from articles.admin.fields import written_region
from articles.models import Tag
from people import rules as people_rules
from people.models import Region, Reporter

MOST = 12


def asked(request: HttpRequest) -> str:
    if not people_rules.may_look_up(request.user):
        raise PermissionDenied
    return request.GET.get("q", "").replace("\0", "").strip()[:60]


def answer(results: list[dict[str, Any]]) -> JsonResponse:
    return JsonResponse({"results": results}, headers={"Cache-Control": "no-store"})


@require_safe
def names(request: HttpRequest) -> JsonResponse:
    """Credited people by name, outlet or the letters of their pinyin."""
    q = asked(request)
    found = Reporter.objects.filter(is_active=True)
    if q:
        found = found.filter(Q(name__icontains=q) | Q(pinyin__icontains=q.lower()) | Q(outlet__icontains=q))
    return answer(
        [
            {
                "id": reporter.pk,
                "value": reporter.name,
                "label": str(reporter),
                "identity": reporter.identity,
                "outlet": reporter.outlet,
            }
            for reporter in found.order_by("name", "pk")[:MOST]
        ]
    )


@require_safe
def places(request: HttpRequest) -> JsonResponse:
    """Regions by name or the beginning of their code, the widest first."""
    q = asked(request)
    found = Region.objects.filter(Q(name__icontains=q) | Q(code__startswith=q)) if q else Region.objects.all()
    regions = found.select_related("parent").order_by("level", "code")[:MOST]
    return answer(
        [
            {"value": written_region(region), "label": f"{region.name}　{region.parent or ''}".strip()}
            for region in regions
        ]
    )


@require_safe
def words(request: HttpRequest) -> JsonResponse:
    """Tags in use."""
    q = asked(request)
    found = Tag.objects.filter(name__icontains=q).order_by("name")[:MOST] if q else []
    return answer([{"value": tag.name, "label": tag.name} for tag in found])
