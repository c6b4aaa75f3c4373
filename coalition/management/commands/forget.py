"""manage.py forget: deletes the personal data whose time is over. To be run once a day."""

from io import StringIO
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.utils import timezone

from coalition.actions.retention import forget


class Command(BaseCommand):
    help = "Deletes messages of interest after two years, and names and addresses of contacts a year after."

    def handle(self, *args: Any, **options: Any) -> None:
        messages, contacts = forget(on=timezone.localdate())
        # Who tried to sign in, and from which address: needed for the ten minutes that a lock lasts, not for longer.
        call_command("axes_reset", stdout=StringIO())
        self.stdout.write(f"Messages of interest forgotten: {messages}. Contacts forgotten: {contacts}.")
