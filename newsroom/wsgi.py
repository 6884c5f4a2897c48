"""The web server's entry: `granian --interface wsgi newsroom.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "newsroom.settings")

django = get_wsgi_application()  # makes the apps ready, which the rest needs

from newsroom.kept.front import Front  # noqa: E402

application = Front(django)
