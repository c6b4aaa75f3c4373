"""What the methods page works through: a printed rate, a sum derived here, and one goal with two starting points."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from metrics.calc.cells import Cell, Known, Unit
from metrics.calc.method import gap_lines, rate_lines, rest_line
from metrics.calc.other_methods import Judged, judged_by_all
from metrics.calc.verdicts import Line, Promise, Reading

from .definitions import IndicatorInfo
from .goals import GoalReading, StatementStanding


@dataclass(frozen=True, slots=True)
class Trap:
    """One goal whose documents start from different figures: the same reading, judged from each.

    reading     the latest figure in the goal's own definition, before the target year
    by_current  as the five methods judge it from the current start
    by_other    from the start that the other document gives, supposing the same year and the same definition
    """

    goal: GoalReading
    other: StatementStanding
    reading: Reading
    by_current: tuple[Judged, ...]
    by_other: tuple[Judged, ...]

    @property
    def opposite(self) -> int:
        """How many of the methods answer differently from the two starts."""
        return sum(one.outcome is not two.outcome for one, two in zip(self.by_current, self.by_other, strict=True))


@dataclass(frozen=True, slots=True)
class Worked:
    """Formulas with the board's own figures in them, of one indicator and year; of a gap: between which groups."""

    indicator: IndicatorInfo
    year: int
    lines: tuple[Line, ...]
    groups: tuple[str, ...] = ()


def trap(goals: Iterable[GoalReading]) -> Trap | None:
    """The goal whose starts lie furthest apart; None where every document starts from the same figure."""
    found = [one for goal in goals for other in goal.others if (one := _trap(goal, other))]
    return max(
        found, key=lambda one: abs(one.goal.current.baseline_value - one.other.statement.baseline_value), default=None
    )


def _trap(goal: GoalReading, other: StatementStanding) -> Trap | None:
    current, reading = goal.current.promise, goal.standing.reading
    start = other.statement.baseline_value
    if reading is None or current.baseline_year is None or start == current.baseline_value:
        return None
    if (
        not current.baseline_year < reading.year < current.target_year
        or other.statement.target_value != current.target_value
    ):
        return None
    supposed: Promise = replace(current, baseline_value=start)
    try:
        by_current = judged_by_all(current, reading.year, reading.value)
        by_other = judged_by_all(supposed, reading.year, reading.value)
    except ValueError:
        return None
    return Trap(goal, other, reading, by_current, by_other)


def worked_rates(goals: Iterable[GoalReading]) -> tuple[Worked, ...]:
    """From counts to a printed rate, and Connecticut without Hartford: of the first goal that has counts."""
    for goal in goals:
        latest = goal.series.latest
        counts = _counts(latest.cell) if latest else None
        if latest is None or counts is None or goal.series.indicator.unit is not Unit.PERCENT:
            continue
        indicator = goal.series.indicator
        found = [Worked(indicator, latest.year, rate_lines(*counts, indicator.decimals))]
        if rest := _rest(goal):
            found.append(rest)
        return tuple(found)
    return ()


def _rest(goal: GoalReading) -> Worked | None:
    """The latest year for which Connecticut without Hartford was derived here and all counts are known."""
    beside = goal.comparison
    if beside is None:
        return None
    for point in reversed(beside.rest.known):
        ours, state = _counts(beside.hartford.at(point.year)), _counts(beside.state.at(point.year))
        if ours and state:
            return Worked(beside.indicator, point.year, (rest_line(state, ours),))
    return None


def worked_gap(goals: Iterable[GoalReading]) -> Worked | None:
    """The widest gap of the first goal that has groups."""
    for goal in goals:
        widest = goal.widest
        if widest and widest.gap:
            names = {row.group.slug: row.group.name for row in widest.rows}
            lines = gap_lines(widest.gap, goal.groups_in.decimals)
            groups = (names[widest.gap.best], names[widest.gap.worst])
            return Worked(goal.groups_in, widest.year, lines, groups)
    return None


def _counts(cell: Cell) -> tuple[int, int] | None:
    if isinstance(cell, Known) and cell.numerator is not None and cell.denominator:
        return cell.numerator, cell.denominator
    return None
