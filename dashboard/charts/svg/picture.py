"""A chart as a picture that travels alone: 720 px wide, with its name, what it shows, and its source inside."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .absolute import EM, absolute, height_of
from .marks import Chart, px
from .wrapping import wrapped

WIDTH, MARGIN = 720.0, 24.0
#: px that the outline of a bar reaches beyond its plot.
EDGE = 2.0
#: px left free behind the labels of a drawing that stands alone: their widths are estimates.
SPARE = 14.0
#: Room beside the plot, left and right, in em: the margins that charts.css gives each look.
BESIDE = {"c-traj": (2.25, 5.25), "c-rule": (0.0, 4.75)}
TITLE, TEXT, SMALL = (22.0, 28.0), (15.0, 21.0), (12.0, 16.0)  # size and line height


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words in the picture: its baseline, and its class (t title, p text, s source)."""

    y: str
    look: str
    text: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished picture; `left` and `top` move the drawing to its place."""

    title: str
    description: str
    width: str
    height: str
    lines: tuple[Line, ...]
    margin: str
    left: str
    top: str
    chart: Chart
    template: str = "charts/picture.svg"


def picture(chart: Chart, *, title: str, sentence: str, source: str) -> Picture:
    """`chart` with words around it. Every word but the labels of the chart comes from the caller."""
    left, right = next(room for look, room in BESIDE.items() if look in chart.look.split())
    across = WIDTH - 2 * MARGIN
    head, below = _lines(((title, "t", TITLE), (sentence, "p", TEXT)), MARGIN, across)
    top = below + EM
    foot, end = _lines(((source, "s", SMALL),), top + height_of(chart) + EM, across)
    return Picture(
        title=title,
        description=f"{sentence} {chart.description}".strip(),
        width=px(WIDTH),
        height=px(end + MARGIN / 2),
        lines=(*head, *foot),
        margin=px(MARGIN),
        left=px(MARGIN + left * EM),
        top=px(top),
        chart=absolute(chart, width=across - (left + right) * EM),
    )


def bare(chart: Chart, *, width: float) -> Picture:
    """The drawing alone in a plot with its labels `width` px wide, for whoever sets the words around it."""
    left, right = next(room for look, room in BESIDE.items() if look in chart.look.split())
    return Picture(
        title=chart.title,
        description=chart.description,
        width=px(width),
        height=px(height_of(chart) + EM),
        lines=(),
        margin="0",
        left=px(left * EM + EDGE),
        top=px(EM / 2),
        chart=absolute(chart, width=width - (left + right) * EM - EDGE - SPARE),
    )


def _lines(
    texts: Sequence[tuple[str, str, tuple[float, float]]], top: float, width: float
) -> tuple[tuple[Line, ...], float]:
    """Texts under one another, and where they end."""
    found: list[Line] = []
    y = top
    for line, height in _each(texts, width):
        y += height
        found.append(Line(px(y), line[0], line[1]))
    return tuple(found), y


def _each(
    texts: Sequence[tuple[str, str, tuple[float, float]]], width: float
) -> Iterator[tuple[tuple[str, str], float]]:
    for text, look, (size, height) in texts:
        for line in wrapped(text, look="b" if look == "t" else "lab", width=width, size=size):
            yield (look, line), height
