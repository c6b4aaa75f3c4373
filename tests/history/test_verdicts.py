"""The verdict time machine: what the board said, and what it would have said."""

from datetime import UTC, date, datetime

import pytest

from metrics import published, publishing
from metrics.calc.verdicts import Verdict
from metrics.models import GoalStatement, Indicator, Release
from tests import releases
from tests.history.boards import corrected

pytestmark = pytest.mark.django_db


def dated(number: int, year: int, month: int, day: int, hour: int = 17) -> None:
    Release.objects.filter(number=number).update(published_at=datetime(year, month, day, hour, tzinfo=UTC))


def verdicts(said: tuple[published.Said, ...]) -> dict[str, Verdict | None]:
    return {one.goal.slug: one.standing.verdict if one.standing else None for one in said}


class TestFacts:
    def test_each_release_said_what_its_own_page_says(self):
        corrected("95.2", year="2025")
        then, today = published.past().releases
        assert verdicts(then.goals)["graduation"] is Verdict.MISSED
        assert verdicts(today.goals)["graduation"] is Verdict.MET
        assert [one.standing for one in today.goals] == [goal.standing for goal in published.board().goals]
        old = published.board(published.as_of(1)).goals
        assert [one.standing for one in then.goals] == [goal.standing for goal in old]

    def test_a_goal_that_was_stated_otherwise_is_judged_as_it_was_stated_then(self):
        GoalStatement.objects.filter(goal__slug="graduation").update(target_value=85)
        releases.published()
        then, today = published.past().releases
        assert verdicts(then.goals)["graduation"] is Verdict.MISSED
        assert verdicts(today.goals)["graduation"] is Verdict.MET

    def test_a_day_belongs_to_the_release_that_was_the_board_at_its_end_in_hartford(self):
        corrected()
        dated(1, 2026, 11, 2)
        dated(2, 2026, 12, 1, 4)  # November 30, 11 p.m. in Hartford
        past = published.past()
        days = (date(2026, 11, 1), date(2026, 11, 2), date(2026, 11, 29), date(2026, 11, 30), date(2030, 1, 1))
        assert [found.number if (found := past.on(day)) else None for day in days] == [None, 1, 1, 2, 2]

    def test_what_was_taken_back_is_not_said_again(self):
        release = corrected("95.2", year="2025")
        publishing.withdraw(release=release, by=release.approved_by, reason="Not the class of 2025.")
        first, withdrawn, again = published.past().releases
        assert (withdrawn.taken_back, withdrawn.goals) == ("Not the class of 2025.", ())
        assert verdicts(again.goals) == verdicts(first.goals)

    def test_before_the_first_release_there_is_nothing(self, empty_board):
        past = published.past()
        assert (past.releases, past.on(date(2026, 1, 1)), past.before(date(2026, 1, 1))) == ((), None, ())


class TestReconstruction:
    @pytest.fixture(autouse=True)
    def graduation_is_out_after_eleven_months_and_of_the_others_nobody_knows(self) -> None:
        known = Indicator.objects.filter(lag_months__isnull=False)
        assert list(known.values_list("slug", "lag_months")) == [("graduation-4yr", 11)]

    @pytest.mark.parametrize(
        ("day", "verdict"),
        [
            (date(2010, 1, 1), Verdict.NO_DATA),
            (date(2015, 5, 30), Verdict.BASELINE_ONLY),  # the class of 2014, the start itself
            (date(2026, 1, 1), Verdict.DUE),  # 2025 is over; the class of 2024 is the last one out
            (date(2026, 5, 30), Verdict.MISSED),  # the class of 2025: 85.3 of 95
        ],
    )
    def test_it_takes_the_figures_that_were_usually_out(self, day, verdict):
        assert verdicts(published.past().before(day))["graduation"] is verdict

    def test_it_does_not_guess(self):
        said = verdicts(published.past().before(date(2020, 1, 1)))
        assert (said["enrollment"], said["completion"]) == (None, None)


@pytest.mark.parametrize("more", [0, 12])
def test_three_queries_tell_the_whole_past(more, django_assert_num_queries):
    for number in range(more):
        corrected(f"78.{number % 9 + 1}" if number % 2 else "79.0")
    with django_assert_num_queries(3):  # the releases; what they defined; the goals' own figures
        assert len(published.past().releases) == more + 1
