"""What the pages of a release say: of its steps, of what was done, and of whose turn it is."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics import publishing
from metrics.models import Release

State = Release.State

#: How a moment to the minute is written: Wednesday, March 3, 2027, 6:00 a.m. EST.
MINUTE = "l, F j, Y, g:i a T"

#: What the clock does with a release that cannot be published at its minute.
FALL_BACK = "fall back"

#: What is done with a release → how its history says it.
DONE: dict[str, Any] = {
    "prepare": gettext_lazy("prepared it"),
    "describe": gettext_lazy("changed its sentences"),
    "regather": gettext_lazy("took the figures anew"),
    "submit": gettext_lazy("handed it in for review"),
    "amend": gettext_lazy("took it back to a draft"),
    "approve": gettext_lazy("approved it"),
    "schedule": gettext_lazy("scheduled it"),
    "unschedule": gettext_lazy("took its time away"),
    "publish": gettext_lazy("published it"),
    "withdraw": gettext_lazy("withdrew it"),
    "restore": gettext_lazy("showed again what was shown before"),
    FALL_BACK: gettext_lazy("tried to publish it at its time, and it could not be"),
}

#: The same → what its button says.
BUTTONS: dict[str, Any] = {
    "submit": gettext_lazy("Hand it in for review"),
    "approve": gettext_lazy("Approve"),
    "publish": gettext_lazy("Publish now"),
    "schedule": gettext_lazy("Schedule for later"),
    "unschedule": gettext_lazy("Take the time away"),
    "describe": gettext_lazy("Change the sentences"),
    "regather": gettext_lazy("Take the figures that stand now"),
    "amend": gettext_lazy("Back to a draft"),
    "withdraw": gettext_lazy("Withdraw"),
}


def in_minutes(moment: datetime) -> str:
    """A moment in Hartford, with its weekday and its zone."""
    return format_date(timezone.localtime(moment), MINUTE)


def meaning(verb: str, release: Release) -> list[str]:
    """Above the form of a verb: plainly what happens when it is done."""
    if verb == "withdraw":
        return list(_withdrawing(release))
    return {
        "describe": [
            _("Everybody reads these sentences in the list of updates."),
            _("Saving them takes the figures that stand now as well, because the reason is said beside each of them."),
        ],
        "amend": [
            _("It becomes a draft again and can be changed. Then it has to be handed in and approved anew."),
            _("A time that was set for it is forgotten. Nothing public changes."),
        ],
        "schedule": [
            _("At this time everybody sees it, without anybody pressing a button."),
            _("Until then a publisher can set another time or take it away."),
        ],
    }[verb]


def _withdrawing(release: Release) -> Iterator[str]:
    if release.state != State.PUBLISHED:
        yield _("This release ends here. Nothing public changes, and another one can be prepared.")
        yield _("The figures stay recorded: the next release would take them in again.")
        return
    before = Release.objects.published().exclude(pk=release.pk).first()
    if before is None:
        yield _("There was no release before it: the public board will be empty.")
    else:
        yield _("Everybody sees at once what %(before)s showed, as a release with a new number.") % {"before": before}
    yield _("Who opens %(release)s reads that it was withdrawn, and the reason you give here.") % {"release": release}
    yield _("The figures stay recorded: correct them before the next release, or it shows them again.")
    if Release.objects.open().exists():
        yield _("The release on its way becomes a draft again, to be compared with the new board.")


def name_of(release: Release) -> str:
    """What a release is called in a list: one that was withdrawn on its way never got a number."""
    never_public = release.number is None and release.state == State.WITHDRAWN
    return _("Withdrawn before it was public") if never_public else str(release)


def done(verb: str, release: Release) -> str:
    """What the page says when a step was taken."""
    sentences = {
        "prepare": _("The draft is made. Look at what it would change, then hand it in for review."),
        "describe": _("The sentences are saved, and the figures are those that stand now."),
        "regather": _("The figures are those that stand now."),
        "submit": _("It is handed in: its figures stand still, and a colleague can approve it."),
        "amend": _("It is a draft again. Your colleagues read why."),
        "approve": _("It is approved. Nothing is public yet."),
        "unschedule": _("Its time is taken away; it stays approved."),
        "publish": _("%(release)s is public.") % {"release": release},
        "withdraw": _("%(release)s is withdrawn.") % {"release": release},
    }
    if verb == "schedule" and release.publish_at is not None:
        return _("It becomes public on %(when)s.") % {"when": in_minutes(release.publish_at)}
    return sentences[verb]


def standing(release: Release) -> str:
    """Where it stands, in a sentence for everybody."""
    sentences = {
        State.DRAFT: _("This is a draft. Its figures can still change; nobody outside sees it."),
        State.IN_REVIEW: _("It waits to be approved. Its figures stand still; nobody outside sees it."),
        State.APPROVED: _("It is approved and waits to be published. Nobody outside sees it."),
    }
    if release.publish_at is not None:
        return _("It becomes public by itself on %(when)s.") % {"when": in_minutes(release.publish_at)}
    return sentences[State(release.state)]


def whose_turn(by: User, release: Release) -> str:
    """Who takes the next step when `by` may not; empty when `by` may."""
    verb = {State.DRAFT: "submit", State.IN_REVIEW: "approve", State.APPROVED: "publish", State.SCHEDULED: "schedule"}
    if publishing.may(by, verb[State(release.state)], release):
        return ""
    if release.state == State.IN_REVIEW and by.has_perms(publishing.STEPS["approve"].permissions):
        return _("A colleague has to approve it: %(why)s.") % {"why": _hand(by, release)}
    return {
        State.DRAFT: _("Somebody who enters figures, or a publisher, hands it in for review."),
        State.IN_REVIEW: _("A publisher who had no hand in it has to approve it."),
        State.APPROVED: _("A publisher makes it public, at once or at a time they set."),
        State.SCHEDULED: _("A publisher can set another time or take it away."),
    }[State(release.state)]


def _hand(by: User, release: Release) -> str:
    if by.pk == release.prepared_by_id:
        return _("you prepared it")
    return _("you handed it in") if by.pk == release.submitted_by_id else _("figures of it came in through you")


def says_so(by: User, release: Release) -> str:
    """What an office of one person is told before it approves its own work."""
    alone = settings.ONE_PERSON_OFFICE and release.state == State.IN_REVIEW
    if alone and publishing.may(by, "approve", release) and publishing.has_hand_in(release, by):
        return _("You had a hand in it. The release will say that one person prepared and approved it.")
    return ""
