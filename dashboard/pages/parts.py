"""Pieces that several pages are made of."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.urls import reverse

from dashboard.charts import words
from metrics.calc.cells import Cell, Withheld
from metrics.published import GoalReading, IndicatorInfo, StatementInfo


class Drawing(Protocol):
    """A finished chart: a frozen dataclass of dashboard.charts.svg that names the template it is drawn by."""

    @property
    def template(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Note:
    title: str
    text: str


def withheld_years(cells: Mapping[int, Cell]) -> tuple[int, ...]:
    """The years whose figure is withheld; where there are any, the chart or table says so and leads to the rule."""
    return tuple(year for year, cell in cells.items() if isinstance(cell, Withheld))


def figure_url(indicator: str, place: str, group: str, year: int) -> str:
    """The permanent page of one figure, by the codes that name it."""
    return reverse("record:figure", args=[indicator, place, group, year])


def subject(reading: GoalReading) -> words.Subject:
    """What the sentences about a goal need to know of it."""
    return measured(reading.current.indicator, reading.goal.slug, reading.goal.name)


def measured(indicator: IndicatorInfo, slug: str = "", name: str = "") -> words.Subject:
    """The same for any indicator."""
    return words.Subject(
        slug or indicator.slug, name or indicator.name, indicator.year_axis, indicator.decimals, indicator.unit
    )


def stated(statement: StatementInfo) -> words.Stated:
    return words.Stated(statement.slug, statement.document, statement.baseline_value)


def old_starts(reading: GoalReading) -> tuple[words.Stated, ...]:
    """The starts that other documents give, where they differ from the current one."""
    return tuple(stated(other.statement) for other in reading.others if _differs(other.statement, reading.current))


def old_start(reading: GoalReading) -> Decimal | None:
    """The first of them, which the charts show struck through."""
    old = old_starts(reading)
    return old[0].start if old else None


def restated(reading: GoalReading) -> str:
    return words.restated(stated(reading.current), old_starts(reading), subject(reading))


def reading_note(reading: GoalReading) -> str:
    """Says that the year of the start is our reading, where it is."""
    current = reading.current
    return words.reading_note(current.promise, subject(reading)) if current.baseline_year_is_reading else ""


def is_borrowed(reading: GoalReading) -> bool:
    """Whether the groups are shown in another indicator than the goal is stated in."""
    return reading.groups_in != reading.current.indicator


def _differs(other: StatementInfo, current: StatementInfo) -> bool:
    return other.baseline_value != current.baseline_value
