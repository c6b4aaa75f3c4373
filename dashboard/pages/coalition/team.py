"""One action team's page: where it stands, what it does, who belongs to it, and what is not on record."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from coalition.roster import Document, Edition, LifeStep, Metric, Resource, Step, Team, TeamMember
from coalition.rules.roles import lasts
from coalition.rules.teams import OVER
from dashboard.charts import svg, words
from dashboard.charts.words import teams as said
from dashboard.pages import drawings
from dashboard.pages.parts import Drawing, measured, withheld_years
from dashboard.pages.tables import Table, path_table
from metrics.calc.cells import Unit
from metrics.calc.rates import plain
from metrics.published import Measure, SourceInfo

from . import giving, standings
from .parts import Cited, Text, as_of, cited, day_words, told, when, worded
from .strategies import StrategyLine, strategy_line
from .teams import Link, gloss, goal_link, members_now, team_link


@dataclass(frozen=True, slots=True)
class Figure:
    """One of the three steps every team takes; without a `value` it is not on record."""

    title: str
    value: str
    text: str
    what: Text
    source: Cited | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """The published figures between baseline and target."""

    finding: str
    measure: Text
    axis: str
    path: Drawing
    sentence: str
    table: Table
    has_withheld: bool
    sources: tuple[SourceInfo, ...]
    updated: datetime
    card: tuple[words.CardLine, ...]
    letters: tuple[words.Piece, ...]


@dataclass(frozen=True, slots=True)
class Member:
    organization: Link
    is_lead: bool
    since: Text
    until: str


@dataclass(frozen=True, slots=True)
class LifeEntry:
    """One step of a team's life. `mark`: known, unknown (nothing on record) or promised (still ahead)."""

    mark: str
    title: str
    when: Text
    decision: Text
    source: Cited | None = None


@dataclass(frozen=True, slots=True)
class TeamPage:
    name: Text
    gloss: str
    number: str
    as_of: date
    stand: standings.Stand
    promise: str
    lower_is_better: bool
    goal: Link | None
    summary: Text
    problem: Text
    why: Text
    sources: tuple[Cited, ...]
    figures: tuple[Figure, ...]
    way: Way | None
    strategies_heading: str
    strategies: tuple[StrategyLine, ...]
    members: tuple[Member, ...]
    former: tuple[Member, ...]
    life: tuple[LifeEntry, ...]
    gifts: giving.Gifts | None
    resources: tuple[Link, ...]
    missing: tuple[tuple[str, str], ...]


def team_page(edition: Edition, measures: standings.Measures, slug: str) -> TeamPage | None:
    """The page of the team at this address; None when there is none."""
    coalition, day = edition.coalition, as_of(edition)
    team = next((one for one in coalition.teams if one.slug == slug), None)
    if team is None:
        return None
    measure = standings.read((team,), measures).get(slug)
    names, link = giving.Names(coalition), team_link(team)
    given = [one for one in coalition.contributions if one.team == slug]
    lines = tuple(strategy_line(one, day) for one in team.strategies)
    return TeamPage(
        name=link.name,
        gloss=gloss(team),
        number=said.team_number(team.number),
        as_of=day,
        stand=standings.stand(team, measure),
        promise=_promise(measure),
        lower_is_better=measure is not None and not measure.standing.promise.higher_is_better,
        goal=goal_link(team.goal),
        summary=told(team.summary),
        problem=told(team.problem),
        why=told(team.why),
        sources=tuple(map(cited, team.sources)),
        figures=(*_figures(team.metric, measure), _realigned(members_now(team, day))),
        way=_way(team, measure) if measure else None,
        strategies_heading=said.strategies_heading(len(lines), sum(one.mark == "done" for one in lines)),
        strategies=lines,
        members=tuple(_member(one, names) for one in _sorted(team.members) if _belongs(one, day)),
        former=tuple(_member(one, names) for one in _sorted(team.members) if not _belongs(one, day)),
        life=tuple(_life(team, measure)),
        gifts=giving.gifts(given, names, of_team=True) if given else None,
        resources=tuple(_resource(one) for one in team.resources),
        missing=tuple(said.missing_words(what) for what in _missing(team, has_gifts=bool(given))),
    )


def _promise(measure: Measure | None) -> str:
    if measure is None:
        return ""
    about, promise = measured(measure.indicator), measure.standing.promise
    start, target = about.stated(promise.baseline_value), about.stated(promise.target_value)
    by = words.short_year(about.axis, promise.target_year)
    return said.set_out(start, target, by, words.at(measure.standing, about) if measure.standing.reading else "")


