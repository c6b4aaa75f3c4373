"""manage.py publish: sets a new board up with its first release, or publishes what was approved or is due."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics.management.accounts import command_line_account
from metrics.models import Release
from metrics.publishing import PublishingError, first_release, publish_due


class Command(BaseCommand):
    help = (
        "Publishes the release whose minute has come, for a timer where the server does not do it itself. With --first "
        "it sets a new board up: what stands becomes its first release. Everything else is decided by two people in "
        "the staff area."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--first", action="store_true", help="only on a board that has not published anything")
        parser.add_argument(
            "--summary",
            default="Figures as they stand in the sources named under each chart.",
            help="with --first: one public sentence for the list of updates",
        )
        parser.add_argument(
            "--summary-es",
            default="Cifras tal como constan en las fuentes que se nombran debajo de cada gráfica.",
            help="the same in Spanish",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        release = self._first(options) if options["first"] else publish_due()
        self.stdout.write(f"{release} is public." if release else "There is nothing to publish now.")

    def _first(self, options: dict[str, Any]) -> Release | None:
        if Release.objects.published().exists():
            return None
        try:
            return first_release(
                by=command_line_account(), summary=options["summary"], summary_es=options["summary_es"]
            )
        except PublishingError as problem:
            raise CommandError(str(problem)) from None
