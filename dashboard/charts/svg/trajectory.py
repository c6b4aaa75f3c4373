"""The trajectory: a reported line against the straight path that was promised. How fast?"""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from metrics.calc.standing import Verdict

from .marks import Band, Chart, Curve, Dot, Rule, em, percent, px
from .memory import remembered
from .placing import place
from .plot import SILENT, Plot, TrajectoryLabels
from .points import Kind, Known, PlotPoint, is_estimate, known, runs, stretches
from .scale import Scale, Size

FOOT = 24.0  # room under the plot for the years, in px
POST, VOID_POST = 12.0, 18.0  # width of the post at the goal year, in px
COINCIDE = 9.0  # marks of one year nearer than this, in px, are drawn one inside the other


@remembered
def trajectory(
    *,
    key: str,
    title: str,
    description: str,
    size: Size,
    points: tuple[PlotPoint, ...],
    start: Decimal,
    start_year: int | None,
    target: Decimal,
    target_year: int,
    first_year: int,
    last_year: int,
    floor: Decimal,
    ceiling: Decimal,
    verdict: Verdict,
    old_start: Decimal | None = None,
    higher_is_better: bool | None = None,
    comparison: tuple[PlotPoint, ...] = (),
    today_year: int | None = None,
    labels: TrajectoryLabels,
) -> Chart:
    """One goal through the years first_year … last_year. Values, floor and ceiling are in the indicator's unit.

    A year in none of the points but between two of them counts as unreported; so do, under the verdicts of
    `SILENT`, the years from the last report to the goal year. The direction is read from start and target where
    it is not given. Without `start_year` there is neither path nor start on the chart.
    """
    series, other = known(points), known(comparison)
    first, last = min(first_year, target_year), max(last_year, target_year)
    shown = [*series, *other]
    values = [start, target, *(point.value for point in shown), *([old_start] if old_start is not None else [])]
    silence = series[-1].year if series else first - 1 if start_year is None else start_year
    plot = Plot(
        scale=Scale.around(first=first, last=last, floor=floor, ceiling=ceiling, height=float(size), values=values),
        series=tuple(point for point in series if first <= point.year <= last),
        comparison=tuple(point for point in other if first <= point.year <= last),
        gaps=stretches(points, after=silence, until=target_year) if verdict in SILENT else stretches(points),
        start=start,
        start_year=start_year if start_year is not None and first <= start_year <= last else None,
        target=target,
        target_year=target_year,
        old_start=old_start,
        higher_is_better=target >= start if higher_is_better is None else higher_is_better,
        verdict=verdict,
        today_year=today_year,
    )
    return Chart(
        key=key,
        title=title,
        description=description,
        look="c c-traj big" if size is Size.PAGE else "c c-traj",
        height=em(plot.scale.height + FOOT),
        box=em(plot.scale.height),
        box_height=px(plot.scale.height),
        bands=tuple(_bands(plot)),
        rules=(*grid(plot.scale), *_rules(plot)),
        curves=(*curves(plot.scale, plot.comparison, "cmp"), *curves(plot.scale, plot.series, "act")),
        posts=tuple(_posts(plot)),
        dots=tuple(_dots(plot, big=size is Size.PAGE)),
        texts=place(plot, labels),
    )


def _bands(plot: Plot) -> Iterator[Band]:
    height = em(plot.scale.height)
    if plot.goes_on:
        goal = plot.scale.x(plot.target_year)
        yield Band(look="zone", x=percent(goal), y="0", width=percent(100 - goal), height=height)
    for gap in plot.gaps:
        left, right = plot.span(gap)
        look = "voidh" if gap.kind is Kind.WITHHELD else "silent"
        yield Band(look=look, x=percent(left), y="0", width=percent(right - left), height=height)


def grid(scale: Scale) -> Iterator[Rule]:
    """Lines at the round values and a tick for each year."""
    for value in scale.lines():
        yield Rule(look="grid", x1="0", x2="100%", y1=em(scale.y(value)), y2=em(scale.y(value)))
    for year in range(scale.first, scale.last + 1):
        at = percent(scale.x(year))
        yield Rule(look="xt", x1=at, x2=at, y1=em(scale.height), y2=em(scale.height + 4))


