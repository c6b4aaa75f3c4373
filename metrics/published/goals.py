"""One goal as the public sees it: standings, series, groups, the state, revisions."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from metrics.calc.cells import Cell, Known, NotReported, Withheld
from metrics.calc.gaps import rank, total_up_gap_wider
from metrics.calc.standing import Promise, Standing, standing
from metrics.models.definitions import ALL_STUDENTS, CONNECTICUT, HARTFORD, REST_OF_STATE

from .definitions import GoalInfo, IndicatorInfo, PlaceInfo, StatementInfo
from .series import Breakdown, Point, Series, breakdown

#: Finds the series of an indicator (slug), place (code) and group (slug).
Find = Callable[[str, str, str], Series]
#: Finds every group's series of an indicator in one place.
FindGroups = Callable[[str, str], tuple[Series, ...]]

#: The kind of place that town districts are.
DISTRICT = "district"


@dataclass(frozen=True, slots=True)
class PathRow:
    """One year of the table: what was reported, what the path asked for, and the difference (points)."""

    year: int
    point: Point | None
    cell: Cell
    required: Decimal | None
    difference: Decimal | None
    state: Cell


@dataclass(frozen=True, slots=True)
class Comparison:
    """Hartford beside Connecticut in one indicator. Differences are Hartford minus state, in points."""

    indicator: IndicatorInfo
    hartford: Series
    state: Series
    rest: Series
    first_year: int
    last_year: int
    first_difference: Decimal
    last_difference: Decimal
    state_change: Decimal
    hartford_change: Decimal


@dataclass(frozen=True, slots=True)
class Rank:
    """Hartford among the town districts in one year: counted from the best, and from the last; ties share."""

    year: int
    place: int
    from_last: int
    of: int


@dataclass(frozen=True, slots=True)
class StatementStanding:
    statement: StatementInfo
    standing: Standing


@dataclass(frozen=True, slots=True)
class GoalReading:
    """Everything the pages say of one goal.

    statements   the goal as each document states it, the current one first, each with its own standing
    series       Hartford, all students, in the current statement's own definition
    groups_in    the indicator the breakdowns are in; not always the goal's own
    breakdowns   groups side by side in their latest year, by dimension
    comparison   Hartford and Connecticut, in `groups_in`; None where the state has no figures
    """

    goal: GoalInfo
    statements: tuple[StatementStanding, ...]
    series: Series
    groups_in: IndicatorInfo
    breakdowns: tuple[Breakdown, ...]
    comparison: Comparison | None
    rows: tuple[PathRow, ...]

    @property
    def current(self) -> StatementInfo:
        return self.statements[0].statement

    @property
    def standing(self) -> Standing:
        return self.statements[0].standing

    @property
    def others(self) -> tuple[StatementStanding, ...]:
        return self.statements[1:]

    @property
    def widest(self) -> Breakdown | None:
        """The breakdown whose groups stand furthest apart."""
        known = [one for one in self.breakdowns if one.gap]
        return max(known, key=lambda one: one.gap.points if one.gap else 0, default=None)

    @property
    def total_up_gap_wider(self) -> bool:
        """Everybody together came nearer to the target while the widest gap grew, over the same years."""
        one = self.widest
        if one is None or one.gap_now is None or one.gap_before is None or self.groups_in != self.current.indicator:
            return False
        then, now = self.series.at(one.year_before), self.series.at(one.year)
        if not isinstance(then, Known) or not isinstance(now, Known):
            return False
        up = self.groups_in.higher_is_better is not False
        return total_up_gap_wider(now.value - then.value, one.gap_before, one.gap_now, higher_is_better=up)


def read_goal(goal: GoalInfo, find: Find, find_groups: FindGroups, as_of: int) -> GoalReading:
    """Puts a goal's published figures together and judges them in the calendar year `as_of`."""
    current = goal.current
    own = find(current.indicator.slug, HARTFORD, ALL_STUDENTS)
    groups = find_groups(current.indicator.slug, HARTFORD)
    groups_in = current.indicator
    if goal.companion and not groups:
        groups_in, groups = goal.companion, find_groups(goal.companion.slug, HARTFORD)
    state = find(groups_in.slug, CONNECTICUT, ALL_STUDENTS)
    return GoalReading(
        goal,
        tuple(StatementStanding(s, _judge(s, find, as_of)) for s in goal.statements),
        own,
        groups_in,
        breakdowns(groups, groups_in, *_promised(current, groups_in)),
        compare(groups_in, find),
        path_rows(current.promise, own, state if groups_in == current.indicator else None),
    )


