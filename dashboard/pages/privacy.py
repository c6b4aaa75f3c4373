"""The privacy page: what an empty place means, the rule with its numbers, an example, and what is kept of whom."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from django.conf import settings
from django.utils.translation import gettext as _

from dashboard.charts import words
from dashboard.charts.words import privacy as said
from metrics.calc.cells import NotApplicable, NotReported
from metrics.calc.disclosure import MOST_IN_A_SMALL_GROUP, SCALES

from .tables import Table, TableCell, TableRow

FEDERAL_LAW = "https://www.law.cornell.edu/cfr/text/34/99.31"
STATE_LAW = "https://portal.ct.gov/DAS/CTEdTech/Commission-for-Educational-Technology/Initiatives/Student-Data-Privacy"

#: The example: students, and how many of them enrolled. Invented; the second group is too small to be shown. A test
#: asks the rule itself whether it would do as the page tells it.
EVERYBODY, LARGE, SMALL = (120, 72), (104, 66), (16, 6)


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    note: str


@dataclass(frozen=True, slots=True)
class Kind:
    """What can stand in place of a figure; a 0, which is one, has no badge."""

    badge: words.Badge | None
    meaning: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A term and what is said of it; `url` is where somebody else says it better."""

    term: str
    paragraphs: tuple[str, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Example:
    came_in: Table
    shown: Table
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PrivacyPage:
    lead: str
    facts: tuple[Fact, ...]
    kinds: tuple[Kind, ...]
    rule: tuple[Entry, ...]
    limits: Table
    example: Example
    checks: tuple[str, ...]
    of_the_state: tuple[str, ...]
    kept: tuple[Entry, ...]
    laws: tuple[Entry, ...]
    contact: str


def privacy() -> PrivacyPage:
    return PrivacyPage(
        lead=said.lead(),
        facts=tuple(Fact(*one) for one in said.facts()),
        kinds=(
            Kind(words.withheld_badge(), said.meaning_of_withheld()),
            Kind(words.nothing_badge(NotReported()), said.meaning_of_not_reported()),
            Kind(words.nothing_badge(NotApplicable()), said.meaning_of_not_applicable()),
            Kind(None, said.meaning_of_zero()),
        ),
        rule=tuple(_entry(one) for one in said.rule()),
        limits=Table(
            _("Which shares are shown, by the size of the group"),
            (_("Students in the group"), _("Shares shown"), _("Printed")),
            tuple(_limits()),
        ),
        example=_example(),
        checks=said.checks(),
        of_the_state=said.of_the_state(),
        kept=tuple(_entry(one) for one in said.kept()),
        laws=(_entry(said.federal_law(), FEDERAL_LAW), _entry(said.state_law(), STATE_LAW)),
        contact=str(settings.CONTACT_EMAIL),
    )


def _entry(told: said.Told, url: str = "") -> Entry:
    term, *paragraphs = told
    return Entry(term, tuple(paragraphs), url)


def _limits() -> Iterator[TableRow]:
    """The scales, the smallest groups first; the first begins where a group may be shown at all."""
    scales = SCALES[::-1]
    for one, larger in zip_longest(scales, scales[1:]):
        first, last = max(one.size, MOST_IN_A_SMALL_GROUP + 1), larger.size - 1 if larger else None
        cells = TableCell(said.shown_between(one)), TableCell(said.printed(one))
        yield TableRow(said.sizes(first, last), cells)


def _example() -> Example:
    large, small = said.group_name("A"), said.group_name("B")
    sums = [f"{all_of} − {of_large} = {left}" for all_of, of_large, left in zip(EVERYBODY, LARGE, SMALL, strict=True)]
    everybody = TableRow(_("All students"), _counts(*EVERYBODY))
    return Example(
        came_in=Table(
            _("What a program shared"),
            _heads(),
            (everybody, TableRow(large, _counts(*LARGE)), TableRow(small, _counts(*SMALL))),
        ),
        shown=Table(
            _("What the board shows"), _heads(), (everybody, TableRow(large, _withheld()), TableRow(small, _withheld()))
        ),
        steps=(
            said.too_small(small, SMALL[0]),
            said.subtracted(small, *(one.replace(" ", "\u00a0") for one in sums)),  # each on one line
            said.withheld_beside(large),
            said.looks_alike(),
        ),
    )


def _heads() -> tuple[str, ...]:
    return _("Group"), _("Students"), _("Enrolled")


def _counts(*numbers: int) -> tuple[TableCell, ...]:
    return tuple(TableCell(words.count(number)) for number in numbers)


def _withheld() -> tuple[TableCell, ...]:
    cell = TableCell(words.withheld(), known=False, withheld=True)
    return cell, replace(cell, follows=True)
