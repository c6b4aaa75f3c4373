"""Where a goal stands, worked by hand for every verdict."""

from dataclasses import replace
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calc.cells import Known, NotReported, Status, Withheld
from metrics.calc.standing import Change, Promise, Verdict, standing

GRADUATION = Promise("graduation-4yr", D("71.5"), 2014, D(95), 2025)
ENROLLMENT = Promise("enrolled-year1-nsc", D(61), 2015, D(70), 2025)
COMPLETION = Promise("completion-6yr-nsc", D(24), 2016, D(50), 2025)
MELT = Promise("summer-melt", D(24), 2021, D(12), 2028, higher_is_better=False)


def series(**values: str | None) -> dict:
    """Cells from y2014="71.5"; a star is a withheld figure, None one that was not reported."""
    made = {"*": Withheld(), None: NotReported()}
    return {int(year[1:]): made[value] if value in made else Known(D(value)) for year, value in values.items()}


def judge(promise: Promise, cells: dict, as_of: int = 2026):
    return standing(promise, promise.indicator, cells, as_of)


class TestTheThreeGoalsOnTheRealFigures:
    """FACTS 3a and 3b, judged in November 2026."""

    def test_graduation_is_missed_by_9_7_points_with_59_percent_of_the_way_made(self):
        cells = {2014: Known(D("71.5"), 980, 1370), 2025: Known(D("85.3"), 1019, 1194)}
        found = judge(GRADUATION, cells)
        assert found.verdict is Verdict.MISSED
        assert (found.short, found.since_start) == (D("9.7"), D("13.8"))
        assert round(found.journey, 4) == D("0.5872")  # 13.8 of 23.5
        assert found.people_left == 116  # 9.7 % of 1,194 is 115.8; part of a person is one more
        assert found.change is Change.TESTED
        assert found.z == pytest.approx(8.416, abs=0.001)
        # p = .85343, n = 1194: centre (.85343 + .0016087) ÷ 1.0032174 = .85230, half width .0200 ÷ 1.0032
        assert found.interval == pytest.approx((83.23, 87.23), abs=0.02)

    def test_enrollment_is_due_and_stood_3_7_points_behind_its_path(self):
        found = judge(ENROLLMENT, series(y2014="59", y2015="61", y2016="66", y2017="66", y2018="60", y2019=None))
        assert found.verdict is Verdict.DUE
        assert (found.reading.year, found.reading.value, found.short) == (2018, D(60), D(10))
        assert found.behind_path == D("3.7")  # 61 + 9 × 3/10 = 63.7
        assert found.since_start == D(-1)
        assert found.people_left is None  # the source prints no counts

    def test_completion_is_due_with_25_percent_as_its_last_reading(self):
        found = judge(COMPLETION, series(y2014="24", y2015="27", y2016="24", y2017="22", y2018="24", y2019="25"))
        assert found.verdict is Verdict.DUE
        assert (found.reading.year, found.short) == (2019, D(25))
        assert round(found.behind_path, 3) == D("7.667")  # 24 + 26 × 3/9 = 32.667
        assert round(found.journey, 4) == D("0.0385")  # 1 of 26


class TestTheComparabilityGate:
    def test_50_to_56_across_two_definitions_is_refused(self):
        """The coalition's own trap: 50 at launch and 56 in the clearinghouse's table would have read "on track"."""
        launch = Promise("enrollment-launch", D(50), 2015, D(70), 2025)
        found = standing(launch, "enrolled-fall-nsc", series(y2019="56"), 2020)
        assert found.verdict is Verdict.NOT_COMPARABLE
        assert found.short is found.pace is found.journey is None

    def test_within_one_definition_the_same_numbers_are_judged(self):
        launch = Promise("enrolled-fall-nsc", D(50), 2016, D(70), 2025)
        assert standing(launch, "enrolled-fall-nsc", series(y2019="56"), 2020).verdict is Verdict.BEHIND

    def test_a_start_without_a_year_cannot_be_judged(self):
        assert judge(replace(ENROLLMENT, baseline_year=None), series(y2018="60")).verdict is Verdict.NOT_COMPARABLE


