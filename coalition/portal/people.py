"""The contacts of one organization, and the rule that it always has one."""

from datetime import date

from django.utils.translation import gettext as _

from coalition.actions.errors import CoalitionError
from coalition.actions.organizations import end_contact
from coalition.models import Contact, Organization

from .access import account


def named(organization: Organization, on: date) -> tuple[Contact, ...]:
    """Whom the organization names today, and whom it has named for later, by name. One query."""
    return tuple(organization.contacts.exclude(until__lt=on).order_by("name", "pk"))


def find(organization: Organization, key: int, on: date) -> Contact | None:
    return next((one for one in named(organization, on) if one.pk == key), None)


def end(*, contact: Contact, until: date, by: Contact) -> Contact:
    """Records a contact's last day, asked for by a contact of the same organization.

    Raises CoalitionError when nobody would be left after that day: commitment 6 is to name somebody.
    """
    others = by.organization.contacts.current().exclude(pk=contact.pk)
    if not others.filter(until__isnull=True).exists():
        raise CoalitionError(_("Name another contact first: an organization always has one."), field="until")
    return end_contact(contact=contact, until=until, by=account(by))
