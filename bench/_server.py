"""The site with one more address, of a view that does nothing: what any Django page costs on this server."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from newsroom.wsgi import application, django  # makes the apps ready, which the site's addresses need

__all__ = ["application", "django"]


def empty(request: HttpRequest) -> HttpResponse:
    return HttpResponse()


settings.ROOT_URLCONF = __name__
urlpatterns = [path("empty/", empty), path("", include("newsroom.urls"))]
