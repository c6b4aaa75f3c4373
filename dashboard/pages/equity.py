"""How far apart student groups are: every gap with what became of it, and where groups are not reported."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from dashboard.charts import svg, words
from dashboard.charts.words import equity as said
from metrics.calc.cells import Known
from metrics.published import DimensionInfo, GapReading, GapsBoard, IndicatorGaps, SourceInfo

from .groups import names
from .parts import Drawing, measured


@dataclass(frozen=True, slots=True)
class GapRow:
    """The gap of one breakdown. `chart` is None where too few groups are shown; then `badge` says why."""

    name: str
    year: str
    chart: Drawing | None
    points: tuple[str, str]
    times: str
    sentence: str
    badge: words.Badge
    change: str
    misleads: str


@dataclass(frozen=True, slots=True)
class GapSection:
    """One indicator."""

    key: str
    name: str
    url: str
    is_goal: bool
    is_down: bool
    rows: tuple[GapRow, ...]
    silence: str
    sources: tuple[SourceInfo, ...]


@dataclass(frozen=True, slots=True)
class BoardCell:
    """Up to when groups are known; `is_known`: as far as everybody together is."""

    text: str
    is_known: bool
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class BoardRow:
    name: str
    url: str
    latest: str
    cells: tuple[BoardCell, ...]


@dataclass(frozen=True, slots=True)
class GapsPage:
    """Goals come first; `first_other`: the key of the first section that is no goal's."""

    lead: str
    tally: str
    updated: datetime | None
    sections: tuple[GapSection, ...]
    first_other: str
    heads: tuple[str, ...]
    board: tuple[BoardRow, ...]


def gaps_page(found: GapsBoard | None) -> GapsPage:
    """The page of gaps; before the first release an empty one."""
    if found is None:
        return GapsPage("", "", None, (), "", (), ())
    shown = [one for one in found.indicators if one.readings or one.goal]
    return GapsPage(
        _lead(found),
        _tally(reading for one in found.indicators for reading in one.readings),
        found.release.published_at,
        tuple(_section(one) for one in shown),
        next((one.indicator.slug for one in shown if one.goal is None), ""),
        tuple(one.name for one in found.dimensions),
        tuple(_board_row(one, found.dimensions) for one in found.indicators),
    )


def _lead(found: GapsBoard) -> str:
    """The widest gap of the goals."""
    of_goals = [(one, reading) for one in found.indicators if one.goal for reading in one.readings]
    wide = [(reading.breakdown.gap.points, one, reading) for one, reading in of_goals if reading.breakdown.gap]
    if not wide:
        return ""
    distance, one, reading = max(wide, key=lambda entry: entry[0])
    return said.widest(one.indicator.name, reading.breakdown.dimension.name, distance)


def _tally(readings: Iterable[GapReading]) -> str:
    """What became of the gaps that are known twice."""
    pairs = [one.pair for one in readings if one.pair]
    tested = [one for one in pairs if one.z is not None]
    real = [one.grew for one in tested if one.is_detectable]
    narrowed, widened = [grew for grew in real if grew < 0], [grew for grew in real if grew > 0]
    chance = [one for one in tested if not one.is_detectable]
    untested = [one for one in pairs if one.z is None]
    return said.tally(len(narrowed), len(widened), len(chance), len(untested))


def _section(one: IndicatorGaps) -> GapSection:
    sources = dict.fromkeys(
        source for reading in one.readings for row in reading.breakdown.rows for source in row.series.sources
    )
    return GapSection(
        one.indicator.slug,
        one.goal.name if one.goal else one.indicator.name,
        reverse("dashboard:indicator", args=[one.indicator.slug]),
        one.goal is not None,
        one.indicator.higher_is_better is False,
        tuple(_row(one, reading) for reading in one.readings),
        "" if one.readings else words.no_groups_words(one.indicator.name),
        tuple(sources) or one.everybody.sources,
    )


def _row(one: IndicatorGaps, reading: GapReading) -> GapRow:
    about, breakdown = measured(one.indicator), reading.breakdown
    gap = breakdown.gap
    year = about.year(breakdown.year)
    if gap is None:
        badge = words.withheld_badge() if reading.is_withheld else words.no_groups()
        return GapRow(breakdown.dimension.name, year, None, ("", ""), "", "", badge, "", "")
    sentence = words.gap_words(gap, *names(breakdown, gap), about, breakdown.year)
    return GapRow(
        breakdown.dimension.name,
        year,
        _chart(one, reading, sentence),
        words.points_apart(gap.points),
        said.times(reading.ratio),
        sentence,
        said.pair_badge(reading.pair),
        _change(reading, about),
        said.misleads(reading.pair) if reading.is_total_up_gap_wider else "",
    )


def _change(reading: GapReading, about: words.Subject) -> str:
    pair = reading.pair
    by_slug = {row.group.slug: row.group.name for row in reading.breakdown.rows}
    best, worst = (by_slug[pair.best], by_slug[pair.worst]) if pair else ("", "")
    return said.pair_words(pair, best, worst, about, reading.breakdown.year_before)


def _chart(one: IndicatorGaps, reading: GapReading, sentence: str) -> svg.Chart | None:
    """From the lower to the higher of the two groups, whichever of them is better."""
    gap, about = reading.breakdown.gap, measured(one.indicator)
    if gap is None:
        return None
    low, high = sorted((gap.best_value, gap.worst_value))
    total = one.everybody.at(reading.breakdown.year)
    decimals = one.indicator.decimals
    return svg.dumbbell(
        key=f"{one.indicator.slug}-{reading.breakdown.dimension.slug}",
        title=words.gap_title(about, gap),
        description=words.gap_description(sentence, about, total),
        lowest=low,
        highest=high,
        citywide=total.value if isinstance(total, Known) else None,
        target=one.goal.current.target_value if one.goal else None,
        labels=svg.DumbbellLabels(low=words.figure(low, decimals), high=words.figure(high, decimals)),
    )


def _board_row(one: IndicatorGaps, dimensions: Iterable[DimensionInfo]) -> BoardRow:
    about, latest = measured(one.indicator), one.everybody.known[-1].year
    return BoardRow(
        one.indicator.name,
        reverse("dashboard:indicator", args=[one.indicator.slug]),
        words.short_year(about.axis, latest),
        tuple(_board_cells(one, about, latest, dimensions)),
    )


def _board_cells(
    one: IndicatorGaps, about: words.Subject, latest: int, dimensions: Iterable[DimensionInfo]
) -> Iterator[BoardCell]:
    for dimension in dimensions:
        reading = one.of(dimension)
        if reading is None:
            yield BoardCell(said.missing_cell(), is_known=False, is_withheld=False)
        elif reading.is_withheld:
            yield BoardCell(said.withheld_cell(), is_known=False, is_withheld=True)
        else:
            year = words.short_year(about.axis, reading.breakdown.year)
            behind = reading.breakdown.year < latest
            yield BoardCell(said.known_until(year) if behind else year, is_known=not behind, is_withheld=False)
