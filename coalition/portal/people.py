"""The contacts of one organization, and the rule that it always has one."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from coalition.actions.checking import locked
from coalition.actions.errors import CoalitionError
from coalition.actions.organizations import end_contact
from coalition.models import Contact, Organization

from .access import account


@dataclass(frozen=True, slots=True)
class Named:
    """A contact, and its number among all that the organization ever named: a number that tells nothing of others."""

    number: int
    contact: Contact


def named(organization: Organization, on: date) -> tuple[Named, ...]:
    """Whom the organization names today, and whom it has named for later, by name. One query."""
    every = (Named(number, one) for number, one in enumerate(organization.contacts.order_by("pk"), start=1))
    standing = [one for one in every if one.contact.until is None or one.contact.until >= on]
    return tuple(sorted(standing, key=lambda one: one.contact.name.casefold()))


def find(organization: Organization, number: int, on: date) -> Contact | None:
    return next((one.contact for one in named(organization, on) if one.number == number), None)


@transaction.atomic
def end(*, contact: Contact, until: date, by: Contact) -> Contact:
    """Records a contact's last day, asked for by a contact of the same organization.

    Raises CoalitionError when nobody would be left after that day: commitment 6 is to name somebody. One after the
    other: two who end each other at once would both find somebody left.
    """
    others = locked(by.organization).contacts.current().exclude(pk=contact.pk)
    if not others.filter(until__isnull=True).exists():
        raise CoalitionError(_("Name another contact first: an organization always has one."), field="until")
    return end_contact(contact=contact, until=until, by=account(by))
