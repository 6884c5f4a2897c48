"""The site with one more address, of a view that does nothing: what any Django page costs on this server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


settings.ROOT_URLCONF = __name__
application = get_wsgi_application()  # makes the apps ready, which the site's addresses need
urlpatterns = [path("empty/", empty), path("", include("newsroom.urls"))]
