"""What became of a gap: the same two groups, then and now, and whether chance explains it."""

from decimal import Decimal as D

import pytest

from metrics.calc.cells import Known, Withheld
from metrics.calc.gaps import Gap, pair_change, ratio
from metrics.calc.trend import gap_z

# Hartford, four-year graduation by gender (the state's reports of the classes of 2014 and 2019)
THEN = {"female": Known(D("76.2"), 504, 661), "male": Known(D("67.1"), 476, 709)}
NOW = {"female": Known(D("78.6"), 522, 664), "male": Known(D("66.8"), 475, 711)}


def test_the_two_groups_furthest_apart_now_are_looked_up_then():
    found = pair_change(THEN, NOW)
    assert (found.best, found.worst) == ("female", "male")
    assert (found.then, found.now) == (D("9.1"), D("11.8"))
    assert found.grew == D("2.7")


def test_the_change_of_a_gap_is_tested_on_the_four_counts():
    # 504/661 = 0.76248, 476/709 = 0.67137, 522/664 = 0.78614, 475/711 = 0.66807
    # variances p(1−p)/n: 0.00027399 + 0.00031119 + 0.00025319 + 0.00031189 = 0.00115026, root 0.033916
    # (0.11807 − 0.09111) ÷ 0.033916 = 0.7949
    assert round(gap_z([(504, 661), (476, 709)], [(522, 664), (475, 711)]), 2) == 0.79
    found = pair_change(THEN, NOW)
    assert round(found.z or 0, 2) == 0.79
    assert not found.is_detectable


def test_a_gap_that_doubles_among_many_is_more_than_chance():
    then = {"a": Known(D(80), 1600, 2000), "b": Known(D(70), 1400, 2000)}
    now = {"a": Known(D(85), 1700, 2000), "b": Known(D(65), 1300, 2000)}
    # (0.20 − 0.10) ÷ sqrt(0.00008 + 0.000105 + 0.00006375 + 0.00011375) = 0.1 ÷ 0.019039 = 5.25
    found = pair_change(then, now)
    assert round(found.z or 0, 2) == 5.25
    assert found.is_detectable


def test_where_lower_is_better_a_wider_gap_is_still_a_positive_test():
    then = {"a": Known(D(20), 400, 2000), "b": Known(D(30), 600, 2000)}
    now = {"a": Known(D(15), 300, 2000), "b": Known(D(35), 700, 2000)}
    found = pair_change(then, now, higher_is_better=False)
    assert (found.best, found.worst, found.then, found.now) == ("a", "b", D(10), D(20))
    assert (found.z or 0) > 5


def test_without_counts_there_is_no_test_and_nothing_is_called_detectable():
    found = pair_change({"a": Known(D(70)), "b": Known(D(60))}, {"a": Known(D(80)), "b": Known(D(50))})
    assert (found.z, found.is_detectable, found.grew) == (None, False, D(20))


def test_groups_that_have_changed_places_were_apart_the_other_way_round():
    found = pair_change({"a": Known(D(60)), "b": Known(D(65))}, {"a": Known(D(80)), "b": Known(D(70))})
    assert (found.then, found.now, found.grew) == (D(-5), D(10), D(15))


def test_a_group_that_is_not_known_twice_takes_no_part():
    then = {"a": Known(D(70)), "b": Known(D(60)), "c": Withheld()}
    found = pair_change(then, {"a": Known(D(70)), "b": Known(D(65)), "c": Known(D(20)), "d": Known(D(10))})
    assert (found.best, found.worst) == ("a", "b")
    assert pair_change({"a": Known(D(70))}, {"a": Known(D(70)), "b": Known(D(60))}) is None


def test_rates_of_nothing_and_of_everybody_have_no_chance_in_them():
    assert gap_z([(0, 10), (10, 10)], [(0, 10), (10, 10)]) == 0.0
    with pytest.raises(ValueError, match="denominator above 0"):
        gap_z([(0, 0), (1, 2)], [(1, 2), (1, 2)])


def test_the_ratio_is_the_higher_figure_over_the_lower_one_whichever_is_better():
    assert ratio(Gap("white", D("92.4"), "hispanic", D("64.3"))) == D("92.4") / D("64.3")
    assert ratio(Gap("asian", D("7.6"), "hispanic", D("27.8"))) == D("27.8") / D("7.6")
    assert ratio(Gap("a", D(0), "b", D(5))) is None
