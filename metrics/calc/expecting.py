"""When a figure is to be expected: its year ends, and some months later its publisher usually prints it."""

from calendar import monthrange
from datetime import date

from .cells import YearAxis

#: Month and day on which a year of each axis is over: school years and classes end with June, reports with December.
_ENDS = {YearAxis.CLASS: (6, 30), YearAxis.SCHOOL: (6, 30), YearAxis.REPORT: (12, 31)}


def year_ends(axis: YearAxis, year: int) -> date:
    """The last day of the year that a figure is about."""
    return date(year, *_ENDS[axis])


def expected(axis: YearAxis, year: int, lag_months: int) -> date:
    """The day by which the figure of `year` is usually out: so many months after its year ended."""
    return months_later(year_ends(axis, year), lag_months)


def months_later(day: date, months: int) -> date:
    """The same day so many months later; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    last = monthrange(day.year + years, month + 1)[1]
    return date(day.year + years, month + 1, min(day.day, last))
