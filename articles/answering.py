"""How readers' pages answer: to GET and HEAD alone, the same for everyone, kept by nobody without asking."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.paginator import EmptyPage, Page, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

P = ParamSpec("P")
T = TypeVar("T")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

KEEPING = "no-cache"  # a cache may keep it but must ask each time: a withdrawal works at once
PER_PAGE = 30
PAGE = re.compile("[1-9][0-9]{0,8}")


def for_readers(view: View[P]) -> View[P]:
    """Give a public page its ETag, answer 304 to who has it already, and let no cache judge by itself."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = KEEPING
        set_response_etag(response)
        return get_conditional_response(request, etag=response.get("ETag"), response=response) or response

    return answer


def turned_to(request: HttpRequest, listed: QuerySet[Any, T], per_page: int = PER_PAGE) -> Page[T]:
    """The page of a list that `?page=` names; Http404 for one that there is not."""
    return turn(request, Paginator(listed, per_page))


def turn(request: HttpRequest, pages: Paginator[T]) -> Page[T]:
    """The same of pages that are ready. A page's number has one spelling: ١, +1 and 01 are none."""
    asked = request.GET.get("page") or "1"
    if not PAGE.fullmatch(asked):
        raise Http404
    try:
        return pages.page(int(asked))
    except EmptyPage:
        raise Http404 from None
