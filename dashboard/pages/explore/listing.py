"""All indicators at a glance, by theme: a small line, the latest figure, which way it went, how old its source is."""

from dataclasses import dataclass
from datetime import date, datetime

from django.urls import reverse

from dashboard.charts import svg, words
from dashboard.charts.words import explore as said
from dashboard.pages.drawings import plot_points
from dashboard.pages.parts import Drawing, measured, withheld_years
from metrics.calc.cells import Known, Theme
from metrics.calc.direction import Direction
from metrics.published import IndicatorLine, IndicatorList


@dataclass(frozen=True, slots=True)
class Entry:
    """One indicator. `goal`: the name and address of the goal that is stated in it, both empty where there is none."""

    name: str
    url: str
    goal: str
    goal_url: str
    chart: Drawing
    value: str
    year: str
    badge: words.Badge
    moved: str
    state: str
    publisher: str
    accessed: date | None
    has_withheld: bool


@dataclass(frozen=True, slots=True)
class Silent:
    """An indicator of which Hartford has no figure."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Shelf:
    """The indicators of one theme."""

    key: str
    name: str
    entries: tuple[Entry, ...]
    silent: tuple[Silent, ...]


@dataclass(frozen=True, slots=True)
class IndicatorsPage:
    heading: str
    tally: str
    updated: datetime | None
    shelves: tuple[Shelf, ...]


def indicators_page(found: IndicatorList | None) -> IndicatorsPage:
    """The page of all indicators; before the first release an empty one."""
    if found is None:
        return IndicatorsPage("", "", None, ())
    known = [one for one in found.lines if one.hartford.latest]
    moved = [one.latest.direction for one in known if one.latest]
    return IndicatorsPage(
        said.counted_heading(len(known)),
        said.tally(*(moved.count(one) for one in (Direction.IMPROVING, Direction.WORSENING, Direction.STEADY))),
        found.release.published_at,
        tuple(shelf for theme in Theme if (shelf := _shelf(theme, found.lines)).entries or shelf.silent),
    )


def _shelf(theme: Theme, lines: tuple[IndicatorLine, ...]) -> Shelf:
    """Those that a goal is stated in come first."""
    own = sorted((one for one in lines if one.indicator.theme is theme), key=lambda one: one.goal is None)
    return Shelf(
        theme.value or "other",
        said.theme(theme),
        tuple(_entry(one) for one in own if one.hartford.latest),
        tuple(Silent(one.indicator.name, _url(one)) for one in own if not one.hartford.latest),
    )


def _url(one: IndicatorLine) -> str:
    return reverse("dashboard:indicator", args=[one.indicator.slug])


def _entry(one: IndicatorLine) -> Entry:
    about, latest, state = measured(one.indicator), one.hartford.latest, one.state.latest
    known = latest.cell if latest and isinstance(latest.cell, Known) else None
    source = latest.source if latest else one.indicator.source
    return Entry(
        name=one.indicator.name,
        url=_url(one),
        goal=one.goal.name if one.goal else "",
        goal_url=reverse("dashboard:goal", args=[one.goal.slug]) if one.goal else "",
        chart=_spark(one),
        value=about.value(known.value) if known else "",
        year=about.year(latest.year) if latest else "",
        badge=said.direction_badge(one.latest),
        moved=said.moved_words(one.latest, about),
        state=said.state_words(about, state.year, state.cell) if state and isinstance(state.cell, Known) else "",
        publisher=source.publisher,
        accessed=source.accessed,
        has_withheld=bool(withheld_years(one.hartford.cells)),
    )


def _spark(one: IndicatorLine) -> svg.Chart:
    """Hartford's line with Connecticut's thin beside it; decorative, as the words beside it say the same."""
    mine, theirs = plot_points(one.hartford), plot_points(one.state)
    years = [point.year for point in mine]
    seen = [point.value for point in (*mine, *theirs) if point.value is not None and min(years) <= point.year]
    span = svg.fitted(values=seen, target=seen[0], start=seen[0])
    return svg.spark(
        key="",
        title="",
        description="",
        points=mine,
        city=theirs,
        first_year=min(years),
        last_year=max(years),
        floor=span.floor,
        ceiling=span.ceiling,
    )
