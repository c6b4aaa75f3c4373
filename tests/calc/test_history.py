"""What was known when, and how a verdict turned: worked by hand."""

from datetime import date
from decimal import Decimal as D

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calc.cells import Known, YearAxis
from metrics.calc.history import Turn, known_by, reconstructed, turns
from metrics.calc.verdicts import Promise, Verdict

#: 70 in 2014, 90 in 2018: the path asks for 80 in 2016.
PROMISE = Promise("rate", D(70), 2014, D(90), 2018)
CELLS = {2014: Known(D(70)), 2015: Known(D(75)), 2016: Known(D(81)), 2018: Known(D(88))}


@pytest.mark.parametrize(
    ("on", "years"),
    [
        (date(2015, 5, 29), set()),
        (date(2015, 5, 30), {2014}),  # eleven months after June 30, 2014
        (date(2017, 5, 29), {2014, 2015}),
        (date(2017, 5, 30), {2014, 2015, 2016}),
        (date(2030, 1, 1), {2014, 2015, 2016, 2018}),
    ],
)
def test_a_figure_is_known_from_the_day_it_is_usually_out(on, years):
    assert set(known_by(CELLS, YearAxis.CLASS, 11, on)) == years


@pytest.mark.parametrize(
    ("on", "verdict"),
    [
        (date(2015, 1, 1), Verdict.NO_DATA),
        (date(2015, 6, 1), Verdict.BASELINE_ONLY),
        (date(2016, 6, 1), Verdict.ON_TRACK),  # 75 in 2015: 5 of the 5 points asked for
        (date(2019, 1, 1), Verdict.DUE),  # the target year is over, its figure is not out
        (date(2019, 5, 30), Verdict.MISSED),  # 88 of 90
    ],
)
def test_a_promise_is_judged_by_what_was_known(on, verdict):
    assert reconstructed(PROMISE, CELLS, axis=YearAxis.CLASS, lag_months=11, on=on).verdict is verdict


def test_only_what_turned_is_a_turn():
    readings = [(1, Verdict.BEHIND), (2, Verdict.BEHIND), (5, Verdict.DUE), (6, Verdict.MISSED), (7, Verdict.MISSED)]
    assert turns(readings) == (
        Turn(1, None, Verdict.BEHIND),
        Turn(5, Verdict.BEHIND, Verdict.DUE),
        Turn(6, Verdict.DUE, Verdict.MISSED),
    )
    assert turns([]) == ()


@given(st.lists(st.sampled_from(Verdict)))
def test_the_turns_tell_every_verdict_there_was(verdicts):
    found = turns(enumerate(verdicts))
    told = [next(one.after for one in reversed(found) if one.at <= at) for at in range(len(verdicts))]
    assert told == verdicts
    assert all(one.before is not one.after for one in found)
