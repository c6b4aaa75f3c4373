"""The way from ninth grade to a degree, as far as it is known out of the same students, and where it is not."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q

from metrics.calc.cells import Cell, Known, Theme, Unit
from metrics.calc.pipeline import Step, steps
from metrics.models.definitions import ALL_STUDENTS, HARTFORD, PROGRAM_STAGES

from .definitions import Definitions, GroupInfo, IndicatorInfo, SourceInfo
from .explore import GoalStanding, goal_standing
from .releases import ReleaseInfo
from .series import Series, Shelf
from .vantage import Vantage, now

#: Fewer steps than these are a share and a part of it, and no way.
FEWEST = 3


@dataclass(frozen=True, slots=True)
class Stage:
    """One step: what is counted, the figure as published, and the same out of a hundred."""

    indicator: IndicatorInfo
    cell: Cell
    step: Step


@dataclass(frozen=True, slots=True)
class Cohort:
    """A group of one class on its way; `students`: how many began, where that is published."""

    group: GroupInfo
    students: int | None
    stages: tuple[Stage, ...]


@dataclass(frozen=True, slots=True)
class Way:
    """Steps that share one denominator, of the latest class they are known for; everybody first, then groups."""

    year: int
    cohorts: tuple[Cohort, ...]
    sources: tuple[SourceInfo, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """The ways that are known, the standings of the goals, and the figures that are out of other students."""

    release: ReleaseInfo
    ways: tuple[Way, ...]
    distances: tuple[GoalStanding, ...]
    others: tuple[Series, ...]


def pipeline(at: Vantage | None = None) -> Pipeline | None:
    """The pipeline now, or as seen `at`; None before the first release. Two queries."""
    at = at or now()
    if at is None:
        return None
    chains = tuple(_chains(at.definitions))
    chained = {one.slug for chain in chains for one in chain}
    wanted = {*chained, *(one.slug for one in _others(at.definitions, chained)), *at.definitions.stated_in}
    shelf = Shelf(
        at.definitions, (c for c in at.shown(Q(indicator__in=wanted, place=HARTFORD)) if at.definitions.know(c))
    )
    others = (shelf.find(one.slug, HARTFORD, ALL_STUDENTS) for one in _others(at.definitions, chained))
    return Pipeline(
        at.release,
        tuple(way for chain in chains if (way := _way(chain, shelf))),
        tuple(goal_standing(goal, shelf, at.release) for goal in at.definitions.goals),
        tuple(one for one in others if one.known),
    )


def _chains(definitions: Definitions) -> Iterator[tuple[IndicatorInfo, ...]]:
    """Every line of shares that are parts of one another, from the first step to the last."""
    known = definitions.indicators
    wholes = {one.part_of for one in known.values()}
    for last in known.values():
        if last.slug in wholes or not last.part_of:
            continue
        chain = [last]
        while (whole := chain[0].part_of) and whole in known:
            chain.insert(0, known[whole])
        if len(chain) >= FEWEST:
            yield tuple(chain)


def _others(definitions: Definitions, chained: set[str]) -> tuple[IndicatorInfo, ...]:
    """Shares on the way to a degree that are out of other students: those of the goals, and of college."""
    return tuple(
        one
        for one in definitions.indicators.values()
        if (one.theme is Theme.COLLEGE or one.slug in definitions.stated_in)
        and one.unit is Unit.PERCENT
        and one.slug not in chained
        and one.slug not in PROGRAM_STAGES
    )


def _way(chain: tuple[IndicatorInfo, ...], shelf: Shelf) -> Way | None:
    first = shelf.find(chain[0].slug, HARTFORD, ALL_STUDENTS)
    if first.latest is None:
        return None
    year = first.latest.year
    groups = (shelf.definitions.groups[ALL_STUDENTS], *(one.group for one in shelf.groups(chain[0].slug, HARTFORD)))
    sources = dict.fromkeys(
        point.source
        for one in chain
        for point in shelf.find(one.slug, HARTFORD, ALL_STUDENTS).points
        if point.year == year
    )
    return Way(year, tuple(_cohort(chain, group, year, shelf) for group in groups), tuple(sources))


def _cohort(chain: tuple[IndicatorInfo, ...], group: GroupInfo, year: int, shelf: Shelf) -> Cohort:
    cells = [shelf.find(one.slug, HARTFORD, group.slug).at(year) for one in chain]
    sizes = {cell.denominator for cell in cells if isinstance(cell, Known)}
    students = sizes.pop() if len(sizes) == 1 else None
    stages = zip(chain, cells, steps(cells), strict=True)
    return Cohort(group, students, tuple(Stage(*one) for one in stages))
