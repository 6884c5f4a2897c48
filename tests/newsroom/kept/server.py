"""The site as tests serve it in other processes: static files by their own names, as in tests/conftest.py."""

import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

from django.conf import settings

settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"

from newsroom.wsgi import application  # noqa: E402

__all__ = ["application"]
