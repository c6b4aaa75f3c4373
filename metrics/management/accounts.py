"""Accounts that are not people: what the command line does is recorded under its own name."""

from django.contrib.auth.models import User

COMMAND_LINE = "command-line"


def command_line_account() -> User:
    """The account commands act under. It cannot log in: it has no password and is not active."""
    account, created = User.objects.get_or_create(username=COMMAND_LINE, defaults={"is_active": False})
    if created:
        account.set_unusable_password()
        account.save()
    return account
