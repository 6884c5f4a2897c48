from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from articles import due


class Command(BaseCommand):
    help = "Move every story whose moment has come to its next status; prints a line a story."

    def handle(self, *args: Any, **options: Any) -> None:
        for outcome in due.release_due(timezone.now()):
            if outcome.trouble:
                self.stderr.write(f"{outcome.article}\t{outcome.trouble}")
            else:
                self.stdout.write(f"{outcome.article}\t{outcome.status}\t{outcome.headline}")
