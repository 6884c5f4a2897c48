from typing import Any

from django.core.management.base import BaseCommand, CommandError

from articles.verify import verify as verify_stories
from issues.verify import verify as verify_pages
from people import chain


class Command(BaseCommand):
    help = "Recompute every digest and the signature chain; exit 1 at the first thing that does not match."

    def handle(self, *args: Any, **options: Any) -> None:
        for check in (chain.verify, verify_stories, verify_pages):
            for mismatch in check():
                raise CommandError(mismatch, returncode=1)
        sequence, head = chain.head()
        self.stdout.write(f"{sequence} {head}")