def _judge(statement: StatementInfo, find: Find, as_of: int) -> Standing:
    own = find(statement.indicator.slug, HARTFORD, ALL_STUDENTS)
    return standing(statement.promise, own.indicator.slug, own.cells, as_of)


def _promised(current: StatementInfo, groups_in: IndicatorInfo) -> tuple[int | None, Decimal | None]:
    """The year and the target that groups are held to: where they are in the goal's own definition."""
    own = groups_in == current.indicator
    return (current.baseline_year, current.target_value) if own else (None, None)


def breakdowns(
    groups: tuple[Series, ...], indicator: IndicatorInfo, since: int | None = None, target: Decimal | None = None
) -> tuple[Breakdown, ...]:
    """The groups of each dimension in their latest year, beside `since` or, where it has no figures, their first."""
    by_dimension: dict[str, list[Series]] = {}
    for one in groups:
        by_dimension.setdefault(one.group.dimension.slug, []).append(one)
    return tuple(
        breakdown(
            members[0].group.dimension,
            tuple(members),
            year=max(years),
            since=since if since in years else min(years),
            target=target,
            higher_is_better=indicator.higher_is_better is not False,
        )
        for members in by_dimension.values()
        if (years := _years(members, Known) or _years(members, Withheld))
    )


def _years(members: list[Series], kind: type[Known] | type[Withheld]) -> set[int]:
    """The years for which at least one group of a breakdown has such a cell."""
    return {point.year for one in members for point in one.points if isinstance(point.cell, kind)}


def compare(indicator: IndicatorInfo, find: Find) -> Comparison | None:
    """Hartford beside Connecticut over the years that both have reported; None where there is none."""
    ours = find(indicator.slug, HARTFORD, ALL_STUDENTS)
    state = find(indicator.slug, CONNECTICUT, ALL_STUDENTS)
    ours_by_year = {point.year: point.cell.value for point in ours.known if isinstance(point.cell, Known)}
    state_by_year = {point.year: point.cell.value for point in state.known if isinstance(point.cell, Known)}
    years = sorted(ours_by_year.keys() & state_by_year.keys())
    if not years:
        return None
    first, last = years[0], years[-1]
    return Comparison(
        indicator,
        ours,
        state,
        find(indicator.slug, REST_OF_STATE, ALL_STUDENTS),
        first,
        last,
        ours_by_year[first] - state_by_year[first],
        ours_by_year[last] - state_by_year[last],
        state_by_year[last] - state_by_year[first],
        ours_by_year[last] - ours_by_year[first],
    )


def path_rows(promise: Promise, own: Series, state: Series | None = None) -> tuple[PathRow, ...]:
    """Every year from the first figure to the target year, the missing ones included."""
    if not own.points or promise.baseline_year is None:
        return ()
    points = {point.year: point for point in own.points}
    first, last = min(points), max(*points, promise.target_year)
    rows = []
    for year in range(first, last + 1):
        on_path = promise.baseline_year <= year <= promise.target_year
        required = promise.required(year) if on_path else None
        cell = own.at(year)
        difference = cell.value - required if isinstance(cell, Known) and required is not None else None
        rows.append(
            PathRow(year, points.get(year), cell, required, difference, state.at(year) if state else NotReported())
        )
    return tuple(rows)


def is_town(place: PlaceInfo) -> bool:
    """Whether it is the district of a town, which is what Hartford is ranked among."""
    return place.kind == DISTRICT and place.code.endswith("11")


def town_rank(series: tuple[Series, ...], year: int) -> Rank | None:
    """Hartford among the town districts (state codes that end in 11) in `year`; None when there is nothing to rank."""
    towns = [one for one in series if is_town(one.place)]
    known = {one.place.code: cell.value for one in towns if isinstance(cell := one.at(year), Known)}
    if HARTFORD not in known or len(known) < 2:
        return None
    place, of = rank(known, HARTFORD)
    from_last, _of = rank(known, HARTFORD, higher_is_better=False)
    return Rank(year, place, from_last, of)
