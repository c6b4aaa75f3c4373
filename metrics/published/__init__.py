"""The one door out: everything the public can see is read here, from published cells only."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from metrics.models import PublishedCell, Release
from metrics.models.definitions import ALL_STUDENTS, CONNECTICUT, HARTFORD, REST_OF_STATE

from .definitions import (
    Definitions,
    DimensionInfo,
    GoalInfo,
    GroupInfo,
    IndicatorInfo,
    PlaceInfo,
    SourceInfo,
    StatementInfo,
    thaw,
)
from .goals import Comparison, GoalReading, PathRow, Rank, StatementStanding, read_goal, town_rank
from .measures import Measure, Target, measures
from .outlook import GoalOutlook, goal_outlook, with_coming
from .programs import ProgramFigures, ProgramLine, ProgramYear, program_figures
from .releases import ReleaseInfo, newest, release_info
from .series import Breakdown, GroupRow, Point, Series, Shelf, series_point

__all__ = [
    "ALL_STUDENTS",
    "CONNECTICUT",
    "HARTFORD",
    "REST_OF_STATE",
    "Board",
    "Breakdown",
    "Comparison",
    "Definitions",
    "DimensionInfo",
    "GoalInfo",
    "GoalOutlook",
    "GoalPage",
    "GoalReading",
    "GroupInfo",
    "GroupRow",
    "IndicatorInfo",
    "Measure",
    "PathRow",
    "PlaceInfo",
    "Point",
    "ProgramFigures",
    "ProgramLine",
    "ProgramYear",
    "Rank",
    "ReleaseInfo",
    "Revision",
    "Series",
    "SourceInfo",
    "StatementInfo",
    "StatementStanding",
    "Target",
    "board",
    "goal_page",
    "measures",
    "outlook",
    "program_figures",
]

#: The places that the goals' pages are about.
OURS = (HARTFORD, CONNECTICUT, REST_OF_STATE)
#: Releases listed as updates.
UPDATES = 5


@dataclass(frozen=True, slots=True)
class Board:
    """The home page's figures. Before the first release everything is empty and `release` is None."""

    release: ReleaseInfo | None
    updates: tuple[ReleaseInfo, ...]
    definitions: Definitions
    goals: tuple[GoalReading, ...]


@dataclass(frozen=True, slots=True)
class Revision:
    """A published figure that was replaced, with the figure that replaced it, and when."""

    release: int
    published_at: datetime
    indicator: IndicatorInfo
    year: int
    group: GroupInfo
    place: PlaceInfo
    old: Point
    new: Point


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal's page: the board's reading of it, Hartford's rank, and what was revised."""

    release: ReleaseInfo
    reading: GoalReading
    rank: Rank | None
    rank_at_start: Rank | None
    revisions: tuple[Revision, ...]


def board() -> Board:
    """The board as it stands: two queries, however many releases there were.

    One for the latest releases with the current definitions, one for the cells of the goals' indicators.
    """
    newest = Release.objects.published().values("pk")[:1]
    frozen = Case(When(pk=Subquery(newest), then=F("definitions__body")))  # long: wanted of the newest alone
    releases = list(Release.objects.published().annotate(frozen=frozen)[:UPDATES])
    if not releases:
        return Board(None, (), Definitions(), ())
    updates = tuple(release_info(release) for release in releases)
    definitions = thaw(releases[0].frozen)
    cells = _shown(definitions, updates[0], definitions.goals, places=OURS)
    return Board(updates[0], updates, definitions, _readings(definitions, definitions.goals, cells, updates[0]))


def goal_page(slug: str) -> GoalPage | None:
    """One goal's page in three queries; None when there is no such goal or nothing is published.

    One for the release with its definitions, one for the cells, past and present, of the goal's indicators
    (of other districts only the years that Hartford is ranked in), one for the dates of all releases.
    """
    public = newest()
    if public is None:
        return None
    info, definitions = public
    goals = tuple(goal for goal in definitions.goals if goal.slug == slug)
    if not goals:
        return None
    start = goals[0].current.baseline_year
    latest_known = PublishedCell.objects.filter(
        indicator=OuterRef("indicator"), place=HARTFORD, group=ALL_STUDENTS, last_release=None, value__isnull=False
    ).order_by("-period")
    ranked = Q(group=ALL_STUDENTS) & (Q(period=start) | Q(period=Subquery(latest_known.values("period")[:1])))
    cells = list(PublishedCell.objects.filter(Q(place__in=OURS) | ranked, indicator__in=_indicators(goals)))
    shown = [row for row in cells if row.last_release is None]
    (reading,) = _readings(definitions, goals, shown, info)
    every_district = Shelf(definitions, shown).places(reading.current.indicator.slug)
    latest = reading.series.latest
    dates = [release_info(one) for one in Release.objects.published()]
    return GoalPage(
        info,
        reading,
        town_rank(every_district, latest.year) if latest else None,
        town_rank(every_district, start) if start else None,
        _revisions(
            definitions,
            [row for row in cells if row.place in OURS],
            {one.number: one.published_at for one in dates},
        ),
    )


def outlook(coming: Iterable[PublishedCell]) -> tuple[GoalOutlook, ...]:
    """Every goal as it is read now, and as it would be with these cells published too. Two queries.

    The year it is judged in is that of the release: what differs is what the cells do, and not what time does.
    """
    public = newest()
    if public is None:
        return ()
    info, definitions = public
    shown = list(_shown(definitions, info, definitions.goals, places=OURS))
    now = _readings(definitions, definitions.goals, shown, info)
    known = [cell for cell in coming if cell.indicator in definitions.indicators and cell.place in OURS]
    then = _readings(definitions, definitions.goals, with_coming(shown, known), info)
    return tuple(goal_outlook(before, after) for before, after in zip(now, then, strict=True))


def _readings(
    definitions: Definitions, goals: tuple[GoalInfo, ...], rows: Iterable[PublishedCell], release: ReleaseInfo
) -> tuple[GoalReading, ...]:
    shelf = Shelf(definitions, rows)
    return tuple(read_goal(goal, shelf.find, shelf.groups, release.published_at.year) for goal in goals)


def _indicators(goals: tuple[GoalInfo, ...]) -> set[str]:
    stated = {statement.indicator.slug for goal in goals for statement in goal.statements}
    return stated | {goal.companion.slug for goal in goals if goal.companion}


def _shown(
    definitions: Definitions, release: ReleaseInfo, goals: tuple[GoalInfo, ...], places: tuple[str, ...]
) -> Iterable[PublishedCell]:
    return PublishedCell.objects.shown_in(release.number).filter(indicator__in=_indicators(goals), place__in=places)


def _revisions(
    definitions: Definitions, rows: list[PublishedCell], dates: Mapping[int, datetime]
) -> tuple[Revision, ...]:
    """Pairs of a figure that is no longer shown and the one that took its place, newest first."""
    begins = {(row.indicator, row.place, row.group, row.period, row.first_release): row for row in rows}
    found = []
    for row in rows:
        if row.last_release is None:
            continue
        new = begins.get((row.indicator, row.place, row.group, row.period, row.last_release + 1))
        if new is not None:
            revision = Revision(
                new.first_release,
                dates[new.first_release],
                definitions.indicators[row.indicator],
                row.period,
                definitions.groups[row.group],
                definitions.places[row.place],
                series_point(definitions, row),
                series_point(definitions, new),
            )
            found.append(revision)
    return tuple(sorted(found, key=lambda revision: (-revision.release, revision.year)))
