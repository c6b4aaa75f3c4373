"""The action teams: all of them with where they stand, and the yearly plan of what they do."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.roster import Edition, Plan, Progress, Step, Strategy, Team
from coalition.rules.roles import lasts
from dashboard.charts.words import teams as said
from metrics.published import Measure

from . import standings, strategies
from .parts import Text, as_of, in_english, told, when
from .strategies import StrategyLine


@dataclass(frozen=True, slots=True)
class Link:
    name: Text
    url: str


@dataclass(frozen=True, slots=True)
class TeamLine:
    """One team in the list. `gloss` is its name in Spanish, on Spanish pages."""

    number: str
    name: Text
    gloss: str
    url: str
    summary: Text
    goal: Link | None
    last: str
    when: Text
    stand: standings.Stand
    size: str


@dataclass(frozen=True, slots=True)
class Section:
    """Teams at one point of their life."""

    key: str
    title: str
    intro: str
    teams: tuple[TeamLine, ...]


@dataclass(frozen=True, slots=True)
class TeamsPage:
    answer: str
    as_of: date | None
    sections: tuple[Section, ...]
    plans: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PlanPart:
    """What one team does in the year of a plan."""

    team: Link
    number: str
    gloss: str
    goal: Link | None
    summary: Text
    strategies: tuple[StrategyLine, ...]


@dataclass(frozen=True, slots=True)
class PlanPage:
    year: int
    title: Text
    intro: Text
    adopted_on: date
    answer: str
    as_of: date
    parts: tuple[PlanPart, ...]
    others: tuple[Link, ...]


def teams_page(edition: Edition, measures: standings.Measures) -> TeamsPage:
    teams, day = edition.coalition.teams, as_of(edition)
    found = standings.read(teams, measures)
    judged = [one.standing for one in found.values()]
    without = sum(team.metric is None for team in teams)
    return TeamsPage(
        answer=said.counting_teams(len(teams), judged, without),
        as_of=day if edition.published_at else None,
        sections=tuple(_sections(teams, found, day)),
        plans=tuple(_plan_link(plan) for plan in edition.coalition.plans),
    )


def plan_page(edition: Edition, year: int) -> PlanPage | None:
    """The Collective Action Plan of a year by team; None when none was adopted for it."""
    plan = next((one for one in edition.coalition.plans if one.year == year), None)
    if plan is None:
        return None
    day, wanted = as_of(edition), set(plan.strategies)
    chosen = [
        (team, tuple(one for one in team.strategies if one.key in wanted))
        for team in edition.coalition.teams
        if any(one.key in wanted for one in team.strategies)
    ]
    return PlanPage(
        year=plan.year,
        title=told(plan.title),
        intro=told(plan.intro),
        adopted_on=plan.adopted_on,
        answer=_plan_answer([found for _team, found in chosen]),
        as_of=day,
        parts=tuple(_plan_part(team, found, day) for team, found in chosen),
        others=tuple(_plan_link(one) for one in edition.coalition.plans if one.year != year),
    )


def gloss(team: Team) -> str:
    """The team's name in Spanish, said once beside the official one on Spanish pages."""
    return team.name_es if in_english(team.name).lang else ""


def team_link(team: Team) -> Link:
    return Link(in_english(team.name), reverse("coalition:team", args=[team.slug]))


def goal_link(slug: str) -> Link | None:
    return Link(Text(said.goal_name(slug)), reverse("dashboard:goal", args=[slug])) if slug else None


def members_now(team: Team, day: date) -> int:
    return sum(lasts(one.since.day, one.until, day) for one in team.members)


def _sections(teams: Iterable[Team], found: dict[str, Measure], day: date) -> Iterable[Section]:
    """The teams by their last step: at work, reported as at work, approved, over."""
    by_step: dict[str, list[Team]] = {}
    for team in teams:
        by_step.setdefault(_key(standings.last_step(team)), []).append(team)
    titles = {
        "active": (_("At work"), ""),
        "reported": (
            _("Reported as at work"),
            _("Documents of the coalition name these teams. The decisions behind them are not on record."),
        ),
        "approved": (_("Approved, not at work yet"), ""),
        "over": (_("Completed or ended"), ""),
    }
    for key, (title, intro) in titles.items():
        if key in by_step:
            yield Section(key, title, intro, tuple(_line(one, found.get(one.slug), day) for one in by_step[key]))


def _key(step: Step | None) -> str:
    steps = {Step.ACTIVE: "active", Step.REPORTED: "reported", Step.COMPLETED: "over", Step.ENDED: "over"}
    return steps.get(step or Step.APPROVED, "approved")


def _line(team: Team, measure: Measure | None, day: date) -> TeamLine:
    link, last = team_link(team), team.life[-1] if team.life else None
    return TeamLine(
        number=said.team_number(team.number),
        name=link.name,
        gloss=gloss(team),
        url=link.url,
        summary=told(team.summary),
        goal=goal_link(team.goal),
        last=said.step_words(last.step) if last else "",
        when=when(last.when) if last else Text(""),
        stand=standings.stand(team, measure),
        size=said.size_words(members_now(team, day), len(team.strategies)),
    )


def _plan_link(plan: Plan) -> Link:
    return Link(Text(_("Plan of {year}").format(year=plan.year)), reverse("coalition:plan", args=[plan.year]))


def _plan_answer(found: list[tuple[Strategy, ...]]) -> str:
    counted = Counter(strategies.progress(one) for group in found for one in group)
    order: tuple[Progress | None, ...] = (*Progress, None)
    return said.plan_words(
        counted.total(), len(found), tuple((progress, counted[progress]) for progress in order if counted[progress])
    )


def _plan_part(team: Team, found: tuple[Strategy, ...], day: date) -> PlanPart:
    return PlanPart(
        team=team_link(team),
        number=said.team_number(team.number),
        gloss=gloss(team),
        goal=goal_link(team.goal),
        summary=told(team.problem) or told(team.summary),
        strategies=tuple(strategies.strategy_line(one, day) for one in found),
    )
