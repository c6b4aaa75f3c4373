"""How far groups of students stand apart. Groups are compared within one breakdown and never averaged."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from .cells import Cell, Known
from .trend import detectable, gap_z


@dataclass(frozen=True, slots=True)
class Gap:
    """The best and the worst known group of one breakdown in one year, and the points between them."""

    best: str
    best_value: Decimal
    worst: str
    worst_value: Decimal

    @property
    def points(self) -> Decimal:
        return abs(self.best_value - self.worst_value)


def gap(cells: Mapping[str, Cell], *, higher_is_better: bool = True) -> Gap | None:
    """The gap between the known groups of one breakdown; None when fewer than two are known.

    `cells` maps a group's slug to its cell. Of equal groups the first in alphabetical order counts as
    the better one, so that the answer does not depend on the order of rows.
    """
    known = {slug: cell.value for slug, cell in cells.items() if isinstance(cell, Known)}
    if len(known) < 2:
        return None
    sign = 1 if higher_is_better else -1
    ranked = sorted(known, key=lambda slug: (-sign * known[slug], slug))
    best, worst = ranked[0], ranked[-1]
    return Gap(best, known[best], worst, known[worst])


def total_up_gap_wider(total_change: Decimal, first: Gap, last: Gap, *, higher_is_better: bool = True) -> bool:
    """Whether everybody together got closer to the goal while the groups drifted apart."""
    better = total_change > 0 if higher_is_better else total_change < 0
    return better and last.points > first.points


def ranking(values: Mapping[str, Decimal], *, higher_first: bool = True) -> tuple[tuple[str, int], ...]:
    """Every key with its place, in order; equal values share a place and stand in the order of their keys."""
    sign = 1 if higher_first else -1
    ordered = sorted(values, key=lambda key: (-sign * values[key], key))
    return tuple((key, rank(values, key, higher_is_better=higher_first)[0]) for key in ordered)


def rank(values: Mapping[str, Decimal], key: str, *, higher_is_better: bool = True) -> tuple[int, int]:
    """The place of `key` among `values` and how many there are; 1 is best, ties share the better place.

    Raises KeyError when `key` has no value.
    """
    sign = 1 if higher_is_better else -1
    own = values[key]
    return 1 + sum(sign * value > sign * own for value in values.values()), len(values)


@dataclass(frozen=True, slots=True)
class PairChange:
    """The two groups that stand furthest apart now, and how far apart the same two stood before.

    then, now   the better group's lead in points; `then` is negative where the two have changed places since
    z           of the difference between the two gaps, where all four figures have counts, else None
    """

    best: str
    worst: str
    then: Decimal
    now: Decimal
    z: float | None

    @property
    def grew(self) -> Decimal:
        """Points by which the gap grew; negative where it narrowed."""
        return self.now - self.then

    @property
    def is_detectable(self) -> bool:
        """Whether it is more than chance; without counts nobody can say, and it is not called so."""
        return self.z is not None and detectable(self.z)


def pair_change(
    then: Mapping[str, Cell], now: Mapping[str, Cell], *, higher_is_better: bool = True
) -> PairChange | None:
    """What became of the widest gap, for the same two groups in both years; None where there are no such two.

    Both maps lead from a group's slug to its cell, in one breakdown.
    """
    both = {slug: cell for slug, cell in now.items() if isinstance(cell, Known) and isinstance(then.get(slug), Known)}
    widest = gap(both, higher_is_better=higher_is_better)
    if widest is None:
        return None
    sign = 1 if higher_is_better else -1
    before = [cell for slug in (widest.best, widest.worst) if isinstance(cell := then[slug], Known)]
    after = [both[slug] for slug in (widest.best, widest.worst)]
    return PairChange(
        widest.best,
        widest.worst,
        sign * (before[0].value - before[1].value),
        sign * (after[0].value - after[1].value),
        _gap_z([*before, *after], sign),
    )


def _gap_z(cells: list[Known], sign: int) -> float | None:
    """How many standard errors the later gap (last two) is wider than the earlier one (first two)."""
    counts = [(cell.numerator or 0, cell.denominator or 0) for cell in cells if cell.has_counts]
    return gap_z(counts[:2], counts[2:], sign) if len(counts) == len(cells) else None


def ratio(one: Gap) -> Decimal | None:
    """How many times the lower of the two figures the higher one is; None where the lower one is 0."""
    low, high = sorted((one.best_value, one.worst_value))
    return high / low if low else None
