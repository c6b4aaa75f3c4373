"""When a figure is to be expected."""

from datetime import date

import pytest

from metrics.calc.cells import YearAxis
from metrics.calc.expecting import expected, months_later, year_ends


@pytest.mark.parametrize(
    ("axis", "day"),
    [
        (YearAxis.CLASS, date(2025, 6, 30)),
        (YearAxis.SCHOOL, date(2025, 6, 30)),
        (YearAxis.REPORT, date(2025, 12, 31)),
    ],
)
def test_a_year_ends_as_its_axis_does(axis, day):
    assert year_ends(axis, 2025) == day


def test_the_class_of_2025_with_a_lag_of_eleven_months_is_expected_by_the_end_of_may():
    assert expected(YearAxis.CLASS, 2025, 11) == date(2026, 5, 30)


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2025, 12, 31), 0, date(2025, 12, 31)),
        (date(2025, 12, 31), 2, date(2026, 2, 28)),
        (date(2027, 12, 31), 2, date(2028, 2, 29)),  # a leap year
        (date(2025, 6, 30), 6, date(2025, 12, 30)),
        (date(2025, 6, 30), 18, date(2026, 12, 30)),
    ],
)
def test_some_months_later(day, months, later):
    assert months_later(day, months) == later
