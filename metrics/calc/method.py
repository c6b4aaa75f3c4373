"""The method card: the sums behind a standing, so that anybody with the data file can do them again.

b start · t₀ its year · x reading · t its year · T target · t₁ its year · n denominator
"""

from decimal import Decimal

from .gaps import Gap, ratio
from .rates import percent, published
from .verdicts import Line, Standing


def card(standing: Standing) -> tuple[Line, ...]:
    """The lines of the card in reading order; empty when there is no reading to compute with."""
    if standing.reading is None or standing.short is None or standing.since_start is None:
        return ()
    promise, reading = standing.promise, standing.reading
    b, t0, x, t = promise.baseline_value, promise.baseline_year, reading.value, reading.year
    target, t1 = promise.target_value, promise.target_year
    up = promise.higher_is_better
    lines = [
        Line("short", *_minus(up, "T", "x", target, x), standing.short),
        Line("since_start", *_minus(up, "x", "b", x, b), standing.since_start),
    ]
    if standing.journey is not None:
        lines.append(Line("journey", "(x − b) ÷ (T − b)", f"({x} − {b}) ÷ ({target} − {b})", standing.journey))
    if t < t1:
        formula = "b + (T − b) × (t − t₀) ÷ (t₁ − t₀)"
        numbers = f"{b} + ({target} − {b}) × ({t} − {t0}) ÷ ({t1} − {t0})"
        lines.append(Line("path", formula, numbers, promise.required(t)))
    if standing.pace is not None:
        formula = "((x − b) ÷ (t − t₀)) ÷ ((T − b) ÷ (t₁ − t₀))"
        numbers = f"(({x} − {b}) ÷ ({t} − {t0})) ÷ (({target} − {b}) ÷ ({t1} − {t0}))"
        lines.append(Line("pace", formula, numbers, standing.pace))
    if standing.needed_per_year is not None:
        formula, numbers = _minus(up, "T", "x", target, x)
        lines.append(
            Line("needed_per_year", f"({formula}) ÷ (t₁ − t)", f"({numbers}) ÷ ({t1} − {t})", standing.needed_per_year)
        )
    if standing.people_left is not None:
        formula, n = _minus(up, "T", "x", target, x)[0], reading.known.denominator
        numbers = f"{standing.short} ÷ 100 × {n}"
        lines.append(Line("people_left", f"({formula}) ÷ 100 × n", numbers, Decimal(standing.people_left)))
    if standing.interval is not None:
        numbers = f"{reading.known.numerator}/{reading.known.denominator}"
        low, high = (Decimal(repr(end)) for end in standing.interval)
        formula = "(p + z²/2n ∓ z√(p(1 − p)/n + z²/4n²)) ÷ (1 + z²/n)"
        lines += [Line("interval_low", formula, numbers, low), Line("interval_high", formula, numbers, high)]
    if standing.z is not None and standing.start is not None:
        before, after = standing.start.known, reading.known
        numbers = f"{before.numerator}/{before.denominator}, {after.numerator}/{after.denominator}"
        lines.append(Line("z", "(p₂ − p₁) ÷ √(p(1 − p)(1/n₁ + 1/n₂))", numbers, Decimal(repr(standing.z))))
    return tuple(lines)


def _minus(up: bool, first: str, second: str, a: Decimal, b: Decimal) -> tuple[str, str]:
    """A difference in the good direction, in letters and in numbers."""
    return (f"{first} − {second}", f"{a} − {b}") if up else (f"{second} − {first}", f"{b} − {a}")


def rate_lines(numerator: int, denominator: int, decimals: int) -> tuple[Line, ...]:
    """A printed rate from its counts: exact, and rounded as it is printed."""
    exact = percent(numerator, denominator)
    numbers = f"{numerator} ÷ {denominator} × 100"
    return (
        Line("rate", "k ÷ n × 100", numbers, exact),
        Line("printed", "≈ k ÷ n × 100", numbers, published(exact, decimals)),
    )


def rest_line(state: tuple[int, int], ours: tuple[int, int]) -> Line:
    """Connecticut without Hartford: (numerator, denominator) of the state less those of the district."""
    (counted, of), (our_counted, our_of) = state, ours
    numbers = f"({counted} − {our_counted}) ÷ ({of} − {our_of}) × 100"
    return Line("rest", "(K − k) ÷ (N − n) × 100", numbers, percent(counted - our_counted, of - our_of))


def gap_lines(gap: Gap, decimals: int) -> tuple[Line, ...]:
    """The two furthest groups of one breakdown: points apart, and how many times."""
    best, worst = (published(value, decimals) for value in (gap.best_value, gap.worst_value))
    high, low = max(best, worst), min(best, worst)
    lines = [Line("gap", "h − l", f"{high} − {low}", gap.points)]
    times = ratio(gap)
    return (*lines, Line("ratio", "h ÷ l", f"{high} ÷ {low}", times)) if times else tuple(lines)
