"""Lines side by side: the first one thick, the others thin, each named at its end."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from .labels import Board, Item, Label, Slope, column, words
from .marks import Band, Chart, Dot, Rule, em, percent, px
from .memory import remembered
from .placing import BESIDE, LEFT, RIGHT, axes, slopes
from .points import Kind, Known, PlotPoint, known, stretches
from .scale import Scale, Size, Window
from .trajectory import FOOT, curves, dots, grid


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One series with its name, in one or two lines: the last figure, or a letter that the page explains."""

    points: tuple[PlotPoint, ...]
    name: tuple[str, ...]


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
    """Hartford thick and blue, the other place thin."""
    return lines(
        key=key,
        title=title,
        description=description,
        series=(
            Line(points=own, name=(labels.own_value, labels.own_name)),
            Line(points=other, name=(labels.other_value, labels.other_name)),
        ),
        first_year=first_year,
        last_year=last_year,
        window=Window(floor, ceiling),
        size=size,
        unit=labels.unit,
    )


@remembered
def lines(
    *,
    key: str,
    title: str,
    description: str,
    series: tuple[Line, ...],
    first_year: int,
    last_year: int,
    window: Window,
    size: Size = Size.PAIR,
    unit: str = "%",
    target: Decimal | None = None,
    target_label: str = "",
) -> Chart:
    """The first series thick and blue, the others thin; solid where reported, tinted and dotted where estimated.

    Years in which the first one is silent are hatched. Values and window are in the indicator's unit; `target` is a
    dotted line across, with its name on it.
    """
    first, last = first_year, max(first_year, last_year)
    drawn = tuple(tuple(p for p in known(one.points) if first <= p.year <= last) for one in series)
    mine, others = drawn[0], drawn[1:]
    values = [point.value for one in drawn for point in one] + ([target] if target is not None else [])
    floor, ceiling = window
    scale = Scale.around(first=first, last=last, floor=floor, ceiling=ceiling, height=float(size), values=values)
    until = max((point.year for one in others for point in one), default=first)
    gaps = stretches(series[0].points, after=mine[-1].year if mine else first - 1, until=until)
    board = Board(left=LEFT, right=RIGHT, top=-10, bottom=scale.height - 1)
    board.slopes += [slope for one in drawn for slope in slopes(scale, one)]
    looks = ("nl", *("cl" for _one in others))
    if target is not None:
        level = scale.y(target)
        name = Label(parts=words(target_label, "b"), x=0, y=level - 6, dx=2)
        board.slopes.append(Slope(0, level, 100, level))
        below, right = replace(name, y=level + 16), replace(name, x=100, dx=-2, anchor="end")
        board.put(name, below, right, replace(right, y=level + 16))
    _ends(board, scale, [(one, line.name, look) for one, line, look in zip(drawn, series, looks, strict=True)])
    ends = [(one[-1], "cpt") for one in others if one] + ([(mine[-1], "dot")] if mine else [])
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
        rules=(*grid(scale), *_across(scale, target)),
        curves=(*(curve for one in others for curve in curves(scale, one, "cmp")), *curves(scale, mine, "act")),
        dots=(
            *dots(scale, mine[:-1], "pt", 2.25),
            *(_end(scale, point, look) for point, look in ends),
        ),
        texts=(*axes(scale, unit, (last, first, *(point.year for point, _ in ends))), *board.texts()),
    )


def _end(scale: Scale, point: Known, look: str) -> Dot:
    hollow = f"{look} guess" if point.estimated else look
    return Dot(
        look=hollow, cx=percent(scale.x(point.year)), cy=em(scale.y(point.value)), r="5" if look == "dot" else "3"
    )


def _across(scale: Scale, target: Decimal | None) -> Iterator[Rule]:
    if target is not None:
        yield Rule(look="tline", x1="0", x2="100%", y1=em(scale.y(target)), y2=em(scale.y(target)))


def _ends(board: Board, scale: Scale, drawn: Sequence[tuple[Sequence[Known], tuple[str, ...], str]]) -> None:
    """Figure and name at the end of each line: in the margin, or where a line stops earlier, above or below its end."""
    margin: list[tuple[float, Item]] = []
    for series, (value, *name), look in drawn:
        if not series:
            continue
        last = series[-1]
        y = scale.y(last.value)
        parts = (words(value, look), *(words(line, "b" if look == "nl" else "lab") for line in name))
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
