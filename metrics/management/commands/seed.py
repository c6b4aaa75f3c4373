"""manage.py seed: the definitions and documents the repository carries, into a board that has none."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError

from metrics.models import Indicator


class Command(BaseCommand):
    help = "Loads fixture folders into an empty board. Once it has definitions staff own them: nothing is overwritten."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")

    def handle(self, *args: Any, **options: Any) -> None:
        if Indicator.objects.exists():
            self.stdout.write("The board has its definitions already; nothing was loaded.")
            return
        files = [str(file) for folder in options["folders"] for file in sorted(folder.glob("*.json"))]
        if not files:
            raise CommandError("There are no fixture files in the folders given.")
        call_command("loaddata", *files, verbosity=options["verbosity"])
