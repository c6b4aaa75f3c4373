"""The numbers behind the charts, as tables. Years that nobody reported are rows as well."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboard.charts import words
from metrics.calc.cells import Cell, Known, NotApplicable, Status, Unit, Withheld
from metrics.published import GoalReading, PathRow, Series

from .parts import figure_url, subject


@dataclass(frozen=True, slots=True)
class TableCell:
    """One place of a table; `known` is False where it says in words why there is no number.

    withheld   it carries the mark of what is withheld
    follows    it has no figure because another one of its row has none: its words are for those who do not see the mark
    """

    text: str
    known: bool = True
    mark: str = ""
    withheld: bool = False
    follows: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """`url`: where the figure of the row has its permanent page; empty where there is none."""

    head: str
    cells: tuple[TableCell, ...]
    url: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    caption: str
    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]

    @property
    def has_withheld(self) -> bool:
        return any(cell.withheld for row in self.rows for cell in row.cells)


def short_table(reading: GoalReading) -> Table:
    """The numbers behind a panel's chart."""
    return path_table(subject(reading), reading.current.indicator.name, reading.rows)


def path_table(about: words.Subject, caption: str, rows: Iterable[PathRow]) -> Table:
    """Reported, required, difference, from the year of the start to the target year."""
    heads = (words.year_head(about.axis), *_heads(about.unit))
    body = tuple(
        TableRow(words.short_year(about.axis, row.year), (_rate(row, about.decimals), *_path(row)))
        for row in rows
        if row.required is not None
    )
    return Table(caption, heads, body)


def _heads(unit: Unit) -> tuple[str, ...]:
    return {
        Unit.PERCENT: (_("Reported, %"), _("Required, %"), _("Difference, points")),
        Unit.STUDENTS: (_("Reported, students"), _("Required, students"), _("Difference, students")),
        Unit.DOLLARS: (_("Reported, dollars"), _("Required, dollars"), _("Difference, dollars")),
    }[unit]


def full_table(reading: GoalReading) -> Table:
    """Every year with its counts, the path and the state."""
    about, rows = subject(reading), reading.rows
    with_counts = any(isinstance(row.cell, Known) and row.cell.has_counts for row in rows)
    with_state = any(isinstance(row.state, Known) for row in rows)
    heads = (
        words.year_head(about.axis),
        *((_("Counted"), _("Out of")) if with_counts else ()),
        *(_("Rate, %"), _("Required, %"), _("Difference, points")),
        *((_("Connecticut, %"),) if with_state else ()),
    )
    body = tuple(
        TableRow(
            words.short_year(about.axis, row.year),
            (
                *(_counts(row.cell) if with_counts else ()),
                *(_rate(row, about.decimals), *_path(row)),
                *((cell(row.state, about.decimals),) if with_state else ()),
            ),
            _url(reading.series, row),
        )
        for row in rows
    )
    return Table(_caption(reading), heads, body)


def _url(series: Series, row: PathRow) -> str:
    return figure_url(series.indicator.slug, series.place.code, series.group.slug, row.year) if row.point else ""


def _caption(reading: GoalReading) -> str:
    rows, parts = reading.rows, [f"{reading.current.indicator.name}."]
    if any(row.point and row.point.revised for row in rows):
        parts.append(_("r: revised after it was first published here."))
    if any(_is_derived(row.cell) or _is_derived(row.state) for row in rows):
        parts.append(_("d: added up here from published counts."))
    return " ".join(parts)


def cell(content: Cell, decimals: int, mark: str = "") -> TableCell:
    mark = "d" if _is_derived(content) else mark
    if isinstance(content, Withheld):
        return TableCell(words.withheld(), known=False, mark=mark, withheld=True)
    return TableCell(words.cell_words(content, decimals), isinstance(content, Known), mark)


def _rate(row: PathRow, decimals: int) -> TableCell:
    return cell(row.cell, decimals, "r" if row.point and row.point.revised else "")


def _path(row: PathRow) -> tuple[TableCell, TableCell]:
    """What the path asked for, and how far the figure was from it; neither exists before the start."""
    if row.required is None:
        return _nothing(NotApplicable()), _nothing(NotApplicable())
    difference = _nothing(row.cell) if row.difference is None else TableCell(words.change(row.difference))
    return TableCell(words.figure(row.required)), difference


def _counts(content: Cell) -> tuple[TableCell, TableCell]:
    if not isinstance(content, Known):
        return _nothing(content), _nothing(content)
    return _count(content.numerator), _count(content.denominator)


def _count(number: int | None) -> TableCell:
    return TableCell(_("not published"), known=False) if number is None else TableCell(words.count(number))


def _nothing(content: Cell) -> TableCell:
    """What follows from the year's figure, where there is none."""
    withheld = isinstance(content, Withheld)
    return TableCell(words.nothing_words(content), known=False, withheld=withheld, follows=withheld)


def _is_derived(content: Cell) -> bool:
    return isinstance(content, Known) and content.status is Status.DERIVED