class TestEvidence:
    def test_nothing_at_all_is_no_data(self):
        assert judge(GRADUATION, {}, 2020).verdict is Verdict.NO_DATA

    def test_figures_from_before_the_start_are_no_evidence(self):
        assert judge(GRADUATION, series(y2012="64.6"), 2020).verdict is Verdict.NO_DATA

    def test_the_start_alone_is_said_so(self):
        assert judge(GRADUATION, series(y2014="71.5"), 2015).verdict is Verdict.BASELINE_ONLY

    def test_a_protected_figure_is_withheld_and_not_missing(self):
        assert judge(GRADUATION, series(y2014="71.5", y2016="*"), 2017).verdict is Verdict.WITHHELD

    def test_a_protected_target_year_is_neither_met_nor_missed(self):
        assert judge(GRADUATION, series(y2024="78.6", y2025="*")).verdict is Verdict.WITHHELD

    def test_a_provisional_reading_says_so(self):
        found = judge(GRADUATION, {2025: Known(D(90), status=Status.PROVISIONAL)})
        assert found.provisional
        assert not judge(GRADUATION, series(y2025="90")).provisional

    def test_a_start_without_any_later_figure_is_due_once_the_target_year_is_over(self):
        found = judge(GRADUATION, series(y2014="71.5"))
        assert (found.verdict, found.reading.year, found.short) == (Verdict.DUE, 2014, D("23.5"))

    def test_without_any_figure_a_goal_past_its_year_is_due(self):
        found = judge(GRADUATION, {})
        assert (found.verdict, found.reading, found.card) == (Verdict.DUE, None, ())


class TestTheDeadline:
    def test_met_in_the_target_year(self):
        found = judge(GRADUATION, series(y2025="95.4"))
        assert (found.verdict, found.short) == (Verdict.MET, D("-0.4"))
        assert found.people_left is None

    def test_exactly_the_target_is_met(self):
        assert judge(GRADUATION, series(y2025="95")).verdict is Verdict.MET

    def test_a_tenth_below_the_target_is_missed_however_it_would_round(self):
        assert judge(GRADUATION, series(y2025="94.9")).verdict is Verdict.MISSED
        assert judge(GRADUATION, series(y2025="94.96")).verdict is Verdict.MISSED

    def test_reached_before_the_deadline_is_met(self):
        found = judge(GRADUATION, series(y2014="71.5", y2023="95.1"), 2024)
        assert (found.verdict, found.reading.year) == (Verdict.MET, 2023)

    def test_reached_early_and_lost_by_the_target_year_is_missed(self):
        assert judge(GRADUATION, series(y2023="95.1", y2025="94")).verdict is Verdict.MISSED

    def test_reached_early_says_nothing_of_a_target_year_that_was_not_reported(self):
        assert judge(GRADUATION, series(y2023="95.1")).verdict is Verdict.DUE

    def test_reached_after_the_target_year_is_met_late_in_the_first_such_year(self):
        found = judge(GRADUATION, series(y2025="84", y2027="93", y2028="95.2", y2029="96"), 2030)
        assert (found.verdict, found.late_year, found.reading.value) == (Verdict.MET_LATE, 2028, D("95.2"))

    def test_93_in_2027_against_95_by_2025_is_missed(self):
        assert judge(GRADUATION, series(y2027="93"), 2028).verdict is Verdict.MISSED
        found = judge(GRADUATION, series(y2025="84", y2027="93"), 2028)
        assert (found.verdict, found.reading.year, found.short) == (Verdict.MISSED, 2025, D(11))

    def test_the_target_year_itself_is_not_over_yet(self):
        assert judge(GRADUATION, series(y2014="71.5", y2024="94"), 2025).verdict is Verdict.ON_TRACK


