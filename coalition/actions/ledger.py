"""What people do with the ledger: say a word on a promise, let the organization answer, make it public."""

from collections.abc import Iterable
from datetime import date, timedelta

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from coalition.models import Assessment, Commitment, Contact, Organization, Reply, State, StoredFile
from coalition.promises import Promise
from coalition.rules import ledger
from coalition.rules.ledger import Evidence, Stage

from . import derived
from .admissible import check_address, check_binding, check_still_binding, check_words, check_year
from .errors import CoalitionError

#: Days an organization has to reply, the day it is sent not counted: three weeks, so that one vacation fits in.
REPLY_DAYS = 21


def stage(assessment: Assessment, *, on: date) -> Stage:
    """Where an assessment is on the day `on`. One query, or none when its replies were prefetched."""
    return ledger.stage(
        sent=assessment.sent_at is not None,
        reply_until=assessment.reply_until,
        replied=bool(assessment.replies.all()),
        released=assessment.released_at is not None,
        on=on,
    )


def assess(
    *,
    organization: Organization,
    commitment: Commitment,
    year: int,
    state: str,
    evidence: str = "",
    evidence_url: str = "",
    evidence_file: StoredFile | None = None,
    reason: str = "",
    seen: int | None = None,
    by: User,
) -> Assessment:
    """Says a word on one promise and year, as a draft; what was said before is replaced and stays in the history.

    `seen` is the key of the assessment that the person looked at and means to replace. Raises CoalitionError when
    the commitment does not bind the organization in that year, follows from data, or lies ahead; when a word that
    says something was done shows nothing for it; when a word is replaced without a reason, by the same one, or
    while somebody else replaces it.
    """
    evidence, evidence_url, reason = evidence.strip(), evidence_url.strip(), reason.strip()
    check_year(year)
    check_binding(Promise(organization, commitment), year)
    if commitment.evidence != Evidence.JUDGEMENT:
        sentence = _("Commitment {number} follows from {what}; nobody’s opinion is asked.")
        what = commitment.get_evidence_display()
        raise CoalitionError(sentence.format(number=commitment.number, what=what), field="commitment")
    if state not in State.values:
        raise CoalitionError(_("Choose one of the five words."), field="state")
    check_words("evidence", evidence)
    check_words("reason", reason)
    check_address(evidence_url)
    if state in ledger.NEEDS_EVIDENCE and not (evidence or evidence_url or evidence_file):
        sentence = _("“{state}” needs evidence: a sentence, an address or a file.")
        raise CoalitionError(sentence.format(state=State(state).label), field="evidence")
    word = Assessment(
        organization=organization,
        commitment=commitment,
        year=year,
        state=state,
        evidence=evidence,
        evidence_url=evidence_url,
        evidence_file=evidence_file,
        reason=reason,
    )
    with transaction.atomic():
        return _say(word, _said(organization, commitment, year), seen, by)


@transaction.atomic
def derive(*, year: int, by: User) -> list[Assessment]:
    """Says, as drafts, what follows from contacts, shared data and meetings, only where it differs from what is said.

    Raises CoalitionError when the year lies ahead or somebody else is doing the same.
    """
    check_year(year)
    today = timezone.localdate()
    said = {(one.organization_id, one.commitment_id): one for one in Assessment.objects.current().filter(year=year)}
    made = []
    for word in derived.words(year=year, today=today):
        before = said.get((word.organization_id, word.commitment_id))
        if before is None or _content(before) != _content(word):
            made.append(_say(word, before, None, by))
    return made


def _said(organization: Organization, commitment: Commitment, year: int) -> Assessment | None:
    promise = Assessment.objects.current().filter(organization=organization, commitment=commitment, year=year)
    return promise.select_for_update(of=("self",)).first()


def _say(word: Assessment, before: Assessment | None, seen: int | None, by: User) -> Assessment:
    """Writes a word after the one that stands, so that each promise and year has one chain."""
    if seen is not None and (before is None or before.pk != seen):
        raise _meanwhile()
    if before is None:
        word.reason = ""
    elif not word.reason:
        raise CoalitionError(
            _("Something is said of this promise already: say why it changes. The reason is shown to the public."),
            field="reason",
        )
    elif _content(word) == _content(before):
        raise CoalitionError(_("This is exactly what is said already; nothing was changed."))
    word.supersedes, word.assessed_by, word.assessed_at = before, by, timezone.now()
    try:
        with transaction.atomic():
            word.save(force_insert=True)
    except IntegrityError:
        raise _meanwhile() from None
    return word


def _content(word: Assessment) -> tuple[object, ...]:
    return word.state, word.evidence, word.evidence_url, word.evidence_file_id


def _meanwhile() -> CoalitionError:
    return CoalitionError(_("Somebody else said something of this promise meanwhile; look at it and try again."))


