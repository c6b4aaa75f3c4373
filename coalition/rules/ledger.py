"""What is said of a promise: five words, what they follow from, and the way to the public."""

import re
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from fractions import Fraction

from .roles import Role


class State(StrEnum):
    """The Open Government Partnership's five words for how far a commitment has come, in their order."""

    NO_EVIDENCE = "no_evidence"
    NOT_STARTED = "not_started"
    LIMITED = "limited"
    SUBSTANTIAL = "substantial"
    COMPLETE = "complete"


#: States that coverage counts as done: “4 of 7 named a contact”.
KEPT = frozenset({State.SUBSTANTIAL, State.COMPLETE})
#: States that say something was done, and so have to show what.
NEEDS_EVIDENCE = frozenset({State.LIMITED, State.SUBSTANTIAL, State.COMPLETE})

# “Complete” means all of it. These two shares are what “substantial” means where a word follows from data, and with
# it what coverage counts as kept. A bare half is not most of it: of two programs, one that shares leaves as much
# unknown as it shows, and a year holds so few meetings that one of two may be chance.
#: More than this share of a provider's programs shared their data.
SUBSTANTIAL_DATA = Fraction(1, 2)
#: The organization came to more than this share of the meetings it was asked to.
SUBSTANTIAL_ATTENDANCE = Fraction(1, 2)


class Evidence(StrEnum):
    """What an assessment of a commitment rests on."""

    JUDGEMENT = "judgement"  # somebody reads the evidence and says so
    CONTACT = "contact"  # follows from whether a contact is named
    DATA = "data"  # follows from whether data was shared for the year
    MEETINGS = "meetings"  # follows from the meetings attended in the year


class Stage(StrEnum):
    """Where an assessment is on its way to the public."""

    DRAFT = "draft"  # the organization has not seen it
    WITH_ORGANIZATION = "with_organization"  # it may reply until the last day
    READY = "ready"  # it replied, or the last day is over
    PUBLIC = "public"


def stage(*, sent: bool, reply_until: date | None, replied: bool, released: bool, on: date) -> Stage:
    """Where an assessment is on the day `on`. The last day to reply still belongs to the organization."""
    if released:
        return Stage.PUBLIC
    if not sent or reply_until is None:
        return Stage.DRAFT
    return Stage.READY if replied or on > reply_until else Stage.WITH_ORGANIZATION


#: When something happened: the day or, where that is not known, words for it.
Moment = tuple[date | None, str]


# --- Who is bound in a year -------------------------------------------------------------------------------------------


def last_day(year: int, today: date) -> date:
    """The day on which a year is looked at: its last one, or today while it runs."""
    return min(date(year, 12, 31), today)


def year_of(day: date | None, words: str) -> int | None:
    """The year of a day, or the first one that the words for it name: 2016 of “October 2016”. None: it says no year."""
    if day is not None:
        return day.year
    named = re.search(r"\b(19|20)\d\d\b", words)
    return int(named[0]) if named else None


def first_day(day: date | None, words: str) -> date:
    """The day, or the first one that the words for it leave open. What no year is named for lies in the past."""
    return day or date(year_of(None, words) or date.min.year, 1, 1)


def lies_before(one: Moment, other: Moment) -> bool:
    """Whether `one` must lie before `other`: by their days, or by the years they name where one is known in words."""
    if one[0] is not None and other[0] is not None:
        return one[0] < other[0]
    year, than = year_of(*one), year_of(*other)
    return year is not None and than is not None and year < than


def in_year(since: int | None, until: date | None, year: int) -> bool:
    """Whether something stood on any day of `year`. A beginning nobody can date lies in the past."""
    return (since is None or since <= year) and (until is None or year <= until.year)


def held(periods: Iterable[tuple[Role, date | None, str, date | None]], year: int) -> frozenset[Role]:
    """The roles held at any time in `year`, of periods (role, since, since in words, until).

    One day is enough: what a provider or a funder promised for a year is not gone because it left in December.
    """
    return frozenset(role for role, since, words, until in periods if in_year(year_of(since, words), until, year))


def signed(events: Iterable[tuple[int, bool, date | None, str]], on: date) -> int | None:
    """The version of the Compact that an organization is held to on the day `on`, or None.

    `events` are (version, withdrew, day, day in words), each version's in the order in which they happened. A later
    version takes the place of an earlier one for good: who takes back the signature under it is held to none, not to
    what it left behind by signing anew.
    """
    standing: dict[int, bool] = {}
    for version, withdrew, day, words in events:
        year = year_of(day, words)
        if day <= on if day is not None else year is None or year <= on.year:
            standing[version] = not withdrew
    latest = max(standing, default=None)
    return latest if latest is not None and standing[latest] else None


# --- Words that follow from data --------------------------------------------------------------------------------------


def from_contact(*, named: bool, on_record: bool) -> State:
    """`on_record`: contacts were kept on record in that year. Before, that nobody is on it says nothing of anybody."""
    if named:
        return State.COMPLETE
    return State.NOT_STARTED if on_record else State.NO_EVIDENCE


def from_data(*, programs: int, shared: int) -> State:
    """Of `programs` that ran in the year, `shared` had figures accepted for it."""
    if not shared:
        return State.NO_EVIDENCE
    return _share(shared, programs, SUBSTANTIAL_DATA)


def from_meetings(*, asked: int, attended: int) -> State | None:
    """None when it was asked to no meeting: then there is nothing to say, and “not started” would be untrue."""
    if not asked:
        return None
    return _share(attended, asked, SUBSTANTIAL_ATTENDANCE) if attended else State.NOT_STARTED


def _share(part: int, whole: int, substantial: Fraction) -> State:
    if part >= whole:
        return State.COMPLETE
    return State.SUBSTANTIAL if Fraction(part, whole) > substantial else State.LIMITED


# --- Coverage ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of one commitment and year: how many organizations it binds, and what is said of them.

    `states` holds every state in its order. Those of whom nothing is said yet are `open`: nobody may take them for
    organizations that broke their word.
    """

    bound: int
    assessed: int
    kept: int
    states: tuple[tuple[State, int], ...]

    @property
    def open(self) -> int:
        return self.bound - self.assessed


def coverage(entries: Iterable[tuple[str, State]], bound: Collection[str]) -> Coverage:
    """`entries` are (organization, state) of the public words; `bound` are the organizations bound in that year.

    A word on an organization that is not among them counts nowhere.
    """
    of_whom = set(bound)
    said = {organization: state for organization, state in entries if organization in of_whom}
    count = Counter(said.values())
    return Coverage(
        bound=len(of_whom),
        assessed=len(said),
        kept=sum(count[state] for state in KEPT),
        states=tuple((state, count[state]) for state in State),
    )