def _rules(plot: Plot) -> Iterator[Rule]:
    scale, goal = plot.scale, plot.target_year
    level = em(scale.y(plot.target))
    if plot.goes_on:
        yield Rule(look="tline", x1="0", x2="100%", y1=level, y2=level)
    if plot.start_year is not None:
        begin, y = percent(scale.x(plot.start_year)), scale.y(plot.start)
        if goal > plot.start_year:
            yield Rule(look="path", x1=begin, x2=percent(scale.x(goal)), y1=em(y), y2=level)
        if plot.old_start is not None and plot.old_is_far:
            yield Rule(look="oldl", x1=begin, x2=begin, y1=em(scale.y(plot.old_start)), y2=em(y))
    if plot.goes_on and plot.today_year is not None and goal <= plot.today_year <= scale.last:
        at = percent(scale.x(plot.today_year))
        yield Rule(look="today", x1=at, x2=at, y1=em(scale.height * 0.62), y2=em(scale.height))


def curves(scale: Scale, series: Sequence[Known], look: str) -> Iterator[Curve]:
    """A line for each run of years; estimated runs are tinted and dotted."""
    for run in runs(series):
        points = " ".join(f"{px(scale.x(point.year) * 10)},{px(scale.y(point.value))}" for point in run)
        if is_estimate(run):
            yield Curve(look="tint own" if look == "act" else "tint", points=points)
        yield Curve(look=f"{look} est" if is_estimate(run) else look, points=points)


def _posts(plot: Plot) -> Iterator[Band]:
    """At the goal year: what is missing, or that nothing is known."""
    scale = plot.scale
    goal, level = scale.x(plot.target_year), scale.y(plot.target)
    if plot.is_short and plot.settled is not None:
        value = scale.y(plot.settled.value)
        yield _post("mish", goal, min(level, value), max(level, value), POST)
    elif plot.is_void:
        top, bottom = (level + 8, scale.height) if plot.higher_is_better else (0.0, level - 8)
        if bottom - top < VOID_POST:
            top, bottom = 0.0, scale.height
        yield _post("voidh", goal, top, bottom, VOID_POST)


def _post(look: str, x: float, top: float, bottom: float, width: float) -> Band:
    return Band(
        look=look, x=percent(x), y=em(top), width=px(width), height=em(max(bottom - top, 0)), shift=px(-width / 2)
    )


def dots(scale: Scale, series: Sequence[Known], look: str, radius: float) -> Iterator[Dot]:
    """A small dot for each year; hollow where it is estimated, larger where no line leads to it."""
    joined = {point.year for run in runs(series) for point in run}
    for point in series:
        r = radius if point.year in joined else radius + 1.25
        hollow = f"{look} guess" if point.estimated else look
        yield Dot(look=hollow, cx=percent(scale.x(point.year)), cy=em(scale.y(point.value)), r=px(r))


def _dots(plot: Plot, *, big: bool) -> Iterator[Dot]:
    scale, last, extra = plot.scale, plot.last, 0.75 if big else 0.0
    lone = {point.year for point in plot.comparison} - {p.year for run in runs(plot.comparison) for p in run}
    yield from dots(scale, [point for point in plot.comparison if point.year in lone], "cpt", 2.25)
    yield from dots(scale, plot.series[:-1], "pt", 2.25 + extra)
    if plot.start_year is not None:
        begin = percent(scale.x(plot.start_year))
        if plot.old_start is not None and plot.old_is_far:
            yield Dot(look="oldd", cx=begin, cy=em(scale.y(plot.old_start)), r="4")
        yield Dot(look="dot", cx=begin, cy=em(scale.y(plot.start)), r="4.5")
    goal, level = scale.x(plot.target_year), scale.y(plot.target)
    inside = last is not None and last.year == plot.target_year and abs(scale.y(last.value) - level) < COINCIDE
    yield Dot(look="ring", cx=percent(goal), cy=em(level), r=px((8.5 if inside else 5) + extra))
    if last is not None:
        look = "dot guess" if last.estimated else "dot"
        r = (4.5 if inside else 5) + extra
        yield Dot(look=look, cx=percent(scale.x(last.year)), cy=em(scale.y(last.value)), r=px(r))
