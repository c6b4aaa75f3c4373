"""manage.py work: what the server starts for a large file. Nobody types it: the file comes through a pipe."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from metrics.intake.jobs import work
from metrics.models import Reading


class Command(BaseCommand):
    help = "Reads one file from the server that started it. Not for people: they use receive."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("reading", help="the key of the reading")

    def handle(self, *args: Any, **options: Any) -> None:
        reading = Reading.objects.filter(pk=options["reading"], state=Reading.State.WORKING).first()
        if reading is None:
            raise CommandError("There is no such reading.")
        wish = json.loads(sys.stdin.buffer.readline())
        work(reading, wish, sys.stdin.buffer.read(wish["size"] + 1))
