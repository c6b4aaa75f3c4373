"""Any indicator: all of them at a glance, and one with the places, groups and years that a reader asks for."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import OuterRef, Q, Subquery

from metrics.calc.cells import Known, Unit
from metrics.calc.direction import Movement, movement
from metrics.calc.expecting import expected
from metrics.calc.gaps import ranking
from metrics.calc.standing import Standing, standing
from metrics.calc.tally import Tally, movements, tally
from metrics.models import PublishedCell
from metrics.models.definitions import ALL_STUDENTS, CONNECTICUT, HARTFORD, PROGRAM_STAGES, REST_OF_STATE

from .definitions import GoalInfo, GroupInfo, IndicatorInfo, PlaceInfo
from .goals import Comparison, Rank, breakdowns, compare, is_town, town_rank
from .releases import ReleaseInfo
from .revisions import Revision, revisions
from .series import Breakdown, Series, Shelf
from .vantage import Vantage, now

#: The places every indicator is shown for: Hartford, and what it is compared with.
OURS = (HARTFORD, CONNECTICUT, REST_OF_STATE)
#: Town districts that are named on each side of Hartford.
AROUND = 3


@dataclass(frozen=True, slots=True)
class IndicatorLine:
    """One indicator at a glance: all students of Hartford and of Connecticut, and which way Hartford went last.

    goal     the goal that is stated in it now
    latest   from the figure before the latest to the latest; None with fewer than two
    """

    indicator: IndicatorInfo
    goal: GoalInfo | None
    hartford: Series
    state: Series
    latest: Movement | None


@dataclass(frozen=True, slots=True)
class GoalStanding:
    """Where a goal stands by its current statement."""

    goal: GoalInfo
    standing: Standing


@dataclass(frozen=True, slots=True)
class IndicatorList:
    """All indicators, in the order of their definitions.

    years   how many of them went which way, by the year of the later figure, the newest first
    goals   each goal's current statement with where it stands
    """

    release: ReleaseInfo
    lines: tuple[IndicatorLine, ...]
    years: tuple[Tally, ...]
    goals: tuple[GoalStanding, ...]


@dataclass(frozen=True, slots=True)
class Ranked:
    """A town district in the order of its figures, the highest first; equal figures share a place."""

    place: PlaceInfo
    position: int
    value: Decimal


@dataclass(frozen=True, slots=True)
class Ranking:
    """Hartford among the town districts in one year, with those around it."""

    rank: Rank
    around: tuple[Ranked, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a reader asks of an indicator: codes of places and slugs of groups that the release defines."""

    places: tuple[str, ...] = (HARTFORD, CONNECTICUT)
    groups: tuple[str, ...] = (ALL_STUDENTS,)


@dataclass(frozen=True, slots=True)
class Coming:
    """A figure that is not out yet: of which year, and by which day it usually is."""

    year: int
    day: date


@dataclass(frozen=True, slots=True)
class IndicatorReading:
    """Everything the page of one indicator says.

    goal            the goal that is stated in it now
    hartford …      all students of the three places
    chosen          what was asked for: each place with each group that it has figures of
    breakdowns      Hartford's groups side by side; empty for what is no rate, where groups have no gap
    beside_state    by group: its figure minus Connecticut's of the same group and year, in points, where both are known
    places, groups  what can be asked for: every place with figures, and the groups of the places shown
    latest, whole   what happened since the figure before the latest, and since the first one
    comparison      Hartford beside Connecticut over the years that both have; None for what is no percentage
    coming          the figure after the latest, where its publisher has a habit
    """

    release: ReleaseInfo
    indicator: IndicatorInfo
    goal: GoalInfo | None
    hartford: Series
    state: Series
    rest: Series
    chosen: tuple[Series, ...]
    breakdowns: tuple[Breakdown, ...]
    beside_state: Mapping[str, Decimal]
    places: tuple[PlaceInfo, ...]
    groups: tuple[GroupInfo, ...]
    ranking: Ranking | None
    latest: Movement | None
    whole: Movement | None
    comparison: Comparison | None
    coming: Coming | None
    revisions: tuple[Revision, ...]


def indicators(at: Vantage | None = None) -> IndicatorList | None:
    """All indicators now, or as seen `at`; None before the first release. Two queries."""
    at = at or now()
    if at is None:
        return None
    told = [one for one in at.definitions.indicators.values() if one.slug not in PROGRAM_STAGES]
    key = Q(indicator__in=[one.slug for one in told], place__in=(HARTFORD, CONNECTICUT), group=ALL_STUDENTS)
    shelf = Shelf(at.definitions, at.shown(key))
    goals = at.definitions.stated_in
    lines = tuple(_line(one, goals.get(one.slug), shelf) for one in told)
    moved = (one for line in lines for one in _movements(line.hartford))
    standings = tuple(goal_standing(goal, shelf, at.release) for goal in at.definitions.goals)
    return IndicatorList(at.release, lines, tally(moved), standings)


