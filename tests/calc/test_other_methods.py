"""Five known methods on the coalition's own goal of enrollment, worked by hand: 60 for 2018, towards 70 in 2025."""

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calc.other_methods import Method, Outcome, judged_by_all
from metrics.calc.verdicts import Promise

COMPACT = Promise("enrolled", Decimal(61), 2015, Decimal(70), 2025)
LAUNCH = replace(COMPACT, baseline_value=Decimal(50))


def answers(promise: Promise, value: int = 60) -> dict[Method, tuple[Decimal, Outcome]]:
    found = judged_by_all(promise, 2018, Decimal(value))
    return {one.method: (round(one.line.result, 3), one.outcome) for one in found}


def test_from_61_the_same_figure_is_a_failure():
    assert answers(COMPACT) == {
        Method.SHARE_OF_TARGET: (Decimal("0.857"), Outcome.GOOD),  # 60 ÷ 70
        Method.TARGETED_CHANGE: (Decimal("-0.111"), Outcome.BETWEEN),  # −1 of 9; 1 of 61 is less than a tenth
        Method.STRAIGHT_PATH: (Decimal("-0.370"), Outcome.BAD),  # (−1 ÷ 3) ÷ (9 ÷ 10)
        Method.COMPOUND_GROWTH: (Decimal("-0.397"), Outcome.BAD),  # −0.5495 % a year, needed 1.3857 %
        Method.DIRECTION: (Decimal(-1), Outcome.BAD),
    }


def test_and_from_50_it_is_a_success():
    assert answers(LAUNCH) == {
        Method.SHARE_OF_TARGET: (Decimal("0.857"), Outcome.GOOD),
        Method.TARGETED_CHANGE: (Decimal("0.500"), Outcome.GOOD),  # 10 of 20
        Method.STRAIGHT_PATH: (Decimal("1.667"), Outcome.GOOD),  # (10 ÷ 3) ÷ (20 ÷ 10)
        Method.COMPOUND_GROWTH: (Decimal("1.831"), Outcome.GOOD),  # 6.2659 % a year, needed 3.4220 %
        Method.DIRECTION: (Decimal(10), Outcome.GOOD),
    }


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(56, Outcome.GOOD), (55, Outcome.BETWEEN), (49, Outcome.BETWEEN), (48, Outcome.BAD)],  # 80, 78.6, 70 and 68.6 %
)
def test_a_share_of_the_target_is_cut_at_80_and_70(value, outcome):
    assert answers(LAUNCH, value)[Method.SHARE_OF_TARGET][1] is outcome


@pytest.mark.parametrize(
    ("value", "outcome"),
    [(52, Outcome.GOOD), (51, Outcome.BETWEEN), (46, Outcome.BETWEEN), (45, Outcome.BAD)],  # a tenth of 20, and of 50
)
def test_a_targeted_change_counts_from_a_tenth_on_and_a_fall_from_a_tenth_of_the_start(value, outcome):
    assert answers(LAUNCH, value)[Method.TARGETED_CHANGE][1] is outcome


def test_where_lower_is_better_everything_is_turned_around():
    absence = Promise("absence", Decimal(26), 2015, Decimal(13), 2025, higher_is_better=False)
    found = {one.method: one for one in judged_by_all(absence, 2020, Decimal(20))}
    assert found[Method.SHARE_OF_TARGET].line.numbers == "13 ÷ 20"
    assert round(found[Method.TARGETED_CHANGE].line.result, 3) == Decimal("0.462")  # 6 of 13
    assert found[Method.STRAIGHT_PATH].outcome is Outcome.BETWEEN  # (6 ÷ 5) ÷ (13 ÷ 10) = 0.923
    assert found[Method.DIRECTION].outcome is Outcome.GOOD
    assert found[Method.DIRECTION].line.result == -6


@pytest.mark.parametrize(
    "promise",
    [
        replace(COMPACT, baseline_year=None),
        replace(COMPACT, baseline_year=2018),
        replace(COMPACT, baseline_value=Decimal(0)),
        replace(COMPACT, target_value=Decimal(61)),
    ],
)
def test_without_a_start_before_the_reading_or_a_way_to_go_nothing_is_judged(promise):
    with pytest.raises(ValueError, match=r"a pace needs|growth needs"):
        judged_by_all(promise, 2018, Decimal(60))


@given(st.integers(1, 99), st.integers(1, 99), st.integers(1, 99))
def test_on_the_start_nobody_has_moved(start, target, value):
    if start == target:
        return
    promise = Promise("any", Decimal(start), 2015, Decimal(target), 2025)
    found = {one.method: one.line.result for one in judged_by_all(promise, 2018, Decimal(start))}
    assert found[Method.TARGETED_CHANGE] == found[Method.STRAIGHT_PATH] == found[Method.DIRECTION] == 0
    assert found[Method.COMPOUND_GROWTH] == 0
    assert len(judged_by_all(promise, 2018, Decimal(value))) == len(Method)
