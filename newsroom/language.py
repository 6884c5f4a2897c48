"""Which language a request speaks: readers' pages Chinese always, the admin as its user chose."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

CHOOSING = ("/admin/", "/i18n/")


class LanguageMiddleware:
    """Take the admin's language from the cookie that `set_language` writes; never ask the browser.

    Django's LocaleMiddleware follows Accept-Language, which would give one address two contents.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        chosen = (
            request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) if request.path.startswith(CHOOSING) else None
        )
        language = chosen if chosen in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
        with translation.override(language):
            request.LANGUAGE_CODE = language
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response
