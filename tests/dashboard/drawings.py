"""What the tests of the charts share: the three goals as they are, and ways to read a drawing back."""

import re
from dataclasses import fields
from decimal import Decimal
from itertools import combinations
from typing import Any

from dashboard.charts import svg
from dashboard.charts.svg import labels, marks
from metrics.calc.standing import Verdict

D = Decimal
GRADUATION = "63.2 64.6 71.2 71.5 70.1 70.7 68.8 70.7 72.5 68.6 72.3 73.8 78.4 78.6 85.3"
WORDS = svg.TrajectoryLabels(
    start="71.5",
    target="target 95",
    value="85.3%",
    short="9.7 short",
    path="required path",
    unreported=("2019–2025", "not yet", "reported"),
    withheld=("withheld",),
    old_start="50",
    at_launch="at launch",
    comparison_value="91.3",
    comparison_name="Connecticut",
    after="after the goal year",
    today="today",
)


def series(first: int, text: str) -> tuple[svg.PlotPoint, ...]:
    """61 66 - * ~60 ?: a figure, a year that is absent, a withheld one, an estimate, an unreported one."""
    found = []
    for year, word in enumerate(text.split(), start=first):
        if word == "*":
            found.append(svg.PlotPoint(year, None, svg.WITHHELD))
        elif word == "?":
            found.append(svg.PlotPoint(year, None, svg.UNREPORTED))
        elif word.startswith("~"):
            found.append(svg.PlotPoint(year, D(word[1:]), svg.ESTIMATED))
        elif word != "-":
            found.append(svg.PlotPoint(year, D(word)))
    return tuple(found)


def drawn(points: tuple[svg.PlotPoint, ...], **changes: Any) -> svg.Chart:
    """The trajectory of graduation, with other points and whatever else is changed."""
    asked: dict[str, Any] = {
        "key": "k",
        "title": "A title",
        "description": "A description",
        "size": svg.Size.PANEL,
        "points": points,
        "start": D("71.5"),
        "start_year": 2014,
        "target": D(95),
        "target_year": 2025,
        "first_year": 2011,
        "last_year": 2025,
        "floor": D(50),
        "ceiling": D(100),
        "verdict": Verdict.MISSED,
        "labels": WORDS,
        **changes,
    }
    return svg.trajectory(**asked)


ENROLLMENT = {"start": D(61), "start_year": 2015, "target": D(70), "old_start": D(50), "floor": D(30), "ceiling": D(80)}
COMPLETION = {"start": D(24), "start_year": 2016, "target": D(50), "old_start": D(23), "floor": D(10), "ceiling": D(60)}


def enrollment(**changes: Any) -> svg.Chart:
    return drawn(series(2014, "59 61 66 66 60"), first_year=2014, **{**ENROLLMENT, "verdict": Verdict.DUE, **changes})


def completion(**changes: Any) -> svg.Chart:
    points = series(2014, "24 27 24 22 24 25")
    return drawn(points, first_year=2014, **{**COMPLETION, "verdict": Verdict.DUE, **changes})


def looks(chart: svg.Chart) -> set[str]:
    return {mark.look for group in (chart.bands, chart.rules, chart.curves, chart.posts, chart.dots) for mark in group}


def number(text: str) -> float:
    return float(re.fullmatch(r"(-?\d+(?:\.\d+)?)(%|em)?", text)[1])  # type: ignore[index]


def words_of(chart: svg.Chart) -> list[str]:
    return ["".join(part.text for part in text.parts) for text in chart.texts]


def read_back(text: marks.Text) -> labels.Label:
    """The label that a printed text came from."""
    dx = number(text.dx) * 16 if text.dx else 0
    return labels.Label(
        parts=text.parts, x=number(text.x), y=number(text.y) * 16, dx=dx, anchor=text.anchor or "start", show=text.show
    )


def touching(chart: svg.Chart, width: float) -> list[tuple[str, str]]:
    """Pairs of labels that overlap in a plot of that width."""
    shown = [label for label in map(read_back, chart.texts) if label.shown(width)]
    return [
        ("".join(p.text for p in a.parts), "".join(p.text for p in b.parts))
        for a, b in combinations(shown, 2)
        if a.box(width).meets(b.box(width), 0)
    ]


def check_numbers(chart: svg.Chart) -> None:
    """Every number is one; percents lie in the plot, heights in the drawing."""
    assert number(chart.height) > 0
    for group in ("bands", "rules", "posts", "dots", "texts"):
        for mark in getattr(chart, group):
            for field in fields(mark):
                value = getattr(mark, field.name)
                if field.name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "r"):
                    found = number(value)
                    if value.endswith("%"):
                        assert 0 <= found <= 100
                    elif group != "texts" and value.endswith("em"):
                        assert 0 <= found <= number(chart.height)
                    if field.name in ("width", "height", "r"):
                        assert found >= 0
            if group == "bands":
                assert number(mark.x) + number(mark.width) <= 100.02
    for curve in chart.curves:
        for pair in curve.points.split():
            x, y = map(float, pair.split(","))
            assert 0 <= x <= 1000
            assert 0 <= y <= float(chart.box_height)
