"""The home page: are the three promises kept?"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.roster import Edition, Team
from dashboard.charts import svg, words
from metrics.published import Board, GoalReading, SourceInfo

from . import drawings, groups
from .coalition.organizations import link
from .coalition.parts import Cited, Text, cited, in_english, signatories, told, worded
from .coalition.standings import Measures, badge, read
from .coalition.teams import Link, team_link
from .parts import Drawing, old_start, reading_note, restated, subject, withheld_years
from .tables import Table, short_table

#: Updates listed, at most.
UPDATES = 5


@dataclass(frozen=True, slots=True)
class Rule:
    """One goal in the first screen: how far."""

    name: str
    url: str
    badge: words.Badge
    distance: str
    chart: Drawing


@dataclass(frozen=True, slots=True)
class Panel:
    """One goal on its way: how fast."""

    name: str
    url: str
    finding: str
    chart: Drawing
    badge: words.Badge
    sentence: str
    table: Table
    has_withheld: bool
    sources: tuple[SourceInfo, ...]
    note: str
    documents: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class TeamLine:
    team: Link
    summary: Text
    badge: words.Badge


@dataclass(frozen=True, slots=True)
class Published:
    """A release or an edition in the list of updates."""

    published_at: datetime
    summary: Text


@dataclass(frozen=True, slots=True)
class HomePage:
    headline: words.Headline
    lead: str
    counting: str
    updated: datetime | None
    rules: tuple[Rule, ...]
    panels: tuple[Panel, ...]
    gaps: tuple[groups.Strip, ...]
    teams: tuple[TeamLine, ...]
    teams_source: Cited | None
    updates: tuple[Published, ...]
    signers: tuple[Link, ...]
    compact_url: str


def home_page(board: Board, edition: Edition, measures: Measures) -> HomePage:
    readings, coalition = board.goals, edition.coalition
    standings = [reading.standing for reading in readings]
    return HomePage(
        headline=words.headline(standings),
        lead=_lead(board),
        counting=words.counting(standings),
        updated=board.release.published_at if board.release else None,
        rules=tuple(_rule(reading) for reading in readings),
        panels=tuple(_panel(reading, first=reading is readings[0]) for reading in readings),
        gaps=tuple(groups.strip(reading) for reading in readings),
        teams=tuple(_teams(coalition.teams, measures)),
        teams_source=_source_of_all(coalition.teams),
        updates=_updates(board, edition),
        signers=tuple(link(one) for one in signatories(edition)),
        compact_url=readings[0].current.url if readings else "",
    )


def _source_of_all(teams: Iterable[Team]) -> Cited | None:
    """The document that every team listed is known from; None where there is no such one."""
    shared = [set(team.sources) for team in teams]
    common = set.intersection(*shared) if shared else set()
    return cited(min(common, key=lambda one: one.title)) if common else None


def goal_url(slug: str) -> str:
    return reverse("dashboard:goal", args=[slug])


def _lead(board: Board) -> str:
    if not board.goals or board.release is None:
        return _("Nothing has been published on this board yet.")
    year = board.goals[0].current.target_year
    return words.lead(year, len(board.goals), over=board.release.published_at.year > year)


def _rule(reading: GoalReading) -> Rule:
    about, standing = subject(reading), reading.standing
    return Rule(
        about.name,
        goal_url(about.slug),
        words.badge(standing, about),
        words.distance(standing, about),
        drawings.distance(about.slug, standing, about, old_start=old_start(reading)),
    )


def _panel(reading: GoalReading, *, first: bool) -> Panel:
    about, standing = subject(reading), reading.standing
    path = {row.year: row.cell for row in reading.rows if row.required is not None and row.point}
    chart = drawings.trajectory(
        about.slug, standing, about, path, size=svg.Size.PANEL, old_start=old_start(reading), path_label=first
    )
    return Panel(
        name=about.name,
        url=goal_url(about.slug),
        finding=words.finding(standing),
        chart=chart,
        badge=words.badge(standing, about),
        sentence=" ".join(part for part in (words.evidence(standing, about), restated(reading)) if part),
        table=short_table(reading),
        has_withheld=bool(withheld_years(path)),
        sources=reading.series.sources,
        note=reading_note(reading),
        documents=tuple((one.statement.document, one.statement.url) for one in reading.statements),
    )


def _updates(board: Board, edition: Edition) -> tuple[Published, ...]:
    """What was published last, figures and coalition in one list, newest first."""
    both = [
        *(Published(one.published_at, worded(one.summary)) for one in board.updates),
        *(Published(one.published_at, in_english(one.summary)) for one in edition.updates),
    ]
    return tuple(sorted(both, key=lambda one: one.published_at, reverse=True)[:UPDATES])


def _teams(teams: tuple[Team, ...], measures: Measures) -> Iterator[TeamLine]:
    measured = read(teams, measures)
    for team in teams:
        yield TeamLine(team_link(team), told(team.summary), badge(team, measured.get(team.slug)))
