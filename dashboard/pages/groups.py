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
from .grouped import Grouped, of_goal
from .parts import Drawing, Note, withheld_years


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
    to_state: str
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
    has_state: bool
    best_head: str
    best_label: str
    sets: tuple[Set, ...]
    gaps: tuple[Note, ...]
    sparks: tuple[Spark, ...]
    sparks_intro: str
    badge: words.Badge
    sources: tuple[SourceInfo, ...]
    updated: datetime
    has_withheld: bool
    sparks_withheld: bool

    @property
    def figures(self) -> int:
        """Columns of figures: the rate, the distance to the best group, and those to what there is else."""
        return 2 + self.has_target + self.has_state

    @property
    def columns(self) -> int:
        """All columns: name and plot come before."""
        return 2 + self.figures


def strip(reading: GoalReading) -> Strip:
    """The widest gap of a goal, or the plain fact that nobody reported one."""
    view, widest = of_goal(reading), reading.widest
    url = reverse("dashboard:goal", args=[reading.goal.slug])
    if widest is None or widest.gap is None:
        badge, said = _no_gap(view)
        return Strip(view.name, url, "", "", badge, drawings.no_gap(), said)
    gap = widest.gap
    number, unit = words.points_apart(gap.points)
    said = f"{widest.dimension.name}: {words.gap_words(gap, *names(widest, gap), view.about, widest.year)}"
    chart = drawings.gap(view, widest, gap, said)
    if view.borrowed:
        said = f"{said} {words.borrowed_groups(view.about.name)}"
    return Strip(view.name, url, number, unit, None, chart, said)


def _no_gap(view: Grouped) -> tuple[words.Badge, str]:
    """Why it is not known how far apart groups are: too few have a figure that is shown, or none was reported."""
    if any(isinstance(row.cell, Withheld) for one in view.breakdowns for row in one.rows):
        return words.withheld_badge(), words.groups_withheld_words(view.name)
    return words.no_groups(), words.no_groups_words(view.name)


def groups(view: Grouped, updated: datetime) -> Groups:
    """Everything a page says of groups."""
    shown = view.breakdowns
    sources = dict.fromkeys(source for one in shown for row in one.rows for source in row.series.sources)
    return Groups(
        heading=_heading(view),
        intro=_intro(view),
        label=words.groups_label(view.about.name, higher_is_better=view.higher_is_better),
        header=drawings.dots_header(view) if shown else drawings.no_gap(),
        has_target=view.target is not None,
        has_state=bool(view.state),
        best_head=words.best_head(higher_is_better=view.higher_is_better),
        best_label=words.best_label(higher_is_better=view.higher_is_better),
        sets=tuple(_set(view, one) for one in shown),
        gaps=_gaps(view),
        sparks=tuple(_spark(view, row) for one in shown for row in one.rows),
        sparks_intro=_sparks_intro(view),
        badge=words.no_groups(),
        sources=tuple(sources),
        updated=updated,
        has_withheld=any(isinstance(row.cell, Withheld) for one in shown for row in one.rows),
        sparks_withheld=any(withheld_years(row.series.cells) for one in shown for row in one.rows),
    )


def names(breakdown: Breakdown, gap: Gap) -> tuple[str, str]:
    """The names of the best and the worst group."""
    by_slug = {row.group.slug: row.group.name for row in breakdown.rows}
    return by_slug[gap.best], by_slug[gap.worst]


def _heading(view: Grouped) -> str:
    if not view.breakdowns:
        return _("By group: not known")
    if view.borrowed:
        return _("By group: the state’s figures, not the coalition’s")
    if view.goal is None or view.target is None:
        return words.apart_heading([(one.dimension.name, one.gap) for one in view.breakdowns])
    left = [row.to_target for one in view.breakdowns for row in one.rows if row.to_target is not None]
    return words.groups_heading(left, view.goal, view.target)


def _intro(view: Grouped) -> tuple[str, ...]:
    if not view.breakdowns:
        return (words.no_groups_words(view.name),)
    how = words.dots_intro(higher_is_better=view.higher_is_better)
    if len({one.year for one in view.breakdowns}) > 1:
        years = _("The years differ: each set shows the latest year for which it has figures.")
        how = f"{how} {years}"
    if view.borrowed:
        return words.borrowed_groups(view.about.name), how
    return (how,)


def _set(view: Grouped, one: Breakdown) -> Set:
    return Set(one.dimension.name, view.about.year(one.year), tuple(_row(view, one, row) for row in one.rows))


def _row(view: Grouped, one: Breakdown, row: GroupRow) -> Row:
    known = isinstance(row.cell, Known)
    return Row(
        name=row.group.name,
        chart=drawings.dot_row(view, one, row),
        badge=None if known else words.nothing_badge(row.cell),
        rate=words.cell_words(row.cell, view.decimals),
        to_best=words.to_best(row.to_best, higher_is_better=view.higher_is_better),
        to_target=words.to_target(row.to_target),
        to_state=words.beside_state(view.state.get(row.group.slug)),
        is_apart=bool(row.to_best),
        is_short=row.to_target is not None and row.to_target > 0,
    )


def _gaps(view: Grouped) -> tuple[Note, ...]:
    """The gap of each breakdown with what became of it."""
    found = []
    for one in view.breakdowns:
        if one.gap is None:
            continue
        said = [words.gap_words(one.gap, *names(one, one.gap), view.about, one.year)]
        if one.gap_change is not None and one.gap_now and one.gap_before:
            if one.gap_now.points != one.gap.points:
                said.append(words.known_twice_words(one.gap_now.points))
            before = names(one, one.gap_before)
            pair = before if before != names(one, one.gap_now) else None
            said.append(words.gap_change_words(one.gap_before, one.gap_change, view.about, one.year_before, pair))
        if one is view.apart:
            said.append(words.total_up_gap_wider(view.about, one.year_before, one.year))
        found.append(Note(_("{name}.").format(name=one.dimension.name), " ".join(said)))
    return tuple(found)


def _spark(view: Grouped, row: GroupRow) -> Spark:
    badge = None if row.series.known else words.nothing_badge(row.cell)
    return Spark(row.group.name, drawings.spark(view, row), badge)


def _sparks_intro(view: Grouped) -> str:
    if view.goal is None or view.target is None:
        return _("The blue line is the group, the thin line all students. Hatched years have no figure.")
    return _(
        "The blue line is the group, the thin line all students, the dotted line the target of {target}. "
        "Hatched years have no figure."
    ).format(target=view.goal.stated(view.target))