@transaction.atomic
def discard(*, assessment: Assessment) -> None:
    """Takes back a draft that nobody but the staff has seen; what it was to replace stands again.

    Raises CoalitionError when the organization has seen it: from then on it is history.
    """
    (assessment,) = _locked([assessment])
    if assessment.sent_at is not None:
        sentence = _("{assessment} was sent to the organization; say something else of it instead.")
        raise CoalitionError(sentence.format(assessment=assessment))
    assessment.delete()


@transaction.atomic
def send(*, assessments: Iterable[Assessment], by: User, days: int = REPLY_DAYS, told: str = "") -> int:
    """Lets each organization see what is said of it; it may reply for `days` days. All or none; says how many.

    `told` says how those were told of whom nobody can sign in; to reply they name a contact. Raises CoalitionError
    when one is not a draft any more, or nobody can sign in for its organization and `told` is empty, or it does not
    bind its organization any more.
    """
    if days < 1:
        raise CoalitionError(_("Give the organization one day at least to reply."), field="days")
    today, told = timezone.localdate(), told.strip()
    found = _locked(assessments)
    check_still_binding(found)
    reached = reachable()
    silent = sorted({str(one.organization) for one in found if one.organization_id not in reached})
    if silent and not told:
        sentence = _("Nobody can sign in for {organizations}: name a contact and invite it, or say how it was told.")
        raise CoalitionError(sentence.format(organizations=get_text_list(silent, _("and"))), field="told")
    for one in found:
        if one.sent_at is not None:
            raise CoalitionError(_("{assessment} was sent before; nothing was done.").format(assessment=one))
        one.sent_by, one.sent_at, one.reply_until = by, timezone.now(), today + timedelta(days=days)
        one.told = "" if one.organization_id in reached else told
    return Assessment.objects.bulk_update(found, ["sent_by", "sent_at", "reply_until", "told"])


def reachable() -> set[int]:
    """The organizations for which somebody can sign in today. One query."""
    return set(Contact.objects.current().filter(user__is_active=True).values_list("organization", flat=True))


@transaction.atomic
def reply(*, assessment: Assessment, text: str, by: User) -> Reply:
    """What the organization says to an assessment, word for word. It may say it anew until the word is public.

    Raises CoalitionError when `by` is no current contact of the organization, the assessment was not sent to it, is
    public or was replaced, or the text is empty or too long.
    """
    text = text.strip()
    (assessment,) = _locked([assessment])
    if not Contact.objects.current().filter(organization=assessment.organization_id, user=by).exists():
        sentence = _("Only a contact of {organization} can reply.")
        raise CoalitionError(sentence.format(organization=assessment.organization))
    now = stage(assessment, on=timezone.localdate())
    if now == Stage.DRAFT:
        raise CoalitionError(_("This assessment has not been sent to the organization."))
    if now == Stage.PUBLIC:
        raise CoalitionError(_("This assessment is public; ask the coalition’s staff if it is wrong."))
    if not text:
        raise CoalitionError(_("Write what you want to say."), field="text")
    check_words("text", text)
    return Reply.objects.create(assessment=assessment, text=text, written_by=by, written_at=timezone.now())


@transaction.atomic
def release(*, assessments: Iterable[Assessment], by: User) -> int:
    """Lets assessments become public with the next edition: all or none; says how many.

    Raises CoalitionError when one of them is not ready (its organization has not replied and may still), or does not
    bind its organization any more.
    """
    today = timezone.localdate()
    found = _locked(assessments)
    check_still_binding(found)
    for one in found:
        now = stage(one, on=today)
        if now != Stage.READY:
            raise CoalitionError(_not_ready(one, now))
        one.released_by, one.released_at = by, timezone.now()
    return Assessment.objects.bulk_update(found, ["released_by", "released_at"])


def _not_ready(one: Assessment, now: Stage) -> str:
    if now == Stage.DRAFT:
        return _("{assessment}: the organization has not seen it; send it first.").format(assessment=one)
    if now == Stage.PUBLIC:
        return _("{assessment} was released before; nothing was done.").format(assessment=one)
    sentence = _("{assessment}: the organization may reply until {day}.")
    return sentence.format(assessment=one, day=date_format(one.reply_until or timezone.localdate()))


def _locked(assessments: Iterable[Assessment]) -> list[Assessment]:
    """The rows as they are now, held until the end. Raises CoalitionError when one was replaced meanwhile."""
    keys = {one.pk for one in assessments}
    rows = Assessment.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = list(rows.select_related("organization__merged_into", "commitment__version").prefetch_related("replies"))
    replaced = set(Assessment.objects.filter(supersedes__in=keys).values_list("supersedes", flat=True))
    for one in found:
        if one.pk in replaced:
            raise CoalitionError(_("{assessment} was replaced by a newer one; take that.").format(assessment=one))
    return found
