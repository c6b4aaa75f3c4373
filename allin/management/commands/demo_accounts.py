"""manage.py demo_accounts: one account per role, with passwords that are new each time."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import BaseCommand

from allin.roles import ensure_roles


class Command(BaseCommand):
    help = "Makes one account per role for trying the board out, and prints new passwords. Not for a public server."

    def handle(self, *args: Any, **options: Any) -> None:
        for role, group in ensure_roles().items():
            user = self._account(f"demo-{role.replace(' ', '-')}")
            user.groups.set([group])
        self._account("demo-admin", is_superuser=True)
        call_command("demo_member", stdout=self.stdout)  # the coalition knows who its members' contacts are

    def _account(self, name: str, **fields: Any) -> User:
        user, _created = User.objects.update_or_create(username=name, defaults={"is_staff": True, **fields})
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        user.save()
        self.stdout.write(f"  {name:<18} {password}")
        return user
