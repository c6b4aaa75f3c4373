"""What is recorded of an organization: its roles, its contacts and their accounts, its logo, its merging."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition import files
from coalition.models import Contact, Document, HeldRole, Organization, RolePeriod
from coalition.rules.ledger import lies_before
from coalition.rules.roles import BOUND, Role

from .checking import complete, existed, locked, not_ahead, said
from .errors import CoalitionError
from .merging import merge
from .recording import stamp

__all__ = [
    "end_contact",
    "end_role",
    "give_role",
    "invite",
    "merge",
    "name_contact",
    "remove_logo",
    "set_logo",
    "switch_off_ended",
    "take_back_role",
]


@transaction.atomic
def give_role(
    *,
    organization: Organization,
    role: str,
    since: date | None = None,
    since_text: str = "",
    source: Document | None = None,
    by: User,
) -> RolePeriod:
    """Records that an organization plays a part from a day on or, where that is not known, since when in words."""
    organization = locked(organization)
    if role == Role.SIGNATORY:
        raise CoalitionError(_("Nobody is made a signatory; record the signature instead."), field="role")
    if role not in HeldRole.values:
        raise CoalitionError(_("“{role}” is not a role.").format(role=role), field="role")
    if since is None and not since_text.strip():
        raise CoalitionError(_("Give the day the role began, or say in words when that was."), field="since")
    not_ahead(since, since_text, field="since")
    existed(organization, since, since_text, field="since")
    period = RolePeriod(organization=organization, role=role, since=since, since_text=since_text.strip(), source=source)
    stamp(period, by=by)
    period.save(force_insert=True)
    return period


@transaction.atomic
def end_role(*, period: RolePeriod, until: date, by: User) -> RolePeriod:
    """Records the last day of a role."""
    period = RolePeriod.objects.select_for_update(of=("self",)).get(pk=period.pk)
    if lies_before((until, ""), (period.since, period.since_text)):
        sentence = _("A role cannot end before it began: {when}.")
        raise CoalitionError(sentence.format(when=said(period.since, period.since_text)), field="until")
    period.until = until
    complete(period)
    period.save(update_fields=["until"])
    return period


@transaction.atomic
def take_back_role(*, period: RolePeriod, by: User) -> RolePeriod:
    """Takes a role out that was recorded by mistake. One that was held is ended, and stays.

    Raises CoalitionError when something rests on it that is recorded: a grant, or a word on a promise it binds to.
    """
    period = RolePeriod.objects.select_for_update(of=("self",)).select_related("organization").get(pk=period.pk)
    organization, role = period.organization, Role(period.role)
    own = [binds.value for binds, bound in BOUND.items() if bound is role]
    rests = organization.assessments.filter(commitment__binds__in=own).exists()
    rests = rests or (role is Role.PHILANTHROPIC and organization.grants.exists())
    if rests and not organization.role_periods.filter(role=role.value).exclude(pk=period.pk).exists():
        sentence = _("Grants or assessments of {organization} rest on this role; end it instead.")
        raise CoalitionError(sentence.format(organization=organization))
    period.delete()
    return period


@transaction.atomic
def name_contact(
    *,
    organization: Organization,
    name: str,
    email: str,
    position: str = "",
    phone: str = "",
    note: str = "",
    since: date | None = None,
    by: User,
) -> Contact:
    """Records whom an organization named to keep in touch (commitment 6). Nothing of it is ever public."""
    organization = locked(organization)
    if Contact.objects.current().filter(organization=organization, email__iexact=email.strip()).exists():
        sentence = _("This address is that of a contact of {organization} already.")
        raise CoalitionError(sentence.format(organization=organization), field="email")
    contact = Contact(
        organization=organization,
        name=name.strip(),
        email=email.strip(),
        position=position.strip(),
        phone=phone.strip(),
        note=note.strip(),
        since=since or timezone.localdate(),
    )
    stamp(contact, by=by)
    contact.save(force_insert=True)
    return contact


@transaction.atomic
def end_contact(*, contact: Contact, until: date, by: User) -> Contact:
    """Records a contact's last day. Its account is switched off once that day is over."""
    contact = Contact.objects.select_for_update(of=("self",)).get(pk=contact.pk)
    if until < contact.since:
        sentence = _("The contact was named on {day}; the last day cannot lie before.")
        raise CoalitionError(sentence.format(day=said(contact.since)), field="until")
    contact.until = until
    complete(contact)
    contact.save(update_fields=["until"])
    switch_off_ended()
    return contact


def switch_off_ended() -> int:
    """Switches off the accounts of contacts whose last day is over, and says how many. The staff's own stay on."""
    over = Contact.objects.filter(until__lt=timezone.localdate())
    return User.objects.filter(contact__in=over, is_active=True, is_staff=False).update(is_active=False)


@transaction.atomic
def invite(*, contact: Contact, by: User) -> User:
    """The contact's account, made or woken: known by its e-mail address, without a password, and never of the staff.

    An account left behind by a contact whose last day is over goes with the address: a person who comes back, or
    moves on to another member, is one account and sees one organization.
    """
    contact = Contact.objects.select_for_update(of=("self",)).select_related("user").get(pk=contact.pk)
    if not Contact.objects.current().filter(pk=contact.pk).exists():
        sentence = _("{name} is no contact today; change the first or last day first.")
        raise CoalitionError(sentence.format(name=contact.name), field="contact")
    address = contact.email.lower()
    others = User.objects.filter(Q(username__iexact=address) | Q(email__iexact=address)).exclude(
        pk=contact.user_id or 0
    )
    user = contact.user
    for other in others:
        if user is not None or not _left_behind(other):
            raise CoalitionError(_("This address belongs to another account already."), field="email")
        Contact.objects.filter(user=other).update(user=None)
        other.set_unusable_password()  # whoever used it before is out: an open session ends with its password
        user = other
    if user is None:
        user = User(is_staff=False)
        user.set_unusable_password()
    user.username = user.email = address
    user.is_active = True
    complete(user)
    user.save()
    contact.user = user
    contact.save(update_fields=["user"])
    return user


def _left_behind(user: User) -> bool:
    """Whether an account belonged to a contact, and that contact's last day is over."""
    belonged = Contact.objects.filter(user=user)
    return not user.is_staff and belonged.exists() and not belonged.exclude(until__lt=timezone.localdate()).exists()


@transaction.atomic
def set_logo(*, organization: Organization, name: str, data: bytes, by: User) -> None:
    """Draws the picture anew and shows it as the organization's logo from the next edition on."""
    locked(organization)
    organization.logo = files.store_logo(name=name, data=data, by=by)
    organization.save(update_fields=["logo"])


@transaction.atomic
def remove_logo(*, organization: Organization, by: User) -> None:
    """Takes the logo away from the next edition on; the picture stays for the editions that showed it."""
    locked(organization)
    if organization.logo is None:
        raise CoalitionError(_("{organization} has no logo.").format(organization=organization))
    organization.logo = None
    organization.save(update_fields=["logo"])
