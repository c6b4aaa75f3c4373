"""The one door out: everything the public can see is read here, from published cells only."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, OuterRef, Q, Subquery, When

from metrics.models import PublishedCell, Release
from metrics.models.definitions import ALL_STUDENTS, CONNECTICUT, HARTFORD, PROGRAM_STAGES, REST_OF_STATE

from .changes import Change, Changes, Kind, Tally, changes, corrected, counts_of_corrections, tally
from .definitions import (
    Definitions,
    DimensionInfo,
    GoalInfo,
    GroupInfo,
    IndicatorInfo,
    PlaceInfo,
    SourceInfo,
    StatementInfo,
    Untranslated,
    thaw,
)
from .entries import Corrections, ReleaseEntry, corrections, entries, entry
from .equity import GapReading, GapsBoard, IndicatorGaps, gaps
from .explore import (
    OURS,
    Asked,
    Coming,
    GoalStanding,
    IndicatorLine,
    IndicatorList,
    IndicatorReading,
    Ranked,
    Ranking,
    indicator_page,
    indicators,
)
from .figure import FigureHistory, FigureVersion, figure_history
from .goals import Comparison, GoalReading, PathRow, Rank, StatementStanding, read_goal, town_rank
from .measures import Measure, Target, measures
from .method import Trap, Worked, trap, worked_gap, worked_rates
from .openfile import FigureLine, Only, figure_lines, figures_page
from .outlook import GoalOutlook, goal_outlook, with_coming
from .pipeline import Cohort, Pipeline, Way, pipeline
from .programs import ProgramFigures, ProgramLine, ProgramYear, program_figures
from .releases import ReleaseInfo, release_info
from .revisions import Revision, revisions
from .series import Breakdown, GroupRow, Point, Series, Shelf
from .vantage import Proposal, Vantage, as_of, now, proposed, withdrawn
from .verdicts import Past, PastRelease, Said, past

__all__ = [
    "ALL_STUDENTS",
    "CONNECTICUT",
    "HARTFORD",
    "OURS",
    "PROGRAM_STAGES",
    "REST_OF_STATE",
    "Asked",
    "Board",
    "Breakdown",
    "Change",
    "Changes",
    "Cohort",
    "Coming",
    "Comparison",
    "Corrections",
    "Definitions",
    "DimensionInfo",
    "FigureHistory",
    "FigureLine",
    "FigureVersion",
    "GapReading",
    "GapsBoard",
    "GoalInfo",
    "GoalOutlook",
    "GoalPage",
    "GoalReading",
    "GoalStanding",
    "GroupInfo",
    "GroupRow",
    "IndicatorGaps",
    "IndicatorInfo",
    "IndicatorLine",
    "IndicatorList",
    "IndicatorReading",
    "Kind",
    "Measure",
    "Only",
    "Past",
    "PastRelease",
    "PathRow",
    "Pipeline",
    "PlaceInfo",
    "Point",
    "ProgramFigures",
    "ProgramLine",
    "ProgramYear",
    "Proposal",
    "Rank",
    "Ranked",
    "Ranking",
    "ReleaseEntry",
    "ReleaseInfo",
    "Revision",
    "Said",
    "Series",
    "SourceInfo",
    "StatementInfo",
    "StatementStanding",
    "Tally",
    "Target",
    "Trap",
    "Untranslated",
    "Vantage",
    "Way",
    "Worked",
    "as_of",
    "board",
    "changes",
    "corrected",
    "corrections",
    "counts_of_corrections",
    "entries",
    "entry",
    "figure_history",
    "figure_lines",
    "figures_page",
    "gaps",
    "goal_page",
    "indicator_page",
    "indicators",
    "measures",
    "now",
    "outlook",
    "past",
    "pipeline",
    "program_figures",
    "proposed",
    "proposed_outlook",
    "readings",
    "tally",
    "trap",
    "withdrawn",
    "worked_gap",
    "worked_rates",
]

#: Releases listed as updates.
UPDATES = 5


@dataclass(frozen=True, slots=True)
class Board:
    """The home page's figures. Before the first release everything is empty and `release` is None.

    at   from where it was seen, so that whatever else is on the page is read of the same release
    """

    release: ReleaseInfo | None
    updates: tuple[ReleaseInfo, ...]
    definitions: Definitions
    goals: tuple[GoalReading, ...]
    at: Vantage | None = None


@dataclass(frozen=True, slots=True)
class GoalPage:
    """One goal's page: the board's reading of it, Hartford's rank, and what was revised."""

    release: ReleaseInfo
    reading: GoalReading
    rank: Rank | None
    rank_at_start: Rank | None
    revisions: tuple[Revision, ...]


