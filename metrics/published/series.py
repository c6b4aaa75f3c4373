"""Published figures as a reader meets them: points, series, groups side by side."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from metrics.calc.cells import Cell, Known, NotReported, Status, cell
from metrics.calc.gaps import Gap, gap
from metrics.calc.rates import published
from metrics.models import PublishedCell
from metrics.models.definitions import ALL_STUDENTS

from .definitions import Definitions, DimensionInfo, GroupInfo, IndicatorInfo, PlaceInfo, SourceInfo, worded


@dataclass(frozen=True, slots=True)
class Point:
    """One year of a series. `revised` marks a figure that replaced an earlier published one."""

    year: int
    cell: Cell
    source: SourceInfo
    note: str = ""
    reason: str = ""

    @property
    def revised(self) -> bool:
        return bool(self.reason)

    @property
    def value(self) -> Decimal | None:
        return self.cell.value if isinstance(self.cell, Known) else None


@dataclass(frozen=True, slots=True)
class Series:
    """The figures of one indicator for one place and group, oldest first."""

    indicator: IndicatorInfo
    place: PlaceInfo
    group: GroupInfo
    points: tuple[Point, ...]

    @property
    def cells(self) -> Mapping[int, Cell]:
        return {point.year: point.cell for point in self.points}

    @property
    def known(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if isinstance(point.cell, Known))

    @property
    def latest(self) -> Point | None:
        return self.known[-1] if self.known else None

    def at(self, year: int) -> Cell:
        """The cell of `year`; a year nobody reported is `NotReported`."""
        return self.cells.get(year, NotReported())

    @property
    def sources(self) -> tuple[SourceInfo, ...]:
        return tuple(dict.fromkeys(point.source for point in self.points))


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of a breakdown in one year; the two distances are in points, None when not known.

    `to_best` is the distance to the best group of the same breakdown, `to_target` to the goal's target;
    a target that is reached has a distance of 0 or less.
    """

    group: GroupInfo
    cell: Cell
    series: Series
    to_best: Decimal | None
    to_target: Decimal | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The groups of one dimension in one year, best first, then those that are not shown.

    gap                         between the best and the worst known group of `year`
    gap_now, gap_before         the same for the groups known in both `year` and `year_before`: like with like
    """

    dimension: DimensionInfo
    year: int
    rows: tuple[GroupRow, ...]
    gap: Gap | None
    year_before: int
    gap_now: Gap | None
    gap_before: Gap | None

    @property
    def gap_change(self) -> Decimal | None:
        """Points the gap grew since `year_before`; negative when it closed, None when there is no earlier year."""
        if self.gap_now is None or self.gap_before is None or self.year_before == self.year:
            return None
        return self.gap_now.points - self.gap_before.points


def series_cell(row: PublishedCell, decimals: int) -> Cell:
    """The cell of a published row, its value with the decimals its publisher prints."""
    value = None if row.value is None else published(row.value, decimals)
    return cell(Status(row.status), value, row.numerator, row.denominator)


def series_point(definitions: Definitions, row: PublishedCell) -> Point:
    decimals = definitions.indicators[row.indicator].decimals
    return Point(
        row.period,
        series_cell(row, decimals),
        definitions.sources[row.source],
        worded(row.note),
        worded(row.reason),
    )


class Shelf:
    """Published rows put in order, so that a series is found without asking the database again."""

    def __init__(self, definitions: Definitions, rows: Iterable[PublishedCell]) -> None:
        self.definitions = definitions
        self.points: dict[tuple[str, str, str], list[Point]] = {}
        for row in sorted(rows, key=lambda row: row.period):
            key = (row.indicator, row.place, row.group)
            self.points.setdefault(key, []).append(series_point(definitions, row))

    def find(self, indicator: str, place: str, group: str) -> Series:
        d = self.definitions
        points = tuple(self.points.get((indicator, place, group), ()))
        return Series(d.indicators[indicator], d.places[place], d.groups[group], points)

    def groups(self, indicator: str, place: str) -> tuple[Series, ...]:
        """Every group but all students, in the order the definitions give."""
        return tuple(
            self.find(indicator, place, group)
            for group in self.definitions.groups
            if group != ALL_STUDENTS and (indicator, place, group) in self.points
        )

    def places(self, indicator: str) -> tuple[Series, ...]:
        """All students of every place."""
        keys = [key for key in self.points if key[0] == indicator and key[2] == ALL_STUDENTS]
        return tuple(self.find(*key) for key in keys)


def breakdown(
    dimension: DimensionInfo,
    series: tuple[Series, ...],
    *,
    year: int,
    since: int,
    target: Decimal | None,
    higher_is_better: bool,
) -> Breakdown:
    """The groups of one dimension side by side in `year`, and their gap in `since` for comparison."""
    sign = 1 if higher_is_better else -1
    cells = {one.group.slug: one.at(year) for one in series}
    before = {one.group.slug: one.at(since) for one in series if isinstance(cells[one.group.slug], Known)}
    both = {slug: cells[slug] for slug, cell in before.items() if isinstance(cell, Known)}
    now = gap(cells, higher_is_better=higher_is_better)

    def row(one: Series) -> GroupRow:
        own = cells[one.group.slug]
        if not isinstance(own, Known):
            return GroupRow(one.group, own, one, None, None)
        to_best = None if now is None else sign * (now.best_value - own.value)  # one group alone has nobody beside it
        to_target = None if target is None else sign * (target - own.value)
        return GroupRow(one.group, own, one, to_best, to_target)

    rows = sorted(
        (row(one) for one in series),
        key=lambda r: (not isinstance(r.cell, Known), r.to_best or 0, r.group.name),
    )
    return Breakdown(
        dimension,
        year,
        tuple(rows),
        now,
        since,
        gap(both, higher_is_better=higher_is_better),
        gap(before, higher_is_better=higher_is_better),
    )
