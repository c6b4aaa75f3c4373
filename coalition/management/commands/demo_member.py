"""manage.py demo_member: an account for trying the members' area out; `demo_accounts` calls it."""

import secrets
from typing import Any

from django.contrib.auth.models import User
from django.core.management.base import BaseCommand, CommandError

from coalition.actions.organizations import invite, name_contact
from coalition.models import Contact, Organization
from coalition.promises import DEMO_ADDRESS

ORGANIZATION = "hartford-promise"


class Command(BaseCommand):
    help = "Names a demo contact of one organization and prints its new password. Not for a public server."

    def handle(self, *args: Any, **options: Any) -> None:
        organization = Organization.objects.standing().filter(slug=ORGANIZATION).first()
        if organization is None:
            raise CommandError(f"There is no organization “{ORGANIZATION}”; load the coalition’s own records first.")
        by, _created = User.objects.get_or_create(username="command-line", defaults={"is_active": False})
        contact = Contact.objects.current().filter(organization=organization, email=DEMO_ADDRESS).first()
        contact = contact or name_contact(organization=organization, name="Demo contact", email=DEMO_ADDRESS, by=by)
        user = invite(contact=contact, by=by)
        password = secrets.token_urlsafe(15)
        user.set_password(password)
        user.save()
        self.stdout.write(f"  {DEMO_ADDRESS:<18} {password}")
