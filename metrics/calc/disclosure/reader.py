"""What a reader can work out: counts, the lines that tie them to each other, and how far each can still go.

A reader who knows some sums exactly and some shares to their rounding knows a set of lines (low ≤ sum of counts ≤
high). The smallest and the largest value that a count can have on them is a linear program; who solves it is asked
from outside (`Solver`), so that this room stays without packages.
"""

from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, inf
from typing import NamedTuple, Protocol

from .rule import VALUES, WIDTH

Count = Hashable
#: Counts with their factors: a sum of students.
Terms = Mapping[Count, float]
#: A value for every count: one table that a reader could not tell from the true one.
Point = Mapping[Count, float]

#: What a solver's arithmetic is trusted for, in students.
EXACT = 1e-5


class Line(NamedTuple):
    """`low` ≤ the sum of `terms` ≤ `high`, in students."""

    low: float
    high: float
    terms: Terms

    def holds(self, point: Point) -> bool:
        return self.low - EXACT <= total(self.terms, point) <= self.high + EXACT


class Program(Protocol):
    """Lines that a solver has read."""

    def minimise(self, cost: Terms) -> Point | None:
        """The table on all lines, no count below 0, in which `cost` is least; None where there is no such table."""


Solver = Callable[[Sequence[Line]], Program]


class Guarded:
    """A sum of counts that nobody may be able to narrow down."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self._sum = frozenset(terms.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Guarded) and self._sum == other._sum

    def __hash__(self) -> int:
        return hash(self._sum)

    def __repr__(self) -> str:
        return " ".join(f"{'-' if factor < 0 else '+'}{count}" for count, factor in self.terms.items())


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A guarded sum that lies from `low` to `high` and nowhere else, in whole students."""

    guarded: Guarded
    low: int
    high: int


class Contradiction(Exception):
    """The lines leave no table at all: what they were made of cannot be true at once."""


def total(terms: Terms, point: Point) -> float:
    return sum(factor * point[count] for count, factor in terms.items())


def exactly(terms: Terms, number: float) -> Line:
    return Line(number, number, terms)


def is_told(low: float, high: float) -> bool:
    """Whether a sum from `low` to `high` has too few whole numbers left; so it has while no table was found yet."""
    if low > high:
        return True
    least, most = ceil(low - EXACT), floor(high + EXACT)
    return most - least < WIDTH or most - least + 1 < VALUES


def narrowed(
    solver: Solver, lines: Sequence[Line], guarded: Iterable[Guarded], points: list[Point]
) -> Iterator[Narrowed]:
    """The guarded sums that a reader of `lines` can narrow too far.

    `points` are tables known to be on the lines; those found on the way are added, and spare most of the programs.
    Raises Contradiction.
    """
    program = solver(lines)
    if not points:
        points += filter(None, [program.minimise({})])
    if not points:
        raise Contradiction
    for one in guarded:
        low, high = _seen(one, points)
        for sign in (-1.0, 1.0):
            if not is_told(low, high):
                break
            point = program.minimise({count: sign * factor for count, factor in one.terms.items()})
            if point is None:
                raise Contradiction(one)
            points.append(point)
            low, high = _seen(one, points)
        if is_told(low, high):
            yield Narrowed(one, ceil(low - EXACT), floor(high + EXACT))


def _seen(one: Guarded, points: Iterable[Point]) -> tuple[float, float]:
    sums = [total(one.terms, point) for point in points]
    return min(sums, default=inf), max(sums, default=-inf)
