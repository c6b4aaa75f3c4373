"""From counts to percentages, and the one rounding rule of the board."""

from decimal import ROUND_HALF_UP, Decimal

HUNDRED = Decimal(100)


def percent(numerator: int, denominator: int) -> Decimal:
    """The share of `denominator` that `numerator` is, in percent, not rounded.

    Raises ValueError when there is nobody to count (denominator 0), a count is negative,
    or more are counted than there are.
    """
    if denominator <= 0:
        raise ValueError("a rate needs a denominator above 0")
    if not 0 <= numerator <= denominator:
        raise ValueError(f"the numerator {numerator} is not between 0 and the denominator {denominator}")
    return Decimal(numerator) * HUNDRED / Decimal(denominator)


def published(value: Decimal, decimals: int) -> Decimal:
    """`value` as it is printed: rounded half up, away from zero, as the state's own files do.

    980 of 1,370 is 71.532…, printed 71.5. This is the only place where anything is rounded.
    """
    return value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def agrees(value: Decimal, numerator: int, denominator: int, decimals: int) -> bool:
    """Whether a printed percentage can come from these counts.

    One unit of the last printed place is allowed, because publishers round halves in different ways.
    """
    return abs(value - percent(numerator, denominator)) <= Decimal(1).scaleb(-decimals)


def plain(value: Decimal) -> Decimal:
    """`value` without trailing zeros and without an exponent: 71.50 → 71.5, 95.00 → 95.

    Promised figures are printed as their document gives them.
    """
    short = value.normalize()
    return short if int(short.as_tuple().exponent) <= 0 else short.quantize(Decimal(1))
