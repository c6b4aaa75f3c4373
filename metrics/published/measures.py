"""Where any target stands, judged like the goals: a start, an aim, and the published figures between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from django.db.models import Q

from metrics.calc.cells import Cell, Known, Unit
from metrics.calc.rates import plain
from metrics.calc.standing import Promise, Standing, standing

from .definitions import Definitions, GroupInfo, IndicatorInfo, PlaceInfo
from .goals import PathRow, path_rows
from .releases import ReleaseInfo
from .series import Series, Shelf
from .vantage import Vantage, now


@dataclass(frozen=True, slots=True)
class Target:
    """What somebody means to reach: indicator (slug), place (code), group (slug); values in the indicator's unit."""

    indicator: str
    place: str
    group: str
    baseline_value: Decimal
    baseline_year: int
    target_value: Decimal
    target_year: int


@dataclass(frozen=True, slots=True)
class Measure:
    """A target with the figures it is judged by, as `release` shows them.

    rows   every year from the first figure to the target year; empty while there is no figure
    """

    indicator: IndicatorInfo
    place: PlaceInfo
    group: GroupInfo
    series: Series
    standing: Standing
    rows: tuple[PathRow, ...]
    release: ReleaseInfo


def measures(targets: Iterable[Target], at: Vantage | None = None) -> tuple[Measure | None, ...]:
    """Where each of `targets` stands, now or as seen `at`, in their order: two queries, however many there are.

    None where the release defines no such indicator, place or group, where the target does not lie on the good
    side of its start, and everywhere before the first release.
    """
    targets = tuple(targets)
    at = (at or now()) if targets else None
    if at is None:
        return (None,) * len(targets)
    rows = at.shown(
        Q(
            indicator__in={target.indicator for target in targets},
            place__in={target.place for target in targets},
            group__in={target.group for target in targets},
        )
    )
    shelf = Shelf(at.definitions, rows)
    return tuple(
        _measure(target, shelf, at.release) if _defined(target, at.definitions) else None for target in targets
    )


def _defined(target: Target, definitions: Definitions) -> bool:
    return (
        target.indicator in definitions.indicators
        and target.place in definitions.places
        and target.group in definitions.groups
    )


def _measure(target: Target, shelf: Shelf, release: ReleaseInfo) -> Measure | None:
    series = shelf.find(target.indicator, target.place, target.group)
    indicator, promise = series.indicator, _promise(target, series.indicator)
    if promise.distance <= 0:  # any figure at all would count as having reached it
        return None
    judged = standing(promise, indicator.slug, _judged(series), release.published_at.year)
    return Measure(indicator, series.place, series.group, series, judged, path_rows(promise, series), release)


def _promise(target: Target, indicator: IndicatorInfo) -> Promise:
    """The target as the engine judges it. Where neither way is better in itself, the target says which one is meant."""
    up = indicator.higher_is_better
    return Promise(
        indicator.slug,
        plain(target.baseline_value),
        target.baseline_year,
        plain(target.target_value),
        target.target_year,
        target.target_value > target.baseline_value if up is None else up,
    )


def _judged(series: Series) -> Mapping[int, Cell]:
    """The cells that decide. Counts are the two sides of a percentage; beside dollars they are no share of anything."""
    if series.indicator.unit is Unit.PERCENT:
        return series.cells
    return {year: _without_counts(cell) for year, cell in series.cells.items()}


def _without_counts(cell: Cell) -> Cell:
    return replace(cell, numerator=None, denominator=None) if isinstance(cell, Known) else cell
