"""Two places side by side: one thick line, one thin, each named at its end."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from .labels import Board, Item, Label, column, words
from .marks import Band, Chart, Dot, em, percent, px
from .memory import remembered
from .placing import BESIDE, LEFT, RIGHT, axes, slopes
from .points import Kind, Known, PlotPoint, known, stretches
from .scale import Scale, Size
from .trajectory import FOOT, curves, dots, grid


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparisonLabels:
    """Words at the ends of the lines: the last figure and the name of each; unit follows the topmost number."""

    own_value: str
    own_name: str
    other_value: str
    other_name: str
    unit: str = "%"


@remembered
def comparison(
    *,
    key: str,
    title: str,
    description: str,
    own: tuple[PlotPoint, ...],
    other: tuple[PlotPoint, ...],
    first_year: int,
    last_year: int,
    floor: Decimal,
    ceiling: Decimal,
    size: Size = Size.PAIR,
    labels: ComparisonLabels,
) -> Chart:
    """Hartford thick and blue, the other place thin; solid where reported, tinted and dotted where estimated.

    Years in which `own` is silent are hatched. Values, floor and ceiling are in the indicator's unit.
    """
    first, last = first_year, max(first_year, last_year)
    mine, theirs = (tuple(p for p in known(series) if first <= p.year <= last) for series in (own, other))
    values = [point.value for point in (*mine, *theirs)]
    scale = Scale.around(first=first, last=last, floor=floor, ceiling=ceiling, height=float(size), values=values)
    until = max((point.year for point in theirs), default=first)
    gaps = stretches(own, after=mine[-1].year if mine else first - 1, until=until)
    board = Board(left=LEFT, right=RIGHT, top=-10, bottom=scale.height - 1)
    board.slopes += slopes(scale, mine) + slopes(scale, theirs)
    _ends(
        board,
        scale,
        ((mine, labels.own_value, labels.own_name, "nl"), (theirs, labels.other_value, labels.other_name, "cl")),
    )
    ends = [(series[-1], look) for series, look in ((theirs, "cpt"), (mine, "dot")) if series]
    return Chart(
        key=key,
        title=title,
        description=description,
        look="c c-traj",
        height=em(scale.height + FOOT),
        box=em(scale.height),
        box_height=px(scale.height),
        bands=tuple(
            Band(
                look="voidh" if gap.kind is Kind.WITHHELD else "silent",
                x=percent(scale.x(gap.first)),
                y="0",
                width=percent(scale.x(gap.last) - scale.x(gap.first)),
                height=em(scale.height),
            )
            for gap in gaps
        ),
        rules=tuple(grid(scale)),
        curves=(*curves(scale, theirs, "cmp"), *curves(scale, mine, "act")),
        dots=(
            *dots(scale, mine[:-1], "pt", 2.25),
            *(_end(scale, point, look) for point, look in ends),
        ),
        texts=(*axes(scale, labels.unit, (last, first, *(point.year for point, _ in ends))), *board.texts()),
    )


def _end(scale: Scale, point: Known, look: str) -> Dot:
    hollow = f"{look} guess" if point.estimated else look
    return Dot(
        look=hollow, cx=percent(scale.x(point.year)), cy=em(scale.y(point.value)), r="5" if look == "dot" else "3"
    )


def _ends(board: Board, scale: Scale, lines: Sequence[tuple[Sequence[Known], str, str, str]]) -> None:
    """Figure and name at the end of each line: in the margin, or where a line stops earlier, above or below its end."""
    margin: list[tuple[float, Item]] = []
    for series, value, name, look in lines:
        if not series:
            continue
        last = series[-1]
        y = scale.y(last.value)
        parts = (words(value, look), words(name, "b" if look == "nl" else "lab"))
        if last.year == scale.last:
            margin.append((y, Item(y + 4, parts)))
            continue
        spots = [(x, dy) for dy in (20, -26, 34, -40) for x in ("middle", "end", "start")]
        stacks = [
            [Label(parts=line, x=scale.x(last.year), y=y + dy + 15 * i, anchor=a) for i, line in enumerate(parts)]
            for a, dy in spots
        ]
        board.labels += min(stacks, key=lambda stack: sum(board.faults(label) for label in stack))
    margin.sort(key=lambda entry: entry[0])
    items = [item for _, item in margin]
    for item, base in zip(items, column(items, top=5, bottom=scale.height - 1), strict=True):
        for index, line in enumerate(item.lines):
            board.labels.append(Label(parts=line, x=100, y=base + 15 * index, dx=BESIDE))
