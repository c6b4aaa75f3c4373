"""manage.py seed: the definitions and documents the repository carries, into a board that has none or lacks some."""

from argparse import ArgumentParser
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.core import serializers
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from metrics.models import Indicator


class Command(BaseCommand):
    help = (
        "Loads fixture folders into an empty board. Once it has definitions staff own them: nothing is overwritten; "
        "--add brings in what a later version of the repository knows and the board does not."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("folders", nargs="+", type=Path, metavar="FOLDER")
        parser.add_argument("--add", action="store_true", help="add what is missing to a board that has definitions")

    def handle(self, *args: Any, **options: Any) -> None:
        files = [file for folder in options["folders"] for file in sorted(folder.glob("*.json"))]
        if not files:
            raise CommandError("There are no fixture files in the folders given.")
        if options["add"]:
            self.stdout.write(f"Added: {add_missing(files)}.")
        elif Indicator.objects.exists():
            self.stdout.write("The board has its definitions already; nothing was loaded.")
        else:
            call_command("loaddata", *map(str, files), verbosity=options["verbosity"])


@transaction.atomic
def add_missing(files: Iterable[Path]) -> int:
    """Saves every object of the files that the board does not know by its natural key, and says how many."""
    added = 0
    for file in files:
        for one in serializers.deserialize("json", file.read_text(encoding="utf-8")):
            if one.object.pk is None:
                one.save()
                added += 1
    return added