def indicator_page(slug: str, asked: Asked, at: Vantage | None = None) -> IndicatorReading | None:
    """One indicator with what was `asked` of it; None where the release defines no such indicator. Four queries.

    One for the release, one for the cells, past and present, of the places shown (of other districts only the year
    that Hartford is ranked in), one for the places that have figures, one for the dates of corrections.
    """
    at = at or now()
    if at is None or slug not in at.definitions.indicators or slug in PROGRAM_STAGES:
        return None
    shown = {*OURS, *asked.places}
    latest_known = PublishedCell.objects.shown_in(at.release.number).filter(
        indicator=OuterRef("indicator"), place=HARTFORD, group=ALL_STUDENTS, value__isnull=False
    )
    latest_year = Subquery(latest_known.order_by("-period").values("period")[:1])
    ranked = Q(group=ALL_STUDENTS) & Q(period=latest_year)
    cells = [cell for cell in at.ever(Q(indicator=slug) & (Q(place__in=shown) | ranked)) if at.definitions.know(cell)]
    shelf = Shelf(at.definitions, (cell for cell in cells if cell.last_release is None))
    indicator, goal = at.definitions.indicators[slug], at.definitions.stated_in.get(slug)
    hartford, state, rest = (shelf.find(slug, place, ALL_STUDENTS) for place in OURS)
    groups = shelf.groups(slug, HARTFORD) if indicator.unit is Unit.PERCENT else ()
    promised = (goal.current.baseline_year, goal.current.target_value) if goal else (None, None)
    side_by_side = breakdowns(groups, indicator, *promised)
    return IndicatorReading(
        at.release,
        indicator,
        goal,
        hartford,
        state,
        rest,
        _chosen(shelf, slug, asked),
        side_by_side,
        _beside_state(side_by_side, shelf),
        _places(at, slug),
        tuple(group for group in at.definitions.groups.values() if _has(shelf, slug, shown, group)),
        _ranking(shelf, hartford),
        _latest(hartford),
        _whole(hartford),
        compare(indicator, shelf.find) if indicator.unit is Unit.PERCENT else None,
        _coming(hartford),
        revisions(at, [cell for cell in cells if cell.place in OURS]),
    )


def _line(indicator: IndicatorInfo, goal: GoalInfo | None, shelf: Shelf) -> IndicatorLine:
    hartford = shelf.find(indicator.slug, HARTFORD, ALL_STUDENTS)
    state = shelf.find(indicator.slug, CONNECTICUT, ALL_STUDENTS)
    return IndicatorLine(indicator, goal, hartford, state, _latest(hartford))


def goal_standing(goal: GoalInfo, shelf: Shelf, release: ReleaseInfo) -> GoalStanding:
    """Where a goal stands on the day of a release, by the cells on the shelf."""
    own = shelf.find(goal.current.indicator.slug, HARTFORD, ALL_STUDENTS)
    judged = standing(goal.current.promise, own.indicator.slug, own.cells, release.published_at.year)
    return GoalStanding(goal, judged)


def _movements(series: Series) -> tuple[Movement, ...]:
    indicator = series.indicator
    return movements(
        series.cells, higher_is_better=indicator.higher_is_better, counts_are_shares=indicator.unit is Unit.PERCENT
    )


def _latest(series: Series) -> Movement | None:
    return next(reversed(_movements(series)), None)


def _whole(series: Series) -> Movement | None:
    """From the first known figure to the latest, where there is one between them."""
    known = [(point.year, point.cell) for point in series.known if isinstance(point.cell, Known)]
    if len(known) <= 2:
        return None
    indicator = series.indicator
    return movement(
        known[0],
        known[-1],
        higher_is_better=indicator.higher_is_better,
        counts_are_shares=indicator.unit is Unit.PERCENT,
    )


def _coming(series: Series) -> Coming | None:
    lag, latest = series.indicator.lag_months, series.latest
    if lag is None or latest is None:
        return None
    following = latest.year + 1
    return Coming(following, expected(series.indicator.year_axis, following, lag))


def _chosen(shelf: Shelf, slug: str, asked: Asked) -> tuple[Series, ...]:
    known = shelf.definitions
    return tuple(
        shelf.find(slug, place, group)
        for place in asked.places
        for group in asked.groups
        if place in known.places and group in known.groups and (slug, place, group) in shelf.points
    )


def _has(shelf: Shelf, slug: str, places: Iterable[str], group: GroupInfo) -> bool:
    return any((slug, place, group.slug) in shelf.points for place in places)


def _beside_state(side_by_side: Iterable[Breakdown], shelf: Shelf) -> dict[str, Decimal]:
    found = {}
    for one in side_by_side:
        for row in one.rows:
            state = shelf.find(row.series.indicator.slug, CONNECTICUT, row.group.slug).at(one.year)
            if isinstance(row.cell, Known) and isinstance(state, Known):
                found[row.group.slug] = row.cell.value - state.value
    return found


def _places(at: Vantage, slug: str) -> tuple[PlaceInfo, ...]:
    """Every place that has figures of the indicator, by name. One query."""
    codes = at.places(slug)
    return tuple(sorted((at.definitions.places[code] for code in codes), key=lambda place: place.name))


def _ranking(shelf: Shelf, hartford: Series) -> Ranking | None:
    """Hartford among the town districts in the year of its latest figure."""
    if hartford.latest is None:
        return None
    year, every = hartford.latest.year, shelf.places(hartford.indicator.slug)
    rank = town_rank(every, year)
    if rank is None:
        return None
    towns = {one.place.code: one for one in every if is_town(one.place)}
    values = {code: cell.value for code, one in towns.items() if isinstance(cell := one.at(year), Known)}
    order = ranking(values)
    own = next(index for index, (code, _position) in enumerate(order) if code == HARTFORD)
    near = order[max(own - AROUND, 0) : own + AROUND + 1]
    return Ranking(rank, tuple(Ranked(towns[code].place, position, values[code]) for code, position in near))
