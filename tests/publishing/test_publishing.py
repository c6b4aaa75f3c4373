"""What becomes public, when, and what stays behind."""

import hashlib
import json
from datetime import datetime
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, transaction

from metrics import published, publishing
from metrics.intake.by_hand import enter
from metrics.models import (
    DefinitionSet,
    Goal,
    GoalStatement,
    Group,
    Indicator,
    Observation,
    Place,
    PublishedCell,
    Release,
)
from metrics.publishing import NothingToPublish, PublishingError, freeze
from tests import releases

pytestmark = pytest.mark.django_db

CLASS_OF_2024 = {"indicator": "graduation-4yr", "place": "0640011", "group": "all-students", "period": 2024}


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("publisher")


def correct(by: User, value: str = "78.7", reason: str = "The state revised the class of 2024.") -> Observation:
    cells = {**CLASS_OF_2024, "period": "2024", "value": value, "status": "final", "source": "edsight-graduation-4yr"}
    return enter(cells=cells, by=by, reason=reason)


def release(by: User, summary: str = "A correction.") -> Release:
    return releases.published(summary)


def prepare(summary: str) -> Release:
    return publishing.prepare(by=releases.of_role("data entry"), summary=summary)


def graduation_2024() -> published.Point:
    series = published.board().goals[0].series
    return next(point for point in series.points if point.year == 2024)


class TestThePublicSeesWhatWasPublishedAndNothingElse:
    def test_a_figure_is_not_public_before_it_is_published(self, staff):
        correct(staff)
        assert str(graduation_2024().value) == "78.6"
        release(staff)
        assert str(graduation_2024().value) == "78.7"

    def test_a_definition_changed_by_staff_is_not_public_before_the_next_release(self, staff):
        Indicator.objects.filter(slug="graduation-4yr").update(name="ZZ-EMBARGO")
        assert published.board().goals[0].series.indicator.name != "ZZ-EMBARGO"
        release(staff)
        assert published.board().goals[0].series.indicator.name == "ZZ-EMBARGO"

    def test_a_draft_shows_nothing(self, staff):
        correct(staff)
        prepare("Later.")
        assert str(graduation_2024().value) == "78.6"
        assert published.board().release.number == 1

    def test_a_cell_without_a_value_holds_no_number_at_all(self):
        hidden = PublishedCell.objects.filter(value__isnull=True)
        assert hidden.count() > 100
        assert not hidden.exclude(numerator=None, denominator=None).exists()
        kept = Observation.objects.filter(value__isnull=True).exclude(denominator=None)
        assert kept.exists(), "the source's group sizes are kept inside, where nobody outside can see them"


class TestARelease:
    def test_it_writes_only_what_changed(self, staff):
        before = PublishedCell.objects.count()
        correct(staff)
        made = release(staff)
        assert PublishedCell.objects.count() == before + 1
        old, new = PublishedCell.objects.filter(**CLASS_OF_2024).order_by("first_release")
        assert (old.first_release, old.last_release) == (1, made.number - 1)
        assert (new.first_release, new.last_release, new.reason) == (2, None, "The state revised the class of 2024.")

    def test_every_earlier_board_can_still_be_read(self, staff):
        correct(staff)
        release(staff)
        shown = [PublishedCell.objects.shown_in(n).get(**CLASS_OF_2024) for n in (1, 2)]
        assert [str(cell.value) for cell in shown] == ["78.6000", "78.7000"]
        assert PublishedCell.objects.shown_in(1).count() == PublishedCell.objects.shown_in(2).count()

    def test_a_correction_is_listed_with_both_figures_and_its_reason(self, staff):
        correct(staff)
        release(staff)
        (revision,) = published.goal_page("graduation").revisions
        assert (str(revision.old.value), str(revision.new.value), revision.year) == ("78.6", "78.7", 2024)
        assert revision.new.reason == "The state revised the class of 2024."
        assert graduation_2024().revised

    def test_nothing_new_is_no_release(self, staff):
        made = prepare("Nothing.")
        with pytest.raises(NothingToPublish):
            publishing.submit(release=made, by=made.prepared_by)

    def test_a_second_draft_is_refused(self, staff):
        prepare("One.")
        with pytest.raises(PublishingError, match="a release on its way already"):
            prepare("Two.")

    def test_it_needs_a_public_sentence(self, staff):
        with pytest.raises(PublishingError, match="one sentence"):
            prepare("  ")

    def test_it_is_published_once(self, staff):
        correct(staff)
        made = release(staff)
        with pytest.raises(PublishingError, match="Release 2 is published; this step is not possible any more"):
            publishing.publish(release=made, by=made.published_by)

    def test_the_database_refuses_a_published_release_without_who_and_when(self, staff):
        made = prepare("One.")
        with pytest.raises(IntegrityError), transaction.atomic():
            Release.objects.filter(pk=made.pk).update(state=Release.State.PUBLISHED)

    def test_comparing_changes_nothing(self, staff):
        correct(staff)
        difference = publishing.difference(prepare("Later."))
        assert difference == publishing.Difference(new=0, replaced=1, gone=0, new_definitions=False)
        assert published.board().release.number == 1


