"""What people do with a release on its way to the public. Every verb is one act, with the person and the moment."""

from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics.models import Release

from . import checklist, showing
from .gathering import difference, gather
from .problems import NotAllowed, NothingToPublish, PublishingError
from .steps import PREPARE, has_hand_in, in_one_act, step, write_down

#: Letters of a release's public sentence and of a reason, at most.
SUMMARY_LENGTH = 400


@in_one_act
def prepare(
    *, by: User, summary: str, summary_es: str = "", reason: str = "", amends: Release | None = None
) -> Release:
    """A draft of the next release with the figures that stand. `summary` is the public sentence in the list of updates.

    reason    public, for changed figures that give none of their own
    amends    the public release that this one corrects

    Raises NotAllowed, and PublishingError when the summary is missing or too long, or a release is on its way.
    """
    if not by.has_perm(PREPARE):
        raise NotAllowed(_("Your account may not do this; ask a colleague who may."))
    return draft_of(by, summary, summary_es, reason, amends)


def draft_of(by: User, summary: str, summary_es: str, reason: str, amends: Release | None = None) -> Release:
    if Release.objects.open().exists():
        raise PublishingError(_("There is a release on its way already; finish it or withdraw it first."))
    if amends is not None and amends.state != Release.State.PUBLISHED:
        raise PublishingError(_("Only a public release is corrected by another one."))
    draft = Release(prepared_by=by, prepared_at=timezone.now(), amends=amends)
    _describe(draft, summary, summary_es, reason)
    draft.save(force_insert=True)
    gather(draft)
    write_down(draft, "prepare", by, "")
    return draft


def _describe(draft: Release, summary: str, summary_es: str, reason: str) -> None:
    """Raises PublishingError when one of the sentences is missing or too long."""
    if not summary.strip():
        raise PublishingError(_("Say in one sentence what this release changes; it is shown in the list of updates."))
    if max(len(summary), len(summary_es), len(reason)) > SUMMARY_LENGTH:
        raise PublishingError(_("The sentence is longer than {most} letters.").format(most=SUMMARY_LENGTH))
    draft.summary, draft.summary_es, draft.reason = summary.strip(), summary_es.strip(), reason.strip()


@in_one_act
def describe(*, release: Release, by: User, summary: str, summary_es: str = "", reason: str = "") -> Release:
    """Changes the public sentences of a draft, and takes its figures down anew, which carry the reason."""
    with step(release, "describe", by) as draft:
        _describe(draft, summary, summary_es, reason)
        draft.save()
        gather(draft)
    return draft


@in_one_act
def regather(*, release: Release, by: User) -> Release:
    """Takes the figures that stand now into a draft, in place of those that stood before."""
    with step(release, "regather", by) as draft:
        gather(draft)
    return draft


@in_one_act
def submit(*, release: Release, by: User) -> Release:
    """Hands a draft in for review: from here on its figures stand still, whatever is recorded meanwhile.

    Raises PublishingError when something on its checklist forbids it, NothingToPublish when it changes nothing.
    """
    with step(release, "submit", by) as handed_in:
        if not difference(handed_in):
            raise NothingToPublish(_("What stands is what is public already; there is nothing to publish."))
        must_pass(handed_in)
        handed_in.submitted_by, handed_in.submitted_at = by, timezone.now()
    return handed_in


@in_one_act
def amend(*, release: Release, by: User, comment: str) -> Release:
    """Makes a draft of it again, to be changed. `comment` tells the colleagues why; it is not public."""
    if not comment.strip():
        raise PublishingError(_("Say why it goes back; your colleagues read it."))
    with step(release, "amend", by, comment.strip()) as reopened:
        forget_decisions(reopened)
    return reopened


def forget_decisions(release: Release) -> None:
    release.submitted_by = release.submitted_at = release.approved_by = release.approved_at = None
    release.scheduled_by = release.scheduled_at = release.publish_at = None
    release.approved_alone = False


@in_one_act
def approve(*, release: Release, by: User) -> Release:
    """A second person agrees that this may become public.

    Raises NotAllowed when `by` had a hand in it (in an office of one person the release says so instead),
    PublishingError when something on its checklist forbids it.
    """
    with step(release, "approve", by) as approved:
        alone = has_hand_in(approved, by)
        if alone and not settings.ONE_PERSON_OFFICE:
            raise NotAllowed(_("You had a hand in this release; a colleague has to approve it."))
        must_pass(approved)
        approved.approved_by, approved.approved_at, approved.approved_alone = by, timezone.now(), alone
    return approved


def must_pass(release: Release) -> None:
    errors = checklist.errors(release)
    if errors:
        raise PublishingError(_("Something has to be settled first: {first}").format(first=errors[0].sentence))


@in_one_act
def schedule(*, release: Release, by: User, at: datetime) -> Release:
    """Sets the minute at which the release becomes public by itself. `at` is aware; its seconds are left out.

    Raises PublishingError when the minute has passed.
    """
    minute = at.replace(second=0, microsecond=0)
    if minute <= timezone.now():
        raise PublishingError(_("This minute has passed; choose a later one."))
    with step(release, "schedule", by) as scheduled:
        scheduled.scheduled_by, scheduled.scheduled_at, scheduled.publish_at = by, timezone.now(), minute
    return scheduled


@in_one_act
def unschedule(*, release: Release, by: User) -> Release:
    """Takes the minute away; the release stays approved."""
    with step(release, "unschedule", by) as approved:
        approved.scheduled_by = approved.scheduled_at = approved.publish_at = None
    return approved


@in_one_act
def publish(*, release: Release, by: User) -> Release:
    """Shows an approved release to the public, in one act: all of it or none.

    Raises NothingToPublish when nothing would change; PublishingError when the public board is another one by now,
    or something could be worked out that is withheld.
    """
    with step(release, "publish", by) as public:
        make_public(public, by)
    return public


def make_public(release: Release, by: User) -> None:
    checklist.must_tell_nothing(release)
    showing.show(release)
    release.published_by, release.published_at = by, timezone.now()
