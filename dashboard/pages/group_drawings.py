"""Charts of groups and places: the dot plot, the small multiples, the widest gap, Hartford beside Connecticut."""

from decimal import Decimal

from dashboard.charts import svg, words
from metrics.calc.cells import Known, Withheld
from metrics.calc.gaps import Gap
from metrics.published import Breakdown, Comparison, GoalReading, GroupRow, Series

from .drawings import plot_points
from .parts import is_borrowed, measured, subject, withheld_years


def gap(reading: GoalReading, one: Breakdown, widest: Gap, said: str) -> svg.Chart:
    """From the lowest group to the highest, with everybody together and the target between them."""
    about, total = measured(reading.groups_in), everybody(reading).at(one.year)
    decimals = reading.groups_in.decimals
    return svg.dumbbell(
        key=f"{reading.goal.slug}-gap",
        title=words.gap_title(about, widest),
        description=words.gap_description(said, about, total),
        lowest=widest.worst_value,
        highest=widest.best_value,
        citywide=total.value if isinstance(total, Known) else None,
        target=target(reading),
        labels=svg.DumbbellLabels(
            lowest=words.lowest_label(),
            low=words.figure(widest.worst_value, decimals),
            high=words.figure(widest.best_value, decimals),
        ),
    )


def no_gap() -> svg.Chart:
    """Nobody reported any group: drawn as unknown, not left out."""
    return svg.dot_row(value=None, best=None, target=None, span=svg.Window(Decimal(0), Decimal(100)))


def dots_header(reading: GoalReading) -> svg.Chart:
    span, goal = window(reading), target(reading)
    return svg.dots_header(
        span=span,
        target=goal,
        low=words.stated(span.floor),
        high=words.stated(span.ceiling),
        target_label="" if goal is None else words.target_label(reading.standing, subject(reading)),
    )


def dot_row(reading: GoalReading, one: Breakdown, row: GroupRow) -> svg.Chart:
    return svg.dot_row(
        value=row.cell.value if isinstance(row.cell, Known) else None,
        best=one.gap.best_value if one.gap else None,
        target=target(reading),
        span=window(reading),
        withheld=isinstance(row.cell, Withheld),
    )


def spark(reading: GoalReading, row: GroupRow) -> svg.Chart:
    """One group through the years, on the scale that all groups share."""
    about, span, series = measured(reading.groups_in), window(reading), row.series
    latest, years = series.latest, _years(reading)
    described = words.not_shown(row.cell)
    if latest and latest.value is not None and series.known[0].value is not None:
        first = series.known[0]
        described = words.spark_description(about, (first.year, series.known[0].value), (latest.year, latest.value))
    return svg.spark(
        key=f"over-time-{row.group.slug}",
        title=words.spark_title(row.group.name, about),
        description=described if not latest else words.with_withheld(described, about, withheld_years(series.cells)),
        points=plot_points(series),
        city=plot_points(everybody(reading)),
        target=target(reading),
        first_year=min(years),
        last_year=max(years),
        floor=span.floor,
        ceiling=span.ceiling,
        value=words.figure(latest.value, reading.groups_in.decimals) if latest and latest.value is not None else "",
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


def everybody(reading: GoalReading) -> Series:
    """All students, in the indicator that the groups are in."""
    if is_borrowed(reading) and reading.comparison:
        return reading.comparison.hartford
    return reading.series


def target(reading: GoalReading) -> Decimal | None:
    """The goal's target, where the groups are in the goal's own definition."""
    return None if is_borrowed(reading) else reading.current.target_value


def window(reading: GoalReading) -> svg.Window:
    """The span of values that every chart of groups on the page shares."""
    values = [point.value for one in reading.breakdowns for row in one.rows for point in row.series.points]
    return svg.window(values=values, target=target(reading), start=None)


def _years(reading: GoalReading) -> list[int]:
    return [point.year for one in reading.breakdowns for row in one.rows for point in row.series.points]
