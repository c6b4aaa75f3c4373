"""The figures that were asked for, as a chart of lines and as a table that can be sorted."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from urllib.parse import urlencode

from django.urls import reverse

from dashboard.charts import svg, words
from dashboard.charts.words import explore as said
from dashboard.pages.drawings import plot_points
from dashboard.pages.parts import figure_url, measured
from dashboard.pages.tables import TableCell, cell
from metrics.calc.cells import Known, Unit, Withheld
from metrics.published import ALL_STUDENTS, CONNECTICUT, HARTFORD, REST_OF_STATE, IndicatorReading, Series

from .asking import MOST, Asking

LETTERS = "ABCDEF"


@dataclass(frozen=True, slots=True)
class Key:
    """What a letter in the chart stands for, with its last figure."""

    letter: str
    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Head:
    """A column: its name, the address that sorts by it, and how it is sorted now (as `aria-sort` says it)."""

    name: str
    url: str
    order: str


@dataclass(frozen=True, slots=True)
class Row:
    year: str
    cells: tuple[tuple[TableCell, str], ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """`chart` is None where none of the series has a figure in the years asked for."""

    chart: svg.Chart | None
    keys: tuple[Key, ...]
    heads: tuple[Head, ...]
    rows: tuple[Row, ...]
    has_withheld: bool


def lines(asked: Asking, reading: IndicatorReading, size: svg.Size = svg.Size.PAPER) -> Lines:
    series = reading.chosen[:MOST]
    first, last = span(asked, series)
    named = names(series)
    cells = [one.at(year) for one in series for year in _years(series, first, last)]
    return Lines(
        _chart(reading, series, named, (first, last), size),
        _keys(series, named) if _lettered(series) else (),
        _heads(asked, reading, named),
        _rows(asked, series, _years(series, first, last)),
        any(isinstance(one, Withheld) for one in cells),
    )


def asked_files(asked: Asking, reading: IndicatorReading) -> tuple[tuple[str, str], ...]:
    """The figures that were asked for, as files."""
    series = reading.chosen[:MOST]
    first, last = span(asked, series)
    return files(
        {
            "indicator": reading.indicator.slug,
            "place": list(dict.fromkeys(one.place.code for one in series)),
            "group": list(dict.fromkeys(one.group.slug for one in series)),
            "from": first,
            "to": last,
        }
    )


def files(only: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    """Some of the figures as files: the name of each kind and its address."""
    query = urlencode(only, doseq=True)
    kinds = (("CSV", "data:figures"), ("Excel", "data:figures_xlsx"), ("JSON", "data:figures_json"))
    return tuple((name, f"{reverse(view)}?{query}") for name, view in kinds)


def span(asked: Asking, series: Sequence[Series]) -> tuple[int, int]:
    """The first and the last year shown, in order, whatever way they were asked for."""
    years = [point.year for one in series for point in one.points] or [0]
    wanted = sorted((asked.first or min(years), asked.last or max(years)))
    return wanted[0], wanted[1]


def _years(series: Sequence[Series], first: int, last: int) -> list[int]:
    return sorted({point.year for one in series for point in one.points if first <= point.year <= last})


def _lettered(series: Sequence[Series]) -> bool:
    """Whether names stand under the chart: at the lines there is room for those of our own places only."""
    ours = {HARTFORD, CONNECTICUT, REST_OF_STATE}
    return any(one.group.slug != ALL_STUDENTS or one.place.code not in ours for one in series)


def names(series: Sequence[Series]) -> list[str]:
    """What each line is called: the place, and the group where it is not all students."""
    return [
        said.series_name(one.place.name, one.group.name, everybody=one.group.slug == ALL_STUDENTS) for one in series
    ]


def _label(one: Series, index: int, last: int, *, lettered: bool) -> tuple[str, ...]:
    shown = [point for point in one.known if point.year <= last]
    value = words.figure(shown[-1].value or Decimal(0), one.indicator.decimals) if shown else ""
    if lettered:
        return (f"{LETTERS[index]} {value}",)
    short = {HARTFORD: words.hartford(), CONNECTICUT: words.connecticut(), REST_OF_STATE: said.rest_of_state()}
    return value, short[one.place.code]


def _chart(
    reading: IndicatorReading,
    series: Sequence[Series],
    names: Sequence[str],
    years: tuple[int, int],
    size: svg.Size,
) -> svg.Chart | None:
    about, (first, last) = measured(reading.indicator), years
    shown = [p.value for one in series for p in one.points if first <= p.year <= last and p.value is not None]
    if not shown:
        return None
    lettered = _lettered(series)
    is_share = reading.indicator.unit is Unit.PERCENT
    target = reading.goal.current.target_value if reading.goal else None
    middle = shown[0] if target is None else target
    window = svg.fitted(values=shown, target=middle, start=middle, most=Decimal(100) if is_share else None)
    return svg.lines(
        key=f"{reading.indicator.slug}-lines",
        title=said.lines_title(about, first, last),
        description=" ".join(_described(one, name, about, years) for one, name in zip(series, names, strict=True)),
        series=tuple(
            svg.Line(points=plot_points(one), name=_label(one, index, last, lettered=lettered))
            for index, one in enumerate(series)
        ),
        first_year=first,
        last_year=last,
        window=window,
        size=size,
        unit=words.axis_unit(about),
        target=target,
        target_label="" if target is None else words.stated_target_label(about, target),
    )


def _described(one: Series, name: str, about: words.Subject, years: tuple[int, int]) -> str:
    shown = [(p.year, p.value) for p in one.known if years[0] <= p.year <= years[1] and p.value is not None]
    return said.line_description(name, about, shown[0], shown[-1]) if shown else said.empty_line(name)


def _keys(series: Sequence[Series], names: Sequence[str]) -> tuple[Key, ...]:
    about = [measured(one.indicator) for one in series]
    return tuple(
        Key(letter, name, subject.value(one.latest.value) if one.latest and one.latest.value is not None else "")
        for letter, name, one, subject in zip(LETTERS, names, series, about, strict=False)
    )


def _heads(asked: Asking, reading: IndicatorReading, names: Sequence[str]) -> tuple[Head, ...]:
    columns = [words.year_head(reading.indicator.year_axis), *names]
    return tuple(Head(name, *_sorting(asked, str(index))) for index, name in enumerate(columns))


def _sorting(asked: Asking, column: str) -> tuple[str, str]:
    """The address that sorts by a column, the other way round where it is sorted by it already; and how it is now."""
    now = asked.sort or "0"
    order = {column: "ascending", f"-{column}": "descending"}.get(now, "")
    query = asked.query.copy()
    query["sort"] = f"-{column}" if order == "ascending" or (not order and column != "0") else column
    return f"?{query.urlencode()}#numbers", order


def _rows(asked: Asking, series: Sequence[Series], years: Sequence[int]) -> tuple[Row, ...]:
    axis = series[0].indicator.year_axis if series else None
    column, reverse = asked.sort.removeprefix("-"), asked.sort.startswith("-")
    ordered = sorted(years, reverse=reverse)
    if column.isdecimal() and 0 < int(column[:3]) <= len(series):
        ordered = _by_value(series[int(column[:3]) - 1], years, reverse=reverse)
    return tuple(
        Row(words.short_year(axis, year), tuple(_placed(one, year) for one in series)) for year in ordered if axis
    )


def _by_value(one: Series, years: Sequence[int], *, reverse: bool) -> list[int]:
    """Years in the order of a series' figures; those without one come last, either way."""
    values = {year: content.value for year in years if isinstance(content := one.at(year), Known)}
    return [*sorted(values, key=lambda year: values[year], reverse=reverse), *(y for y in years if y not in values)]


def _placed(one: Series, year: int) -> tuple[TableCell, str]:
    """A figure with the address of its permanent page, where there is one."""
    key = (one.indicator.slug, one.place.code, one.group.slug, year)
    reported = any(point.year == year for point in one.points)
    return cell(one.at(year), one.indicator.decimals), figure_url(*key) if reported else ""
