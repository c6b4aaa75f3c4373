"""Figures for plotly.js: plain dictionaries in the palette and grammar of the static charts.

The browser draws them when a reader asks to explore a chart; nothing here imports plotly, and no page needs it.
Colours are those of the light theme; the page's script replaces each by the colour of the theme that is on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from .svg.points import Kind, PlotPoint, stretches
from .theme import LIGHT, SANS

Figure = dict[str, Any]

#: What plotly.js may not do: show a logo, or send the figures of the board to anybody. Pictures of the chart are
#: the page's own download, so its picture button goes too (it would need a blob: address in the security policy).
CONFIG: dict[str, Any] = {
    "displaylogo": False,
    "showSendToCloud": False,
    "plotlyServerURL": "",
    "showTips": False,
    "responsive": True,
    "modeBarButtonsToRemove": ["toImage", "sendDataToCloud", "lasso2d", "select2d", "autoScale2d"],
}
#: Dashes by meaning: solid is reported, dashed is promised, dotted is estimated.
REPORTED, PROMISED, ESTIMATED = "solid", "dash", "dot"
TARGET_RING = {"symbol": "circle-open", "size": 13, "color": LIGHT["ink"], "line": {"width": 2}}


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A named series. `main` lines are thick and blue; others thin and grey, told apart by their markers."""

    name: str
    points: tuple[PlotPoint, ...]
    main: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureWords:
    """Names of what is drawn, ready to print; an empty one is left out. unit follows each number: "%"."""

    title: str
    years: str = ""
    values: str = ""
    path: str = ""
    target: str = ""
    estimated: str = ""
    unreported: str = ""
    withheld: str = ""
    unit: str = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """The goal as another document states it: its start, drawn for a year, and its target."""

    name: str
    year: int
    start: Decimal
    target_year: int
    target: Decimal


def trajectory(
    *,
    lines: Sequence[Line],
    start: Decimal | None,
    start_year: int | None,
    target: Decimal | None,
    target_year: int | None,
    floor: Decimal,
    ceiling: Decimal,
    words: FigureWords,
    others: Sequence[Stated] = (),
) -> Figure:
    """A goal through the years: reported lines, the path that was promised, the target as an open ring.

    Other statements of the goal wait in the legend: a press on one shows its start and target, not joined by a path.
    """
    data = [trace for rank, line in enumerate(lines) for trace in _traces(line, rank, words)]
    if start is not None and start_year is not None and target is not None and target_year is not None:
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": words.path,
                "x": [start_year, target_year],
                "y": [float(start), float(target)],
                "line": {"color": LIGHT["ink2"], "width": 1.75, "dash": PROMISED},
                "hovertemplate": f"%{{y}}{words.unit}<extra>{words.path}</extra>",
            }
        )
    if target is not None and target_year is not None:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": words.target,
                "x": [target_year],
                "y": [float(target)],
                "marker": dict(TARGET_RING),
                "hovertemplate": f"%{{x}}: %{{y}}{words.unit}<extra>{words.target}</extra>",
            }
        )
    data += [_other(one, words.unit) for one in others]
    figure = _figure(data, words, floor, ceiling)
    own = [point for line in lines[:1] for point in line.points]
    for stretch in stretches(own):
        if words.withheld and stretch.kind is Kind.WITHHELD:
            _shade(figure, stretch.first, stretch.last, words.withheld, is_withheld=True)
    last = max((point.year for point in own if point.kind is not Kind.UNREPORTED), default=None)
    if words.unreported and last is not None and target_year is not None and last < target_year:
        _shade(figure, last + 0.5, target_year, words.unreported)
    return figure


def _other(stated: Stated, unit: str) -> Figure:
    return {
        "type": "scatter",
        "mode": "markers",
        "name": stated.name,
        "visible": "legendonly",
        "x": [stated.year, stated.target_year],
        "y": [float(stated.start), float(stated.target)],
        "marker": {"symbol": "diamond-open", "size": 13, "color": LIGHT["edge"], "line": {"width": 2}},
        "hovertemplate": f"%{{y}}{unit}<extra>{stated.name}</extra>",
    }


