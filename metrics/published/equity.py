"""How far apart groups of students are, in every rate there is, and where nobody reports them."""

from collections import Counter
from dataclasses import dataclass
from decimal import Decimal

from django.db.models import Q

from metrics.calc.cells import Known, Unit, Withheld
from metrics.calc.gaps import PairChange, pair_change, ratio, total_up_gap_wider
from metrics.models.definitions import ALL_STUDENTS, HARTFORD, PROGRAM_STAGES

from .definitions import DimensionInfo, GoalInfo, IndicatorInfo
from .goals import breakdowns
from .releases import ReleaseInfo
from .series import Breakdown, Series, Shelf
from .vantage import Vantage, now


@dataclass(frozen=True, slots=True)
class GapReading:
    """One breakdown of one indicator in its latest year.

    ratio   the higher figure of the two furthest groups over the lower one
    pair    what became of the gap between the same two groups since `breakdown.year_before`
    is_total_up_gap_wider   everybody together got better over the same years while those two drifted apart
    """

    breakdown: Breakdown
    ratio: Decimal | None
    pair: PairChange | None
    is_total_up_gap_wider: bool

    @property
    def is_withheld(self) -> bool:
        """Whether groups are reported, and too few of them shown for a gap."""
        return self.breakdown.gap is None and any(isinstance(row.cell, Withheld) for row in self.breakdown.rows)


@dataclass(frozen=True, slots=True)
class IndicatorGaps:
    """One indicator with the breakdowns that have figures; `everybody`: all students of Hartford."""

    indicator: IndicatorInfo
    goal: GoalInfo | None
    everybody: Series
    readings: tuple[GapReading, ...]

    def of(self, dimension: DimensionInfo) -> GapReading | None:
        return next((one for one in self.readings if one.breakdown.dimension == dimension), None)


@dataclass(frozen=True, slots=True)
class GapsBoard:
    """Every rate with a figure of Hartford, those with a goal first.

    dimensions   the ways of grouping that more than one rate is reported by; one alone may not fit the others
    """

    release: ReleaseInfo
    indicators: tuple[IndicatorGaps, ...]
    dimensions: tuple[DimensionInfo, ...]


def gaps(at: Vantage | None = None) -> GapsBoard | None:
    """The gaps now, or as seen `at`; None before the first release. Two queries."""
    at = at or now()
    if at is None:
        return None
    rates = [
        one for one in at.definitions.indicators.values() if one.unit is Unit.PERCENT and one.slug not in PROGRAM_STAGES
    ]
    cells = at.shown(Q(indicator__in=[one.slug for one in rates], place=HARTFORD))
    shelf = Shelf(at.definitions, (cell for cell in cells if at.definitions.know(cell)))
    goals = at.definitions.stated_in
    found = [one for rate in rates if (one := _indicator(rate, goals.get(rate.slug), shelf)).everybody.known]
    order = [goal.slug for goal in at.definitions.goals]
    found.sort(key=lambda one: order.index(one.goal.slug) if one.goal else len(order))
    used = Counter(reading.breakdown.dimension for one in found for reading in one.readings)
    in_order = dict.fromkeys(group.dimension for group in at.definitions.groups.values())
    return GapsBoard(at.release, tuple(found), tuple(one for one in in_order if used[one] > 1))


def _indicator(indicator: IndicatorInfo, goal: GoalInfo | None, shelf: Shelf) -> IndicatorGaps:
    promised = (goal.current.baseline_year, goal.current.target_value) if goal else (None, None)
    everybody = shelf.find(indicator.slug, HARTFORD, ALL_STUDENTS)
    found = breakdowns(shelf.groups(indicator.slug, HARTFORD), indicator, *promised)
    return IndicatorGaps(indicator, goal, everybody, tuple(_reading(one, everybody) for one in found))


def _reading(one: Breakdown, everybody: Series) -> GapReading:
    up = everybody.indicator.higher_is_better is not False
    now_cells = {row.group.slug: row.cell for row in one.rows}
    then_cells = {row.group.slug: row.series.at(one.year_before) for row in one.rows}
    pair = pair_change(then_cells, now_cells, higher_is_better=up) if one.year_before != one.year else None
    return GapReading(one, ratio(one.gap) if one.gap else None, pair, _misleads(one, everybody, higher_is_better=up))


def _misleads(one: Breakdown, everybody: Series, *, higher_is_better: bool) -> bool:
    then, since = everybody.at(one.year), everybody.at(one.year_before)
    if one.gap_now is None or one.gap_before is None or not isinstance(then, Known) or not isinstance(since, Known):
        return False
    change = then.value - since.value
    return total_up_gap_wider(change, one.gap_before, one.gap_now, higher_is_better=higher_is_better)
