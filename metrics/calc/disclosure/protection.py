"""Which figures of a table may be shown, so that none that is withheld can be worked out from those that are.

Figures that may not be shown by themselves are withheld first. Then a reader is asked (`reader`), again and again: as
long as a guarded count can be narrowed too far, the table nearest to what is shown is looked for in which that count
is another by enough, and the figures in which the two differ are withheld as well (the heuristic of Kelly, Golden and
Assad, 1992, with the reader's own lines instead of sums alone). In the end figures that turn out not to be needed are
shown again.
"""

from collections.abc import Hashable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from math import inf

from .reader import EXACT, Count, Guarded, Line, Narrowed, Point, Solver, narrowed, total
from .rule import WIDTH

#: Distances by which a count has to be able to move from its true number to be wide enough: the likely ones, the rest.
_WAYS = ((WIDTH,), (-WIDTH,), (WIDTH // 2, WIDTH // 2 - WIDTH))
_OTHER_WAYS = tuple((up, up - WIDTH) for up in range(1, WIDTH) if up != WIDTH // 2)


@dataclass(frozen=True, slots=True)
class Form:
    """One manner of showing a figure: what it tells a reader, and what it leaves to be guarded."""

    name: Hashable
    tells: tuple[Line, ...] = ()
    guards: tuple[Guarded, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its forms, the most telling first; what the last one tells can be told by all means.

    weight    what it costs to take a step down, beside others
    """

    key: Hashable
    forms: tuple[Form, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Table:
    """Figures that are judged together.

    truth     every count as it is
    lines     what a reader knows whatever is shown: how counts add up, and what was told before
    guards    what has to stay hidden whatever is shown: what was withheld before, the few who are in no group
    """

    figures: tuple[Figure, ...]
    truth: Mapping[Count, float]
    lines: tuple[Line, ...] = ()
    guards: tuple[Guarded, ...] = ()


@dataclass(frozen=True, slots=True)
class Protected:
    """The form of every figure by its key, and what nothing could protect: earlier releases tell it already."""

    forms: Mapping[Hashable, Hashable]
    told: tuple[Narrowed, ...]


def protect(table: Table, solver: Solver, start: Mapping[Hashable, Hashable] | None = None) -> Protected:
    """Chooses a form for every figure. `start` are forms by key, of the last release, to be kept where they do.

    Raises reader.Contradiction when the table is none: its sums do not add up.
    """
    return _Choice(table, solver, start or {}).made()


class _Choice:
    """One run: the form of each figure so far, and the tables found on the way that a reader cannot rule out."""

    def __init__(self, table: Table, solver: Solver, start: Mapping[Hashable, Hashable]) -> None:
        self.table, self.solver = table, solver
        self.figures = {figure.key: figure for figure in table.figures}
        self.at = {key: _place(figure, start.get(key)) for key, figure in self.figures.items()}
        self.points: list[Point] = [table.truth]
        self.told: set[Guarded] = set()

    def made(self) -> Protected:
        while weak := next(self._weak(), None):
            if not any(self._widen(weak.guarded, ways) for ways in (_WAYS, _OTHER_WAYS)):
                self.told.add(weak.guarded)
        self._show_again()
        names = {key: self._form(key).name for key in self.at}
        return Protected(names, tuple(narrowed(self.solver, self._lines(), self.told, self.points)))

    def _form(self, key: Hashable) -> Form:
        return self.figures[key].forms[self.at[key]]

    def _is_last(self, key: Hashable) -> bool:
        return self.at[key] == len(self.figures[key].forms) - 1

    def _lines(self) -> list[Line]:
        return [*self.table.lines, *(line for key in self.at for line in self._form(key).tells)]

    def _weak(self) -> Iterator[Narrowed]:
        wanted = dict.fromkeys(self.table.guards)
        for key in self.at:
            wanted |= dict.fromkeys(self._form(key).guards)
        left = (one for one in wanted if one not in self.told)
        return narrowed(self.solver, self._lines(), left, self.points)

    def _widen(self, guarded: Guarded, distances: Iterable[tuple[int, ...]]) -> bool:
        """Takes figures down so that `guarded` can be another; False where nothing that is shown now would help."""
        ways = [way for some in distances if (way := self._way(guarded, *some))]
        _cost, keys, points = min(ways, key=lambda way: way[0], default=(0.0, set[Hashable](), list[Point]()))
        for key in keys:
            self.at[key] += 1
        lines = self._lines()
        self.points += [point for point in points if _all_hold(lines, point)]
        return bool(keys)

    def _way(self, guarded: Guarded, *distances: int) -> tuple[float, set[Hashable], list[Point]] | None:
        """What it costs to move the sum by each of these, the figures that stand in the way, and the tables found."""
        found = [self._nearest(guarded, distance) for distance in distances]
        ways = [way for way in found if way]
        if len(ways) < len(found):
            return None
        return sum(way[0] for way in ways), set().union(*(way[1] for way in ways)), [way[2] for way in ways]

    def _nearest(self, guarded: Guarded, distance: int) -> tuple[float, set[Hashable], Point] | None:
        """The nearest table in which the sum is another by `distance`; None where no withholding makes room for it."""
        wanted = total(guarded.terms, self.table.truth) + distance
        moved = Line(wanted, inf, guarded.terms) if distance > 0 else Line(-inf, wanted, guarded.terms)
        lines, cost, slack = [*self.table.lines, moved], dict[Count, float](), dict[Count, Hashable]()
        for key in self.at:
            if self._is_last(key):
                lines += self._form(key).tells
                continue
            for number, line in enumerate(self._form(key).tells):
                below, above = ("below", key, number), ("above", key, number)
                lines.append(Line(line.low, line.high, {**line.terms, below: 1.0, above: -1.0}))
                for count in (below, above):
                    cost[count], slack[count] = self.figures[key].weight, key
        point = self.solver(lines).minimise(cost)
        if point is None:
            return None
        price = sum(factor * point[count] for count, factor in cost.items())
        return price, {key for count, key in slack.items() if point[count] > EXACT}, point

    def _show_again(self) -> None:
        """Takes back every step that was not needed, the dearest figures first."""
        for key in sorted(self.at, key=lambda key: -self.figures[key].weight):
            while self.at[key] > 0 and self._stepped_up(key):
                pass

    def _stepped_up(self, key: Hashable) -> bool:
        """One step up, and one for each figure that was withheld for nothing but this one's sake; or none at all."""
        at, points, up = dict(self.at), self.points, [key]
        while up:
            self.at[up[0]] -= 1
            tells = self._form(up[0]).tells
            self.points = [point for point in self.points if _all_hold(tells, point)]
            weak = next(self._weak(), None)
            if weak is None:
                return True
            up = [other for other in self.at if self.at[other] > 0 and weak.guarded in self._form(other).guards]
        self.at, self.points = at, points
        return False


def _place(figure: Figure, name: Hashable) -> int:
    """The form of this name, or the most telling one."""
    names = [form.name for form in figure.forms]
    return names.index(name) if name in names else 0


def _all_hold(lines: Iterable[Line], point: Point) -> bool:
    return all(line.holds(point) for line in lines)
