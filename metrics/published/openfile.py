"""Every figure that is shown, line by line, for the open files."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from metrics.calc.cells import Cell
from metrics.models import PublishedCell

from .series import series_cell
from .vantage import Vantage


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One line of the open file, by the codes that name the figure; `since_release` first showed it as it is."""

    indicator: str
    place: str
    group: str
    year: int
    cell: Cell
    source: str
    note: str
    reason: str
    since_release: int


@dataclass(frozen=True, slots=True)
class Only:
    """Which figures are wanted: of these indicators, places and groups (empty: of all), from and to these years."""

    indicators: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    first: int | None = None
    last: int | None = None

    @property
    def condition(self) -> Q:
        wanted = {
            "indicator__in": self.indicators,
            "place__in": self.places,
            "group__in": self.groups,
            "period__gte": self.first,
            "period__lte": self.last,
        }
        return Q(**{name: value for name, value in wanted.items() if value})


def figure_lines(at: Vantage, only: Only) -> Iterator[FigureLine]:
    """What is shown of it, by indicator, place, group and year, without holding it. One query."""
    return (_line(at, cell) for cell in at.walk(only.condition))


def figures_page(at: Vantage, only: Only, start: int, stop: int) -> tuple[int, tuple[FigureLine, ...]]:
    """How many figures there are of it, and those from `start` to before `stop`, in the same order. Two queries."""
    count, cells = at.part(only.condition, start, stop)
    return count, tuple(_line(at, cell) for cell in cells)


def _line(at: Vantage, cell: PublishedCell) -> FigureLine:
    return FigureLine(
        cell.indicator,
        cell.place,
        cell.group,
        cell.period,
        series_cell(cell, at.definitions.indicators[cell.indicator].decimals),
        cell.source,
        cell.note,
        cell.reason,
        cell.first_release,
    )
