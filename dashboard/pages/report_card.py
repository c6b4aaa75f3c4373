"""The community report card: on one page, what improved, what got worse, and where the goals stand."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard.charts import words
from dashboard.charts.words import explore
from dashboard.charts.words import report_card as said
from metrics.calc.cells import Known
from metrics.calc.direction import Direction
from metrics.calc.verdicts import Verdict
from metrics.published import GoalStanding, IndicatorLine, IndicatorList

from .parts import measured

#: Years listed, at most.
YEARS = 10
MET = {Verdict.MET, Verdict.MET_LATE}


@dataclass(frozen=True, slots=True)
class GoalLine:
    name: str
    url: str
    badge: words.Badge
    sentence: str


@dataclass(frozen=True, slots=True)
class Entry:
    name: str
    url: str
    value: str
    year: str
    moved: str


@dataclass(frozen=True, slots=True)
class Pile:
    """The indicators that went one way."""

    key: str
    badge: words.Badge
    number: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class YearRow:
    """How many movements ended in a year, and of them which way."""

    year: str
    total: str
    counts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReportCard:
    heading: str
    lead: str
    goals_met: str
    updated: datetime | None
    goals: tuple[GoalLine, ...]
    piles: tuple[Pile, ...]
    silent: str
    years: tuple[YearRow, ...]


def report_card(found: IndicatorList | None) -> ReportCard:
    """The page; before the first release an empty one."""
    if found is None:
        return ReportCard("", "", "", None, (), (), "", ())
    lines = [one for one in found.lines if one.hartford.latest]
    moved = [one for one in lines if one.latest]
    by_way = {way: [one for one in moved if one.latest and one.latest.direction is way] for way in Direction}
    other = [*by_way[Direction.UP], *by_way[Direction.DOWN]]
    improving, worsening, steady = (by_way[way] for way in (Direction.IMPROVING, Direction.WORSENING, Direction.STEADY))
    met = [one for one in found.goals if one.standing.verdict in MET]
    return ReportCard(
        said.heading(len(improving), len(moved)),
        said.lead(len(worsening), len(steady), len(other)),
        said.goals_met(len(met), len(found.goals)),
        found.release.published_at,
        tuple(_goal(one) for one in found.goals),
        tuple(
            _pile(key, pile)
            for key, pile in (
                ("improving", improving),
                ("worsening", worsening),
                ("steady", steady),
                ("other", other),
            )
            if pile
        ),
        said.silent(len([one for one in lines if not one.latest])),
        tuple(
            YearRow(
                str(one.year),
                words.count(one.total),
                tuple(words.count(number) for number in (one.improving, one.worsening, one.steady, one.other)),
            )
            for one in found.years[:YEARS]
        ),
    )


def _goal(one: GoalStanding) -> GoalLine:
    about = measured(one.goal.current.indicator, one.goal.slug, one.goal.name)
    url = reverse("dashboard:goal", args=[one.goal.slug])
    return GoalLine(one.goal.name, url, words.badge(one.standing, about), words.evidence(one.standing, about))


def _pile(key: str, lines: Iterable[IndicatorLine]) -> Pile:
    entries = tuple(_entry(one) for one in lines)
    badge = {
        "improving": words.Badge("up", _("Improving"), "good"),
        "worsening": words.Badge("down", _("Worsening"), "bad"),
        "steady": words.Badge("level", _("No detectable change"), "void"),
        "other": words.Badge("bar", _("Neither way is better"), "void"),
    }[key]
    return Pile(key, badge, words.count(len(entries)), entries)


def _entry(one: IndicatorLine) -> Entry:
    about, latest = measured(one.indicator), one.hartford.latest
    known = latest.cell if latest and isinstance(latest.cell, Known) else None
    return Entry(
        one.indicator.name,
        reverse("dashboard:indicator", args=[one.indicator.slug]),
        about.value(known.value) if known else "",
        words.short_year(about.axis, latest.year) if latest else "",
        explore.moved_short(one.latest, about),
    )
