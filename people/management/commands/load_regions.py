"""Load regions from a CSV file, by default the extract that comes with the project."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from people import regions


class Command(BaseCommand):
    help = "Load regions: CSV of code,name[,level,parent]. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", nargs="?", type=Path, default=regions.SHIPPED)

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = regions.load(regions.read(options["file"]))
        except OSError as wrong:
            raise CommandError(
                _("读不了 %(file)s：%(why)s") % {"file": options["file"], "why": wrong}
            ) from None
        except regions.RegionFileError as wrong:
            raise CommandError("\n".join([*wrong.sentences, _("没有写入任何地区。")])) from None
        counts = {"added": loaded.added, "changed": loaded.changed, "same": loaded.same}
        self.stdout.write(_("地区：新增 %(added)d，更新 %(changed)d，未变 %(same)d") % counts)
