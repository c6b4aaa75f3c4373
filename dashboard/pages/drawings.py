"""From a standing and its yearly cells to charts: which values go where, and which words stand beside them."""

from collections.abc import Mapping
from decimal import Decimal

from dashboard.charts import svg, words
from metrics.calc.cells import Cell, Known, NotReported, Status, Withheld
from metrics.calc.verdicts import Reading, Standing, Verdict
from metrics.published import Series

from .parts import withheld_years

MET = frozenset({Verdict.MET, Verdict.MET_LATE})


def plot_points(series: Series) -> tuple[svg.PlotPoint, ...]:
    return tuple(plot_point(point.year, point.cell) for point in series.points)


def plot_point(year: int, cell: Cell) -> svg.PlotPoint:
    """One year as a chart draws it: solid, tinted, or one of the two hatchings."""
    if isinstance(cell, Known):
        derived = cell.status is Status.DERIVED
        return svg.PlotPoint(year, cell.value, svg.Kind.ESTIMATED if derived else svg.Kind.REPORTED)
    return svg.PlotPoint(year, None, svg.Kind.WITHHELD if isinstance(cell, Withheld) else svg.Kind.UNREPORTED)


def last_told(cells: Mapping[int, Cell]) -> int | None:
    """The last year that was reported, whether its figure is shown or withheld."""
    return max((year for year, cell in cells.items() if not isinstance(cell, NotReported)), default=None)


def distance(
    key: str,
    standing: Standing,
    about: words.Subject,
    *,
    old_start: Decimal | None = None,
    whole: Decimal = Decimal(100),
) -> svg.Chart:
    """How far: start, latest figure and target on one bar from 0 to `whole`."""
    promise, latest = standing.promise, standing.reading
    hidden = standing.verdict is Verdict.WITHHELD
    return svg.distance(
        key=f"{key}-far",
        title=words.distance_title(standing, about),
        description=words.distance_description(standing, about, whole),
        start=None if hidden else promise.baseline_value,
        today=latest.value if latest else None,
        target=promise.target_value,
        old_start=old_start,
        higher_is_better=promise.higher_is_better,
        scale=whole,
        met=standing.verdict in MET,
        labels=svg.DistanceLabels(
            start=words.start_label(standing),
            target=words.target_label(standing, about),
            today=about.value(latest.value) if latest else "",
            year=words.short_year(about.axis, latest.year) if latest else "",
            old_start="" if old_start is None else words.stated(old_start),
            restated=words.restated_label(standing),
            was=words.was_label(standing),
            note="" if latest else words.silence_label(standing),
        ),
    )


def trajectory(
    key: str,
    standing: Standing,
    about: words.Subject,
    cells: Mapping[int, Cell],
    *,
    size: svg.Size,
    old_start: Decimal | None = None,
    path_label: bool = False,
    frame: svg.Window | None = None,
) -> svg.Chart:
    """How fast: the reported line against the straight path, in the 50 points all goals share or in `frame`."""
    promise = standing.promise
    known = [Reading(year, cell) for year, cell in sorted(cells.items()) if isinstance(cell, Known)]
    values = [reading.value for reading in known]
    years = [*cells, promise.baseline_year or promise.target_year, promise.target_year]
    frame = frame or svg.window(
        values=(*values, old_start),
        target=promise.target_value,
        start=promise.baseline_value,
        higher_is_better=promise.higher_is_better,
    )
    return svg.trajectory(
        key=f"{key}-path",
        title=words.trajectory_title(about, min(years), max(years)),
        description=words.with_withheld(
            words.trajectory_description(standing, about, known[0] if known else None), about, withheld_years(cells)
        ),
        size=size,
        points=tuple(plot_point(year, cell) for year, cell in sorted(cells.items())),
        start=promise.baseline_value,
        start_year=promise.baseline_year,
        target=promise.target_value,
        target_year=promise.target_year,
        first_year=min(years),
        last_year=max(years),
        floor=frame.floor,
        ceiling=frame.ceiling,
        verdict=standing.verdict,
        old_start=old_start,
        higher_is_better=promise.higher_is_better,
        labels=svg.TrajectoryLabels(
            start=words.stated(promise.baseline_value),
            target=words.target_label_short(standing),
            value=about.value(values[-1]) if values else "",
            short=words.short_label(standing),
            path=words.path_label() if path_label else "",
            unreported=words.unreported_label(standing, about, last_told(cells)),
            withheld=words.withheld_label(),
            old_start="" if old_start is None else words.stated(old_start),
            at_launch="" if old_start is None else words.at_launch_label(),
            after=words.after_label() if max(years) > promise.target_year else "",
            unit=words.axis_unit(about),
        ),
    )