def _figures(metric: Metric | None, measure: Measure | None) -> tuple[Figure, Figure]:
    """Baseline and target; a metric that the published figures do not know is printed as it is stated, bare."""
    baseline, target = _("One baseline"), _("One target")
    if metric is None:
        nothing = Text("")
        return Figure(baseline, "", said.no_baseline(), nothing), Figure(target, "", said.no_target(), nothing)
    if measure is None:
        start, aim = words.stated(metric.baseline_value), words.stated(metric.target_value)
        since, by = str(metric.baseline_year), str(metric.target_year)
    else:
        about = measured(measure.indicator)
        start, aim = about.stated(plain(metric.baseline_value)), about.stated(plain(metric.target_value))
        since, by = about.the_year(metric.baseline_year), about.the_year(metric.target_year)
    what = Text("") if measure is None else worded(measure.indicator.name)
    return (
        Figure(baseline, start, _("for {year}").format(year=since), what),
        Figure(target, aim, _("by {year}").format(year=by), Text(""), _cited(metric.document)),
    )


def _realigned(members: int) -> Figure:
    text = said.organizations_words(members) if members else said.no_members()
    return Figure(_("Members realign"), words.count(members) if members else "", text, Text(""))


def _way(team: Team, measure: Measure) -> Way:
    about, judged = measured(measure.indicator), measure.standing
    in_percent = measure.indicator.unit is Unit.PERCENT
    return Way(
        finding=words.finding(judged, measure.indicator.unit),
        measure=_measure(measure),
        axis=words.axis_words(about.axis),
        path=drawings.trajectory(
            team.slug,
            judged,
            about,
            measure.series.cells,
            size=svg.Size.PAIR,
            path_label=True,
            frame=standings.frame(measure),
        ),
        sentence=words.sentence(judged, about),
        table=path_table(about, measure.indicator.name, measure.rows),
        has_withheld=bool(withheld_years(measure.series.cells)),
        sources=measure.series.sources,
        updated=measure.release.published_at,
        card=words.method_card(judged, about) if in_percent else (),
        letters=words.letters(),
    )


def _measure(measure: Measure) -> Text:
    """What is measured, where and for whom."""
    parts = (measure.indicator.name, measure.place.name, measure.group.name)
    return Text(", ".join(parts))


def _sorted(members: Iterable[TeamMember]) -> list[TeamMember]:
    """The lead first."""
    return sorted(members, key=lambda one: not one.is_lead)


def _belongs(member: TeamMember, day: date) -> bool:
    return lasts(member.since.day, member.until, day)


def _member(member: TeamMember, names: giving.Names) -> Member:
    until = day_words(member.until) if member.until else ""
    return Member(names.organization(member.organization), member.is_lead, when(member.since), until)


def _life(team: Team, measure: Measure | None) -> Iterable[LifeEntry]:
    """What is on record, in order; before it what is not, after it the target year while the team is at work."""
    if team.life and team.life[0].step is Step.REPORTED:
        yield LifeEntry("unknown", said.unrecorded_steps(), Text(""), Text(said.unrecorded_words()))
    for step in team.life:
        yield _entry(step)
    if measure is not None and standings.last_step(team) not in OVER:
        about, promise = measured(measure.indicator), measure.standing.promise
        aim = said.aim_words(about.stated(promise.target_value), about.the_year(promise.target_year))
        by = words.short_year(about.axis, promise.target_year)
        yield LifeEntry("promised", _("Target year"), Text(by), Text(aim))


def _entry(step: LifeStep) -> LifeEntry:
    return LifeEntry("known", said.step_words(step.step), when(step.when), told(step.decision), _cited(step.source))


def _resource(resource: Resource) -> Link:
    return Link(told(resource.title), resource.url)


def _missing(team: Team, *, has_gifts: bool) -> Iterable[str]:
    """What a full record of a team holds and this one does not, in the order of the page."""
    decided = {step.step for step in team.life}
    present = {
        "metric": team.metric is not None,
        "target": team.metric is not None,
        "source": team.metric is None or team.metric.document is not None,
        "members": bool(team.members),
        "goal": bool(team.goal),
        "strategies": bool(team.strategies),
        "decisions": Step.APPROVED in decided,
        "contributions": has_gifts,
    }
    return (what for what, is_there in present.items() if not is_there)


def _cited(document: Document | None) -> Cited | None:
    return cited(document) if document else None
