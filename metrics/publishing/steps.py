"""The life of a release: who may take it from which state to which, and what each step leaves behind.

draft → in review → approved → scheduled → published; withdrawn from anywhere, and back to a draft until it is public.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import ParamSpec, TypeVar

from django.conf import settings
from django.contrib.auth.models import User
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics.models import Release, ReleaseAct

from .problems import Busy, NotAllowed, PublishingError

log = logging.getLogger(__name__)

State = Release.State
P = ParamSpec("P")
T = TypeVar("T")

PREPARE, APPROVE, PUBLISH = "metrics.prepare_release", "metrics.approve_release", "metrics.publish_release"


@dataclass(frozen=True, slots=True)
class Step:
    """One verb: from which states it leads to which, and any of which permissions it takes."""

    before: tuple[State, ...]
    after: State
    permissions: tuple[str, ...]


STEPS = {
    "regather": Step((State.DRAFT,), State.DRAFT, (PREPARE,)),
    "describe": Step((State.DRAFT,), State.DRAFT, (PREPARE,)),
    "submit": Step((State.DRAFT,), State.IN_REVIEW, (PREPARE,)),
    # Whoever works on a release may stop it: that leaves the public board as it is.
    "amend": Step((State.IN_REVIEW, State.APPROVED, State.SCHEDULED), State.DRAFT, (PREPARE, APPROVE, PUBLISH)),
    "approve": Step((State.IN_REVIEW,), State.APPROVED, (APPROVE,)),
    "schedule": Step((State.APPROVED, State.SCHEDULED), State.SCHEDULED, (PUBLISH,)),
    "unschedule": Step((State.SCHEDULED,), State.APPROVED, (PUBLISH,)),
    "publish": Step((State.APPROVED,), State.PUBLISHED, (PUBLISH,)),
    "withdraw": Step((*Release.OPEN, State.PUBLISHED), State.WITHDRAWN, (PUBLISH,)),
}


def may(by: User, verb: str, release: Release) -> bool:
    """Whether `by` could take this step now; that what was gathered passes its checklist is asked with the step."""
    step = STEPS[verb]
    if release.state not in step.before or not _is_permitted(by, step):
        return False
    if verb == "withdraw" and release.state == State.PUBLISHED:
        return is_newest(release) and not came_of_a_withdrawal(release)
    return verb != "approve" or settings.ONE_PERSON_OFFICE or not has_hand_in(release, by)


def is_newest(release: Release) -> bool:
    """Whether no other number was given after that of this public release."""
    return not Release.objects.filter(number__gt=release.number or 0).exists()


def came_of_a_withdrawal(release: Release) -> bool:
    """Whether it was made to show again what a withdrawn release had replaced."""
    return release.amends is not None and release.amends.state == State.WITHDRAWN


def _is_permitted(by: User, step: Step) -> bool:
    return any(by.has_perm(permission) for permission in step.permissions)


def has_hand_in(release: Release, by: User) -> bool:
    """Whether `by` prepared the release, handed it in, or brought in one of its figures."""
    if by.pk in (release.prepared_by_id, release.submitted_by_id):
        return True
    brought = Q(observation__recorded_by=by) | Q(observation__source_file__received_by=by)
    return release.coming.filter(brought, is_gone=False).exists()


def in_one_act(verb: Callable[P, T]) -> Callable[P, T]:
    """All of it or nothing; when others write for so long that the database is not to be had, that is said."""

    @wraps(verb)
    def act(*args: P.args, **kwargs: P.kwargs) -> T:
        try:
            with transaction.atomic():
                return verb(*args, **kwargs)
        except (IntegrityError, OperationalError) as problem:
            log.warning("A step of a release was not taken: %s", problem)  # whoever took it reads a sentence instead
            raise Busy(_("Somebody else is publishing at this moment; look again in a minute.")) from None

    return act


@contextmanager
def step(release: Release, verb: str, by: User, comment: str = "") -> Iterator[Release]:
    """Locks the release, checks state and person, lets the verb do its part, saves, and writes down who did what."""
    taken = STEPS[verb]
    if not _is_permitted(by, taken):
        raise NotAllowed(_("Your account may not do this; ask a colleague who may."))
    locked = Release.objects.select_for_update().get(pk=release.pk)
    if locked.state not in taken.before:
        sentence = _("{release} is {state}; this step is not possible any more.")
        raise PublishingError(sentence.format(release=locked, state=locked.get_state_display()))
    before = locked.state
    yield locked
    locked.state = taken.after
    locked.save()
    write_down(locked, verb, by, before, comment)


def write_down(release: Release, verb: str, by: User, before: str, comment: str = "") -> None:
    ReleaseAct.objects.create(
        release=release, verb=verb, before=before, after=release.state, by=by, at=timezone.now(), comment=comment
    )
