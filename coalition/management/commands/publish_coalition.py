"""manage.py publish_coalition: shows the coalition's pages, as they stand, to the public."""

from argparse import ArgumentParser
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from coalition.editions import EditionError, NothingToPublish, publish
from coalition.models import Edition


class Command(BaseCommand):
    help = "Publishes the coalition as it stands as the next edition; when nothing changed it says so and ends well."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--summary",
            default="The coalition as its own documents tell of it.",
            help="one public sentence that says what changes",
        )
        parser.add_argument("--first", action="store_true", help="only on a board that has no edition yet")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["first"] and Edition.objects.exists():
            self.stdout.write("The coalition's pages are public already; nothing was published.")
            return
        # The same account that figures are received and published under; it has no password and is not active.
        by, _created = User.objects.get_or_create(username="command-line", defaults={"is_active": False})
        try:
            edition = publish(by=by, summary=options["summary"])
        except NothingToPublish as nothing:
            self.stdout.write(str(nothing))
        except EditionError as problem:
            raise CommandError(str(problem)) from None
        else:
            self.stdout.write(f"{edition} is public.")
