"""What members bring: the community's investment in money and in kind, and the grants whose funders shared them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from coalition.roster import Coalition, Contribution, Edition, Grant
from coalition.rules import money
from coalition.rules.money import Kind, Totals
from dashboard.charts import svg, words
from dashboard.charts.words import giving as said
from dashboard.pages.parts import Drawing
from metrics.calc.cells import YearAxis

from .parts import Text, in_english, told
from .teams import Link, goal_link, team_link


@dataclass(frozen=True, slots=True)
class Giver:
    """One contribution. An amount that nobody has said is empty."""

    organization: Link
    what: Text
    toward: tuple[Link, ...]
    kind: str
    year: str
    promised: str
    delivered: str
    valuation: Text
    status: words.Badge


@dataclass(frozen=True, slots=True)
class Sum:
    """Amounts of several contributions; `left_out` says how many are in neither or one of them."""

    promised: str
    delivered: str
    left_out: str


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Gifts:
    """Several contributions, their sum, and the sentence over them."""

    answer: str
    lines: tuple[Giver, ...]
    total: Sum


@dataclass(frozen=True, slots=True)
class Bar:
    """One row of a picture: `chart` is None where no value is known."""

    name: Link
    chart: Drawing | None
    sum: Sum


@dataclass(frozen=True, slots=True)
class Picture:
    """The contributions in one grouping. Every one of them is in one row, so that `total` is the same in all."""

    key: str
    title: str
    rows: tuple[Bar, ...]
    total: Sum


@dataclass(frozen=True, slots=True)
class GrantLine:
    organization: Link
    recipient: Text
    purpose: Text
    goal: Link | None
    weighed: Text
    year: str
    amount: str


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class ContributionsPage:
    gifts: Gifts
    years: tuple[Choice, ...]
    facts: tuple[Fact, ...]
    bar: Drawing
    pictures: tuple[Picture, ...]
    grants: tuple[GrantLine, ...]


def contributions_page(edition: Edition, query: Mapping[str, str]) -> ContributionsPage:
    """All contributions, or those of the school year that `query` asks for, when there are any of it; and all grants.

    Grants go by calendar years, which no school year holds, so that the choice leaves them alone.
    """
    coalition = edition.coalition
    years = sorted({one.year for one in coalition.contributions}, reverse=True)
    chosen = next((year for year in years if str(year) == query.get("year")), None)
    given = [one for one in coalition.contributions if chosen in (None, one.year)]
    names = Names(coalition)
    return ContributionsPage(
        gifts=gifts(given, names, year=school_year(chosen)),
        years=_choices(years, chosen),
        facts=_facts(given),
        bar=_chart(money.total(given), money.total(_unsaid(given)).promised, Decimal(0), thick=28) or svg.unknown(),
        pictures=tuple(_pictures(given, names, by_year=chosen is None)),
        grants=tuple(grant_line(one, names) for one in coalition.grants),
    )


class Names:
    """The names and addresses that contributions and grants know by their short names only."""

    def __init__(self, coalition: Coalition) -> None:
        self._organizations = {one.slug: one.name for one in coalition.organizations}
        self._teams = {one.slug: one for one in coalition.teams}

    def organization(self, slug: str) -> Link:
        known = slug in self._organizations
        url = reverse("coalition:organization", args=[slug]) if known else ""
        return Link(in_english(self._organizations.get(slug, slug)), url)

    def team(self, slug: str) -> Link:
        """A team; no address and no name: the coalition as a whole."""
        return team_link(self._teams[slug]) if slug in self._teams else Link(Text(_("The coalition as a whole")), "")

    def goal(self, slug: str) -> Link:
        return goal_link(slug) or Link(Text(_("No goal named")), "")


def school_year(year: int | None) -> str:
    """Contributions are counted by the year in which a school year ends: 2025–26."""
    return "" if year is None else words.short_year(YearAxis.SCHOOL, year)


def gifts(given: Iterable[Contribution], names: Names, *, year: str = "", of_team: bool = False) -> Gifts:
    """`of_team`: the page is the team's own and need not name it beside each."""
    given = tuple(given)
    totals = money.total(given)
    return Gifts(
        said.giving_sentence(len({one.organization for one in given}), totals, year),
        tuple(_giver(one, names, of_team=of_team) for one in given),
        _sum(totals),
    )


