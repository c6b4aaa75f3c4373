"""The distance rule: start, today and target on one scale that begins at zero. How far?"""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import product

from .labels import Block, Board, Label, words
from .marks import Band, Chart, Dot, Part, Rule, em, percent
from .memory import remembered

HEIGHT, BAR, THICK = 82.0, 30.0, 22.0
ROW = 22.0  # a row of its own for the figure of today, where everything is crowded
MARGIN = 76.0  # 4.75 rem to the right of the bar, for labels
NARROWEST = 208.0  # the bar on a screen of 320 px
WIDTHS = (NARROWEST, 284.0, 400.0, 640.0, 900.0)  # px a bar may be wide
NEAR = 6.0  # a start restated by less than this is told in one label


@dataclass(frozen=True, slots=True, kw_only=True)
class DistanceLabels:
    """Words on a distance rule, ready to print.

    start "start 71.5" · target "target 95%" · today "84.0%" · year "2025"
    old_start "50" (printed struck through) · restated "61 start, restated" (where both have a tick)
    was "24 start, was" (where the two are near; the old figure follows, struck through)
    note "nothing reported yet" (only where there is no figure of today)
    """

    start: str = ""
    target: str = ""
    today: str = ""
    year: str = ""
    old_start: str = ""
    restated: str = ""
    was: str = ""
    note: str = ""


@remembered
def distance(
    *,
    key: str,
    title: str,
    description: str,
    start: Decimal | None,
    today: Decimal | None,
    target: Decimal,
    old_start: Decimal | None = None,
    higher_is_better: bool = True,
    scale: Decimal = Decimal(100),
    met: bool = False,
    labels: DistanceLabels,
) -> Chart:
    """One bar from 0 to `scale`, all values in the indicator's unit.

    Without `today` the stretch from start to target is hatched widely, as what nobody reported; without `start` as
    well, the whole bar is hatched closely, as what is withheld. With `met` the labels change sides.
    """
    whole = max(scale, target, start or 0, today or 0, old_start or 0, Decimal("0.01"))
    at = {
        name: float(max(value, Decimal(0)) / whole * 100)
        for name, value in (("start", start), ("today", today), ("target", target), ("old", old_start))
        if value is not None
    }
    board = Board(left=2, right=MARGIN, top=-2 - ROW, bottom=HEIGHT, widths=WIDTHS)
    ticks: list[tuple[str, float, float]] = []
    if start is not None or today is not None:
        ticks.append(("tgt", at["target"], 16))
        _top_row(board, at, labels, beyond=higher_is_better != met)
    if labels.note and today is None:
        board.offer(Label(parts=words(labels.note), x=0, y=16), Label(parts=words(labels.note), x=0, y=16 - ROW))
    if start is not None:
        ticks.append(("tick", at["start"], BAR))
        if _bottom_row(board, at, labels):
            ticks.append(("tick old", at["old"], 46))
    down = ROW if any(label.y < 0 for label in board.labels) else 0.0
    return Chart(
        key=key,
        title=title,
        description=description,
        look="c c-rule",
        height=em(HEIGHT + down),
        bands=tuple(
            Band(look=look, x=percent(a), y=em(BAR + down), width=percent(b - a), height=em(THICK))
            for look, a, b in _pieces(at, up=higher_is_better)
        ),
        rules=tuple(
            Rule(look=look, x1=percent(x), x2=percent(x), y1=em(top + down), y2=em(59 + down)) for look, x, top in ticks
        ),
        dots=tuple(Dot(look="ring", cx=percent(x), cy=em(11 + down), r="5") for look, x, _ in ticks if look == "tgt"),
        texts=tuple(replace(label, y=label.y + down).text() for label in board.labels),
    )


def _pieces(at: dict[str, float], *, up: bool) -> list[tuple[str, float, float]]:
    """The pieces of the bar: look, from, to, in percent; empty ones are left out."""
    target, start, today = at["target"], at.get("start"), at.get("today")
    pieces = [("trk", 0.0, 100.0)]
    if today is not None and up:
        ground = 0.0 if start is None else min(start, today)
        pieces += [("gnd", 0.0, ground), ("rep", ground, today), ("mish", today, target)]
    elif today is not None:
        end = today if start is None else max(start, today)
        pieces += [("gnd", 0.0, min(target, today)), ("mish", target, today), ("rep", today, end)]
    elif start is not None:
        pieces += [("gnd", 0.0, min(start, target)), ("silent", min(start, target), max(start, target))]
    else:
        pieces.append(("voidh", 0.0, 100.0))
    return [piece for piece in pieces if piece[2] > piece[1]]