def _shade(figure: Figure, first: float, last: float, said: str, *, is_withheld: bool = False) -> None:
    """Years without a figure: plotly.js hatches no area, so a framed tint with words.

    Those that are withheld have a solid frame and their words upright: one year is narrow, and they are many.
    """
    layout, frame = figure["layout"], REPORTED if is_withheld else ESTIMATED
    layout.setdefault("shapes", []).append(
        {
            "type": "rect", "yref": "paper", "x0": first, "x1": last, "y0": 0, "y1": 1, "layer": "below",
            "fillcolor": LIGHT["wash"], "line": {"color": LIGHT["void"], "width": 1, "dash": frame},
        }
    )  # fmt: skip
    layout.setdefault("annotations", []).append(
        {
            "yref": "paper", "x": (first + last) / 2, "y": 0.02, "text": said, "showarrow": False, "yanchor": "bottom",
            "font": {"color": LIGHT["ink2"], "size": 13}, "bgcolor": LIGHT["wash"],
            **({"textangle": -90} if is_withheld else {}),
        }
    )  # fmt: skip


#: Lines beside the main one differ in marker, so that they can be told apart without colour.
MARKERS = ("circle", "square", "diamond", "triangle-up", "cross", "x", "triangle-down", "pentagon", "star", "hexagon")


def _traces(line: Line, rank: int, words: FigureWords) -> list[Figure]:
    """A series as one solid trace, and one dotted where it is estimated. A year without a value is a hole in both."""
    colour, width = (LIGHT["rep"], 3.25) if line.main else (LIGHT["ink2"], 1.5)
    points = _every_year(line.points)
    known = [point for point in points if point.value is not None]
    sure = [None if point.kind is Kind.ESTIMATED else point.value for point in points]
    near = [
        point.kind is Kind.ESTIMATED or any(other.kind is Kind.ESTIMATED for other in points[max(0, i - 1) : i + 2])
        for i, point in enumerate(points)
    ]
    guess = [point.value if beside else None for point, beside in zip(points, near, strict=True)]
    found = []
    for values, dash, name in ((sure, REPORTED, line.name), (guess, ESTIMATED, f"{line.name}, {words.estimated}")):
        if dash == ESTIMATED and not any(point.kind is Kind.ESTIMATED for point in known):
            continue
        found.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": name,
                "x": [point.year for point in points],
                "y": [None if value is None else float(value) for value in values],
                "connectgaps": False,
                "line": {"color": colour, "width": width, "dash": dash, "shape": "linear"},
                "marker": {
                    "color": colour,
                    "size": 8 if line.main else 7,
                    "symbol": MARKERS[rank % len(MARKERS)] + ("-open" if dash == ESTIMATED else ""),
                },
                "hovertemplate": f"%{{x}}: %{{y}}{words.unit}<extra>{name}</extra>",
            }
        )
    return found


def _every_year(points: Iterable[PlotPoint]) -> list[PlotPoint]:
    """The points with every year between them, so that a year nobody reported is a hole in the line."""
    have = {point.year: point for point in points}
    if not have:
        return []
    return [have.get(y, PlotPoint(y, None, Kind.UNREPORTED)) for y in range(min(have), max(have) + 1)]


def _figure(data: list[Figure], words: FigureWords, floor: Decimal, ceiling: Decimal) -> Figure:
    axis = {"gridcolor": LIGHT["hair"], "linecolor": LIGHT["edge"], "tickcolor": LIGHT["edge"], "zeroline": False}
    layout = {
        "meta": {"title": words.title},
        "font": {"family": SANS, "size": 13, "color": LIGHT["ink2"]},
        "paper_bgcolor": LIGHT["paper"],
        "plot_bgcolor": LIGHT["paper"],
        "margin": {"l": 56, "r": 24, "t": 16, "b": 56},
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": LIGHT["paper"], "bordercolor": LIGHT["ink"], "font": {"color": LIGHT["ink"]}},
        "legend": {"orientation": "h", "y": -0.12, "yanchor": "top", "x": 0},
        "xaxis": {**axis, "title": {"text": words.years}, "tickformat": "d", "showgrid": False, "ticks": "outside"},
        "yaxis": {
            **axis,
            "title": {"text": words.values},
            "range": [float(floor), float(ceiling)],
            "dtick": 10 if ceiling - floor <= 60 else None,
            "ticksuffix": words.unit,
            "showticksuffix": "last",
        },
    }
    return {"data": data, "layout": layout, "config": dict(CONFIG)}
