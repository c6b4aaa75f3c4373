"""What was known when, and how a verdict turned over time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Generic, TypeVar

from .cells import Cell, YearAxis
from .expecting import expected
from .standing import Promise, Standing, standing
from .verdicts import Verdict

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Turn(Generic[T]):
    """A verdict that differs from the one before; `before` None: it is the first."""

    at: T
    before: Verdict | None
    after: Verdict


def known_by(cells: Mapping[int, Cell], axis: YearAxis, lag_months: int, on: date) -> Mapping[int, Cell]:
    """Of `cells` (year → cell) those that are usually public by the day `on`."""
    return {year: cell for year, cell in cells.items() if expected(axis, year, lag_months) <= on}


def reconstructed(
    promise: Promise, cells: Mapping[int, Cell], *, axis: YearAxis, lag_months: int, on: date
) -> Standing:
    """Where the promise would have stood on the day `on`, by figures that are public now and usually were by then.

    Figures that were corrected since are taken as they stand now: nobody kept what was public then.
    """
    return standing(promise, promise.indicator, known_by(cells, axis, lag_months, on), on.year)


def turns(readings: Iterable[tuple[T, Verdict]]) -> tuple[Turn[T], ...]:
    """The readings, in their order, at which the verdict became another one; the first is always one of them."""
    found: list[Turn[T]] = []
    for at, verdict in readings:
        before = found[-1].after if found else None
        if verdict is not before:
            found.append(Turn(at, before, verdict))
    return tuple(found)
