"""Messages from organizations that would like to join: recorded with the consent they came under, then handled."""

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.models import Interest, Organization

from .checking import complete
from .errors import CoalitionError


@transaction.atomic
def record(
    *,
    kind: str,
    organization: str,
    sector: str,
    name: str,
    email: str,
    phone: str,
    message: str,
    language: str,
    consent: str,
) -> Interest:
    """Keeps a message of the public form. `consent` is the sentence the sender agreed to, as it was shown."""
    if not consent.strip():
        sentence = _("Without your consent nothing is kept; tick the box if we may write to you.")
        raise CoalitionError(sentence, field="consent")
    interest = Interest(
        kind=kind,
        organization=organization.strip(),
        sector=sector,
        name=name.strip(),
        email=email.strip(),
        phone=phone.strip(),
        message=message.strip(),
        language=language,
        consent=consent.strip(),
        sent_at=timezone.now(),
    )
    complete(interest)
    interest.save(force_insert=True)
    return interest


@transaction.atomic
def make_organization(*, interest: Interest, name: str, slug: str, sector: str, outcome: str, by: User) -> Organization:
    """Gives the organization that wrote a page here, and takes its message out of the inbox if it is still there."""
    made = Organization(name=name, slug=slug, sector=sector)
    complete(made)
    made.save()
    if not Interest.objects.filter(pk=interest.pk, handled_at__isnull=False).exists():
        handle(interest=interest, outcome=outcome, by=by)
    return made


@transaction.atomic
def handle(*, interest: Interest, outcome: str, by: User) -> Interest:
    """Says what came of a message; after that it is out of the inbox."""
    interest = Interest.objects.select_for_update(of=("self",)).get(pk=interest.pk)
    if interest.handled_by is not None:
        sentence = _("{person} has handled this message already.")
        raise CoalitionError(sentence.format(person=interest.handled_by))
    if not outcome.strip():
        raise CoalitionError(_("Say in a few words what came of it."), field="outcome")
    interest.outcome = outcome.strip()
    interest.handled_by, interest.handled_at = by, timezone.now()
    complete(interest)
    interest.save(update_fields=["outcome", "handled_by", "handled_at"])
    return interest
