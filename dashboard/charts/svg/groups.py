"""Groups of students: the dot plot (a header and one row a group), the home page's strip, and the small multiple."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from .labels import TEXT, Block, Board, Label, words
from .marks import Band, Chart, Dot, Part, Rule, em, percent, px
from .memory import remembered
from .placing import slopes
from .points import Kind, Known, PlotPoint, known, stretches
from .scale import Scale, Window
from .trajectory import curves, dots

ROW = 30.0  # height of a row of the dot plot, in px
SPARK = 72.0
STRIP = 64.0


def dots_header(*, span: Window, target: Decimal | None, low: str, high: str, target_label: str = "") -> Chart:
    """The head of a dot plot: the ends of the window and the target's ring. Decorative: the table says the same.

    low, high: the window's ends, ready to print; target_label: "target 70%".
    """
    board = Board(left=0, right=0, top=0, bottom=ROW, widths=(200.0, 280.0, 400.0, 640.0))
    ring: tuple[Dot, ...] = ()
    if target is not None:
        x = _across(span, target)
        ring = (Dot(look="ring", cx=percent(x), cy=em(22), r="5"),)
        name = Label(parts=words(target_label, "b"), x=x, y=26, dx=-10, anchor="end")
        lifted = replace(name, y=11, dx=0)
        if target_label:
            board.put(name, replace(name, dx=10, anchor="start"), lifted, replace(lifted, anchor="start"))
        board.blocks.append(_ring_block(x))
    ends = [[Label(parts=words(low, "ax"), x=0, y=y), Label(parts=words(high, "ax"), x=100, y=y, anchor="end")]
            for y in (26, 11)]  # fmt: skip
    # Both ends stand on one line: beside the target's name, else above it.
    level = min(ends, key=lambda pair: sum(map(board.faults, pair)))
    board.labels += [label for label in level if not board.faults(label)]
    return Chart(look="c", height=em(ROW), dots=ring, texts=board.texts())


@remembered
def dot_row(
    *, value: Decimal | None, best: Decimal | None, target: Decimal | None, span: Window, withheld: bool = False
) -> Chart:
    """One group: its dot, a line to the set's best group, the target. Decorative: the row's cells say the same.

    Without a value the row is hatched: closely when it is withheld, widely when it was not reported.
    """
    middle = em(ROW / 2)
    rules = [Rule(look="grid", x1="0", x2="100%", y1=middle, y2=middle)]
    for look, at in (("hiline", best), ("tgt", target)):
        if at is not None:
            x = percent(_across(span, at))
            rules.append(Rule(look=look, x1=x, x2=x, y1="0", y2=em(ROW)))
    bands: tuple[Band, ...] = ()
    marks: tuple[Dot, ...] = ()
    if value is None:
        bands = (Band(look="voidh" if withheld else "silent", x="0", y=em(8), width="100%", height=em(14)),)
    else:
        x = percent(_across(span, value))
        if best is not None and best != value:
            rules.append(Rule(look="span", x1=x, x2=percent(_across(span, best)), y1=middle, y2=middle))
        outside = not span.floor <= value <= span.ceiling
        marks = (Dot(look="dot off" if outside else "dot", cx=x, cy=middle, r="6"),)
    return Chart(look="c c-dot", height=em(ROW), rules=tuple(rules), posts=bands, dots=marks)


def _across(span: Window, value: Decimal) -> float:
    """Percent of the window; a value outside stands at its edge (and is drawn hollow)."""
    share = (value - span.floor) / (span.ceiling - span.floor)
    return float(min(max(share, Decimal(0)), Decimal(1)) * 100)


@dataclass(frozen=True, slots=True, kw_only=True)
class DumbbellLabels:
    """lowest "lowest" (a word before the low figure) · low "72.5" · high "93.5"."""

    lowest: str = ""
    low: str
    high: str


@remembered
def dumbbell(
    *,
    key: str,
    title: str,
    description: str,
    lowest: Decimal,
    highest: Decimal,
    citywide: Decimal | None,
    target: Decimal | None,
    scale: Decimal = Decimal(100),
    labels: DumbbellLabels,
) -> Chart:
    """From the lowest group (open dot) to the highest (solid dot), from 0 to `scale`; the city's bar and the target."""
    span = Window(Decimal(0), max(value for value in (scale, highest, target, citywide) if value is not None))
    low, high = _across(span, lowest), _across(span, highest)
    board = Board(left=24, right=26, top=-4, bottom=STRIP + 2, widths=(152.0, 220.0, 300.0, 420.0, 640.0))
    rules = [Rule(look="grid", x1="0", x2="100%", y1=em(30), y2=em(30))]
    ring: tuple[Dot, ...] = ()
    if target is not None:
        goal = _across(span, target)
        rules.append(Rule(look="tgt", x1=percent(goal), x2=percent(goal), y1=em(12), y2=em(41)))
        ring = (Dot(look="ring", cx=percent(goal), cy=em(8), r="4.5"),)
        board.blocks.append(_ring_block(goal, 2, 41))
    rules.append(Rule(look="spanb", x1=percent(low), x2=percent(high), y1=em(30), y2=em(30)))
    if citywide is not None:
        city = percent(_across(span, citywide))
        rules.append(Rule(look="avg", x1=city, x2=city, y1=em(22), y2=em(38)))
    _strip_words(board, low, high, labels)
    return Chart(
        key=key,
        title=title,
        description=description,
        look="c c-dumb",
        height=em(STRIP),
        rules=tuple(rules),
        dots=(
            *ring,
            Dot(look="dot lo", cx=percent(low), cy=em(30), r="6.5"),
            Dot(look="dot", cx=percent(high), cy=em(30), r="6.5"),
        ),
        texts=board.texts(),
    )


