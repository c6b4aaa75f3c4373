"""Where a team's target stands: the same engine as the goals', on figures worked by hand."""

from datetime import UTC, datetime
from decimal import Decimal as D

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext

from metrics.calc.cells import Known, NotReported
from metrics.calc.standing import Change, Verdict
from metrics.intake.by_hand import enter
from metrics.models import Indicator, Release, Source
from metrics.published import CONNECTICUT, HARTFORD, Measure, Target, measures
from tests import releases

pytestmark = pytest.mark.django_db

SOURCE = "edsight-graduation-4yr"
#: From 24 percent of graduates who meant to go in 2021 down to 12 by 2028.
MELT = Target("melt", HARTFORD, "all-students", D("24.0000"), 2021, D("12.0000"), 2028)
ABSENCE = Target("chronic-absence", HARTFORD, "all-students", D(26), 2012, D(20), 2019)


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("publisher")


def define(slug: str, *, unit: str = "percent", higher_is_better: bool | None) -> None:
    Indicator.objects.create(
        slug=slug, name=slug.title(), unit=unit, decimals=1, higher_is_better=higher_is_better,
        numerator="Who was not enrolled in the fall.", denominator="Graduates who meant to enroll.",
        year_axis="class", source=Source.objects.get(slug=SOURCE),
    )  # fmt: skip


def show(by: User, indicator: str, figures: dict[int, tuple[object, ...]], *, group: str = "all-students") -> None:
    """Publishes `figures` (year → value, numerator, denominator) in the year 2026."""
    for year, (value, *counts) in figures.items():
        numerator, denominator = (str(count) for count in (counts or ("", "")))
        enter(
            cells={
                "indicator": indicator, "place": HARTFORD, "group": group, "period": str(year), "value": str(value),
                "numerator": numerator, "denominator": denominator, "status": "final", "source": SOURCE,
            },
            by=by,
        )  # fmt: skip
    releases.published("Figures of a team.")
    Release.objects.update(published_at=datetime(2026, 6, 1, tzinfo=UTC))


def one(target: Target) -> Measure:
    (found,) = measures([target])
    assert found is not None
    return found


@pytest.fixture
def melt(staff: User) -> Measure:
    define("melt", higher_is_better=False)
    show(staff, "melt", {2021: ("24.0", 120, 500), 2023: ("21.0", 84, 400), 2025: ("17.0", 51, 300)})
    return one(MELT)


class TestLessIsBetter:
    def test_the_verdict_compares_the_pace_with_the_straight_path(self, melt):
        # 7 of 12 points in 4 of 7 years: (7 ÷ 4) ÷ (12 ÷ 7) = 49/48.
        assert melt.standing.verdict is Verdict.ON_TRACK
        assert melt.standing.pace == D(49) / D(48)
        assert melt.standing.journey == D(7) / D(12)
        assert (melt.standing.short, melt.standing.since_start) == (D(5), D(7))
        assert melt.standing.needed_per_year == D(5) / D(3)

    def test_the_path_of_2025_asks_for_17_14(self, melt):
        row = next(row for row in melt.rows if row.year == 2025)
        # 24 − 12 × 4 ÷ 7
        assert round(row.required, 2) == D("17.14")
        assert round(row.difference, 2) == D("-0.14")
        assert round(melt.standing.behind_path, 2) == D("-0.14"), "below the path is ahead of it"

    def test_young_people_left_are_those_between_the_figure_and_the_target(self, melt):
        assert melt.standing.people_left == 15  # 5 of 100, of 300

    def test_a_change_is_tested_on_the_counts(self, melt):
        assert melt.standing.change is Change.TESTED
        # 120 of 500 and 51 of 300: p = 171/800, √(p(1 − p)(1/500 + 1/300)) = 0.029939, −0.07 ÷ that
        assert melt.standing.z == pytest.approx(-2.338, abs=0.001)

    def test_every_year_has_its_row_the_unreported_ones_included(self, melt):
        assert [row.year for row in melt.rows] == list(range(2021, 2029))
        assert [row.year for row in melt.rows if isinstance(row.cell, Known)] == [2021, 2023, 2025]
        assert {type(row.state) for row in melt.rows} == {NotReported}

    def test_the_start_and_the_target_are_printed_without_the_zeros_of_the_database(self, melt):
        assert (str(melt.standing.promise.baseline_value), str(melt.standing.promise.target_value)) == ("24", "12")
        assert ("short", "x − T", "17.0 − 12") in {
            (line.key, line.formula, line.numbers) for line in melt.standing.card
        }

    def test_going_up_is_moving_away(self, staff):
        define("melt", higher_is_better=False)
        show(staff, "melt", {2021: ("24.0", 120, 500), 2025: ("31.0", 155, 500)})
        assert one(MELT).standing.verdict is Verdict.MOVING_AWAY

    def test_a_small_change_may_be_chance(self, staff):
        define("melt", higher_is_better=False)
        show(staff, "melt", {2021: ("24.0", 24, 100), 2025: ("17.0", 17, 100)})
        assert one(MELT).standing.verdict is Verdict.NO_DETECTABLE_CHANGE

    def test_at_the_target_it_is_met(self, staff):
        define("melt", higher_is_better=False)
        show(staff, "melt", {2025: ("12.0",)})
        assert one(MELT).standing.verdict is Verdict.MET

    def test_a_target_year_that_is_over_decides(self):
        # Chronic absence of Hartford as published: 26.0 in 2012, 25.4 in 2019; the target was 20.
        missed = one(ABSENCE)
        assert (missed.standing.verdict, missed.standing.short) == (Verdict.MISSED, D("5.4"))
        assert missed.standing.journey == D("0.1")