class TestFrozenDefinitions:
    def test_the_same_definitions_give_the_same_text(self):
        assert freeze() == freeze()

    def test_releases_that_change_no_definition_share_one_row(self, staff):
        correct(staff)
        release(staff)
        assert DefinitionSet.objects.count() == 1

    def test_the_hash_is_over_the_bytes_stored(self):
        stored = DefinitionSet.objects.get()
        assert hashlib.sha256(stored.body.encode()).hexdigest() == stored.sha256

    def test_what_was_frozen_is_read_back_whole(self):
        rows = json.loads(freeze())
        found = published.board().definitions
        kinds = [row["model"] for row in rows]
        assert kinds.count("metrics.indicator") == len(found.indicators) == Indicator.objects.count()
        assert kinds.count("metrics.place") == len(found.places)
        assert [goal.slug for goal in found.goals] == ["graduation", "enrollment", "completion"]
        assert all(len(goal.statements) == 2 for goal in found.goals)

    def test_a_release_from_before_a_field_existed_can_still_be_read(self):
        old = DefinitionSet.objects.get()
        rows = json.loads(old.body)
        for row in rows:
            row["fields"].pop("baseline_year_is_reading", None)
            row["fields"].pop("companion", None)
        DefinitionSet.objects.update(body=json.dumps(rows))
        goals = published.board().definitions.goals
        assert [goal.companion for goal in goals] == [None, None, None]
        assert not goals[1].current.baseline_year_is_reading


def test_the_content_hash_is_that_of_the_board_and_changes_with_it(staff):
    original = Release.objects.get(number=1).content_sha256
    correct(staff)
    assert release(staff).content_sha256 != original


class TestDefinitionsThatThePagesCannotDoWithout:
    """Nothing is published that would leave a public page without what it is about."""

    def refused(self, staff, sentence):
        before = published.board()
        with pytest.raises(PublishingError, match=sentence):
            release(staff)
        assert published.board() == before

    def test_a_goal_without_a_current_statement(self, staff):
        GoalStatement.objects.filter(goal__slug="graduation").update(is_current=False)
        self.refused(staff, "needs exactly one statement that progress is measured from")

    def test_a_new_goal_without_statements(self, staff):
        Goal.objects.create(slug="attendance", name="Attendance")
        self.refused(staff, "The goal “Attendance” needs exactly one statement")

    @pytest.mark.parametrize("code", ["0640011", "00000CT", "00000CT-0640011"])
    def test_a_place_the_pages_are_about(self, staff, code):
        Place.objects.filter(code=code).update(code="elsewhere")
        self.refused(staff, f"cannot do without the place {code}")

    def test_the_group_of_all_students(self, staff):
        Group.objects.filter(slug="all-students").update(slug="everybody")
        self.refused(staff, "cannot do without the group all-students")


def test_a_figure_corrected_before_anybody_saw_it_is_not_called_revised(staff, empty_board):
    correct(staff, value="78.5", reason="")
    correct(staff, value="78.6", reason="A slip of the pen.")
    release(staff)
    assert not graduation_2024().revised
    assert published.goal_page("graduation").revisions == ()


@pytest.mark.parametrize(("instant", "verdict"), [("2026-01-01T04:59", "on_track"), ("2026-01-01T05:01", "due")])
def test_the_year_ends_in_hartford_and_not_in_greenwich(instant, verdict):
    """Midnight in Hartford is five in the morning, universal time."""
    moment = datetime.fromisoformat(f"{instant}:00+00:00")
    Release.objects.update(published_at=moment)
    PublishedCell.objects.filter(indicator="completion-6yr-nsc", period=2019).update(value=Decimal(49))
    assert published.board().goals[2].standing.verdict == verdict


def test_before_the_first_release_the_door_is_empty_and_open(empty_board):
    board = published.board()
    assert (board.release, board.goals, board.updates) == (None, (), ())
    assert published.goal_page("graduation") is None


class TestQueries:
    def test_the_board_takes_two_queries_however_many_releases_there_were(self, staff, django_assert_num_queries):
        for number in range(12):
            correct(staff, value=f"78.{number % 9}", reason=f"Revision {number}.")
            release(staff)
        with django_assert_num_queries(2):  # 1: latest releases with definitions; 2: cells of the goals' indicators
            published.board()

    def test_a_goals_page_takes_two_queries_and_one_for_the_dates_of_its_corrections(
        self, staff, django_assert_num_queries
    ):
        with django_assert_num_queries(2):  # release with definitions; cells past and present
            published.goal_page("graduation")
        for number in range(3):
            correct(staff, value=f"78.{number}", reason=f"Revision {number}.")
            release(staff)
        with django_assert_num_queries(3):
            published.goal_page("graduation")
