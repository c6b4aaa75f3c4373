"""How far a release has come, and what may be done with it next."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from django.contrib.auth.models import User
from django.urls import reverse
from django.utils.translation import gettext as _

from metrics import publishing
from metrics.models import Release

from . import words
from .forms import ASKED

State = Release.State

#: The buttons of the decision, the one that leads on first; what changes a draft stands where it is read.
DECISIONS = ("submit", "approve", "publish", "schedule", "unschedule", "amend", "withdraw")
#: Those that take a release to the public, step by step.
ONWARD = {"submit", "approve", "publish"}
#: Those that stop it on its way.
GRAVE = {"withdraw"}
#: Steps that errors on the checklist forbid.
CHECKED = {"submit", "approve"}


class Place(StrEnum):
    """Where a step stands, seen from where the release is."""

    DONE = "done"
    NOW = "now"
    LATER = "later"
    LEFT_OUT = "left-out"


@dataclass(frozen=True, slots=True)
class Step:
    """One of the five steps: who took it and when, if somebody did."""

    words: str
    place: Place
    who: User | None
    when: datetime | None


def steps(release: Release) -> list[Step]:
    """The five steps of a release. The accounts have to be read along with it."""
    taken = (
        (State.DRAFT, _("Draft"), release.prepared_by, release.prepared_at),
        (State.IN_REVIEW, _("In review"), release.submitted_by, release.submitted_at),
        (State.APPROVED, _("Approved"), release.approved_by, release.approved_at),
        (State.SCHEDULED, _("Scheduled"), release.scheduled_by, release.scheduled_at),
        (State.PUBLISHED, _("Public"), release.published_by, release.published_at),
    )
    return [Step(name, _place(release, state, when), who, when) for state, name, who, when in taken]


def _place(release: Release, state: str, when: datetime | None) -> Place:
    if state == release.state:
        return Place.NOW
    if when is not None:
        return Place.DONE
    is_over = release.state in (State.PUBLISHED, State.WITHDRAWN)
    return Place.LEFT_OUT if is_over else Place.LATER


@dataclass(frozen=True, slots=True)
class Button:
    """One thing to do. `asks`: it leads to a form of its own; otherwise it is the whole form."""

    verb: str
    words: Any
    url: str
    asks: bool
    leads_on: bool
    is_grave: bool


def buttons(by: User, release: Release, *, is_ready: bool) -> list[Button]:
    """What `by` may decide now. `is_ready`: the release changes something, and no error stands in its way."""
    return list(_buttons(by, release, is_ready=is_ready))


def _buttons(by: User, release: Release, *, is_ready: bool) -> Iterator[Button]:
    for verb in DECISIONS:
        if publishing.may(by, verb, release) and (is_ready or verb not in CHECKED):
            yield button(verb, release)


def button(verb: str, release: Release) -> Button:
    said = words.BUTTONS[verb]
    if verb == "schedule" and release.state == State.SCHEDULED:
        said = _("Change the time")
    if verb == "withdraw":
        url = reverse("admin:metrics_release_withdraw", args=[release.pk])
    else:
        url = reverse("admin:metrics_release_act", args=[verb])
    return Button(verb, said, url, verb in ASKED, verb in ONWARD, verb in GRAVE)
