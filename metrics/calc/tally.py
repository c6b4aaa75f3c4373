"""How many indicators went which way, year by year."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import pairwise

from .cells import Cell, Known
from .direction import Direction, Movement, movement


@dataclass(frozen=True, slots=True)
class Tally:
    """The movements that end in one year: each from an indicator's figure before to that year's own.

    other   of indicators of which neither way is better
    """

    year: int
    improving: int
    worsening: int
    steady: int
    other: int

    @property
    def total(self) -> int:
        return self.improving + self.worsening + self.steady + self.other


def movements(
    cells: Mapping[int, Cell], *, higher_is_better: bool | None, counts_are_shares: bool = True
) -> tuple[Movement, ...]:
    """From each known figure to the next one, oldest first; years without a figure are passed over."""
    known = [(year, cell) for year, cell in sorted(cells.items()) if isinstance(cell, Known)]
    return tuple(
        movement(one, two, higher_is_better=higher_is_better, counts_are_shares=counts_are_shares)
        for one, two in pairwise(known)
    )


def tally(moved: Iterable[Movement]) -> tuple[Tally, ...]:
    """By the year in which they end, the newest first. Indicators count alike, and are never averaged."""
    by_year: dict[int, list[Direction]] = {}
    for one in moved:
        by_year.setdefault(one.until, []).append(one.direction)
    return tuple(
        Tally(
            year,
            found.count(Direction.IMPROVING),
            found.count(Direction.WORSENING),
            found.count(Direction.STEADY),
            found.count(Direction.UP) + found.count(Direction.DOWN),
        )
        for year, found in sorted(by_year.items(), reverse=True)
    )