class TestWhatIsNotThere:
    def test_a_target_nobody_has_measured_yet_has_a_measure_without_figures(self, staff):
        define("melt", higher_is_better=False)
        enter(
            cells={
                "indicator": "graduation-4yr", "place": HARTFORD, "group": "black", "period": "2025", "value": "80.1",
                "status": "final", "source": SOURCE,
            },
            by=staff,
        )  # fmt: skip
        releases.published("Another figure; the definition becomes public with it.")
        found = one(MELT)
        assert (found.standing.verdict, found.rows, found.series.points) == (Verdict.NO_DATA, (), ())

    def test_what_the_release_does_not_define_has_no_measure(self):
        unknown = [
            Target("not-published-yet", HARTFORD, "all-students", D(24), 2021, D(12), 2028),
            Target("chronic-absence", "program-x", "all-students", D(24), 2021, D(12), 2028),
            Target("chronic-absence", HARTFORD, "left-handed", D(24), 2021, D(12), 2028),
        ]
        assert measures(unknown) == (None, None, None)

    def test_a_definition_that_waits_for_the_next_release_is_not_known(self):
        define("melt", higher_is_better=False)
        assert measures([MELT]) == (None,)

    def test_a_target_on_the_wrong_side_of_its_start_is_never_called_met(self):
        wrong = Target("chronic-absence", HARTFORD, "all-students", D(20), 2012, D(26), 2019)
        nowhere = Target("chronic-absence", HARTFORD, "all-students", D(26), 2012, D(26), 2019)
        assert measures([wrong, nowhere]) == (None, None)

    @pytest.mark.usefixtures("empty_board")
    def test_before_the_first_release_nothing_stands_anywhere(self):
        assert measures([MELT, ABSENCE]) == (None, None)

    def test_nothing_asked_is_nothing_answered(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert measures([]) == ()


class TestOtherUnits:
    def test_counts_beside_dollars_are_no_share_of_anybody(self, staff):
        define("cost", unit="dollars", higher_is_better=False)
        show(staff, "cost", {2021: ("2400", 120, 500), 2025: ("1700", 51, 300)})
        found = one(Target("cost", HARTFORD, "all-students", D(2400), 2021, D(1200), 2028))
        assert found.standing.verdict is Verdict.ON_TRACK
        assert (found.standing.people_left, found.standing.interval, found.standing.z) == (None, None, None)
        assert found.standing.change is Change.RULE_OF_THUMB

    def test_where_neither_way_is_better_the_target_says_which_one_is_meant(self):
        # Hartford's spending per pupil as published, from one figure toward a lower one.
        found = one(Target("spending-per-pupil", HARTFORD, "all-students", D(19000), 2010, D(15000), 2030))
        assert not found.standing.promise.higher_is_better


class TestManyAtOnce:
    def test_two_queries_for_one_target_or_fifty(self):
        one(ABSENCE)
        for targets in ([ABSENCE], [ABSENCE, MELT] * 25):
            with CaptureQueriesContext(connection) as queries:
                assert len(measures(targets)) == len(targets)
            assert len(queries) == 2

    def test_they_come_in_the_order_they_were_asked_for_each_with_its_own_figures(self):
        state = Target("chronic-absence", CONNECTICUT, "all-students", D(12), 2012, D(8), 2019)
        found = measures([state, MELT, ABSENCE, state])
        assert [one and (one.place.code, one.standing.promise.baseline_value) for one in found] == [
            (CONNECTICUT, D(12)),
            None,
            (HARTFORD, D(26)),
            (CONNECTICUT, D(12)),
        ]
        assert found[0].series.points != found[2].series.points

    def test_a_figure_of_one_group_is_not_taken_for_another(self, staff):
        define("melt", higher_is_better=False)
        show(staff, "melt", {2025: ("9.0",)}, group="black")
        black = Target("melt", HARTFORD, "black", D(24), 2021, D(12), 2028)
        everybody, found = measures([MELT, black])
        assert (everybody.standing.verdict, found.standing.verdict) == (Verdict.NO_DATA, Verdict.MET)
