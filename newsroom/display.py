"""Where readers choose how pages look, without scripts too."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_safe

from newsroom.lib.display import COOKIE, DEFAULT, changed, chosen

YEAR = 365 * 24 * 3600  # seconds


@require_safe
def display(request: HttpRequest) -> HttpResponse:
    """Take `?theme=` or `?size=` into the reader's cookie, and go back to the page that asked."""
    before = chosen(request.COOKIES.get(COOKIE))
    after = changed(before, request.GET.get("theme"), request.GET.get("size"))
    response = HttpResponseRedirect(came_from(request))
    response["Cache-Control"] = "no-store"
    if after == DEFAULT and COOKIE not in request.COOKIES:
        return response
    if after == DEFAULT:
        response.delete_cookie(COOKIE, samesite="Lax")
    else:
        # Scripts switch at once by the same cookie, so it is theirs to read.
        response.set_cookie(COOKIE, str(after), YEAR, samesite="Lax", secure=settings.PRODUCTION)
    return response


def came_from(request: HttpRequest) -> str:
    """The path of our page that sent the reader here, with its query; else the home page.

    Told by the Referer, so that a page's text need not hold its own address.
    """
    referer = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(referer, {request.get_host()}):
        parts = urlsplit(referer)
        back = parts._replace(scheme="", netloc="", fragment="").geturl()
        # A path may itself begin like an address of elsewhere; without one we would lead back to ourselves.
        ours = parts.path.startswith("/") and parts.path.rstrip("/") != request.path.rstrip("/")
        if ours and url_has_allowed_host_and_scheme(back, None):
            return back
    return reverse("home")
