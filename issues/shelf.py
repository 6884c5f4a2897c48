"""What a reader may read of the paper: the one place where the public and the newsroom differ.

The public is shown `Proof.objects.visible(now)`. The papers of a masthead whose e-paper is internal are read
by the people of the newsroom alone, in the same windows; no cache that others use keeps the answers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, set_response_etag
from django.views.decorators.http import require_safe

from articles.models import Release
from issues.models import Masthead, Proof, ProofPhoto, ProofStory
from media.serve import NEWSROOM, READERS
from people.rules import may_enter_newsroom

P = ParamSpec("P")


@dataclass(frozen=True)
class Shelf:
    """The pages that somebody may read at `now`; `inside` for the people of the newsroom."""

    now: datetime
    inside: bool

    @property
    def pages(self) -> QuerySet[Proof]:
        """Without what only the newsroom needs of a proof. In no order."""
        if self.inside:
            hidden = Proof.objects.hidden(self.now).values("pk")
            found = Proof.objects.in_window(self.now).exclude(pk__in=hidden)
        else:
            found = Proof.objects.visible(self.now)
        return found.defer("content", "report", "note", "error").order_by()

    @property
    def keeping(self) -> str:
        return NEWSROOM if self.inside else READERS

    def paper(self, day: date) -> list[Proof]:
        """The pages of that day's paper by their numbers, each number once."""
        found = self.pages.filter(date=day).order_by("page_number", "visible_from")
        return list({proof.page_number: proof for proof in found}.values())

    def missing(self, request: HttpRequest, day: date, number: int | None = None) -> HttpResponse:
        """410 for a page (or all pages of a day) that was read and is hidden now; else 404."""
        hidden = Proof.objects.hidden(self.now).filter(date=day)
        if number is not None:
            hidden = hidden.filter(page_number=number)
        if not self.inside:
            hidden = hidden.filter(page__issue__masthead__epaper_internal=False)
        if not once_read(self.now).filter(page__in=hidden.values("page")).exists():
            raise Http404
        context = {"date": day, "number": number, "others": self.paper(day)}
        return render(request, "issues/hidden.html", context, status=410)


def shelf_of(request: HttpRequest, now: datetime) -> Shelf:
    """Nobody without a session is asked who he is, nor anybody where no paper is internal: those answers are
    the same for everyone, to the last header."""
    known = settings.SESSION_COOKIE_NAME in request.COOKIES
    if known and Masthead.objects.filter(epaper_internal=True).exists():
        return Shelf(now, may_enter_newsroom(request.user))
    return Shelf(now, inside=False)


def once_read(now: datetime) -> QuerySet[Proof]:
    """Proofs that showed nothing hidden when their window opened: readers saw these pages."""
    opened = OuterRef("proof__visible_from")
    public = Release.objects.filter(
        Q(visible_until=None) | Q(visible_until__gt=opened),
        visible_from__lte=opened,
        article=OuterRef("article"),
    )
    withdrawn = ProofStory.objects.filter(~Exists(public), proof=OuterRef("pk"))
    blocked = ProofPhoto.objects.filter(proof=OuterRef("pk"), photo__blocked_at__lte=OuterRef("visible_from"))
    return Proof.objects.filter(~Exists(withdrawn), ~Exists(blocked), visible_from__lte=now)


def reading(
    view: Callable[Concatenate[HttpRequest, Shelf, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Hand a view its reader's shelf; answer 304 to who has the page, and let no cache judge by itself."""

    @require_safe
    @wraps(view)
    def answer(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        shelf = shelf_of(request, timezone.now())
        response = view(request, shelf, *args, **kwargs)
        response["Cache-Control"] = shelf.keeping
        if not isinstance(response, HttpResponse) or not response.content or response.has_header("ETag"):
            return response
        set_response_etag(response)
        return get_conditional_response(request, etag=response["ETag"], response=response) or response

    return answer