def _giver(one: Contribution, names: Names, *, of_team: bool) -> Giver:
    team = names.team(one.team) if one.team and not of_team else None
    return Giver(
        organization=names.organization(one.organization),
        what=told(one.what),
        toward=tuple(link for link in (team, goal_link(one.goal)) if link),
        kind=said.kind_words(one.kind),
        year=school_year(one.year),
        promised="" if one.promised is None else said.dollars(one.promised),
        delivered="" if one.delivered is None else said.dollars(one.delivered),
        valuation=told(one.valuation),
        status=said.delivery_badge(one.promised, one.delivered),
    )


def _sum(totals: Totals) -> Sum:
    return Sum(
        said.dollars(totals.promised) if totals.says_promised else "",
        said.dollars(totals.delivered) if totals.says_delivered else "",
        said.left_out(totals),
    )


def _choices(years: Iterable[int], chosen: int | None) -> tuple[Choice, ...]:
    every = Choice("", _("All years"), chosen is None)
    return (every, *(Choice(str(year), school_year(year), year == chosen) for year in years))


def _pictures(given: list[Contribution], names: Names, *, by_year: bool) -> Iterable[Picture]:
    kinds = {kind: Link(Text(said.kind_words(kind)), "") for kind in Kind}
    yield _picture("kind", _("In money and in kind"), given, lambda one: kinds[one.kind])
    yield _picture("members", _("By organization"), given, lambda one: names.organization(one.organization))
    yield _picture("teams", _("By action team"), given, lambda one: names.team(one.team))
    yield _picture("goals", _("By goal"), given, lambda one: names.goal(one.goal))
    if by_year:
        yield _picture("years", _("By school year"), given, lambda one: Link(Text(school_year(one.year)), ""))


def _picture(key: str, title: str, given: list[Contribution], by: Callable[[Contribution], Link]) -> Picture:
    """One bar a group on a scale of their own, the largest promise first."""
    groups = money.grouped(given, by)
    unsaid = money.grouped(_unsaid(given), by)
    scale = max((max(one.promised, one.delivered) for one in groups.values()), default=Decimal(0))
    ordered = sorted(groups.items(), key=lambda group: (-group[1].promised, -group[1].delivered, group[0].name.text))
    rows = tuple(
        Bar(name, _chart(totals, unsaid.get(name, Totals()).promised, scale), _sum(totals)) for name, totals in ordered
    )
    return Picture(key, title, rows, _sum(money.total(given)))


def _unsaid(given: Iterable[Contribution]) -> Iterable[Contribution]:
    """Those of which nobody has said what was delivered: their promises are not known to be missing."""
    return (one for one in given if one.delivered is None)


def _chart(totals: Totals, unsaid: Decimal, scale: Decimal, thick: float = 12) -> Drawing | None:
    if not totals.promised and not totals.delivered:
        return None
    return svg.delivery(promised=totals.promised, delivered=totals.delivered, unsaid=unsaid, scale=scale, thick=thick)


def _facts(given: list[Contribution]) -> tuple[Fact, ...]:
    """Everything together, and the two kinds."""
    every, by_kind = money.total(given), money.grouped(given, lambda one: one.kind)
    facts = [Fact(_("Promised"), _amount(every)), Fact(_("Delivered"), _sum(every).delivered or said.unknown())]
    facts += [
        Fact(_("{kind}, promised").format(kind=said.kind_words(kind)), _amount(by_kind[kind]))
        for kind in Kind
        if kind in by_kind
    ]
    if every.unvalued:
        facts.append(
            Fact(_("Value not known"), words.count(every.unvalued), _("of {number}").format(number=every.count))
        )
    return tuple(facts)


def _amount(totals: Totals) -> str:
    return _sum(totals).promised or said.unknown()


def grant_line(one: Grant, names: Names) -> GrantLine:
    return GrantLine(
        names.organization(one.organization),
        in_english(one.recipient),
        told(one.purpose),
        goal_link(one.goal),
        told(one.weighed),
        said.calendar_year(one.year),
        "" if one.amount is None else said.dollars(one.amount),
    )
