"""A list of contacts taken in at once: by the rules of naming, changing and ending one, in a handful of queries."""

from collections.abc import Sequence

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.models import Contact, Organization

from .checking import said, sound
from .errors import CoalitionError
from .organizations import switch_off_ended

#: What may change of a contact beside its last day. Its address never does: whom an invitation reaches is on record.
FACTS = ("name", "position", "phone")


@transaction.atomic
def take_contacts(*, named: Sequence[Contact], changed: Sequence[Contact], by: User) -> None:
    """Names the new contacts, and writes down what changed of others: facts, and their last day. All or none."""
    organizations = {one.organization_id for one in named}
    keys = [one.pk for one in changed]
    standing = {one.pk: one for one in Organization.objects.select_for_update().filter(pk__in=organizations)}
    as_it_is = {one.pk: one for one in Contact.objects.select_for_update().filter(pk__in=keys)}
    there = {
        (one.organization_id, one.email.casefold())
        for one in Contact.objects.filter(organization__in=organizations)
        if not is_over(one)
    }
    for contact in named:
        whose = (contact.organization_id, contact.email.casefold())
        if standing[contact.organization_id].merged_into_id is not None:
            raise CoalitionError(_("{name} is an old address.").format(name=contact.organization), field="organization")
        if whose in there:
            sentence = _("This address is that of a contact of {organization} already.")
            raise CoalitionError(sentence.format(organization=contact.organization), field="email")
        there.add(whose)
        _check_end(contact)
        contact.recorded_by, contact.recorded_at = by, timezone.now()
        sound(contact)
    for contact in changed:
        check_stays(contact, as_it_is[contact.pk])
        _check_end(contact)
        sound(contact)
    Contact.objects.bulk_create(named)
    if changed:
        Contact.objects.bulk_update(changed, [*FACTS, "until"])
    switch_off_ended()


def is_over(contact: Contact) -> bool:
    return contact.until is not None and contact.until < timezone.localdate()


def check_stays(contact: Contact, as_it_is: Contact) -> None:
    """Raises CoalitionError when something of a contact would change that stays."""
    for field in ("organization_id", "email", "since"):
        if getattr(contact, field) != getattr(as_it_is, field):
            sentence = _("The organization, the address and the first day of {name} stay; name another contact.")
            raise CoalitionError(sentence.format(name=as_it_is.name), field=field.removesuffix("_id"))
    if contact.until == as_it_is.until:
        return
    if as_it_is.until is not None and (contact.until is None or is_over(as_it_is)):
        sentence = _("The last day of {name} is {day}, and stays; name the person anew.")
        raise CoalitionError(sentence.format(name=as_it_is.name, day=said(as_it_is.until)), field="until")


def _check_end(contact: Contact) -> None:
    if contact.until is not None and contact.until < contact.since:
        sentence = _("The contact was named on {day}; the last day cannot lie before.")
        raise CoalitionError(sentence.format(day=said(contact.since)), field="until")
