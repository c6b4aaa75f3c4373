"""Groups side by side."""

from decimal import Decimal as D

import pytest

from metrics.calc.cells import Known, NotReported, Withheld
from metrics.calc.gaps import Gap, gap, rank, ranking, total_up_gap_wider

# Hartford, class of 2019, four-year graduation by race (FACTS 3a)
CLASS_OF_2019 = {"black": Known(D("75.2")), "hispanic": Known(D("64.3")), "white": Known(D("92.4"))}


def test_the_gap_is_between_the_best_and_the_worst_known_group():
    found = gap(CLASS_OF_2019)
    assert found == Gap("white", D("92.4"), "hispanic", D("64.3"))
    assert found.points == D("28.1")


def test_where_lower_is_better_the_lowest_group_is_the_best():
    found = gap({"a": Known(D(10)), "b": Known(D(30))}, higher_is_better=False)
    assert (found.best, found.worst, found.points) == ("a", "b", D(20))


def test_withheld_and_missing_groups_take_no_part():
    assert gap({**CLASS_OF_2019, "asian": Withheld(), "other": NotReported()}) == gap(CLASS_OF_2019)


def test_one_group_alone_has_no_gap():
    assert gap({"a": Known(D(10)), "b": Withheld()}) is None
    assert gap({}) is None


def test_equal_groups_have_a_gap_of_nothing_whatever_their_order():
    same = {"b": Known(D(50)), "a": Known(D(50))}
    assert gap(same) == gap(dict(reversed(same.items()))) == Gap("a", D(50), "b", D(50))


def test_everybody_up_and_the_groups_further_apart_is_its_own_finding():
    narrow, wide = Gap("a", D(80), "b", D(70)), Gap("a", D(90), "b", D(75))
    assert total_up_gap_wider(D("1.0"), narrow, wide)
    assert not total_up_gap_wider(D("-1.0"), narrow, wide)
    assert not total_up_gap_wider(D("1.0"), wide, narrow)
    assert total_up_gap_wider(D("-1.0"), narrow, wide, higher_is_better=False)


def test_a_rank_counts_from_the_best_and_ties_share_the_better_place():
    values = {"a": D(90), "hartford": D("71.5"), "bridgeport": D("71.5"), "d": D(60)}
    assert rank(values, "hartford") == rank(values, "bridgeport") == (2, 4)
    assert rank(values, "d") == (4, 4)
    assert rank(values, "hartford", higher_is_better=False) == (2, 4)
    with pytest.raises(KeyError):
        rank(values, "elsewhere")


def test_a_ranking_names_everybody_with_the_place_and_equal_ones_share_it():
    values = {"c": D(80), "a": D(90), "b": D(80), "d": D(70)}
    assert ranking(values) == (("a", 1), ("b", 2), ("c", 2), ("d", 4))
    assert ranking(values, higher_first=False) == (("d", 1), ("b", 2), ("c", 2), ("a", 4))
    assert ranking({}) == ()
