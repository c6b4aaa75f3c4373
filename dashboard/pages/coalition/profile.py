"""One organization: what it signed and promised, what came of it, what it gives, shares and leads."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.roster import (
    Assessment,
    Coalition,
    Edition,
    Organization,
    Program,
    Role,
    RoleHeld,
    SignatureLine,
    Team,
    Words,
)
from coalition.rules.roles import lasts
from dashboard.charts.words import coalition as said

from . import findings
from .giving import Giver, GrantLine, Names, Sum, gifts, grant_line, school_year
from .parts import (
    Cited,
    Text,
    as_of,
    cited,
    day_words,
    in_english,
    promises_of,
    roles_of,
    told,
    version_of,
    when,
)
from .programs import program_link
from .teams import Link, team_link


@dataclass(frozen=True, slots=True)
class Logo:
    url: str
    alt: str


@dataclass(frozen=True, slots=True)
class Event:
    """Something on the organization's record: a signature or a withdrawal, or a role, which lasts from `when` on."""

    what: str
    lasts: bool
    is_over: bool
    since_label: str
    when: Text
    until: str
    office: Text
    reason: Text
    source: Cited | None


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """A program and the school years for which its figures were shared."""

    program: Link
    what: Text
    shared: str
    is_over: bool


@dataclass(frozen=True, slots=True)
class TeamLine:
    team: Link
    part: str
    since: Text
    until: str


@dataclass(frozen=True, slots=True)
class Given:
    gifts: tuple[Giver, ...]
    total: Sum


@dataclass(frozen=True, slots=True)
class Unknown:
    """Something that nobody has reported yet, which says nothing about whether it is there."""

    title: str
    text: str


@dataclass(frozen=True, slots=True)
class OrganizationPage:
    name: Text
    sentence: str
    logo: Logo | None
    website: str
    what: Text
    sector: str
    sector_is_known: bool
    sector_note: Text
    signed_label: str
    signed: Text
    parts: tuple[str, ...]
    no_part: str
    published_at: datetime | None
    finding: str
    promises: tuple[findings.Promise, ...]
    former: tuple[findings.Promise, ...]
    record: tuple[Event, ...]
    given: Given | None
    grants: tuple[GrantLine, ...]
    programs: tuple[ProgramLine, ...]
    teams: tuple[TeamLine, ...]
    unknown: tuple[Unknown, ...]


def organization_page(edition: Edition, slug: str) -> OrganizationPage | None:
    """Everything the edition says of one organization; None when it knows none of this name."""
    coalition, day = edition.coalition, as_of(edition)
    one = next((found for found in coalition.organizations if found.slug == slug), None)
    if one is None:
        return None
    version, now = version_of(one, day), roles_of(one, day)
    last = _last_word(one, version)
    promises, former = _promises(coalition, one, version, day)
    given, grants = _given(coalition, one), tuple(_grants(coalition, one))
    programs, teams = tuple(_programs(coalition.programs, one, day)), tuple(_teams(coalition.teams, one, day))
    return OrganizationPage(
        name=in_english(one.name),
        sentence=_sentence(one, now, version, len(promises)),
        logo=_logo(one),
        website=one.url,
        what=told(one.what),
        sector=said.sector_name(one.sector),
        sector_is_known=bool(one.sector),
        sector_note=told(Words(one.sector_note, one.sector_note_es)),
        signed_label=said.signed_label(withdrew=last is not None and version is None),
        signed=when(last.when) if last else Text(""),
        parts=tuple(said.role_name(role) for role in Role if role in now and role is not Role.SIGNATORY),
        no_part=said.no_other_part(before=bool(one.roles)),
        published_at=edition.published_at,
        finding=_finding(promises, former, version),
        promises=promises,
        former=former,
        record=(*map(_signature, one.signatures), *(_held(held, day) for held in one.roles)),
        given=given,
        grants=grants,
        programs=programs,
        teams=teams,
        unknown=tuple(_unknown(given=bool(given or grants), programs=bool(programs), teams=bool(teams))),
    )


def _last_word(one: Organization, version: int | None) -> SignatureLine | None:
    """The signature under the version that binds it; of who is bound by none, the last event."""
    events = [line for line in one.signatures if version in (None, line.version)]
    return events[-1] if events else None


