"""Every figure that is shown, line by line, for the open files."""

from collections.abc import Iterator
from dataclasses import dataclass

from metrics.calc.cells import Cell

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


def figure_lines(at: Vantage) -> Iterator[FigureLine]:
    """All that is shown, by indicator, place, group and year, without holding it. One query."""
    for cell in at.walk():
        yield FigureLine(
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
