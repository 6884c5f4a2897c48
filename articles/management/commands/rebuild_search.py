from typing import Any

from django.core.management.base import BaseCommand

from articles.search import table


class Command(BaseCommand):
    help = (
        "Write the search table anew from the releases, a batch a transaction, while the site runs. "
        "Needed when the dictionary that cuts words (rjieba) has changed."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        written = 0
        for written in table.rebuild():
            if options["verbosity"] > 1:
                self.stdout.write(f"{written} …")
        self.stdout.write(f"{written} releases")
