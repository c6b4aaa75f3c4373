"""manage.py receive: files and folders through the first door."""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from metrics.intake.actions import IntakeError, accept, receive
from metrics.intake.readers import UnreadableFile, check_size
from metrics.management.accounts import command_line_account
from metrics.models import Batch, Release, StagedRow

SUFFIXES = {".csv", ".xlsx"}


class Command(BaseCommand):
    help = "Reads files (CSV or .xlsx in the board's own layout) into batches; --accept makes figures of them at once."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
        parser.add_argument("--accept", action="store_true", help="accept every batch in which no line was refused")
        parser.add_argument("--reason", default="", help="why figures that stand change; shown to the public")
        parser.add_argument("--first", action="store_true", help="only into a board that has not published anything")
        parser.add_argument("--by", default="", help="user name of the person who sends the files")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] and Release.objects.published().exists():
            self.stdout.write("The board has figures of its own already; nothing was received.")
            return
        by = self._person(options["by"])
        files = list(self._files(options["paths"]))
        self.stdout.write(f"{'file':<44}{'rows':>7}{'new':>7}{'changed':>9}{'same':>7}{'refused':>9}")
        refused = 0
        for done, path in enumerate(files, start=1):
            self._progress(done, len(files))
            refused += self._one(path, by, options)
        if refused:
            raise CommandError(f"Refused: {refused}. Every refused line or file is listed above with its reason.")

    def _one(self, path: Path, by: User, options: dict[str, Any]) -> int:
        """Receives one file and says how much of it was refused."""
        try:
            check_size(path.stat().st_size)
            received = receive(name=path.name, data=path.read_bytes(), by=by)
        except UnreadableFile as refusal:
            self.stdout.write(f"{path.name:<44}refused: {refusal}")
            return 1
        batch = received.batch
        problems = list(batch.problems.all())
        self.stdout.write(self._summary(path, batch, known=received.known))
        for problem in problems:
            self.stdout.write(f"    {problem.sentence}")
        if options["accept"] and batch.state == Batch.State.WAITING:
            if problems:
                self.stdout.write("    Not accepted: it waits for review in the staff area.")
            else:
                self._accept(batch, by, options["reason"])
        return len(problems)

    def _accept(self, batch: Batch, by: User, reason: str) -> None:
        try:
            accept(batch=batch, by=by, reason=reason)
        except IntakeError as problem:
            raise CommandError(f"{batch.source_file.name}: {problem}") from None

    def _summary(self, path: Path, batch: Batch, *, known: bool) -> str:
        if known:
            return f"{path.name:<44}{batch.rows_read:>7}  nothing new: the same file was received before"
        outcomes = list(batch.rows.values_list("outcome", flat=True))
        counts = [outcomes.count(outcome) for outcome in StagedRow.Outcome.values]
        lines = batch.problems.values("line").distinct().count()
        return f"{path.name:<44}{batch.rows_read:>7}{counts[0]:>7}{counts[1]:>9}{counts[2]:>7}{lines:>9}"

    def _files(self, paths: list[Path]) -> Iterator[Path]:
        for path in paths:
            if path.is_dir():
                found = sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES)
                if not found:
                    raise CommandError(f"There is no CSV or .xlsx file in {path}.")
                yield from found
            elif path.is_file():
                yield path
            else:
                raise CommandError(f"There is no file {path}.")

    def _person(self, name: str) -> User:
        if not name:
            return command_line_account()
        person = User.objects.filter(username=name, is_active=True).first()
        if person is None:
            raise CommandError(f"There is no active account “{name}”.")
        return person

    def _progress(self, done: int, total: int) -> None:
        """A bar for people; a log or a pipe gets only the lines."""
        if sys.stderr.isatty():
            filled = 24 * done // total
            self.stderr.write(f"\r[{'█' * filled}{'·' * (24 - filled)}] {done}/{total}\r", ending="")
            self.stderr.flush()
