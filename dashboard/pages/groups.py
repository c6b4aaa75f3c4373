"""Groups of students: side by side in one year, over time, and the distance between the furthest two."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from dashboard.charts import words
from metrics.calc.cells import Known, Withheld
from metrics.calc.gaps import Gap
from metrics.published import Breakdown, GoalReading, GroupRow, SourceInfo

from . import group_drawings as drawings
from .parts import Drawing, Note, is_borrowed, measured, subject, withheld_years


@dataclass(frozen=True, slots=True)
class Strip:
    """The widest gap of one goal on the home page; without groups, the mark of what is not known."""

    name: str
    url: str
    number: str
    unit: str
    badge: words.Badge | None
    chart: Drawing
    sentence: str


@dataclass(frozen=True, slots=True)
class Row:
    """One group. `badge` stands for the three columns of figures where there is none."""

    name: str
    chart: Drawing
    badge: words.Badge | None
    rate: str
    to_best: str
    to_target: str
    is_apart: bool
    is_short: bool


@dataclass(frozen=True, slots=True)
class Set:
    """The groups of one breakdown in its latest year."""

    name: str
    year: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Spark:
    name: str
    chart: Drawing
    badge: words.Badge | None


@dataclass(frozen=True, slots=True)
class Groups:
    heading: str
    intro: tuple[str, ...]
    label: str
    header: Drawing
    has_target: bool
    sets: tuple[Set, ...]
    gaps: tuple[Note, ...]
    sparks: tuple[Spark, ...]
    sparks_intro: str
    badge: words.Badge
    sources: tuple[SourceInfo, ...]
    updated: datetime
    has_withheld: bool
    sparks_withheld: bool


def strip(reading: GoalReading) -> Strip:
    """The widest gap of a goal, or the plain fact that nobody reported one."""
    about, widest = subject(reading), reading.widest
    url = reverse("dashboard:goal", args=[about.slug])
    if widest is None or widest.gap is None:
        badge, said = _no_gap(reading)
        return Strip(about.name, url, "", "", badge, drawings.no_gap(), said)
    shown, gap = measured(reading.groups_in), widest.gap
    number, unit = words.points_apart(gap.points)
    said = f"{widest.dimension.name}: {words.gap_words(gap, *names(widest, gap), shown, widest.year)}"
    chart = drawings.gap(reading, widest, gap, said)
    if is_borrowed(reading):
        said = f"{said} {words.borrowed_groups(reading.groups_in.name)}"
    return Strip(about.name, url, number, unit, None, chart, said)


def _no_gap(reading: GoalReading) -> tuple[words.Badge, str]:
    """Why it is not known how far apart groups are: too few have a figure that is shown, or none was reported."""
    name = subject(reading).name
    if any(isinstance(row.cell, Withheld) for one in reading.breakdowns for row in one.rows):
        return words.withheld_badge(), words.groups_withheld_words(name)
    return words.no_groups(), words.no_groups_words(name)


def groups(reading: GoalReading, updated: datetime) -> Groups:
    """Everything a goal's page says of groups."""
    shown = reading.breakdowns
    sources = dict.fromkeys(source for one in shown for row in one.rows for source in row.series.sources)
    return Groups(
        heading=_heading(reading),
        intro=_intro(reading),
        label=_("{name} by group, distance to the highest group and to the target").format(name=reading.groups_in.name),
        header=drawings.dots_header(reading) if shown else drawings.no_gap(),
        has_target=not is_borrowed(reading),
        sets=tuple(_set(reading, one) for one in shown),
        gaps=_gaps(reading),
        sparks=tuple(_spark(reading, row) for one in shown for row in one.rows),
        sparks_intro=_sparks_intro(reading),
        badge=words.no_groups(),
        sources=tuple(sources),
        updated=updated,
        has_withheld=any(isinstance(row.cell, Withheld) for one in shown for row in one.rows),
        sparks_withheld=any(withheld_years(row.series.cells) for one in shown for row in one.rows),
    )


def names(breakdown: Breakdown, gap: Gap) -> tuple[str, str]:
    """The names of the highest and the lowest group."""
    by_slug = {row.group.slug: row.group.name for row in breakdown.rows}
    return by_slug[gap.best], by_slug[gap.worst]


def _heading(reading: GoalReading) -> str:
    if not reading.breakdowns:
        return _("By group: not known")
    if is_borrowed(reading):
        return _("By group: the state’s figures, not the coalition’s")
    left = [row.to_target for one in reading.breakdowns for row in one.rows if row.to_target is not None]
    return words.groups_heading(left, subject(reading), reading.current.target_value)


def _intro(reading: GoalReading) -> tuple[str, ...]:
    if not reading.breakdowns:
        return (words.no_groups_words(reading.goal.name),)
    how = _("Each dot is a group’s rate; the thin upright line marks the highest rate of the same set.")
    if len({one.year for one in reading.breakdowns}) > 1:
        years = _("The years differ: each set shows the latest year for which it has figures.")
        how = f"{how} {years}"
    if is_borrowed(reading):
        return words.borrowed_groups(reading.groups_in.name), how
    return (how,)


def _set(reading: GoalReading, one: Breakdown) -> Set:
    about = measured(reading.groups_in)
    return Set(one.dimension.name, about.year(one.year), tuple(_row(reading, one, row) for row in one.rows))


def _row(reading: GoalReading, one: Breakdown, row: GroupRow) -> Row:
    known = isinstance(row.cell, Known)
    return Row(
        name=row.group.name,
        chart=drawings.dot_row(reading, one, row),
        badge=None if known else words.nothing_badge(row.cell),
        rate=words.cell_words(row.cell, reading.groups_in.decimals),
        to_best=words.to_best(row.to_best),
        to_target=words.to_target(row.to_target),
        is_apart=bool(row.to_best),
        is_short=row.to_target is not None and row.to_target > 0,
    )


def _gaps(reading: GoalReading) -> tuple[Note, ...]:
    """The gap of each breakdown with what became of it."""
    about, found = measured(reading.groups_in), []
    for one in reading.breakdowns:
        if one.gap is None:
            continue
        said = [words.gap_words(one.gap, *names(one, one.gap), about, one.year)]
        if one.gap_change is not None and one.gap_now and one.gap_before:
            if one.gap_now.points != one.gap.points:
                said.append(words.known_twice_words(one.gap_now.points))
            before = names(one, one.gap_before)
            pair = before if before != names(one, one.gap_now) else None
            said.append(words.gap_change_words(one.gap_before, one.gap_change, about, one.year_before, pair))
        if one is reading.widest and reading.total_up_gap_wider:
            said.append(words.total_up_gap_wider(about, one.year_before, one.year))
        found.append(Note(_("{name}.").format(name=one.dimension.name), " ".join(said)))
    return tuple(found)


def _spark(reading: GoalReading, row: GroupRow) -> Spark:
    badge = None if row.series.known else words.nothing_badge(row.cell)
    return Spark(row.group.name, drawings.spark(reading, row), badge)


def _sparks_intro(reading: GoalReading) -> str:
    if is_borrowed(reading):
        return _("The blue line is the group, the thin line all students. Hatched years have no figure.")
    return _(
        "The blue line is the group, the thin line all students, the dotted line the target of {target}. "
        "Hatched years have no figure."
    ).format(target=subject(reading).stated(reading.current.target_value))
