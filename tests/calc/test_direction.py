"""Which way a figure went."""

from decimal import Decimal as D

from hypothesis import given
from hypothesis import strategies as st

from metrics.calc.cells import Known
from metrics.calc.direction import Direction, movement

# Hartford, four-year graduation (FACTS): class of 2024 78.6, class of 2025 85.3 percent, with their counts.
OF_2024, OF_2025 = (2024, Known(D("78.6"), 1001, 1273)), (2025, Known(D("85.3"), 1019, 1194))


def went(before: str, after: str, *, up: bool | None) -> Direction:
    return movement((2024, Known(D(before))), (2025, Known(D(after))), higher_is_better=up).direction


def test_a_change_of_rates_with_counts_is_tested():
    found = movement(OF_2024, OF_2025, higher_is_better=True)
    # pooled 2020 of 2467 = 0.81881; standard error sqrt(0.81881 × 0.18119 × (1/1273 + 1/1194)) = 0.015518;
    # 1019/1194 − 1001/1273 = 0.067103; 0.067103 ÷ 0.015518 = 4.324
    assert found.z is not None
    assert round(found.z, 2) == 4.32
    assert found.difference == D("6.7")
    assert found.direction is Direction.IMPROVING
    assert (found.since, found.until) == (2024, 2025)


def test_what_chance_explains_is_no_movement():
    found = movement((2013, Known(D("76.1"), 761, 1000)), (2014, Known(D("77.6"), 776, 1000)), higher_is_better=True)
    assert found.direction is Direction.STEADY
    assert found.difference == D("1.5")


def test_without_counts_any_difference_is_one_and_its_test_is_missing():
    found = movement((2018, Known(D(24))), (2019, Known(D(25))), higher_is_better=True)
    assert (found.direction, found.z) == (Direction.IMPROVING, None)


def test_where_lower_is_better_down_is_an_improvement():
    assert went("16.2", "14.3", up=False) is Direction.IMPROVING
    assert went("25.4", "27.9", up=False) is Direction.WORSENING


def test_where_neither_is_better_nothing_is_judged():
    assert went("16735", "17236", up=None) is Direction.UP
    assert went("17236", "16735", up=None) is Direction.DOWN


def test_the_same_figure_is_steady():
    assert went("56", "56", up=True) is went("56", "56", up=None) is Direction.STEADY


def test_counts_that_are_no_share_are_not_tested():
    """Dollars over pupils: nobody is counted twice, and nothing is a proportion."""
    dollars = movement(
        (2013, Known(D(16735), 380_000_000, 22_707)),
        (2014, Known(D(17236), 390_000_000, 22_627)),
        higher_is_better=None,
        counts_are_shares=False,
    )
    assert (dollars.z, dollars.direction) == (None, Direction.UP)


def test_a_year_with_nobody_in_it_is_compared_without_a_test():
    assert movement((1, Known(D(0), 0, 0)), (2, Known(D(5), 5, 100)), higher_is_better=True).z is None


@given(st.decimals(0, 100, places=1), st.decimals(0, 100, places=1), st.sampled_from([True, False]))
def test_turning_time_round_turns_the_movement_round(first, last, up):
    turned = {Direction.IMPROVING: Direction.WORSENING, Direction.WORSENING: Direction.IMPROVING}
    there = movement((1, Known(first)), (2, Known(last)), higher_is_better=up)
    back = movement((1, Known(last)), (2, Known(first)), higher_is_better=up)
    assert back.direction is turned.get(there.direction, there.direction)
    assert back.difference == -there.difference
