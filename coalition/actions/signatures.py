"""Who signed a version of the Compact, who took the signature back, and which version is the current one."""

from datetime import date

from django.contrib.auth.models import User
from django.db import transaction
from django.utils.translation import gettext as _

from coalition.models import CompactVersion, Document, Organization, Signature
from coalition.rules.ledger import lies_before

from .checking import existed, locked, not_ahead, said
from .errors import CoalitionError
from .recording import stamp


@transaction.atomic
def sign(
    *,
    organization: Organization,
    version: CompactVersion,
    on: date | None = None,
    text: str = "",
    office: str = "",
    source: Document | None = None,
    by: User,
) -> Signature:
    """Records that an organization signed: `on` a day or, where that is not known, when in words (`text`).

    Raises CoalitionError when the version is still being written, it has signed it already, or the day cannot be.
    """
    organization = locked(organization)
    if not CompactVersion.objects.open().filter(pk=version.pk).exists():
        sentence = _("Version {number} is still being written; it can be signed once it is the current one.")
        raise CoalitionError(sentence.format(number=version.number), field="version")
    before = _last_word(organization, version)
    if before is not None and before.kind == Signature.Kind.SIGNED:
        sentence = _("{organization} has signed version {number} already.")
        raise CoalitionError(sentence.format(organization=organization, number=version.number), field="organization")
    existed(organization, on, text, field="on")
    if lies_before((on, text), (version.since, version.since_text)):
        sentence = _("Version {number} could not be signed before {when}.")
        when = said(version.since, version.since_text)
        raise CoalitionError(sentence.format(number=version.number, when=when), field="on")
    event = Signature(kind=Signature.Kind.SIGNED, office=office.strip(), source=source)
    return _record(event, organization, version, before, on=on, text=text, by=by)


@transaction.atomic
def withdraw(
    *,
    organization: Organization,
    version: CompactVersion,
    on: date | None = None,
    text: str = "",
    reason: str = "",
    by: User,
) -> Signature:
    """Records that an organization took its signature back; that it had signed stays on record."""
    organization = locked(organization)
    before = _last_word(organization, version)
    if before is None or before.kind == Signature.Kind.WITHDRAWN:
        sentence = _("{organization} has no signature under version {number} that it could withdraw.")
        raise CoalitionError(sentence.format(organization=organization, number=version.number), field="organization")
    existed(organization, on, text, field="on")
    event = Signature(kind=Signature.Kind.WITHDRAWN, reason=reason.strip())
    return _record(event, organization, version, before, on=on, text=text, by=by)


@transaction.atomic
def make_current(*, version: CompactVersion, by: User) -> None:
    """Makes this the version that is signed from now on; the other one steps back in the same act."""
    versions = {one.pk: one for one in CompactVersion.objects.select_for_update(of=("self",))}
    if versions[version.pk].is_current:
        raise CoalitionError(_("Version {number} is the current one already.").format(number=version.number))
    if not version.commitments.exists():
        sentence = _("Version {number} has no commitments yet; write down first what its signers promise.")
        raise CoalitionError(sentence.format(number=version.number))
    CompactVersion.objects.filter(is_current=True).update(is_current=False)
    version.is_current = True
    version.save(update_fields=["is_current"])


def _last_word(organization: Organization, version: CompactVersion) -> Signature | None:
    return Signature.objects.latest_word().filter(organization=organization, version=version).first()


def _record(
    event: Signature,
    organization: Organization,
    version: CompactVersion,
    before: Signature | None,
    *,
    on: date | None,
    text: str,
    by: User,
) -> Signature:
    """Puts the event at the end of its chain, once its day can be true."""
    not_ahead(on, text, field="on")
    if on is None and not text.strip():
        raise CoalitionError(_("Give the day, or say in words when that was."), field="on")
    if before is not None and lies_before((on, text), (before.happened_on, before.happened_text)):
        template = (
            _("It signed: {when}. What comes after cannot lie before that.")
            if before.kind == Signature.Kind.SIGNED
            else _("It withdrew: {when}. What comes after cannot lie before that.")
        )
        when = said(before.happened_on, before.happened_text)
        raise CoalitionError(template.format(when=when), field="on")
    event.organization, event.version, event.follows = organization, version, before
    event.happened_on, event.happened_text = on, text.strip()
    stamp(event, by=by)
    event.save(force_insert=True)
    return event
