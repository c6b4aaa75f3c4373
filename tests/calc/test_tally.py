"""How many indicators went which way, year by year."""

from decimal import Decimal as D

from metrics.calc.cells import Known, NotReported, Withheld
from metrics.calc.direction import Direction
from metrics.calc.tally import Tally, movements, tally

# The coalition's table (FACTS): enrolled within a year of graduation, classes of 2015 to 2018, no counts
ENROLLED = {2015: Known(D(61)), 2016: Known(D(66)), 2017: Known(D(66)), 2018: Known(D(60))}


def test_each_known_figure_is_compared_with_the_one_before_it():
    found = movements(ENROLLED, higher_is_better=True)
    assert [(one.since, one.until, one.direction) for one in found] == [
        (2015, 2016, Direction.IMPROVING),
        (2016, 2017, Direction.STEADY),
        (2017, 2018, Direction.WORSENING),
    ]


def test_a_year_without_a_figure_is_passed_over_and_is_no_movement():
    cells = {2015: Known(D(61)), 2016: Withheld(), 2017: NotReported(), 2018: Known(D(60))}
    assert [(one.since, one.until) for one in movements(cells, higher_is_better=True)] == [(2015, 2018)]
    assert movements({2015: Known(D(61))}, higher_is_better=True) == ()


def test_movements_are_counted_by_the_year_they_end_in_the_newest_first():
    dollars = movements({2016: Known(D(1)), 2018: Known(D(2))}, higher_is_better=None, counts_are_shares=False)
    found = tally((*movements(ENROLLED, higher_is_better=True), *dollars))
    assert found == (
        Tally(2018, improving=0, worsening=1, steady=0, other=1),
        Tally(2017, improving=0, worsening=0, steady=1, other=0),
        Tally(2016, improving=1, worsening=0, steady=0, other=0),
    )
    assert [one.total for one in found] == [2, 1, 1]
