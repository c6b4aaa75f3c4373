"""Where a label can stand: the room it takes, what is in its way, and the first of its places that is free.

A chart stretches while its text does not, so a place is good only if it is free at every width that the
plot can have. Widths of text are estimates on the safe side, from the advance widths of Public Sans.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from .marks import Part, Text, em, percent

#: Size in px (at 16 px a rem) and whether bold, by look; static/css/charts.css holds the same sizes.
LOOKS = {
    "lab": (13.0, False),
    "tl": (13.0, True),
    "b": (13.0, True),
    "old": (13.0, False),
    "ax": (12.0, False),
    "yr": (13.0, False),
    "now": (19.0, True),
    "nl": (17.0, True),
    "cl": (17.0, False),
    "gl": (14.0, True),
}
#: The narrowest plot (a screen of 320 px), and the least that a chart 30 rem wide leaves to its plot.
NARROW, WIDE = 160.0, 360.0
#: Where a label is shown: in every plot, in wide ones, or in narrow ones; also its class in the drawing.
ALWAYS, ONLY_WIDE, ONLY_NARROW = "", "w", "n"

#: Advance widths of the bold face in em; the regular one is a little narrower.
_WIDTHS = {
    0.30: " .,:;'’·|!ij()I",
    0.42: "1lftr-/J",
    0.54: "cvsz",
    0.60: "abdeghknopqu+−–xyL",
    0.64: "02",
    0.67: "3456789FETPYZ",
    0.74: "ABCDHKNOQRSUVXG",
    0.97: "mwMW%—",
}
_ADVANCE = {letter: width for width, letters in _WIDTHS.items() for letter in letters}


def width_of(parts: Iterable[Part]) -> float:
    """Room in px that a label takes on its line."""
    return sum(
        LOOKS[part.look][0] * (1.0 if LOOKS[part.look][1] else 0.965) * _ADVANCE.get(letter, 0.62)
        for part in parts
        for letter in part.text
    )


class Box(NamedTuple):
    """A rectangle in px at one width of the plot."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box", gap: float = 2.0) -> bool:
        return (
            self.left < other.right + gap
            and other.left < self.right + gap
            and self.top < other.bottom
            and other.top < self.bottom
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A label at a place: x in percent of the plot, dx and the baseline y in px."""

    parts: tuple[Part, ...]
    x: float
    y: float
    dx: float = 0
    anchor: str = "start"
    show: str = ALWAYS

    def box(self, width: float) -> Box:
        """The room it takes when the plot is `width` px wide."""
        room, size = width_of(self.parts), max(LOOKS[part.look][0] for part in self.parts)
        at = self.x * width / 100 + self.dx
        left = at - {"start": 0.0, "middle": 0.5, "end": 1.0}[self.anchor] * room
        return Box(left, self.y - 0.76 * size, left + room, self.y + 0.22 * size)

    def shown(self, width: float) -> bool:
        return self.show == ALWAYS or (self.show == ONLY_WIDE) == (width >= WIDE)

    def text(self) -> Text:
        return Text(
            x=percent(self.x),
            y=em(self.y),
            dx=em(self.dx) if self.dx else "",
            anchor="" if self.anchor == "start" else self.anchor,
            parts=self.parts,
            show=self.show,
        )


def words(text: str, look: str = "lab") -> tuple[Part, ...]:
    """A label in one look."""
    return (Part(text=text, look=look),)


@dataclass(frozen=True, slots=True)
class Block:
    """Something drawn that a label must not cover: x in percent plus px, y in px."""

    x1: float
    x2: float
    y1: float
    y2: float
    left: float = 0
    right: float = 0
    weight: int = 1  # how bad it is to cover it

    def box(self, width: float) -> Box:
        return Box(self.x1 * width / 100 + self.left, self.y1, self.x2 * width / 100 + self.right, self.y2)


@dataclass(frozen=True, slots=True)
class Slope:
    """A line from one place to another: x in percent, y in px."""

    x1: float
    y1: float
    x2: float
    y2: float

    def crosses(self, box: Box, width: float, reach: float) -> bool:
        """Whether it comes within `reach` px of the box."""
        ax, bx = self.x1 * width / 100, self.x2 * width / 100
        left, right = box.left - reach, box.right + reach
        start, stop = 0.0, 1.0
        for origin, way, low, high in (
            (ax, bx - ax, left, right),
            (self.y1, self.y2 - self.y1, box.top - reach, box.bottom + reach),
        ):
            if way == 0:
                if not low <= origin <= high:
                    return False
                continue
            first, last = sorted(((low - origin) / way, (high - origin) / way))
            start, stop = max(start, first), min(stop, last)
        return start <= stop


#: How bad it is to cover other words, against 1 for a line or an edge.
TEXT = 10


@dataclass(slots=True)
class Board:
    """What stands on a chart so far. left, right: px of margin beside the plot; top, bottom: limits of y in px."""

    left: float
    right: float
    top: float
    bottom: float
    widths: tuple[float, ...] = (NARROW, 190.0, 250.0, 359.0, WIDE, 560.0, 1000.0)
    blocks: list[Block] = field(default_factory=list)
    slopes: list[Slope] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)

    def faults(self, label: Label, *, reach: float = 2.0) -> int:
        """In how many ways the place is bad: marks and labels in the way, edges crossed, at every width it is shown."""
        bad = 0
        for width in filter(label.shown, self.widths):
            box = label.box(width)
            bad += box.left < -self.left or box.right > width + self.right
            bad += box.top < self.top or box.bottom > self.bottom
            bad += sum(block.weight for block in self.blocks if box.meets(block.box(width), 0))
            bad += sum(slope.crosses(box, width, reach) for slope in self.slopes)
            bad += TEXT * sum(box.meets(other.box(width), 4) for other in self.labels if other.shown(width))
        return bad

    def put(self, *places: Label) -> Label:
        """Puts a label that must be there: at its first free place, else at the least bad one."""
        best = min(places, key=self.faults)  # min keeps the first of equals
        self.labels.append(best)
        return best

    def offer(self, *places: Label) -> Label | None:
        """Puts a label that may be left out: at its first free place, else where it is free on wide plots, else not."""
        wide = tuple(replace(place, show=ONLY_WIDE) for place in places if place.show == ALWAYS)
        for place in (*places, *wide):
            if not self.faults(place):
                self.labels.append(place)
                return place
        return None

    def texts(self) -> tuple[Text, ...]:
        return tuple(label.text() for label in self.labels)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a column of labels: where its first baseline wants to be, and its lines, 15 px apart."""

    wish: float
    lines: tuple[tuple[Part, ...], ...]
    show: str = ALWAYS

    @property
    def depth(self) -> float:
        """From its first baseline to the nearest one that the next entry may have, in px."""
        return APART + LEADING * (len(self.lines) - 1)


#: Least distance of two baselines in a column, and of the lines of one entry, in px.
APART, LEADING = 17.0, 15.0


def column(items: Sequence[Item], *, top: float, bottom: float) -> tuple[float, ...]:
    """First baselines of the entries, in the order given: as near to their wishes as the distances allow.

    Entries that collide are pushed apart by equal shares; the whole stays between `top` and `bottom`
    where that is possible, and the distances hold in any case.
    """
    offsets = [sum(item.depth for item in items[:index]) for index in range(len(items))]
    groups: list[tuple[float, int]] = []  # mean of (wish − offset), members
    for item, offset in zip(items, offsets, strict=True):
        mean, count = item.wish - offset, 1
        while groups and groups[-1][0] > mean:
            before, many = groups.pop()
            mean, count = (before * many + mean * count) / (many + count), many + count
        groups.append((mean, count))
    bases = [mean for mean, count in groups for _ in range(count)]
    room = bottom - (offsets[-1] + LEADING * (len(items[-1].lines) - 1)) if items else bottom
    return tuple(round(max(min(base, room), top) + offset, 2) for base, offset in zip(bases, offsets, strict=True))
