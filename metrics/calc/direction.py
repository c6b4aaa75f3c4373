"""Which way a figure went between two years, and whether that is more than chance."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .cells import Known
from .trend import detectable, two_proportion_z


class Direction(StrEnum):
    """Better and worse only where it is said which way is better; else up and down."""

    IMPROVING = "improving"
    WORSENING = "worsening"
    UP = "up"
    DOWN = "down"
    STEADY = "steady"  # the same figure, or a difference that chance explains


@dataclass(frozen=True, slots=True)
class Movement:
    """From one year's figure to a later one's.

    difference   later minus earlier, in the indicator's unit (points, for percentages), exact
    z            two-proportion z where both figures have counts, else None: then any difference is taken for one
    """

    since: int
    until: int
    difference: Decimal
    z: float | None
    direction: Direction


def movement(
    first: tuple[int, Known], last: tuple[int, Known], *, higher_is_better: bool | None, counts_are_shares: bool = True
) -> Movement:
    """What happened from `first` to `last`, each a year with its figure.

    counts_are_shares   whether numerator and denominator count the same people (percentages): only then is there a test
    """
    (since, before), (until, after) = first, last
    difference, z = after.value - before.value, _z(before, after) if counts_are_shares else None
    return Movement(since, until, difference, z, _direction(difference, z, higher_is_better))


def _z(before: Known, after: Known) -> float | None:
    counts = (before.numerator, before.denominator, after.numerator, after.denominator)
    if any(count is None for count in counts) or not (before.denominator and after.denominator):
        return None
    return two_proportion_z(*(count or 0 for count in counts))


def _direction(difference: Decimal, z: float | None, higher_is_better: bool | None) -> Direction:
    if difference == 0 or (z is not None and not detectable(z)):
        return Direction.STEADY
    if higher_is_better is None:
        return Direction.UP if difference > 0 else Direction.DOWN
    return Direction.IMPROVING if (difference > 0) == higher_is_better else Direction.WORSENING
