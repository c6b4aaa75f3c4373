"""Publishing while others read and while others press the same button: one act, seen whole or not at all."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.utils import timezone

from metrics import published, publishing
from metrics.intake.by_hand import enter
from metrics.models import ComingCell, Observation, PublishedCell, Release, ReleaseAct
from metrics.publishing import PublishingError
from metrics.publishing.clock import tick
from tests import releases
from tests.at_once import at_once

pytestmark = pytest.mark.django_db

#: The two figures that every release of this file changes together.
PLACES = ("0640011", "00000CT")
#: Releases that are made while others read.
ROUNDS = 12


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction around a test: other threads must see what is written. Taken away by hand."""
    with django_db_blocker.unblock():
        yield
        ComingCell.objects.all().delete()
        PublishedCell.objects.filter(first_release__gt=1).delete()
        PublishedCell.objects.update(last_release=None)
        ReleaseAct.objects.exclude(release__number=1).delete()
        Release.objects.exclude(number=1).delete()
        while (later := Observation.objects.current().filter(recorded_by__username="at-once")).exists():
            later.delete()
        User.objects.filter(username__in=["at-once", "approver", "preparer"]).delete()


def correct(value: str) -> None:
    """Hartford and Connecticut get the same figure for 2024."""
    by = User.objects.get_or_create(username="at-once")[0]
    for place in PLACES:
        cells = {
            "indicator": "graduation-4yr", "place": place, "group": "all-students", "period": "2024",
            "value": value, "status": "final", "source": "edsight-graduation-4yr",
        }  # fmt: skip
        enter(cells=cells, by=by, reason=f"Now {value}.")


def test_a_reader_never_sees_half_a_release():
    correct("70.0")
    releases.published()
    done: list[bool] = []
    seen: set[tuple[int, str, str]] = set()

    def read() -> None:
        while not done:
            board = published.board()
            reading = board.goals[0]
            pair = [str(series.at(2024).value) for series in (reading.comparison.hartford, reading.comparison.state)]
            seen.add((board.release.number, *pair))

    def publish() -> None:
        try:
            for number in range(1, ROUNDS):
                correct(f"70.{number}" if number < 10 else f"71.{number - 10}")
                releases.published(f"Round {number}.")
        finally:
            done.append(True)

    got = at_once(read, read, publish)
    assert got == [None, None, None]
    halves = [one for one in seen if one[1] != one[2]]
    assert halves == []
    assert len({number for number, *_pair in seen}) > 2, "the readers were there while it happened"
    assert len(seen) == len({number for number, *_pair in seen}), "one release said two things"


def test_twenty_clocks_in_one_moment_publish_a_scheduled_release_once():
    correct("70.0")
    release = releases.approved()
    publishing.schedule(release=release, by=release.approved_by, at=timezone.now() + timedelta(minutes=5))
    Release.objects.filter(pk=release.pk).update(publish_at=timezone.now() - timedelta(seconds=1))
    assert at_once(*[tick] * 20) == [None] * 20
    release.refresh_from_db()
    assert (release.state, release.number) == ("published", 2)
    assert [act.verb for act in release.acts.all()] == ["prepare", "submit", "approve", "schedule", "publish"]


def test_twenty_presses_of_every_button_take_every_step_once():
    correct("70.0")
    preparer, publisher = releases.of_role("data entry", "preparer"), releases.of_role("publisher", "approver")
    for person in (preparer, publisher):
        person.has_perm("metrics.prepare_release")

    def press(verb: Any, **more: Any) -> list[Any]:
        return at_once(*[lambda: verb(**more)] * 20)

    steps: list[tuple[Any, User]] = [
        (publishing.submit, preparer),
        (publishing.approve, publisher),
        (publishing.publish, publisher),
    ]
    got = press(publishing.prepare, by=preparer, summary="A correction.")
    (release,) = [one for one in got if isinstance(one, Release)]
    assert all(isinstance(one, PublishingError) for one in got if one != release), got
    for verb, by in steps:
        got = press(verb, release=release, by=by)
        assert sum(isinstance(one, Release) for one in got) == 1, got
        assert sum(isinstance(one, PublishingError) for one in got) == 19, got
    assert [act.verb for act in ReleaseAct.objects.filter(release=release)] == [
        "prepare", "submit", "approve", "publish",
    ]  # fmt: skip