class TestThePace:
    """From 71.5 in 2014 to 95 in 2025 the path asks for 2.136 points a year: 84.32 in 2020."""

    @pytest.mark.parametrize(
        ("value", "verdict", "pace"),
        [
            ("85.0", Verdict.ON_TRACK, "1.0532"),  # 13.5 of 12.82 needed
            ("83.7", Verdict.ON_TRACK, "0.9518"),  # 12.2: on track ends at 0.95
            ("83.6", Verdict.BEHIND, "0.9440"),
            ("79.2", Verdict.BEHIND, "0.6007"),  # 7.7: far behind begins below 0.60
            ("79.1", Verdict.FAR_BEHIND, "0.5929"),
            ("74.0", Verdict.FAR_BEHIND, "0.1950"),
            ("69.0", Verdict.MOVING_AWAY, "-0.1950"),
        ],
    )
    def test_the_adjective_follows_pace_made_over_pace_needed(self, value, verdict, pace):
        found = judge(GRADUATION, series(y2014="71.5", y2020=value), 2021)
        assert (found.verdict, round(found.pace, 4)) == (verdict, D(pace))

    def test_what_is_needed_now_is_what_is_left_over_the_years_left(self):
        found = judge(GRADUATION, series(y2014="71.5", y2020="80"), 2021)
        assert (found.short, found.needed_per_year) == (D(15), D(3))

    def test_a_change_that_may_be_chance_outranks_the_adjective(self):
        small = {2014: Known(D("71.5"), 143, 200), 2020: Known(D("75.0"), 150, 200)}
        found = judge(GRADUATION, small, 2021)
        assert found.z == pytest.approx(0.790, abs=0.001)  # pooled .7325, standard error .04427
        assert (found.verdict, found.change) == (Verdict.NO_DETECTABLE_CHANGE, Change.TESTED)

    def test_without_counts_a_tenth_of_the_way_is_the_rule_of_thumb(self):
        """A tenth of 23.5 points is 2.35."""
        below = judge(GRADUATION, series(y2014="71.5", y2020="73.8"), 2021)
        above = judge(GRADUATION, series(y2014="71.5", y2020="73.9"), 2021)
        assert (below.verdict, below.change) == (Verdict.NO_DETECTABLE_CHANGE, Change.RULE_OF_THUMB)
        assert above.verdict is Verdict.FAR_BEHIND

    def test_no_change_at_all_is_no_detectable_change(self):
        found = judge(GRADUATION, series(y2014="71.5", y2020="71.5"), 2021)
        assert (found.verdict, found.pace) == (Verdict.NO_DETECTABLE_CHANGE, 0)

    def test_after_the_deadline_there_is_no_pace_any_more(self):
        found = judge(GRADUATION, series(y2014="71.5", y2025="85.3"))
        assert found.pace is found.needed_per_year is None


class TestLowerIsBetter:
    """Summer melt from 24 in 2021 to 12 by 2028: down 1.714 points a year."""

    def test_a_fall_along_the_path_is_on_track(self):
        found = judge(MELT, series(y2021="24", y2025="17"), 2025)
        assert (found.verdict, found.since_start, found.short) == (Verdict.ON_TRACK, D(7), D(5))
        assert round(found.behind_path, 3) == D("-0.143")  # the path asked for 17.143 or less

    def test_a_rise_moves_away(self):
        assert judge(MELT, series(y2021="24", y2025="27"), 2025).verdict is Verdict.MOVING_AWAY

    def test_below_the_target_is_met_and_above_it_is_missed(self):
        assert judge(MELT, series(y2028="11.9"), 2029).verdict is Verdict.MET
        found = judge(MELT, series(y2028="12.5"), 2029)
        assert (found.verdict, found.short) == (Verdict.MISSED, D("0.5"))


