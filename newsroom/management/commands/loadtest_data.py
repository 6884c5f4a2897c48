from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from newsroom import loadtest


class Command(BaseCommand):
    help = "Fill the database with a synthetic archive for benchmarks. Never in production."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--articles", type=int, default=1000)
        parser.add_argument("--issues", type=int, default=50)

    def handle(self, *args: Any, articles: int, issues: int, **options: Any) -> None:
        if settings.PRODUCTION:
            raise CommandError("loadtest_data is not for a bureau that is in use")
        now = timezone.now()
        loadtest.make_articles(articles, now)
        loadtest.make_issues(issues, now)
        self.stdout.write(f"{articles} stories, {issues} issues")