def _top_row(board: Board, at: dict[str, float], labels: DistanceLabels, *, beyond: bool) -> None:
    """The target, and the figure of today on its other side; above it where the two have no room side by side.

    `beyond`: the target's label stands on the right of its line, and today's figure ends at its bar.
    """
    name, target = words(labels.target, "tl"), at["target"]
    after, before = (
        Label(parts=name, x=target, y=16, dx=11),
        Label(parts=name, x=target, y=16, dx=-11, anchor="end"),
    )
    targets = (after, before) if beyond else (before, after)
    if "today" not in at:
        board.put(*targets)
        return
    ring = Block(target, target, 4, 18, -7, 7)
    for figure, label in product(_figures(labels, at["today"], ends=beyond), targets):
        if _side_by_side(board, figure, label, ring):
            board.labels += [figure, label]
            return
    board.put(*targets)
    ends = at["today"] >= 50
    board.labels.append(
        Label(parts=_figure(labels, ends=ends), x=at["today"], y=17 - ROW, anchor="end" if ends else "start")
    )


def _side_by_side(board: Board, figure: Label, label: Label, ring: Block) -> bool:
    """Whether both are free of each other, of the edges and of the target's ring, at every width."""
    clash = any(
        figure.box(width).meets(label.box(width), 6) or figure.box(width).meets(ring.box(width)) for width in WIDTHS
    )
    return not clash and not board.faults(figure) and not board.faults(label)


def _figure(labels: DistanceLabels, *, ends: bool) -> tuple[Part, ...]:
    """Today's figure with its year; the figure stands next to the end of its bar, the year on the other side."""
    value = Part(text=labels.today, look="now")
    if not labels.year:
        return (value,)
    return (
        (Part(text=f"{labels.year} ", look="yr"), value) if ends else (value, Part(text=f" {labels.year}", look="yr"))
    )


def _figures(labels: DistanceLabels, today: float, *, ends: bool) -> list[Label]:
    """Places of today's figure, best first: at the end of its bar, or moved in by what the edge asks for."""
    found = []
    for parts in (_figure(labels, ends=ends), words(labels.today, "now")):
        place = Label(parts=parts, x=today, y=21, anchor="end" if ends else "start")
        box = place.box(NARROWEST)
        inward = -box.left if ends else NARROWEST + MARGIN - box.right
        found += [replace(place, dx=dx) for dx in ((0.0, -9.0) if ends else (0.0, 11.0))]
        if (inward > 0) is ends:
            found.append(replace(place, dx=inward))
    return found


def _bottom_row(board: Board, at: dict[str, float], labels: DistanceLabels) -> bool:
    """The start, and what it was before; says whether the old start has a place of its own."""
    start, old = at["start"], at.get("old", at["start"])
    if old == start or not labels.old_start:
        board.put(*_around(words(labels.start), start))
        return False
    forward = old < start
    before = Label(parts=words(labels.old_start, "old"), x=old, y=73, dx=4 if forward else -4)
    after = Label(parts=words(labels.restated), x=start, y=73, dx=-9 if forward else 9)
    before, after = (replace(before, anchor="end"), after) if forward else (before, replace(after, anchor="end"))
    apart = not any(before.box(width).meets(after.box(width), 6) for width in WIDTHS)
    if abs(old - start) >= NEAR and apart and not board.faults(before) and not board.faults(after):
        board.labels += [before, after]
        return True
    was = (Part(text=f"{labels.was or labels.restated} ", look="lab"), Part(text=labels.old_start, look="old"))
    board.put(*_around(was, start))
    return False


def _around(parts: tuple[Part, ...], x: float) -> tuple[Label, ...]:
    """Centred under its tick, else moved in from the edge by what the narrowest screen asks for."""
    middle = Label(parts=parts, x=x, y=73, anchor="middle")
    box = middle.box(NARROWEST)
    inward = max(0.0, -box.left) - max(0.0, box.right - NARROWEST - MARGIN)
    return middle, replace(middle, x=x, dx=-9 if x else 0, anchor="start"), replace(middle, dx=inward)
