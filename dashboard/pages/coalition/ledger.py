"""The ledger: organization by commitment in one year, as a grid; or one commitment with all that is said of it."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from coalition.roster import Assessment, Commitment, Compact, Edition, Evidence, Organization, Sector, State
from dashboard.charts.words import Badge, Headline
from dashboard.charts.words import coalition as about
from dashboard.charts.words import ledger as over_all
from dashboard.charts.words import promises as said

from .account import Account, account_asked_for
from .findings import Finding, finding
from .giving import Choice
from .parts import Text, in_english, organization_url, told
from .teams import Link

#: What stands in an address for what has no word of its own.
UNKNOWN_SECTOR = "unknown"
#: The states in the order in which a reader asks for them; None: nothing is said yet.
STATES: tuple[State | None, ...] = (*reversed(State), None)


@dataclass(frozen=True, slots=True)
class Select:
    """One question of the filter. Its first choice asks for everything."""

    name: str
    label: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Meaning:
    badge: Badge
    text: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column."""

    number: str
    short: Text


@dataclass(frozen=True, slots=True)
class Row:
    """One organization: a mark for each commitment shown, and all that is said when only one is."""

    organization: Link
    sector: str
    cells: tuple[tuple[str, Badge], ...]
    finding: Finding | None


@dataclass(frozen=True, slots=True)
class LedgerPage:
    """Headline and lead speak of the whole year; all that is below them, of one version of the Compact.

    `one` is the commitment that was asked for; `is_narrowed`: something was asked for.
    """

    headline: Headline
    lead: str
    published_at: datetime | None
    year: int
    is_empty: bool
    selects: tuple[Select, ...]
    is_narrowed: bool
    one: Commitment | None
    one_text: Text
    tally: str
    counts: tuple[tuple[str, str], ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    meanings: tuple[Meaning, ...]
    from_data: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the address asks for. What it does not know is left out."""

    sector: str = ""
    commitment: Commitment | None = None
    state: str = ""

    def keeps(self, organization: Organization, states: Iterable[State | None]) -> bool:
        is_of_sector = self.sector in ("", organization.sector or UNKNOWN_SECTOR)
        return is_of_sector and (not self.state or self.state in map(_key, states))


def ledger_page(edition: Edition, query: Mapping[str, str]) -> LedgerPage:
    """The ledger of the version and year that `query` asks for, else of the latest year of which something is said."""
    asked = query.get("year", "")
    year = account_asked_for(
        edition, query.get("version", ""), int(asked) if asked.isdecimal() and len(asked) == 4 else None
    )
    if year is None:
        return _nothing(edition)
    compact, wanted = year.compact, _wanted(year.compact, query)
    shown = (wanted.commitment,) if wanted.commitment else compact.commitments
    rows = tuple(_rows(year, shown, wanted))
    found = Counter(state for _row, states in rows for state in states)
    by_data = [one.number for one in compact.commitments if one.evidence is not Evidence.JUDGEMENT]
    headline, lead = _whole_year(year)
    return LedgerPage(
        headline=headline,
        lead=lead,
        published_at=edition.published_at,
        year=year.year,
        is_empty=not year.said,
        selects=tuple(_selects(edition, year, wanted)),
        is_narrowed=wanted != Wanted(),
        one=wanted.commitment,
        one_text=told(wanted.commitment.text) if wanted.commitment else Text(""),
        tally=over_all.tally(len(rows), found.total()),
        counts=tuple((said.badge(state).shape, said.counted(found[state], state)) for state in STATES if found[state]),
        heads=tuple(Head(one.number, told(one.short)) for one in shown),
        rows=tuple(row for row, _states in rows),
        meanings=tuple(_meanings()),
        from_data=over_all.follow_from_data(about.listed(by_data) if by_data else "", len(by_data)),
    )


def _whole_year(shown: Account) -> tuple[Headline, str]:
    """What became of all promises of the year, whichever version of the Compact they were made in."""
    versions = [Account(shown.edition, one, shown.year) for one in shown.edition.coalition.compacts]
    bound_by = [one for one in versions if one.bound]
    covered = [covered for one in bound_by for covered in one.coverages().values()]
    bound, assessed = sum(one.bound for one in covered), sum(one.assessed for one in covered)
    organizations = {organization.slug for one in bound_by for organization, _numbers in one.bound}
    lead = over_all.what_came_of_it_lead(shown.year, len(organizations), bound, bound - assessed)
    if [one.compact for one in bound_by] not in ([], [shown.compact]):
        lead = f"{lead} {over_all.shown_below(shown.compact.number)}"
    return over_all.what_came_of_it(bound, assessed, sum(one.kept for one in covered)), lead


def _wanted(compact: Compact, query: Mapping[str, str]) -> Wanted:
    sectors = {*(sector.value for sector in Sector if sector), UNKNOWN_SECTOR}
    sector, state = query.get("sector", ""), query.get("state", "")
    return Wanted(
        sector if sector in sectors else "",
        next((one for one in compact.commitments if one.number == query.get("commitment")), None),
        state if state in map(_key, STATES) else "",
    )


def _rows(year: Account, shown: Iterable[Commitment], wanted: Wanted) -> Iterable[tuple[Row, tuple[State | None, ...]]]:
    """The rows asked for, and what is said of each promise in them."""
    numbers = [one.number for one in shown]
    for organization, bound in year.bound:
        words = {number: year.said.get((organization.slug, number)) for number in numbers if number in bound}
        states = tuple(word.state if word else None for word in words.values())
        if states and wanted.keeps(organization, states):
            yield _row(organization, numbers, words, is_alone=wanted.commitment is not None), states


def _row(organization: Organization, numbers: list[str], words: dict[str, Assessment | None], *, is_alone: bool) -> Row:
    def badge(number: str) -> Badge:
        word = words.get(number)
        return said.badge(word.state if word else None) if number in words else said.no_promise()

    word = words.get(numbers[0]) if is_alone else None
    return Row(
        Link(in_english(organization.name), organization_url(organization.slug)),
        about.sector_name(organization.sector),
        tuple((number, badge(number)) for number in numbers),
        finding(word) if word else None,
    )


def _selects(edition: Edition, year: Account, wanted: Wanted) -> Iterable[Select]:
    """What can be asked for; a question with one answer is not asked."""
    versions = [
        (str(one.number), _("Version {number}").format(number=one.number)) for one in edition.coalition.compacts
    ]
    if len(versions) > 1:
        yield _select("version", _("Version of the Compact"), versions, str(year.compact.number))
    if len(year.years) > 1:
        yield _select("year", _("Calendar year"), [(str(one), str(one)) for one in year.years], str(year.year))
    sectors = [(one.value or UNKNOWN_SECTOR, about.sector_name(one)) for one in Sector]
    yield _select("sector", _("Sector"), [("", _("All sectors")), *sectors], wanted.sector)
    chosen = wanted.commitment.number if wanted.commitment else ""
    commitments = [(one.number, said.numbered(one.number, told(one.short).text)) for one in year.compact.commitments]
    yield _select("commitment", _("Commitment"), [("", _("All commitments")), *commitments], chosen)
    states = [(_key(state), said.state_words(state)) for state in STATES]
    yield _select("state", _("State"), [("", _("Any state")), *states], wanted.state)


def _select(name: str, label: str, choices: Iterable[tuple[str, str]], chosen: str) -> Select:
    return Select(name, label, tuple(Choice(value, words, value == chosen) for value, words in choices))


def _key(state: State | None) -> str:
    return state.value if state else said.UNASSESSED


def _meanings() -> Iterable[Meaning]:
    for state in STATES:
        yield Meaning(said.badge(state), said.state_meaning(state))
    yield Meaning(said.no_promise(), said.no_promise_meaning())


def _nothing(edition: Edition) -> LedgerPage:
    """The page while no version of the Compact is on record."""
    return LedgerPage(
        headline=over_all.what_came_of_it(0, 0, 0),
        lead="",
        published_at=edition.published_at,
        year=0,
        is_empty=True,
        selects=(),
        is_narrowed=False,
        one=None,
        one_text=Text(""),
        tally="",
        counts=(),
        heads=(),
        rows=(),
        meanings=tuple(_meanings()),
        from_data="",
    )
