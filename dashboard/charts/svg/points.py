"""Yearly points: which of them a line may join, and which years are silent."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import pairwise


class Kind(StrEnum):
    """What is known of a year. Each kind has its own mark, and none of them is a zero."""

    REPORTED = "reported"  # solid
    ESTIMATED = "estimated"  # tinted
    WITHHELD = "withheld"  # closely hatched
    UNREPORTED = "unreported"  # widely hatched


WITH_VALUE = frozenset({Kind.REPORTED, Kind.ESTIMATED})


@dataclass(frozen=True, slots=True)
class PlotPoint:
    """One year of a series, in the indicator's unit. Only reported and estimated years carry a value."""

    year: int
    value: Decimal | None
    kind: Kind = Kind.REPORTED

    def __post_init__(self) -> None:
        if (self.value is not None) != (self.kind in WITH_VALUE):
            raise ValueError(f"{self.year}: a {self.kind} year with the value {self.value}")


@dataclass(frozen=True, slots=True)
class Known:
    """A year with its value."""

    year: int
    value: Decimal
    estimated: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Years without a value, from the middle before the first to the middle after the last."""

    first: float
    last: float
    kind: Kind


def known(points: Iterable[PlotPoint]) -> tuple[Known, ...]:
    """The years that have a value, in order."""
    ordered = sorted(points, key=lambda point: point.year)
    return tuple(Known(p.year, p.value, p.kind is Kind.ESTIMATED) for p in ordered if p.value is not None)


def runs(series: Sequence[Known]) -> tuple[tuple[Known, ...], ...]:
    """Stretches a line may run through: years that follow each other, all reported or all leading to estimates.

    A line is never drawn across a year without a value. Where estimates begin, the run of estimates starts
    at the last reported point, so that the line goes on in its other dress.
    """
    found: list[list[Known]] = []
    dress: bool | None = None
    for before, after in pairwise(series):
        if after.year != before.year + 1:
            dress = None
            continue
        estimated = before.estimated or after.estimated
        if dress != estimated or found[-1][-1] != before:
            found.append([before])
            dress = estimated
        found[-1].append(after)
    return tuple(tuple(run) for run in found)


def is_estimate(run: Sequence[Known]) -> bool:
    return any(point.estimated for point in run)


def stretches(
    points: Iterable[PlotPoint], *, after: int | None = None, until: int | None = None
) -> tuple[Stretch, ...]:
    """Years to be hatched: the withheld, the unreported, every hole between two years that have a value,
    and every year without one from the year `after` (not included) to the year `until` (included).

    Neighbours of one kind are one stretch.
    """
    kinds = {point.year: point.kind for point in points}
    have = [year for year, kind in kinds.items() if kind in WITH_VALUE]
    silent = set(range(min(have), max(have))) if have else set()
    if after is not None and until is not None:
        silent |= set(range(after + 1, until + 1))
    for year in silent:
        kinds.setdefault(year, Kind.UNREPORTED)
    found: list[Stretch] = []
    for year in sorted(kinds):
        kind = kinds[year]
        if kind in WITH_VALUE:
            continue
        if found and found[-1].kind is kind and found[-1].last == year - 0.5:
            found[-1] = Stretch(found[-1].first, year + 0.5, kind)
        else:
            found.append(Stretch(year - 0.5, year + 0.5, kind))
    return tuple(found)
