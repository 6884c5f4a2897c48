"""Bring a database and the static files to this version; what `make run` and a deployment call first."""

import hashlib
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand, CommandParser


def static_signature() -> str:
    """Changes whenever a static file does: name, size and time of each."""
    digest = hashlib.sha256()
    for finder in get_finders():
        for path, storage in finder.list([]):
            digest.update(f"{path} {storage.size(path)} {storage.get_modified_time(path)}\n".encode())
    return digest.hexdigest()


class Command(BaseCommand):
    help = "Migrate, collect static files and, with --demo, fill an empty database with demo content."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--demo", action="store_true", help="demo content if there is no account yet")

    def handle(self, *args: Any, demo: bool, **options: Any) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        self.collect_static()
        if demo and "demo" in get_commands() and not get_user_model().objects.exists():
            self.stdout.write("Writing the demo content …")
            # Its accounts come with all the rest or not at all: stopped half-way, it begins again next time.
            call_command("demo", verbosity=0)

    def collect_static(self) -> None:
        kept, signature = settings.VAR / "static.signature", static_signature()
        if kept.exists() and kept.read_text() == signature:
            return
        call_command("collectstatic", verbosity=0, interactive=False, clear=True)
        kept.write_text(signature)
