"""Is a change more than chance? Interval and test for rates with counts."""

from collections.abc import Sequence
from decimal import Decimal
from math import sqrt

#: Two-sided 95 % point of the normal distribution.
Z95 = 1.96


def wilson(numerator: int, denominator: int) -> tuple[float, float]:
    """The 95 % interval of a rate, in percent, after Wilson (1927).

    Unlike the textbook interval it stays inside 0-100 and works for small groups.
    Raises ValueError when there is nobody to count.
    """
    if denominator <= 0:
        raise ValueError("an interval needs a denominator above 0")
    share = numerator / denominator
    spread = Z95 * sqrt(share * (1 - share) / denominator + Z95**2 / (4 * denominator**2))
    centre = share + Z95**2 / (2 * denominator)
    scale = 1 + Z95**2 / denominator
    return max(0.0, 100 * (centre - spread) / scale), min(100.0, 100 * (centre + spread) / scale)


def two_proportion_z(numerator0: int, denominator0: int, numerator1: int, denominator1: int) -> float:
    """How many standard errors the second rate lies above the first (pooled two-proportion test).

    0.0 when both rates are 0 or both are 100 %: then there is no difference to test.
    Raises ValueError when a denominator is 0.
    """
    if denominator0 <= 0 or denominator1 <= 0:
        raise ValueError("a comparison needs two denominators above 0")
    pooled = (numerator0 + numerator1) / (denominator0 + denominator1)
    variance = pooled * (1 - pooled) * (1 / denominator0 + 1 / denominator1)
    if variance == 0:
        return 0.0
    return (numerator1 / denominator1 - numerator0 / denominator0) / sqrt(variance)


def detectable(z: float) -> bool:
    """Whether a change of `z` standard errors is more than chance at the 95 % level."""
    return abs(z) >= Z95


#: Without counts, a change is called real when it covers this share of the way from start to target.
#: A rule of thumb of the board, named as such wherever it is used.
RULE_OF_THUMB_SHARE = Decimal("0.10")


def gap_z(before: Sequence[tuple[int, int]], after: Sequence[tuple[int, int]], sign: int = 1) -> float:
    """How many standard errors a gap between two rates has widened (unpooled, as the four rates differ by nature).

    before, after   (numerator, denominator) of the better and of the worse group; sign −1 where lower is better.
    0.0 where all four rates are 0 or 100 %. Raises ValueError when a denominator is 0.
    """
    rates = [(_share(*pair), pair[1]) for pair in (*before, *after)]
    variance = sum(share * (1 - share) / n for share, n in rates)
    if variance == 0:
        return 0.0
    (best0, _), (worst0, _), (best1, _), (worst1, _) = rates
    return sign * ((best1 - worst1) - (best0 - worst0)) / sqrt(variance)


def _share(numerator: int, denominator: int) -> float:
    if denominator <= 0:
        raise ValueError("a rate needs a denominator above 0")
    return numerator / denominator