class TestAStartThatEqualsItsTarget:
    """A promise to hold: there is no way to go, so no share of it and no pace."""

    HOLD = Promise("graduation-4yr", D(90), 2014, D(90), 2025)

    def test_held_is_met(self):
        found = judge(self.HOLD, series(y2014="90", y2025="90"))
        assert (found.verdict, found.journey, found.pace) == (Verdict.MET, None, None)

    def test_lost_by_the_target_year_is_missed(self):
        assert judge(self.HOLD, series(y2014="90", y2025="88")).verdict is Verdict.MISSED

    def test_lost_before_the_deadline_is_moving_away(self):
        assert judge(self.HOLD, series(y2014="90", y2020="88"), 2021).verdict is Verdict.MOVING_AWAY


class TestMissingAndZeroDenominators:
    def test_without_a_denominator_nobody_is_counted_and_nothing_is_tested(self):
        found = judge(GRADUATION, {2014: Known(D("71.5"), 980, 1370), 2025: Known(D("85.3"), 1019, None)})
        assert (found.people_left, found.z, found.change) == (None, None, Change.RULE_OF_THUMB)

    def test_a_denominator_of_zero_counts_nobody_and_breaks_nothing(self):
        found = judge(GRADUATION, {2014: Known(D("71.5"), 0, 0), 2025: Known(D(0), 0, 0)})
        assert (found.verdict, found.people_left, found.z) == (Verdict.MISSED, None, None)


class TestTheMethodCard:
    def test_it_shows_each_sum_in_letters_in_numbers_and_its_exact_result(self):
        cells = {2014: Known(D("71.5"), 980, 1370), 2025: Known(D("85.3"), 1019, 1194)}
        lines = {line.key: line for line in judge(GRADUATION, cells).card}
        assert lines["short"].formula == "T − x"
        assert (lines["short"].numbers, lines["short"].result) == ("95 − 85.3", D("9.7"))
        assert lines["journey"].numbers == "(85.3 − 71.5) ÷ (95 − 71.5)"
        assert lines["people_left"].numbers == "9.7 ÷ 100 × 1194"
        assert lines["z"].numbers == "980/1370, 1019/1194"
        assert list(lines) == ["short", "since_start", "journey", "people_left", "interval_low", "interval_high", "z"]

    def test_under_way_it_shows_path_pace_and_what_is_needed(self):
        lines = {line.key: line for line in judge(GRADUATION, series(y2014="71.5", y2020="80"), 2021).card}
        assert lines["path"].numbers == "71.5 + (95 − 71.5) × (2020 − 2014) ÷ (2025 − 2014)"
        assert lines["needed_per_year"].numbers == "(95 − 80) ÷ (2025 − 2020)"
        assert list(lines) == ["short", "since_start", "journey", "path", "pace", "needed_per_year"]

    def test_where_lower_is_better_the_differences_are_turned_round(self):
        lines = {line.key: line for line in judge(MELT, series(y2028="12.5"), 2029).card}
        assert (lines["short"].formula, lines["short"].numbers) == ("x − T", "12.5 − 12")


values = st.decimals(0, 100, places=1)


@given(baseline=values, target=values, value=values, up=st.booleans(), year=st.integers(2015, 2024))
def test_any_promise_under_way_gets_a_verdict_whose_sums_agree(baseline, target, value, up, year):
    promise = Promise("i", baseline, 2014, target, 2025, up)
    found = standing(promise, "i", {2014: Known(baseline), year: Known(value)}, year)
    assert found.verdict in set(Verdict) - {Verdict.MISSED, Verdict.DUE, Verdict.NO_DATA, Verdict.NOT_COMPARABLE}
    assert found.short + found.since_start == promise.distance
    assert (found.verdict is Verdict.MET) == (found.short <= 0)


@given(baseline=values, target=values, value=values, up=st.booleans())
def test_in_the_target_year_a_promise_is_met_or_missed_and_nothing_else(baseline, target, value, up):
    found = standing(Promise("i", baseline, 2014, target, 2025, up), "i", {2025: Known(value)}, 2025)
    kept = value >= target if up else value <= target
    assert found.verdict is (Verdict.MET if kept else Verdict.MISSED)
