"""What is forgotten, and when: personal data is kept as long as it is needed for what it was given for."""

from datetime import date, datetime, time, timedelta

from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import User
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from coalition.models import Contact, Interest, Notice

from .organizations import switch_off_ended

#: Days a message of interest is kept, answered or not: two years, the time a coalition takes to decide on a member.
INTEREST_DAYS = 2 * 365
#: Days the name and address of a contact are kept after its last day: one year, so that a reply can be traced to it.
CONTACT_DAYS = 365

#: What stands in place of a contact's data once it is forgotten. Nobody can write to it.
FORGOTTEN = "forgotten"
NOWHERE = "forgotten@invalid.example"


@transaction.atomic
def forget(*, on: date) -> tuple[int, int]:
    """Deletes old messages of interest and empties old contacts, as of the day `on`; says how many of each.

    Accounts of contacts whose last day is over are switched off on the way (the members' area has let them in no
    more since that day). The row of a contact stays: that somebody was named, from when to when, is what commitment
    6 is judged by.
    """
    switch_off_ended()
    before = timezone.make_aware(datetime.combine(on - timedelta(days=INTEREST_DAYS), time.min))
    messages = Interest.objects.filter(sent_at__lt=before)
    contacts = list(
        Contact.objects.filter(until__lt=on - timedelta(days=CONTACT_DAYS))
        .exclude(email=NOWHERE)
        .select_related("user")
    )
    _forget_history(Interest, [message.pk for message in messages])
    _forget_history(Contact, [contact.pk for contact in contacts])
    deleted, _models = messages.delete()
    for contact in contacts:
        _forget_notices(contact)
        contact.name, contact.email = FORGOTTEN, NOWHERE
        contact.position = contact.phone = contact.note = ""
        contact.save()
        if contact.user is not None and not contact.user.is_staff:
            _forget_account(contact.user)
    return deleted, len(contacts)


def _forget_history(model: type[Model], keys: list[int]) -> None:
    """The staff area's history of a row names the person too."""
    kind = ContentType.objects.get_for_model(model)
    LogEntry.objects.filter(content_type=kind, object_id__in=[str(key) for key in keys]).delete()


def _forget_notices(contact: Contact) -> None:
    """That a notice was sent stays; each keeps an address of its own, because one goes to an address only once.

    An address that another contact of the organization still has is not forgotten yet.
    """
    namesakes = Contact.objects.filter(organization=contact.organization_id, email__iexact=contact.email)
    if namesakes.exclude(pk=contact.pk).exists():
        return
    sent = Notice.objects.filter(assessment__organization=contact.organization_id, to__iexact=contact.email)
    for notice in sent:
        notice.to = f"{FORGOTTEN}-{notice.pk}@invalid.example"
        notice.save(update_fields=["to"])


def _forget_account(user: User) -> None:
    """The account stays, because replies and uploads name it; nobody can tell whose it was, or use it."""
    user.username, user.email, user.is_active = f"{FORGOTTEN}-{user.pk}", "", False
    user.first_name = user.last_name = ""
    user.set_unusable_password()
    user.save()
