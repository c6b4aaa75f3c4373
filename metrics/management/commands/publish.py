"""manage.py publish: shows the figures that stand to the public."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics.management.accounts import command_line_account
from metrics.models import Release
from metrics.publishing import NothingToPublish, PublishingError, publish_next


class Command(BaseCommand):
    help = "Publishes what stands as the next release; when nothing changed it says so and ends well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--summary",
            default="Figures as they stand in the sources named under each chart.",
            help="one public sentence for the list of updates",
        )

        parser.add_argument("--first", action="store_true", help="only on a board that has not published anything")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] and Release.objects.published().exists():
            self.stdout.write("The board is public already; nothing was published.")
            return
        by = command_line_account()
        try:
            release, difference = publish_next(by=by, summary=options["summary"])
        except NothingToPublish as nothing:
            self.stdout.write(str(nothing))
        except PublishingError as problem:
            raise CommandError(str(problem)) from None
        else:
            new, changed, gone = len(difference.new), len(difference.replaced), len(difference.gone)
            self.stdout.write(f"{release} is public: {new} new figures, {changed} changed, {gone} gone.")
