from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from newsroom import backup


class Command(BaseCommand):
    help = "Write database and pictures into a new folder, with checksums."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path)

    def handle(self, *args: Any, folder: Path, **options: Any) -> None:
        try:
            rows = backup.back_up(folder)
        except backup.BackupError as wrong:
            raise CommandError(str(wrong)) from None
        self.stdout.write(f"{rows} rows")
