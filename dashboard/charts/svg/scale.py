"""Scales: the window of values a chart spans, its gridlines, and where a year and a value fall."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal
from enum import IntEnum
from itertools import cycle
from typing import NamedTuple

from metrics.calc.rates import plain

#: Every goal's trajectory spans this many points, so that equal slope is equal pace.
SPAN = Decimal(50)
TEN = Decimal(10)
HUNDRED = Decimal(100)
MOST_LINES = 6
#: Steps between the values that a fitted window holds, at most.
FITTED_STEPS = 4


class Size(IntEnum):
    """Height of a plot in px (at 16 px a rem)."""

    PANEL = 208
    PAGE = 380
    SHEET = 150
    PAPER = 320
    PAIR = 240  # two lines compared


class Window(NamedTuple):
    """The lowest and highest value a chart shows, in the indicator's unit."""

    floor: Decimal
    ceiling: Decimal


def window(
    *, values: Iterable[Decimal | None], target: Decimal | None, start: Decimal | None, higher_is_better: bool = True
) -> Window:
    """The 50 points, in tens, that hold everything: room is left above the target (below it when lower is better).

    Wider, in tens, when the values spread over more than 50 points; it never leaves 0 to 100 unless the values do.
    """
    seen = [value for value in (*values, target, start) if value is not None]
    low, high = (min(seen), max(seen)) if seen else (Decimal(0), Decimal(0))
    if higher_is_better:
        room = _up(high, beyond=True)
        ceiling = max(SPAN, min(room, HUNDRED) if high <= HUNDRED else room)
        return Window(_settle(min(ceiling - SPAN, _down(low)), low), ceiling)
    floor = _settle(_down(low, beyond=True), low)
    return Window(floor, max(floor + SPAN, _up(high)))


def fitted(*, values: Iterable[Decimal | None], target: Decimal, start: Decimal, most: Decimal | None = None) -> Window:
    """A window for what is compared with nothing else: two to five round steps, from 0 unless that is far away.

    Nothing stands at an edge but 0 and `most`, which is never passed (100, for percentages).
    """
    seen = [value for value in (*values, target, start) if value is not None]
    low, high = min(seen), max(seen)
    bottom = Decimal(0) if 0 <= low <= high / 2 else low
    step = next(step for step in _steps() if (high - bottom) / step <= FITTED_STEPS)
    floor = ((low / step).to_integral_value(ROUND_CEILING) - 1) * step if bottom else bottom
    ceiling = ((high / step).to_integral_value(ROUND_FLOOR) + 1) * step
    return Window(_settle(floor, low), ceiling if most is None or high > most else min(ceiling, most))


def _steps() -> Iterator[Decimal]:
    """1, 2, then 10, 20, 50, 100, 200 …"""
    yield from (Decimal(1), Decimal(2))
    step = TEN
    for factor in cycle((Decimal(2), Decimal("2.5"), Decimal(2))):
        yield step
        step = plain(step * factor)


def _settle(floor: Decimal, low: Decimal) -> Decimal:
    return max(floor, Decimal(0)) if low >= 0 else floor


def _up(value: Decimal, *, beyond: bool = False) -> Decimal:
    tens = (value / TEN).to_integral_value(ROUND_CEILING) * TEN
    return tens + TEN if beyond and tens == value else tens


def _down(value: Decimal, *, beyond: bool = False) -> Decimal:
    tens = (value / TEN).to_integral_value(ROUND_FLOOR) * TEN
    return tens - TEN if beyond and tens == value else tens


@dataclass(frozen=True, slots=True)
class Scale:
    """Where a year and a value fall. x in percent of the width, y in px from the top of a plot of `height` px."""

    first: int
    last: int
    floor: Decimal
    ceiling: Decimal
    height: float

    @classmethod
    def around(
        cls, *, first: int, last: int, floor: Decimal, ceiling: Decimal, height: float, values: Iterable[Decimal]
    ) -> "Scale":
        """The scale asked for, widened in tens when a value would leave it: nothing is drawn beside its place."""
        seen = list(values)
        low, high = min([floor, *seen]), max([ceiling, *seen])
        floor, ceiling = (floor if low == floor else _down(low)), (ceiling if high == ceiling else _up(high))
        return cls(first, max(first, last), floor, ceiling if ceiling > floor else floor + TEN, height)

    def x(self, year: float) -> float:
        if self.last == self.first:
            return 0.0
        return min(max((year - self.first) / (self.last - self.first), 0.0), 1.0) * 100

    def y(self, value: Decimal) -> float:
        return round(float((self.ceiling - value) / (self.ceiling - self.floor)) * self.height, 2)

    def lines(self) -> tuple[Decimal, ...]:
        """Values of the gridlines, lowest first: each ten, or the next round step that gives no more than seven.

        In a window of less than 20, where tens would give a line or two, the first such step from 1 on.
        """
        whole = self.ceiling - self.floor
        step = next(step for step in _steps() if (step >= TEN or whole < 2 * TEN) and whole / step <= MOST_LINES)
        first = (self.floor / step).to_integral_value(ROUND_CEILING) * step
        return tuple(first + step * index for index in range(int((self.ceiling - first) / step) + 1))
