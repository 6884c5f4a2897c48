from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from newsroom.demo.load import PASSWORD, load


class Command(BaseCommand):
    help = "Demo content and accounts in an empty database; in any other it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("the demo's accounts have a known password: it is not for production")
        count = load(timezone.now())
        if options["verbosity"]:
            done = f"{count} stories; every account's password is {PASSWORD}" if count else "nothing to do"
            self.stdout.write(done)
