"""The rarer ways into and out of the public: the first release, one at its minute, and one that is taken back."""

import logging
from datetime import datetime

from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from metrics.models import Release

from . import showing
from .problems import Busy, PublishingError
from .steps import came_of_a_withdrawal, in_one_act, is_newest, step, write_down
from .verbs import SUMMARY_LENGTH, draft_of, forget_decisions, make_public, must_pass

State = Release.State
log = logging.getLogger(__name__)


@in_one_act
def withdraw(*, release: Release, by: User, reason: str) -> Release:
    """Ends a release on its way; of a public one, the newest, shows again what it replaced, as a release of its own.

    reason    public where the release was

    Raises PublishingError without a reason, and when the release is not the newest, or itself came of a withdrawal.
    """
    reason = reason.strip()
    if not reason or len(reason) > SUMMARY_LENGTH:
        raise PublishingError(_("Say why in one sentence of at most {most} letters.").format(most=SUMMARY_LENGTH))
    with step(release, "withdraw", by, reason) as withdrawn:
        if withdrawn.state == State.PUBLISHED:
            _restore(withdrawn, by, reason)
        withdrawn.coming.all().delete()
        withdrawn.withdrawn_by, withdrawn.withdrawn_at, withdrawn.withdrawn_reason = by, timezone.now(), reason
    return withdrawn


def _restore(release: Release, by: User, reason: str) -> None:
    """What `release` replaced is shown again; a release in preparation has to be looked at anew."""
    if not is_newest(release):
        raise PublishingError(_("Only the newest release can be withdrawn; correct an older one with a new release."))
    if came_of_a_withdrawal(release):
        raise PublishingError(_("This release came of a withdrawal; correct it with a new one."))
    now = timezone.now()
    restored = Release(summary=_was_withdrawn(release, "en"), summary_es=_was_withdrawn(release, "es"), reason=reason)
    restored.amends, restored.state, restored.approved_alone = release, State.PUBLISHED, True
    restored.prepared_by = restored.submitted_by = restored.approved_by = restored.published_by = by
    restored.prepared_at = restored.submitted_at = restored.approved_at = restored.published_at = now
    showing.take_back(release, restored, reason=reason)
    restored.save(force_insert=True)
    write_down(restored, "restore", by, "", reason)
    for waiting in Release.objects.select_for_update().filter(state__in=Release.FROZEN):
        before, waiting.state = waiting.state, State.DRAFT
        forget_decisions(waiting)
        waiting.save()
        write_down(waiting, "amend", by, before, restored.summary)


def _was_withdrawn(release: Release, language: str) -> str:
    """What the public reads of it, in its language and not in that of whoever withdrew it."""
    with translation.override(language):
        return _("Release {number} was withdrawn.").format(number=release.number)


@in_one_act
def first_release(*, by: User, summary: str, summary_es: str = "") -> Release:
    """Sets a new board up: its figures, as they came with it, become public in one act, by one account, which it says.

    Raises PublishingError on a board that has published before.
    """
    if Release.objects.exclude(number=None).exists():
        raise PublishingError(_("This board has published before; prepare a release and have a colleague approve it."))
    release = draft_of(by, summary, summary_es, "")
    must_pass(release)
    now = timezone.now()
    release.submitted_by = release.approved_by = by
    release.submitted_at = release.approved_at = now
    release.approved_alone, release.state = True, State.PUBLISHED
    make_public(release, by)
    release.save()
    write_down(release, "publish", by, State.DRAFT)
    return release


def publish_due(*, now: datetime | None = None) -> Release | None:
    """Publishes the release whose minute has come; None when there is none. Asked by a clock, again and again.

    One that cannot be published falls back to approved, and its history says why, so that somebody looks at it.
    """
    now = now or timezone.now()
    waiting = Release.objects.filter(state=State.SCHEDULED, publish_at__lte=now).select_related("scheduled_by").first()
    if waiting is None or waiting.scheduled_by is None:
        return None
    by = waiting.scheduled_by
    try:
        return _publish_scheduled(waiting, by, now)
    except Busy:
        return None  # it is tried again at the next look
    except PublishingError as problem:
        log.error("The scheduled release was not published: %s", problem)
        _fall_back(waiting, by, now, str(problem))
        return None


@in_one_act
def _publish_scheduled(release: Release, by: User, now: datetime) -> Release | None:
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if not _is_due(locked, now):
        return None  # another process was quicker, or somebody stopped it
    make_public(locked, by)
    locked.state = State.PUBLISHED
    locked.save()
    write_down(locked, "publish", by, State.SCHEDULED)
    return locked


@transaction.atomic
def _fall_back(release: Release, by: User, now: datetime, sentence: str) -> None:
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if _is_due(locked, now):
        locked.scheduled_by = locked.scheduled_at = locked.publish_at = None
        locked.state = State.APPROVED
        locked.save()
        write_down(locked, "fall back", by, State.SCHEDULED, sentence[:SUMMARY_LENGTH])


def _is_due(release: Release, now: datetime) -> bool:
    return release.state == State.SCHEDULED and release.publish_at is not None and release.publish_at <= now
