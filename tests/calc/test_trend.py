"""Whether a change is more than chance."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calc.trend import detectable, two_proportion_z, wilson


def test_the_interval_of_half_of_twenty_is_the_textbooks():
    assert wilson(10, 20) == pytest.approx((29.93, 70.07), abs=0.01)


def test_the_interval_stays_inside_0_to_100_where_the_simple_one_would_not():
    assert wilson(0, 10) == pytest.approx((0, 27.75), abs=0.01)
    assert wilson(10, 10) == pytest.approx((72.25, 100), abs=0.01)


def test_hartfords_rise_from_2014_to_2025_is_far_more_than_chance():
    # p1 = .715328, p2 = .853434, pooled 1999/2564 = .779641, standard error .016410: .138106 / .016410 = 8.416
    assert two_proportion_z(980, 1370, 1019, 1194) == pytest.approx(8.416, abs=0.001)


def test_a_fall_has_a_negative_sign():
    assert two_proportion_z(1019, 1194, 980, 1370) < 0


def test_two_groups_that_are_all_in_or_all_out_do_not_differ():
    assert two_proportion_z(5, 5, 9, 9) == two_proportion_z(0, 5, 0, 9) == 0.0


@pytest.mark.parametrize("counts", [(0, 0, 1, 2), (1, 2, 0, 0)])
def test_a_comparison_without_anybody_is_refused(counts):
    with pytest.raises(ValueError, match="above 0"):
        two_proportion_z(*counts)
    with pytest.raises(ValueError, match="above 0"):
        wilson(0, 0)


def test_chance_ends_at_196_hundredths_of_a_standard_error():
    assert not detectable(1.95)
    assert detectable(1.96)
    assert detectable(-1.96)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_rate_itself(counts):
    low, high = wilson(*counts)
    assert 0 <= low <= 100 * counts[0] / counts[1] + 1e-9
    assert 100 * counts[0] / counts[1] - 1e-9 <= high <= 100
