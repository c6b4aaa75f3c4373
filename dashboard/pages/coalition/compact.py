"""The Compact: what its signers promised, whom each promise binds, and how many kept it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from coalition.roster import Binds, Commitment, Compact, Edition
from coalition.rules.ledger import Coverage, State
from dashboard.charts.svg.coverage import coverage
from dashboard.charts.words import Headline
from dashboard.charts.words import promises as said
from dashboard.pages.parts import Drawing

from .account import Account, account_asked_for
from .ledger import LedgerPage, ledger_page
from .organizations import link
from .parts import Cited, Text, as_of, cited, current_compact, signatories, stands_by, told, when
from .teams import Link

__all__ = ["CompactPage", "LedgerPage", "compact_page", "ledger_page"]


@dataclass(frozen=True, slots=True)
class PromiseRow:
    """One commitment and how many kept it: 4 of 6 | assessed | named a contact | 1 not assessed yet.

    `of_how_many` is empty while nothing is said of anybody, `done` while none of those assessed kept it and others
    are open, `of_whom` and `besides` once everybody is assessed.
    """

    number: str
    short: Text
    text: Text
    rests_on: str
    of_how_many: str
    of_whom: str
    done: Text
    besides: str
    unsaid: str
    chart: Drawing | None
    description: str
    whom: str
    counts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The commitments that bind the same signers."""

    key: str
    name: str
    promises: tuple[PromiseRow, ...]


@dataclass(frozen=True, slots=True)
class Version:
    number: int
    standing: str
    document: Cited
    since: Text
    note: Text
    is_current: bool
    is_shown: bool
    signers: str


@dataclass(frozen=True, slots=True)
class CompactPage:
    """`year` is the one the counts speak of; None while nothing is said of any. `current` is the number of the version
    that is signed now, where another one is shown.
    """

    headline: Headline
    lead: str
    document: Cited | None
    published_at: datetime | None
    year: int | None
    groups: tuple[Group, ...]
    signers: tuple[Link, ...]
    versions: tuple[Version, ...]
    current: int | None = None


def compact_page(edition: Edition, version: str = "") -> CompactPage:
    """The `version` that is asked for, else the one of which something is said last.

    So a newer one that nobody is assessed by yet hides no promise kept.
    """
    year = account_asked_for(edition, version)
    compact = year.compact if year else None
    how_many = {binds: sum(one.binds is binds for one in compact.commitments) if compact else 0 for binds in Binds}
    everyone, providers, funders = how_many.values()
    return CompactPage(
        headline=said.what_promised(sum(how_many.values())),
        lead=" ".join(filter(None, (said.what_promised_lead(everyone, providers, funders), _which(edition, compact)))),
        document=cited(compact.document) if compact else None,
        published_at=edition.published_at,
        year=year.year if year and year.said else None,
        groups=tuple(_groups(year)) if year else (),
        signers=tuple(link(one) for one in signatories(edition)),
        versions=tuple(_version(edition, one, compact) for one in edition.coalition.compacts),
        current=_current(edition, compact),
    )


def _current(edition: Edition, shown: Compact | None) -> int | None:
    current = current_compact(edition.coalition)
    return None if shown is None or current is None or shown is current else current.number


def _which(edition: Edition, shown: Compact | None) -> str:
    """Which version is shown, when it is not the one that is signed now."""
    current = _current(edition, shown)
    return "" if shown is None or current is None else said.shown_beside_current(shown.number, current)


def _groups(year: Account) -> Iterable[Group]:
    for binds in Binds:
        found = [one for one in year.compact.commitments if one.binds is binds]
        if found:
            rows = tuple(_row(one, year) for one in found)
            yield Group(binds.value, said.binds_heading(binds), rows)


def _row(commitment: Commitment, year: Account) -> PromiseRow:
    covered, over = year.coverage(commitment.number), year.year if year.is_over else None
    return PromiseRow(
        number=commitment.number,
        short=told(commitment.short),
        text=told(commitment.text),
        rests_on=said.rests_on(commitment.evidence),
        of_how_many=said.of_how_many(covered) if covered.assessed else "",
        of_whom=said.of_whom(covered),
        done=told(commitment.done) if covered.kept or not covered.open else Text(""),
        besides=said.besides(covered) if covered.kept else "",
        unsaid=said.unsaid(covered, commitment.binds, over=over, is_only_version=year.is_only_version),
        chart=bar(covered) if covered.bound else None,
        description=said.bar_description(covered),
        whom=said.binds_how_many(covered, commitment.binds, over=over),
        counts=counts(covered) if covered.assessed else (),
    )


def bar(covered: Coverage) -> Drawing:
    """What nobody found evidence of is as unknown as what nobody has assessed."""
    states = dict(covered.states)
    return coverage(
        kept=covered.kept,
        under_way=states[State.LIMITED],
        missing=states[State.NOT_STARTED],
        unknown=states[State.NO_EVIDENCE] + covered.open,
    )


def counts(covered: Coverage) -> tuple[tuple[str, str], ...]:
    """What is said of how many, the best state first, with its mark; what is said of nobody is left out.

    Once somebody kept the promise, those of whom nothing is said stand in the sentence above.
    """
    every: list[tuple[State | None, int]] = [*reversed(covered.states), (None, 0 if covered.kept else covered.open)]
    return tuple((said.badge(state).shape, said.counted(number, state)) for state, number in every if number)


def _version(edition: Edition, compact: Compact, shown: Compact | None) -> Version:
    current = current_compact(edition.coalition)
    return Version(
        compact.number,
        said.version_standing(compact.number, current.number if current else None),
        cited(compact.document),
        when(compact.since),
        told(compact.note),
        compact.is_current,
        compact is shown,
        said.stand_by_it(
            sum(stands_by(one, compact.number, as_of(edition)) for one in edition.coalition.organizations)
        ),
    )
