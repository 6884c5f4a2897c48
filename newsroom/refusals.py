"""Pages for what failed or made no sense: they ask nothing of the database, which may be what failed."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string


def failed(request: HttpRequest) -> HttpResponse:
    return _bare(request, "500.html", 500)


def misread(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _bare(request, "400.html", 400)


def _bare(request: HttpRequest, template: str, status: int) -> HttpResponse:
    """Without context processors: those ask for a session. No cache may keep what will soon be well."""
    text = render_to_string(template, {"request": request})
    return HttpResponse(text, status=status, headers={"Cache-Control": "no-store"})
