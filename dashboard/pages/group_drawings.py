"""Charts of groups and places: the dot plot, the small multiples, the widest gap, Hartford beside Connecticut."""

from decimal import Decimal

from dashboard.charts import svg, words
from metrics.calc.cells import Known, Withheld
from metrics.calc.gaps import Gap
from metrics.published import Breakdown, Comparison, GoalReading, GroupRow

from .drawings import plot_points
from .grouped import Grouped
from .parts import measured, withheld_years


def gap(view: Grouped, one: Breakdown, widest: Gap, said: str) -> svg.Chart:
    """From the lowest group to the highest, with everybody together and the target between them."""
    total = view.everybody.at(one.year)
    return svg.dumbbell(
        key=f"{view.key}-gap",
        title=words.gap_title(view.about, widest),
        description=words.gap_description(said, view.about, total),
        lowest=widest.worst_value,
        highest=widest.best_value,
        citywide=total.value if isinstance(total, Known) else None,
        target=view.target,
        labels=svg.DumbbellLabels(
            lowest=words.lowest_label(),
            low=words.figure(widest.worst_value, view.decimals),
            high=words.figure(widest.best_value, view.decimals),
        ),
    )


def no_gap() -> svg.Chart:
    """Nobody reported any group: drawn as unknown, not left out."""
    return svg.dot_row(value=None, best=None, target=None, span=svg.Window(Decimal(0), Decimal(100)))


def dots_header(view: Grouped) -> svg.Chart:
    span = view.window
    return svg.dots_header(
        span=span,
        target=view.target,
        low=words.stated(span.floor),
        high=words.stated(span.ceiling),
        target_label=view.target_label,
    )


def dot_row(view: Grouped, one: Breakdown, row: GroupRow) -> svg.Chart:
    return svg.dot_row(
        value=row.cell.value if isinstance(row.cell, Known) else None,
        best=one.gap.best_value if one.gap else None,
        target=view.target,
        span=view.window,
        withheld=isinstance(row.cell, Withheld),
    )


def spark(view: Grouped, row: GroupRow) -> svg.Chart:
    """One group through the years, on the scale that all groups share."""
    about, span, series = view.about, view.window, row.series
    latest, years = series.latest, view.years
    described = words.not_shown(row.cell)
    if latest and latest.value is not None and series.known[0].value is not None:
        first = series.known[0]
        described = words.spark_description(about, (first.year, series.known[0].value), (latest.year, latest.value))
    return svg.spark(
        key=f"over-time-{row.group.slug}",
        title=words.spark_title(row.group.name, about),
        description=described if not latest else words.with_withheld(described, about, withheld_years(series.cells)),
        points=plot_points(series),
        city=plot_points(view.everybody),
        target=view.target,
        first_year=min(years),
        last_year=max(years),
        floor=span.floor,
        ceiling=span.ceiling,
        value=words.figure(latest.value, view.decimals) if latest and latest.value is not None else "",
    )


def comparison(reading: GoalReading, found: Comparison) -> svg.Chart:
    """Hartford and Connecticut through the years that Hartford has reported."""
    about, ours, theirs = measured(found.indicator), found.hartford.latest, found.state.latest
    values = [point.value for series in (found.hartford, found.state) for point in series.points]
    span = svg.window(values=values, target=None, start=None)
    decimals = found.indicator.decimals
    return svg.comparison(
        key=f"{reading.goal.slug}-state",
        title=words.comparison_title(about, found.first_year, found.last_year),
        description=words.with_withheld(
            words.comparison_words(
                about, (found.first_year, found.last_year), found.first_difference, found.last_difference
            ),
            about,
            withheld_years(found.hartford.cells),
        ),
        own=plot_points(found.hartford),
        other=plot_points(found.state),
        first_year=found.first_year,
        last_year=found.last_year,
        floor=span.floor,
        ceiling=span.ceiling,
        labels=svg.ComparisonLabels(
            own_value=words.figure(ours.value, decimals) if ours and ours.value is not None else "",
            own_name=words.hartford(),
            other_value=words.figure(theirs.value, decimals) if theirs and theirs.value is not None else "",
            other_name=words.connecticut(),
        ),
    )