def board(at: Vantage | None = None) -> Board:
    """The board as it stands, or as it is seen `at`: two queries, however many releases there were.

    One for the latest releases with the current definitions, one for the cells of the goals' indicators.
    """
    newest = Release.objects.published().values("pk")[:1]
    frozen = Case(When(pk=Subquery(newest), then=F("definitions__body")))  # long: wanted of the newest alone
    if at is None:
        releases = list(Release.objects.published().annotate(frozen=frozen)[:UPDATES])
        if not releases:
            return Board(None, (), Definitions(), ())
        updates = tuple(release_info(release) for release in releases)
        at = Vantage(updates[0], thaw(releases[0].frozen))
    else:
        earlier = Release.objects.published().filter(number__lt=at.release.number)[: UPDATES - 1]
        updates = (at.release, *(release_info(release) for release in earlier))
    goals = at.definitions.goals
    return Board(at.release, updates, at.definitions, _readings(at, goals, _shown(at, goals)), at)


def goal_page(slug: str, at: Vantage | None = None) -> GoalPage | None:
    """One goal's page in three queries; None when there is no such goal or nothing is published.

    One for the release with its definitions (none where it is seen `at` one), one for the cells, past and present, of
    the goal's indicators (of other districts only the years that Hartford is ranked in), one for the dates of the
    releases that corrected them.
    """
    at = at or now()
    goals = tuple(goal for goal in at.definitions.goals if goal.slug == slug) if at else ()
    if at is None or not goals:
        return None
    start = goals[0].current.baseline_year
    latest_known = PublishedCell.objects.shown_in(at.release.number).filter(
        indicator=OuterRef("indicator"), place=HARTFORD, group=ALL_STUDENTS, value__isnull=False
    )
    latest_year = Subquery(latest_known.order_by("-period").values("period")[:1])
    ranked = Q(group=ALL_STUDENTS) & (Q(period=start) | Q(period=latest_year))
    cells = at.ever((Q(place__in=OURS) | ranked) & Q(indicator__in=_indicators(goals)))
    shown = [row for row in cells if row.last_release is None]
    (reading,) = _readings(at, goals, shown)
    every_district = Shelf(at.definitions, shown).places(reading.current.indicator.slug)
    latest = reading.series.latest
    return GoalPage(
        at.release,
        reading,
        town_rank(every_district, latest.year) if latest else None,
        town_rank(every_district, start) if start else None,
        revisions(at, [row for row in cells if row.place in OURS]),
    )


def outlook(coming: Iterable[PublishedCell]) -> tuple[GoalOutlook, ...]:
    """Every goal as it is read now, and as it would be with these cells published too. Two queries.

    The year it is judged in is that of the release: what differs is what the cells do, and not what time does.
    """
    at = now()
    if at is None:
        return ()
    shown = _shown(at, at.definitions.goals)
    before = _readings(at, at.definitions.goals, shown)
    known = [cell for cell in coming if cell.place in OURS and at.definitions.know(cell)]
    after = _readings(at, at.definitions.goals, with_coming(shown, known))
    return tuple(goal_outlook(one, other) for one, other in zip(before, after, strict=True))


def proposed_outlook() -> tuple[GoalOutlook, ...]:
    """Every goal as it is read now, and as it would be once the release on its way is public. Seven queries."""
    at = proposed(Release.OPEN)
    if at is None:
        return ()
    after = {one.goal.slug: one for one in board(at).goals}
    return tuple(goal_outlook(one, after[one.goal.slug]) for one in board().goals if one.goal.slug in after)


def readings(at: Vantage) -> tuple[GoalReading, ...]:
    """Every goal as it is read at `at`. One query."""
    return _readings(at, at.definitions.goals, _shown(at, at.definitions.goals))


def _readings(at: Vantage, goals: tuple[GoalInfo, ...], rows: Iterable[PublishedCell]) -> tuple[GoalReading, ...]:
    shelf = Shelf(at.definitions, rows)
    return tuple(read_goal(goal, shelf.find, shelf.groups, at.release.published_at.year) for goal in goals)


def _indicators(goals: tuple[GoalInfo, ...]) -> set[str]:
    stated = {statement.indicator.slug for goal in goals for statement in goal.statements}
    return stated | {goal.companion.slug for goal in goals if goal.companion}


def _shown(at: Vantage, goals: tuple[GoalInfo, ...]) -> list[PublishedCell]:
    return at.shown(Q(indicator__in=_indicators(goals), place__in=OURS))