def _strip_words(board: Board, low: float, high: float, labels: DumbbellLabels) -> None:
    """The lowest figure under its dot, the highest under its own or, when the two are near, above the line."""
    word = (Part(text=f"{labels.lowest} ", look="lab"),) if labels.lowest else ()
    below = Label(parts=(*word, Part(text=labels.low, look="b")), x=low, y=56, dx=12, anchor="end")
    inward = max(0.0, -board.left - below.box(board.widths[0]).left)
    firsts = [replace(below, dx=dx) for dx in (12, 0, 12 + inward)] + [replace(below, dx=-8, anchor="start")]
    last = Label(parts=words(labels.high, "b"), x=high, y=56, anchor="middle")
    spots = (
        ("middle", 0, 56), ("start", -8, 56), ("start", 2, 56), ("middle", 0, 17), ("end", 4, 17), ("start", -4, 17),
        ("end", -8, 17), ("start", 9, 17), ("start", 9, 35),
    )  # fmt: skip
    lasts = [replace(last, anchor=anchor, dx=dx, y=y) for anchor, dx, y in spots]
    pairs = product(firsts, lasts)
    one, two = min(pairs, key=lambda pair: board.faults(pair[0]) + board.faults(pair[1]) + _clash(board, *pair))
    board.labels += [one, two]


def _clash(board: Board, one: Label, two: Label) -> int:
    return TEXT * sum(one.box(width).meets(two.box(width), 6) for width in board.widths)


def _ring_block(x: float, top: float = 15, bottom: float = 29) -> Block:
    return Block(x, x, top, bottom, -7, 7)


@remembered
def spark(
    *,
    key: str,
    title: str,
    description: str,
    points: tuple[PlotPoint, ...],
    city: tuple[PlotPoint, ...] = (),
    target: Decimal | None = None,
    first_year: int,
    last_year: int,
    floor: Decimal,
    ceiling: Decimal,
    value: str = "",
) -> Chart:
    """A small multiple: the group in blue, the city as the thin line, the target dotted, the last figure named."""
    mine, theirs = (tuple(p for p in known(series) if first_year <= p.year <= last_year) for series in (points, city))
    seen = [point.value for point in (*mine, *theirs)] + ([target] if target is not None else [])
    scale = Scale.around(first=first_year, last=last_year, floor=floor, ceiling=ceiling, height=SPARK, values=seen)
    silence = mine[-1].year if mine else first_year - 1
    gaps = stretches(points, after=silence, until=last_year)
    board = Board(left=0, right=52, top=-8, bottom=SPARK, widths=(90.0, 120.0, 200.0, 300.0))
    board.slopes += slopes(scale, mine) + slopes(scale, theirs)
    if mine and value:
        x, y = scale.x(mine[-1].year), scale.y(mine[-1].value)
        beside = Label(parts=words(value, "nl"), x=x, y=y + 5, dx=8)
        spots = (
            ("middle", 0, -9),
            ("middle", 0, 21),
            ("end", -6, -9),
            ("end", -6, 21),
            ("start", 4, -9),
            ("start", 4, 21),
        )
        board.put(beside, *(replace(beside, anchor=a, dx=dx, y=y + dy) for a, dx, dy in spots))
    return Chart(
        key=key,
        title=title,
        description=description,
        look="c c-spark",
        height=em(SPARK),
        box=em(SPARK),
        box_height=px(SPARK),
        bands=tuple(
            Band(
                look="voidh" if gap.kind is Kind.WITHHELD else "silent",
                x=percent(scale.x(gap.first)),
                y="0",
                width=percent(scale.x(gap.last) - scale.x(gap.first)),
                height=em(SPARK),
            )
            for gap in gaps
        ),
        rules=tuple(_spark_rules(scale, target)),
        curves=(*curves(scale, theirs, "cmp"), *curves(scale, mine, "act")),
        dots=tuple(_spark_dots(scale, mine)),
        texts=board.texts(),
    )


def _spark_rules(scale: Scale, target: Decimal | None) -> Iterator[Rule]:
    if target is not None:
        yield Rule(look="tline", x1="0", x2="100%", y1=em(scale.y(target)), y2=em(scale.y(target)))
    yield Rule(look="grid", x1="0", x2="100%", y1=em(SPARK), y2=em(SPARK))


def _spark_dots(scale: Scale, mine: Sequence[Known]) -> Iterator[Dot]:
    yield from (dot for dot in dots(scale, mine[:-1], "pt", 1.0) if dot.r != "1")
    if mine:
        yield Dot(look="dot", cx=percent(scale.x(mine[-1].year)), cy=em(scale.y(mine[-1].value)), r="4.5")
