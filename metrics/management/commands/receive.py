"""manage.py receive: files and folders through the first door."""

import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError
from django.db.models import Count

from metrics.intake.actions import IntakeError, Received, accept, receive
from metrics.intake.readers import UnreadableFile, check_size
from metrics.intake.registry import Registry
from metrics.management.accounts import command_line_account
from metrics.management.tables import Line, Table
from metrics.models import Batch, Release, StagedRow

SUFFIXES = {".csv", ".tsv", ".xlsx", ".gz"}
#: Refused lines of a file that are printed; the rest is on its review page.
LISTED = 20


class Command(BaseCommand):
    help = (
        "Reads files of figures (CSV, gzipped or not, or .xlsx) into batches; --accept makes figures of them at once."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("paths", nargs="+", type=Path, metavar="PATH", help="a file, or a folder of files")
        parser.add_argument("--accept", action="store_true", help="accept every file in which no line was refused")
        parser.add_argument("--good-lines", action="store_true", help="accept the good lines of the other files too")
        parser.add_argument("--reason", default="", help="why figures that stand change; shown to the public")
        parser.add_argument("--checked", action="store_true", help="large changes were checked against the source")
        parser.add_argument("--first", action="store_true", help="only into a board that has not published anything")
        parser.add_argument("--by", default="", help="user name of the person who sends the files")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] and Release.objects.published().exists():
            self.stdout.write("The board has figures of its own already; nothing was received.")
            return
        by = self._person(options["by"])
        files = list(self._files(options["paths"]))
        self.registry, self.table = Registry.load(), Table(self.stdout)
        self.waiting: list[str] = []
        for done, path in enumerate(files, start=1):
            self.at = f"{done}/{len(files)} {path.name}"
            self._one(path, by, options)
        self._clear()
        self.table.close()
        refused = self.table.refused
        if refused or self.waiting:
            said = []
            if refused:
                said.append(f"Refused: {refused}. Each is listed above with its reason, or on the file's review page.")
            if self.waiting:
                said.append(f"Not accepted: {len(self.waiting)}, waiting for review. The first: {self.waiting[0]}")
            raise CommandError(" ".join(said))

    def _one(self, path: Path, by: User, options: dict[str, Any]) -> None:
        try:
            check_size(path.stat().st_size)
            with path.open("rb") as file:
                received = receive(name=path.name, data=file, by=by, progress=self._progress, registry=self.registry)
        except UnreadableFile as refusal:
            self._clear()
            self.table.refuse(path.name, str(refusal))
            return
        self._clear()
        line = self._line(path, received)
        self.table.add(line)
        problems = received.batch.problems.all()
        for problem in [*problems[:LISTED]]:
            self.stdout.write(f"    {problem.sentence}")
        if line.refused > LISTED:
            self.stdout.write(f"    … and {line.refused - LISTED} more, on the review page of the file.")
        for remark in received.batch.remarks:
            self.stdout.write(f"    {remark}")
        if (options["accept"] or options["good_lines"]) and received.batch.state == Batch.State.WAITING:
            self._accept(received.batch, by, options, refused=line.refused)

    def _accept(self, batch: Batch, by: User, options: dict[str, Any], *, refused: int) -> None:
        if refused and not options["good_lines"]:
            self._wait(batch, "lines of it were refused.")
            return
        try:
            accept(batch=batch, by=by, reason=options["reason"], checked=None if options["checked"] else ())
        except IntakeError as problem:
            self._wait(batch, str(problem))

    def _wait(self, batch: Batch, why: str) -> None:
        self.waiting.append(f"{batch.source_file.name}: {why}")
        self.stdout.write(f"    Not accepted: {why}")

    def _line(self, path: Path, received: Received) -> Line:
        batch = received.batch
        counts = dict(batch.rows.order_by().values_list("outcome").annotate(Count("pk")))
        left = sum(counts.get(outcome, 0) for outcome in StagedRow.LEFT)
        if received.known:  # all of it was counted when it came first
            counts = {"unchanged": sum(counts.values()) - left}
        return Line(
            path.name,
            batch.source_file.layout,
            batch.rows_read,
            counts.get("new", 0),
            counts.get("changed", 0),
            counts.get("unchanged", 0),
            left,
            batch.problems.count(),
            known=received.known,
        )

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
        if sys.stderr.isatty() and time.monotonic() - getattr(self, "_drawn", 0.0) > 0.1:
            self._drawn = time.monotonic()
            filled = min(24 * done // total, 24) if total else 0
            self.stderr.write(f"\r[{'█' * filled}{'·' * (24 - filled)}] {done:,} {self.at[:60]}\033[K", ending="")
            self.stderr.flush()

    def _clear(self) -> None:
        if sys.stderr.isatty():
            self.stderr.write("\r\033[K", ending="")
