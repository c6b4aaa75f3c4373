"""A drawing with a size of its own: the places of a stretching chart, put into px for a plot of one width.

A page stretches its charts and its reader sizes the text. A picture that travels alone, as a file or on a card, has no
page around it: everything in it is in px, and of two labels for wide and for narrow charts it has the wide one.
"""

from dataclasses import replace

from .labels import ALWAYS, ONLY_NARROW
from .marks import Band, Chart, Curve, Dot, Rule, Text, px

#: px of an em, and the width of the box that curves are drawn in.
EM, BOX = 16.0, 1000.0


def absolute(chart: Chart, *, width: float) -> Chart:
    """The same drawing for a plot `width` px wide; it begins at 0, 0 and is `height_of(chart)` px high."""

    def x(place: str) -> str:
        return px(_px(place, width))

    def y(place: str) -> str:
        return px(_px(place, width))

    def band(one: Band) -> Band:
        return replace(one, x=x(one.x), y=y(one.y), width=x(one.width), height=y(one.height))

    down = _px(chart.box, width) / float(chart.box_height) if chart.box else 1.0
    return replace(
        chart,
        height=px(height_of(chart)),
        box="",
        box_height="",
        bands=tuple(map(band, chart.bands)),
        posts=tuple(map(band, chart.posts)),
        rules=tuple(Rule(look=r.look, x1=x(r.x1), x2=x(r.x2), y1=y(r.y1), y2=y(r.y2)) for r in chart.rules),
        curves=tuple(Curve(look=c.look, points=_points(c.points, width / BOX, down)) for c in chart.curves),
        dots=tuple(Dot(look=d.look, cx=x(d.cx), cy=y(d.cy), r=d.r) for d in chart.dots),
        texts=tuple(
            Text(x=x(t.x), y=y(t.y), dx=x(t.dx) if t.dx else "", anchor=t.anchor, parts=t.parts, show=ALWAYS)
            for t in chart.texts
            if t.show != ONLY_NARROW
        ),
    )


def height_of(chart: Chart) -> float:
    """How high a drawing is, in px."""
    return _px(chart.height, 0)


def _px(place: str, width: float) -> float:
    """62.5% of a width, 1.875em of 16 px, or px without a unit."""
    if place.endswith("%"):
        return float(place[:-1]) / 100 * width
    return float(place[:-2]) * EM if place.endswith("em") else float(place)


def _points(points: str, across: float, down: float) -> str:
    pairs = (pair.split(",") for pair in points.split())
    return " ".join(f"{px(float(a) * across)},{px(float(b) * down)}" for a, b in pairs)
