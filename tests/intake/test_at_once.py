"""Several people in one moment: each thing is done once, and the others are told."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User

from metrics.intake import actions, by_hand
from metrics.models import Batch, Observation, PublishedCell, Release, ReleaseAct, SourceFile
from metrics.publishing import PublishingError, publish
from tests import releases
from tests.at_once import at_once

LINE = "graduation-4yr,0640011,black,2025,80.1,331,413,final,edsight-graduation-4yr,\n"
DATA = ("indicator,place,group,period,value,numerator,denominator,status,source,note\n" + LINE).encode()


pytestmark = pytest.mark.django_db


@pytest.fixture
def _django_db_helper(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """In place of the transaction that pytest-django wraps a test in: other threads must see what is written.

    What the tests leave is taken away by hand, so that the board is as it was.
    """
    with django_db_blocker.unblock():
        yield
        PublishedCell.objects.filter(first_release__gt=1).delete()
        ReleaseAct.objects.exclude(release__number=1).delete()
        Release.objects.exclude(number=1).delete()
        Observation.objects.filter(supersedes__source_file__name="at once.csv").delete()
        Observation.objects.filter(source_file__sha256__isnull=False, source_file__name="at once.csv").delete()
        Batch.objects.filter(source_file__name="at once.csv").delete()
        SourceFile.objects.filter(name="at once.csv").delete()
        User.objects.filter(username__in=["at-once", "approver", "preparer"]).delete()


class TestAtOnce:
    def test_the_same_file_sent_eight_times_at_once_makes_one_batch(self):
        clerk = User.objects.create_user("at-once")
        got = at_once(*[lambda: actions.receive(name="at once.csv", data=DATA, by=clerk)] * 8)
        assert [type(one) for one in got] == [actions.Received] * 8
        assert sum(not one.known for one in got) == 1
        assert Batch.objects.filter(source_file__name="at once.csv").count() == 1

    def test_a_batch_accepted_eight_times_at_once_makes_one_set_of_figures(self):
        clerk = User.objects.create_user("at-once")
        batch = actions.receive(name="at once.csv", data=DATA, by=clerk).batch
        got = at_once(*[lambda: actions.accept(batch=batch, by=clerk)] * 8)
        assert got.count(1) == 1
        assert all(isinstance(one, actions.IntakeError) for one in got if one != 1)
        assert Observation.objects.filter(source_file__name="at once.csv").count() == 1

    def test_one_figure_entered_by_hand_eight_times_at_once_is_recorded_once(self):
        clerk = User.objects.create_user("at-once")
        actions.accept(batch=actions.receive(name="at once.csv", data=DATA, by=clerk).batch, by=clerk)
        seen = Observation.objects.get(source_file__name="at once.csv")
        cells = dict(zip(DATA.decode().splitlines()[0].split(","), LINE.strip().split(","), strict=True))

        def correct() -> Observation:
            return by_hand.enter(cells={**cells, "note": "Corrected."}, by=clerk, reason="Late.", seen=seen.pk)

        got = at_once(*[correct] * 8)
        assert sum(isinstance(one, Observation) for one in got) == 1, got
        assert sum(isinstance(one, actions.IntakeError) for one in got) == 7, got

    def test_twenty_people_who_publish_at_once_make_one_release(self):
        clerk = User.objects.create_user("at-once")
        actions.accept(batch=actions.receive(name="at once.csv", data=DATA, by=clerk).batch, by=clerk)

        release = releases.approved("One more group.")
        publisher = release.approved_by

        def press() -> str:
            publish(release=release, by=publisher)
            return "published"

        got = at_once(*[press] * 20)
        assert got.count("published") == 1, got
        assert all(isinstance(one, PublishingError) for one in got if one != "published"), got
        assert Release.objects.published().count() == 2
