import json
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import rules as story_rules
from issues import rules
from issues.importing import REFUSED, Outcome, Wanted, files_in, import_file, report
from people.models import User


class Command(BaseCommand):
    help = (
        "Read pages (text, Word, PDF) into draft stories; folders with all they hold. Each file once, by its"
        " content: run it again after whatever stopped it. Prints a line a file and a report; exit 1 if a"
        " file was refused. Without --by the drafts are the bureau's own: every editor may edit them."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--json", action="store_true", help="print each page as a JSON object instead")
        parser.add_argument("--dry-run", action="store_true", help="read only: write nothing")
        parser.add_argument(
            "--issue", type=date.fromisoformat, metavar="DATE", help="put them into this paper"
        )
        parser.add_argument("--page", type=int, metavar="N", help="and on this page of it")
        parser.add_argument("--new-issue", action="store_true", help="open papers that are not there yet")
        parser.add_argument("--by", metavar="USER", help="whose drafts they are")

    def handle(self, *args: Any, files: list[Path], **options: Any) -> None:
        wanted = self._wanted(options)
        states: Counter[str] = Counter()
        for path in files_in(files):
            outcome = import_file(path, wanted)
            states[outcome.state] += 1
            self._tell(outcome, options["json"])
        (self.stderr if options["json"] else self.stdout).write(report(states))
        if states[REFUSED]:
            raise SystemExit(1)

    def _wanted(self, options: dict[str, Any]) -> Wanted:
        by = self._person(options["by"]) if options["by"] else None
        placed = options["issue"] or options["page"] or options["new_issue"]
        if by and placed and not rules.may_edit_issues(by):
            raise CommandError(f"{by} does not lay out the paper")
        if bool(options["issue"]) != bool(options["page"]):
            raise CommandError("--issue and --page go together")
        return Wanted(by, options["issue"], options["page"], options["new_issue"], options["dry_run"])

    def _person(self, username: str) -> User:
        user = User.objects.filter(username=username).first()
        if user is None or not story_rules.may_take_in(user):
            raise CommandError(f"{username} takes in no stories")
        return user

    def _tell(self, outcome: Outcome, as_json: bool) -> None:
        if not as_json:
            parts = [outcome.name, outcome.state, str(outcome.stories), *outcome.notes]
            self.stdout.write("\t".join(parts))
            return
        refused = [{"file": outcome.name, "error": " ".join(outcome.notes)}] if not outcome.told else []
        for page in outcome.told or refused:
            self.stdout.write(json.dumps(page, ensure_ascii=False))
        self.stdout.flush()
