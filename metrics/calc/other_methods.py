"""How others would judge a goal: five known methods, each with the thresholds that its own document gives.

The board uses none of them alone. They stand on the methods page, where one reading is judged by all five from two
starting points, to show that the start decides more than the method does.
"""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .standing import FAR_BEHIND, ON_TRACK
from .verdicts import Line, Promise


class Method(StrEnum):
    """The methods; where each is documented stands beside its words, in `dashboard.charts.words.methods`."""

    SHARE_OF_TARGET = "share_of_target"
    TARGETED_CHANGE = "targeted_change"
    STRAIGHT_PATH = "straight_path"
    COMPOUND_GROWTH = "compound_growth"
    DIRECTION = "direction"


class Outcome(StrEnum):
    """What a method says: well, neither, badly."""

    GOOD = "good"
    BETWEEN = "between"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Judged:
    """One method's answer: its sum and what it makes of it."""

    method: Method
    line: Line
    outcome: Outcome


#: Achieved scores: from here on "acceptable", and below here no longer (SAP Strategy Management, achievement scores).
ACCEPTABLE, POOR = Decimal("0.80"), Decimal("0.70")
#: Healthy People: without standard errors, less than this is no detectable change, towards the target or away.
DETECTABLE = Decimal("0.10")


def judged_by_all(promise: Promise, year: int, value: Decimal) -> tuple[Judged, ...]:
    """`value`, read for `year` before the target year, as each of the five methods judges it.

    Raises ValueError without a year of the start before `year`, or where the start, the value or the target is not
    above 0: growth has no rate from nothing.
    """
    if promise.baseline_year is None or promise.baseline_year >= year:
        raise ValueError("a pace needs a start before the reading")
    if min(promise.baseline_value, promise.target_value, value) <= 0 or not promise.distance:
        raise ValueError("growth needs figures above 0 and a way to go")
    return (
        _share_of_target(promise, value),
        _targeted_change(promise, value),
        _straight_path(promise, year, value),
        _compound_growth(promise, year, value),
        _direction(promise, value),
    )


def _share_of_target(promise: Promise, value: Decimal) -> Judged:
    target = promise.target_value
    over, under, formula = (value, target, "x ÷ T") if promise.higher_is_better else (target, value, "T ÷ x")
    share = over / under
    outcome = Outcome.GOOD if share >= ACCEPTABLE else Outcome.BETWEEN if share >= POOR else Outcome.BAD
    return Judged(Method.SHARE_OF_TARGET, Line("share_of_target", formula, f"{over} ÷ {under}", share), outcome)


def _targeted_change(promise: Promise, value: Decimal) -> Judged:
    start, target = promise.baseline_value, promise.target_value
    change = promise.gained(value) / promise.distance
    away = -promise.gained(value) / start
    outcome = Outcome.GOOD if change >= DETECTABLE else Outcome.BAD if away >= DETECTABLE else Outcome.BETWEEN
    line = Line("targeted_change", "(x − b) ÷ (T − b)", f"({value} − {start}) ÷ ({target} − {start})", change)
    return Judged(Method.TARGETED_CHANGE, line, outcome)


def _straight_path(promise: Promise, year: int, value: Decimal) -> Judged:
    start, first, target, last = _ends(promise)
    pace = promise.gained(value) * (last - first) / (promise.distance * (year - first))
    formula = "((x − b) ÷ (t − t₀)) ÷ ((T − b) ÷ (t₁ − t₀))"
    numbers = f"(({value} − {start}) ÷ {year - first}) ÷ (({target} − {start}) ÷ {last - first})"
    return Judged(Method.STRAIGHT_PATH, Line("straight_path", formula, numbers, pace), _of_pace(pace))


def _compound_growth(promise: Promise, year: int, value: Decimal) -> Judged:
    start, first, target, last = _ends(promise)
    made = (value / start) ** (Decimal(1) / (year - first)) - 1
    needed = (target / start) ** (Decimal(1) / (last - first)) - 1
    pace = made / needed
    formula = "((x ÷ b)^(1 ÷ (t − t₀)) − 1) ÷ ((T ÷ b)^(1 ÷ (t₁ − t₀)) − 1)"
    numbers = f"(({value} ÷ {start})^(1 ÷ {year - first}) − 1) ÷ (({target} ÷ {start})^(1 ÷ {last - first}) − 1)"
    return Judged(Method.COMPOUND_GROWTH, Line("compound_growth", formula, numbers, pace), _of_pace(pace))


def _direction(promise: Promise, value: Decimal) -> Judged:
    gained = promise.gained(value)
    formula, numbers = ("x − b", f"{value} − {promise.baseline_value}")
    outcome = Outcome.GOOD if gained > 0 else Outcome.BAD if gained < 0 else Outcome.BETWEEN
    return Judged(Method.DIRECTION, Line("direction", formula, numbers, gained * promise.sign), outcome)


def _of_pace(pace: Decimal) -> Outcome:
    """Both paces are cut at the same shares: on track, behind or far behind, away."""
    return Outcome.GOOD if pace >= ON_TRACK else Outcome.BETWEEN if pace >= FAR_BEHIND else Outcome.BAD


def _ends(promise: Promise) -> tuple[Decimal, int, Decimal, int]:
    return promise.baseline_value, promise.baseline_year or 0, promise.target_value, promise.target_year
