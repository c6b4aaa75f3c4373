"""Charts for any values: nothing leaves its box, labels keep apart, no line bridges a silent year."""

from decimal import Decimal
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import settings as limits
from hypothesis import strategies as st

from dashboard.charts import svg
from dashboard.charts.svg import labels
from dashboard.charts.svg.points import known, runs
from metrics.calc.standing import Verdict

from .drawings import (
    GRADUATION,
    D,
    check_numbers,
    completion,
    drawn,
    enrollment,
    looks,
    number,
    read_back,
    series,
    touching,
)

value = st.decimals(min_value=0, max_value=100, places=1)
point = st.one_of(value, st.sampled_from([None, svg.WITHHELD, svg.UNREPORTED]))


def as_points(first: int, drawn_values: list[Any]) -> tuple[svg.PlotPoint, ...]:
    return tuple(
        svg.PlotPoint(first + i, None, v) if isinstance(v, svg.Kind) else svg.PlotPoint(first + i, v)
        for i, v in enumerate(drawn_values)
        if v is not None
    )


@limits(max_examples=120)
@given(
    values=st.lists(point, max_size=16),
    start=value,
    target=value,
    old=st.one_of(st.none(), value),
    verdict=st.sampled_from(Verdict),
    frame=st.tuples(st.integers(0, 4), st.sampled_from(svg.Size)),
)
def test_any_trajectory(
    values: list[Any],
    start: Decimal,
    target: Decimal,
    old: Decimal | None,
    *,
    verdict: Verdict,
    frame: tuple[int, svg.Size],
) -> None:
    beyond, size = frame
    points = as_points(2011, values)
    have = [p.value for p in points if p.value is not None]
    span = svg.window(values=[*have, old], target=target, start=start, higher_is_better=target >= start)
    chart = drawn(
        points, start=start, target=target, old_start=old, verdict=verdict, size=size, last_year=2025 + beyond,
        floor=span.floor, ceiling=span.ceiling, today_year=2026,
    )  # fmt: skip
    check_numbers(chart)
    margin = sorted(number(t.y) * 16 for t in chart.texts if t.x == "100%" and t.dx and t.anchor == "")
    if not beyond:
        assert all(b - a >= 14.9 for a, b in pairwise(margin))
    years = {point.year for run in runs(known(points)) for point in run}
    assert years <= {p.year for p in points if p.value is not None}


@given(values=st.lists(st.tuples(st.floats(-50, 300), st.integers(1, 3)), min_size=1, max_size=5))
def test_a_column_keeps_its_distances(values: list[tuple[float, int]]) -> None:
    items = [labels.Item(wish, (labels.words("a"),) * lines) for wish, lines in sorted(values)]
    bases = labels.column(items, top=5, bottom=207)
    for item, a, b in zip(items, bases, bases[1:], strict=False):
        assert b - a >= item.depth - 0.02
        assert item.depth >= 17
    assert bases[0] >= 5


@limits(max_examples=200)
@given(
    start=st.one_of(st.none(), value),
    today=st.one_of(st.none(), value),
    target=value,
    old=st.one_of(st.none(), value),
    up=st.booleans(),
)
def test_any_bar(start: Decimal | None, today: Decimal | None, target: Decimal, old: Decimal | None, up: bool) -> None:
    met = today is not None and (today >= target if up else today <= target)
    chart = svg.distance(
        key="k", title="t", description="d", start=start, today=today, target=target, old_start=old,
        higher_is_better=up, met=met,
        labels=svg.DistanceLabels(
            start=f"start {start}", target=f"target {target}%", today=f"{today}%", year="2025", old_start=f"{old}",
            restated=f"{start} start, restated", was=f"{start} start, was", note="nothing reported yet",
        ),
    )  # fmt: skip
    check_numbers(chart)
    for width in (208, 300, 600):
        assert not touching(chart, width)
        for label in map(read_back, chart.texts):
            box = label.box(width)
            assert box.left >= -3
            assert box.right <= width + 77 or width > 208
    if start is None and today is None:
        assert "voidh" in looks(chart)
    elif today is not None and not met and today != target:
        assert "mish" in looks(chart)


@limits(max_examples=60)
@given(figures=st.lists(value, min_size=3, max_size=3), target=value)
def test_any_strip(figures: list[Decimal], target: Decimal) -> None:
    low, city, high = sorted(figures)
    chart = svg.dumbbell(
        key="k", title="t", description="d", lowest=low, highest=high, citywide=city, target=target,
        labels=svg.DumbbellLabels(lowest="lowest", low=f"{low}", high=f"{high}"),
    )  # fmt: skip
    check_numbers(chart)
    for width in (152, 300, 640):
        assert not touching(chart, width)


@limits(max_examples=60)
@given(values=st.lists(point, min_size=1, max_size=12), row=value, best=value)
def test_any_small_multiple_and_row(values: list[Any], row: Decimal, best: Decimal) -> None:
    points = as_points(2014, values)
    chart = svg.spark(
        key="k", title="t", description="d", points=points, city=series(2014, "70 71 72"), target=D(95),
        first_year=2014, last_year=2025, floor=D(0), ceiling=D(100), value="88.5",
    )  # fmt: skip
    check_numbers(chart)
    span = svg.Window(D(50), D(100))
    check_numbers(svg.dot_row(value=row, best=best, target=D(95), span=span))
    head = svg.dots_header(span=span, target=row, low="50", high="100%", target_label="target 95%")
    check_numbers(head)
    assert not touching(head, 280)


@pytest.mark.parametrize("width", [160, 200, 359, 360, 700, 1000])
@pytest.mark.parametrize("size", [svg.Size.PANEL, svg.Size.PAGE, svg.Size.PAPER])
def test_no_labels_touch_on_the_three_goals(width: int, size: svg.Size) -> None:
    for chart in (drawn(series(2011, GRADUATION), size=size), enrollment(size=size), completion(size=size)):
        assert not touching(chart, width)