def _sentence(one: Organization, now: frozenset[Role], version: int | None, promises: int) -> str:
    stands = version is not None
    sentence = said.membership(stands=stands, withdrew=bool(one.signatures) and not stands, takes_part=bool(now))
    return f"{sentence} {said.bound_by(promises)}" if promises else sentence


def _logo(one: Organization) -> Logo | None:
    if not one.logo:
        return None
    return Logo(reverse("coalition:logo", args=[one.logo]), _("Logo of {name}").format(name=one.name))


def _promises(
    coalition: Coalition, one: Organization, version: int | None, day: date
) -> tuple[tuple[findings.Promise, ...], tuple[findings.Promise, ...]]:
    """What binds it now, with the latest word on each; and what was said of promises that do not bind it any more."""
    words: dict[tuple[int, str], list[Assessment]] = defaultdict(list)
    for word in coalition.assessments:
        if word.organization == one.slug:
            words[word.version, word.commitment].append(word)
    binding = {
        (compact.number, commitment.number)
        for compact in coalition.compacts
        if compact.number == version
        for commitment in promises_of(one, compact, day)
    }
    every = [
        ((compact.number, commitment.number), commitment)
        for compact in coalition.compacts
        for commitment in compact.commitments
    ]
    past = words.keys() - binding
    return (
        tuple(findings.promise(commitment, words.get(key, ())) for key, commitment in every if key in binding),
        tuple(findings.promise(commitment, words[key]) for key, commitment in every if key in past),
    )


def _finding(promises: Sequence[findings.Promise], former: Sequence[findings.Promise], version: int | None) -> str:
    """Over what binds it; empty where nothing does. What was said under another version stands further down."""
    if version is None or not promises:
        return ""
    latest = [one.latest for one in promises if one.latest]
    if former and not latest:
        return said.unassessed_version(len(promises), version)
    return said.promises_finding(len(promises), len(latest), sum(one.is_kept for one in latest))


def _signature(line: SignatureLine) -> Event:
    return Event(
        what=said.signed_version(line.version, withdrew=line.withdrew),
        lasts=False,
        is_over=line.withdrew,
        since_label="",
        when=when(line.when),
        until="",
        office=in_english(line.office),
        reason=in_english(line.reason),
        source=cited(line.source) if line.source else None,
    )


def _held(held: RoleHeld, day: date) -> Event:
    return Event(
        what=said.role_name(held.role),
        lasts=True,
        is_over=not lasts(None, held.until, day),
        since_label=said.since_label(is_exact=held.since.day is not None),
        when=when(held.since),
        until=day_words(held.until) if held.until else "",
        office=Text(""),
        reason=Text(""),
        source=cited(held.source) if held.source else None,
    )


def _given(coalition: Coalition, one: Organization) -> Given | None:
    mine = [gift for gift in coalition.contributions if gift.organization == one.slug]
    if not mine:
        return None
    every = gifts(sorted(mine, key=lambda gift: -gift.year), Names(coalition))
    return Given(every.lines, every.total)


def _grants(coalition: Coalition, one: Organization) -> Iterable[GrantLine]:
    for grant in sorted(coalition.grants, key=lambda grant: -grant.year):
        if grant.organization == one.slug:
            yield grant_line(grant, Names(coalition))


def _programs(programs: Iterable[Program], one: Organization, day: date) -> Iterable[ProgramLine]:
    for program in programs:
        if program.organization == one.slug:
            years = said.listed(school_year(year) for year in program.shared) if program.shared else ""
            is_over = not lasts(program.since, program.until, day)
            yield ProgramLine(program_link(program), told(program.what), years, is_over)


def _teams(teams: Iterable[Team], one: Organization, day: date) -> Iterable[TeamLine]:
    for team in teams:
        for member in team.members:
            if member.organization == one.slug:
                is_over = not lasts(None, member.until, day)
                part = said.part_in_team(is_lead=member.is_lead, is_over=is_over)
                until = day_words(member.until) if member.until else ""
                yield TeamLine(team_link(team), part, when(member.since), until)


def _unknown(*, given: bool, programs: bool, teams: bool) -> Iterable[Unknown]:
    if not given:
        yield Unknown(_("What it gives"), _("No contribution and no grant has been reported here yet."))
    if not programs:
        yield Unknown(_("What it shares"), _("No program of its own has been registered here yet."))
    if not teams:
        yield Unknown(_("Action teams"), _("No action team has named it as a member here yet."))
