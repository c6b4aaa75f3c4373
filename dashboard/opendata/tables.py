"""The open tables: each with its columns, what they mean, and its rows as a release shows them.

The data dictionary, the data package, the metadata for CSV on the web, the interface under /api/ and the files
themselves are all made from here, so that none of them can say another thing than the others.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from metrics.calc.cells import Status, Unit, YearAxis
from metrics.published import Definitions, FigureLine, GoalReading, Only, Vantage, figure_lines, readings

from .cells import numbers, status

Row = tuple[Any, ...]


class Kind(StrEnum):
    """Types of columns, as Frictionless and JSON Schema both name them."""

    STRING = "string"
    INTEGER = "integer"
    NUMBER = "number"
    BOOLEAN = "boolean"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Column:
    """`words`: the only values it can have, empty where any are possible. `is_optional`: a cell can be empty."""

    name: str
    kind: Kind
    meaning: str
    words: tuple[str, ...] = ()
    is_optional: bool = False
    leads_to: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """`key`: the columns that name a row. `rows`: all its rows as a release shows them."""

    name: str
    title: str
    meaning: str
    columns: tuple[Column, ...]
    key: tuple[str, ...]
    rows: Callable[[Vantage], Iterator[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(column.name for column in self.columns)


def text(name: str, meaning: str, *words: str, optional: bool = False, leads_to: str = "") -> Column:
    return Column(name, Kind.STRING, meaning, words, optional, leads_to)


def figure_rows(definitions: Definitions, number: int, lines: Iterator[FigureLine]) -> Iterator[Row]:
    for line in lines:
        indicator, group = definitions.indicators[line.indicator], definitions.groups[line.group]
        yield (
            number, line.indicator, indicator.name, indicator.unit.value,
            line.place, definitions.places[line.place].name, group.dimension.slug, line.group, group.name,
            line.year, indicator.year_axis.value, *numbers(line.cell), status(line.cell),
            line.source, line.note, line.reason, line.since_release,
        )  # fmt: skip


def figures(at: Vantage, only: Only | None = None) -> Iterator[Row]:
    """The figures that `only` keeps, by indicator, place, group and year."""
    return figure_rows(at.definitions, at.release.number, figure_lines(at, only or Only()))


def _indicators(at: Vantage) -> Iterator[Row]:
    for one in at.definitions.indicators.values():
        yield (
            one.slug, one.name, one.theme.value, one.unit.value, one.decimals, one.higher_is_better, one.numerator,
            one.denominator, one.year_axis.value, one.source.slug, one.frequency, one.lag_months, one.limits,
        )  # fmt: skip


def _places(at: Vantage) -> Iterator[Row]:
    return ((one.code, one.name, one.kind) for one in at.definitions.places.values())


def _groups(at: Vantage) -> Iterator[Row]:
    for one in at.definitions.groups.values():
        yield one.slug, one.name, one.dimension.slug, one.dimension.name


def _sources(at: Vantage) -> Iterator[Row]:
    for one in at.definitions.sources.values():
        yield one.slug, one.publisher, one.title, one.url, one.licence, one.accessed, one.note


def _goals(at: Vantage) -> Iterator[Row]:
    return (row for reading in readings(at) for row in _statements(at, reading))


def _statements(at: Vantage, reading: GoalReading) -> Iterator[Row]:
    """Each statement of a goal with the verdict on it, judged in the year of the release."""
    for one in reading.statements:
        said, judged = one.statement, one.standing
        latest = judged.reading
        yield (
            reading.goal.slug, said.slug, reading.goal.name, said.document, said.url, said.is_current,
            said.indicator.slug, reading.series.place.code, reading.series.group.slug,
            said.baseline_value, said.baseline_year, said.target_value, said.target_year,
            at.release.published_at.year, judged.verdict.value, latest.year if latest else None,
            latest.value if latest else None, judged.short,
        )  # fmt: skip


_SLUG = "short name"
INDICATORS = Table(
    "indicators",
    "Indicators",
    "What is measured. Another denominator is another indicator.",
    (
        text("indicator", f"{_SLUG} of the definition"),
        text("name", "its name"),
        text("theme", "under which head it stands", optional=True),
        text("unit", "what a value is measured in", *Unit),
        Column("decimals", Kind.INTEGER, "decimals that its publisher prints"),
        Column("higher_is_better", Kind.BOOLEAN, "which way is better; empty where neither is", is_optional=True),
        text("numerator", "who is counted"),
        text("denominator", "out of whom"),
        text("year_means", "what a year is", *YearAxis),
        text("source", "who defines it", leads_to="sources"),
        text("frequency", "how often it appears", optional=True),
        Column("lag_months", Kind.INTEGER, "months from the end of its year to its publication", is_optional=True),
        text("limits", "what it cannot say", optional=True),
    ),
    ("indicator",),
    _indicators,
)
PLACES = Table(
    "places",
    "Places",
    "Districts, schools, the state, and programs, by the state's codes.",
    (text("place", "code of the place"), text("name", "its name"), text("kind", "what kind of place it is")),
    ("place",),
    _places,
)
GROUPS = Table(
    "groups",
    "Groups of students",
    "Groups, each in one way of grouping. Groups of different ways overlap.",
    (
        text("group", f"{_SLUG} of the group"),
        text("name", "its name, as its source has it"),
        text("dimension", f"{_SLUG} of the way of grouping"),
        text("dimension_name", "its name"),
    ),
    ("group",),
    _groups,
)
SOURCES = Table(
    "sources",
    "Sources",
    "Publications that figures are taken from.",
    (
        text("source", f"{_SLUG} of the source"),
        text("publisher", "who publishes it"),
        text("title", "what it is called"),
        text("url", "where it is", optional=True),
        text("licence", "its licence, as it says", optional=True),
        Column("accessed", Kind.DATE, "when it was read", is_optional=True),
        text("note", "what to know of it", optional=True),
    ),
    ("source",),
    _sources,
)
GOALS = Table(
    "goals",
    "Goals",
    "The coalition's goals as each document states them, with the verdict of this release.",
    (
        text("goal", f"{_SLUG} of the goal"),
        text("statement", f"{_SLUG} of the document"),
        text("name", "name of the goal"),
        text("document", "where it is stated"),
        text("url", "where that is", optional=True),
        Column("is_current", Kind.BOOLEAN, "whether progress is measured from it"),
        text("indicator", "the definition it is stated in", leads_to="indicators"),
        text("place", "whose figures decide", leads_to="places"),
        text("group", "whose figures decide", leads_to="groups"),
        Column("baseline_value", Kind.NUMBER, "the start, as stated"),
        Column("baseline_year", Kind.INTEGER, "its year; empty where none is known", is_optional=True),
        Column("target_value", Kind.NUMBER, "the target, as stated"),
        Column("target_year", Kind.INTEGER, "the year it is due"),
        Column("judged_in", Kind.INTEGER, "the calendar year of the release"),
        text("verdict", "where it stands"),
        Column("latest_year", Kind.INTEGER, "the year of the figure the verdict is about", is_optional=True),
        Column("latest_value", Kind.NUMBER, "that figure", is_optional=True),
        Column("points_short", Kind.NUMBER, "from it to the target; 0 or less when reached", is_optional=True),
    ),
    ("goal", "statement"),
    _goals,
)
FIGURES = Table(
    "figures",
    "Figures",
    "Every figure that the release shows, one a line. A withheld figure holds no number.",
    (
        Column("release", Kind.INTEGER, "number of the release"),
        text("indicator", "what is measured", leads_to="indicators"),
        text("indicator_name", "its name"),
        text("unit", "what the value is measured in", *Unit),
        text("place", "code of the place", leads_to="places"),
        text("place_name", "its name"),
        text("dimension", "the way of grouping students"),
        text("group", "group of students", leads_to="groups"),
        text("group_name", "its name"),
        Column("year", Kind.INTEGER, "year of the figure; a school year has the year it ends in"),
        text("year_means", "what the year is", *YearAxis),
        Column("value", Kind.NUMBER, "the figure as published; empty where there is none", is_optional=True),
        Column("numerator", Kind.INTEGER, "how many were counted, where published", is_optional=True),
        Column("denominator", Kind.INTEGER, "out of how many, where published", is_optional=True),
        text("status", "how the figure stands: suppressed is withheld to protect students", *Status),
        text("source", "where it comes from", leads_to="sources"),
        text("note", "what to know of it", optional=True),
        text("reason_of_change", "why it replaced an earlier figure", optional=True),
        Column("shown_since_release", Kind.INTEGER, "the release that first showed it as it is"),
    ),
    ("indicator", "place", "group", "year"),
    figures,
)
TABLES = (FIGURES, GOALS, INDICATORS, PLACES, GROUPS, SOURCES)
