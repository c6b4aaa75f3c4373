"""manage.py remind: tells contacts what they may reply to, reminds them, and says what became public."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from coalition import notices


class Command(BaseCommand):
    help = "Sends contacts the messages that are due, each once; run it daily. Without a mail server it counts them."

    def handle(self, *args: Any, **options: Any) -> None:
        messages = notices.outbox(on=timezone.localdate())
        if not notices.is_set_up():
            self.stdout.write(f"E-mail is not set up (EMAIL_URL); messages waiting: {len(messages)}.")
            return
        sent, failed = 0, []
        for message in messages:
            try:
                sent += notices.deliver(message)
            except OSError as problem:
                # The organization and the kind of problem: the server's own words may repeat the address.
                failed.append(f"{message.contact.organization} ({type(problem).__name__})")
        if failed:
            raise CommandError(
                f"Messages sent: {sent}; not taken by the mail server and tried again next time: {', '.join(failed)}."
            )
        self.stdout.write(f"Messages sent: {sent}.")
