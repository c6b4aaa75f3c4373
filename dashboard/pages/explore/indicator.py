"""One indicator: where Hartford stands, the lines asked for, groups, districts, what changed, and what it counts."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from dashboard.charts import words
from dashboard.charts.words import explore as said
from dashboard.mounts import address
from dashboard.pages import structured
from dashboard.pages.coalition.parts import day_words
from dashboard.pages.goal import Correction, Fact, correction
from dashboard.pages.grouped import of_indicator
from dashboard.pages.groups import Groups, groups
from dashboard.pages.parts import measured
from metrics.calc.cells import Known, Unit
from metrics.published import HARTFORD, IndicatorReading, Ranking, Series, SourceInfo

from .asking import Asking, Form, form
from .lines import Lines, asked_files, lines


@dataclass(frozen=True, slots=True)
class Place:
    """A district in the order of figures."""

    position: str
    name: str
    value: str
    is_ours: bool


@dataclass(frozen=True, slots=True)
class Standings:
    heading: str
    intro: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Term:
    """One line of the definition."""

    term: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IndicatorPage:
    """`groups` is None for what is no rate: counts and dollars of groups have no gap."""

    name: str
    theme: str
    answer: str
    comparison: str
    direction: words.Badge
    goal: tuple[str, str]
    updated: datetime
    facts: tuple[Fact, ...]
    measure: str
    axis: str
    form: Form
    lines: Lines
    nothing: str
    sources: tuple[SourceInfo, ...]
    groups: Groups | None
    standings: Standings | None
    revisions: tuple[Correction, ...]
    definition: tuple[Term, ...]
    card: tuple[SourceInfo, ...]
    citation: str
    permanent: str
    files: tuple[tuple[str, str], ...]
    structured: Mapping[str, Any]
    figure_url: str


def indicator_page(reading: IndicatorReading, asked: Asking) -> IndicatorPage:
    indicator, release = reading.indicator, reading.release
    about = measured(indicator)
    shown = lines(asked, reading)
    goal = reading.goal
    permanent = address("dashboard:indicator", indicator.slug, release=release.number)
    return IndicatorPage(
        name=indicator.name,
        theme=said.theme(indicator.theme),
        answer=_answer(reading),
        comparison=_comparison(reading),
        direction=said.direction_badge(reading.latest) if reading.hartford.latest else said.no_figure_badge(),
        goal=(goal.name, reverse("dashboard:goal", args=[goal.slug])) if goal else ("", ""),
        updated=release.published_at,
        facts=_facts(reading),
        measure=said.measure(indicator.name, indicator.unit),
        axis=words.axis_words(about.axis),
        form=form(asked, reading, _years(reading)),
        lines=shown,
        nothing="" if shown.chart else said.nothing_chosen(),
        sources=tuple(dict.fromkeys(source for one in reading.chosen for source in one.sources)),
        groups=groups(of_indicator(reading), release.published_at) if indicator.unit is Unit.PERCENT else None,
        standings=_standings(reading.ranking, about) if reading.ranking else None,
        revisions=tuple(correction(about, one) for one in reading.revisions),
        definition=_definition(reading),
        card=_sources(reading),
        citation=said.citation(
            indicator.name,
            indicator.source.publisher,
            release.number,
            day_words(release.published_at),
            f"{settings.SITE_URL}{permanent}",
        ),
        permanent=permanent,
        files=asked_files(asked, reading),
        structured=structured.indicator(reading),
        figure_url=_figure_url(indicator.slug, asked),
    )


def _figure_url(slug: str, asked: Asking) -> str:
    """Where the chart of what was asked for is read as data."""
    url, query = reverse("dashboard:indicator_figure", args=[slug]), asked.query.urlencode()
    return f"{url}?{query}" if query else url


def _latest(series: Series) -> tuple[int, Known] | None:
    point = series.latest
    return (point.year, point.cell) if point and isinstance(point.cell, Known) else None


def _answer(reading: IndicatorReading) -> str:
    """Where Hartford stands, and what happened since the figure before."""
    about, latest = measured(reading.indicator), _latest(reading.hartford)
    if latest is None:
        return said.nothing_known(reading.indicator.name)
    return " ".join((said.latest_words(about, *latest), said.moved_words(reading.latest, about))).strip()


def _comparison(reading: IndicatorReading) -> str:
    """Hartford beside Connecticut, then and now; where the two are not subtracted, Connecticut's figure alone."""
    about, found = measured(reading.indicator), reading.comparison
    if found is not None:
        years = (found.first_year, found.last_year)
        return words.comparison_words(about, years, found.first_difference, found.last_difference)
    state = _latest(reading.state)
    return said.state_words(about, *state) if state else ""


def _facts(reading: IndicatorReading) -> tuple[Fact, ...]:
    about = measured(reading.indicator)
    tone = {"good": "good", "bad": "bad"}.get(said.direction_badge(reading.latest).tone, "")
    facts = []
    for label, series in (
        (words.hartford(), reading.hartford),
        (words.connecticut(), reading.state),
        (said.rest_of_state(), reading.rest),
    ):
        latest = _latest(series)
        if latest:
            facts.append(Fact(label, about.value(latest[1].value), about.year(latest[0])))
    if reading.latest:
        facts.append(Fact(_("Change"), *said.facts_difference(reading.latest, about), tone=tone))
    if reading.whole:
        facts.append(Fact(_("Since the first figure"), *said.facts_difference(reading.whole, about)))
    if reading.goal:
        current = reading.goal.current
        year = _("{year} target").format(year=current.target_year)
        facts.append(Fact(year, about.stated(current.target_value)))
    return tuple(facts)


def _years(reading: IndicatorReading) -> tuple[int, ...]:
    every = (reading.hartford, reading.state, reading.rest, *reading.chosen)
    return tuple(sorted({point.year for one in every for point in one.points}))


def _standings(found: Ranking, about: words.Subject) -> Standings:
    rank = found.rank
    tied = {position: len(list(same)) for position, same in groupby(found.around, key=lambda one: one.position)}
    return Standings(
        said.rank_heading(rank.place, rank.of),
        said.rank_intro(about, rank.year),
        tuple(
            Place(
                said.position(one.position, shared=tied[one.position] > 1),
                one.place.name,
                about.value(one.value),
                one.place.code == HARTFORD,
            )
            for one in found.around
        ),
    )


def _definition(reading: IndicatorReading) -> tuple[Term, ...]:
    indicator = reading.indicator
    terms = [
        Term(_("What is counted"), words.counted(indicator.numerator, indicator.denominator)),
        Term(_("What the years mean"), (words.axis_words(indicator.year_axis),)),
        Term(_("Which way is better"), (said.better(indicator.higher_is_better),)),
        Term(_("How often it appears"), (said.frequency(indicator.frequency),)),
        Term(_("Next figure"), (_coming(reading),)),
        Term(_("Limits"), (indicator.limits,)),
    ]
    return tuple(term for term in terms if any(term.paragraphs))


def _coming(reading: IndicatorReading) -> str:
    coming = reading.coming
    if coming is None:
        return ""
    return said.next_figure(measured(reading.indicator), coming.year, _month(coming.day))


def _month(day: date) -> str:
    return date_format(day, _("F Y"))


def _sources(reading: IndicatorReading) -> tuple[SourceInfo, ...]:
    """Where its figures come from, Hartford's first; before there are any, who defines it."""
    found = dict.fromkeys(
        source for one in (reading.hartford, reading.state, reading.rest, *reading.chosen) for source in one.sources
    )
    return tuple(found) or (reading.indicator.source,)
