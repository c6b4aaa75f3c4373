"""The figures of one place and year as a table: how many students there were, and how many came to each stage.

All releases of the table stand side by side. A count that is the same in two releases is one and the same unknown; a
corrected one is another. Within a release the groups of a breakdown add up to all students, those of no reported
group included, and whoever came to a stage was there.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product

from ..rates import percent, published
from .protection import Figure, Form, Protected, Table, protect
from .reader import Count, Guarded, Line, Solver, Terms, exactly
from .rule import COUNTS_FROM, MOST_IN_A_SMALL_GROUP, is_few, may_count, may_show, scale

#: The group of those who are in no reported one.
REST = object()
_SIZE = "size"
_WITHOUT_END = float("inf")


class Decision(Enum):
    """What the public may see of a figure."""

    WITHHELD = "withheld"
    WITHOUT_COUNTS = "without counts"  # the share; of a population, that it is below COUNTS_FROM
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure: in `group` of `breakdown` (None: all students) `part` of `whole` students came to `stage`.

    What the source withheld, or what has no counts to judge it by, lacks them here.

    is_population   it says how many students there were, in `whole`
    is_empty        nobody is counted (“N/A”, not available yet)
    """

    stage: int
    breakdown: Hashable | None
    group: Hashable
    part: int | None = None
    whole: int | None = None
    is_population: bool = False
    is_empty: bool = False

    @property
    def key(self) -> Hashable:
        return self.stage, self.breakdown, self.group

    @property
    def is_known(self) -> bool:
        return not self.is_empty and self.whole is not None and (self.is_population or self.part is not None)


#: One release of a table: each figure with what was shown of it.
Release = Sequence[tuple[Entry, Decision]]


@dataclass(frozen=True, slots=True)
class Decided:
    """What may be shown of each entry, in their order, and what nothing can protect any more."""

    decisions: tuple[Decision, ...]
    protected: Protected


def decide(
    entries: Sequence[Entry],
    *,
    solver: Solver,
    earlier: Sequence[Release] = (),
    within: Collection[tuple[int, int]] = (),
) -> Decided:
    """What may be shown of the figures of one place and year beside what was ever shown of them.

    earlier   every release of the table so far, oldest first
    within    pairs of stages: whoever came to the first had come to the second
    """
    now = _Reported(entries, within)
    before = [(_Reported([entry for entry, _shown in release], within), release) for release in earlier]
    shown = frozenset(count for _table, release in before for count in _shown(release))
    figures = tuple(_figure(entry, shown) for entry in entries if entry.is_known)
    told = [_form(entry, decision, shown) for _t, release in before for entry, decision in release if entry.is_known]
    guards = [guard for form in told for guard in form.guards]
    tables = [now, *(table for table, _release in before)]
    table = Table(
        figures,
        truth={count: number for one in tables for count, number in one.truth.items()},
        lines=(*(line for one in tables for line in one.lines()), *(line for form in told for line in form.tells)),
        guards=(
            *guards,
            *(guard for one in tables for guard in one.guards()),
            *_moved(now, [one for one, _ in before]),
        ),
    )
    start = {entry.key: shown for entry, shown in earlier[-1]} if earlier else {}
    protected = protect(table, solver, start)
    return Decided(tuple(_decision(entry, protected) for entry in entries), protected)


def _decision(entry: Entry, protected: Protected) -> Decision:
    if entry.is_empty:
        return Decision.WHOLE  # nobody is counted there, and a mark says so
    name = protected.forms.get(entry.key, Decision.WITHHELD)
    return name if isinstance(name, Decision) else Decision.WITHHELD


class _Reported:
    """One release of the table with its counts: which they are, what they are, and how they add up."""

    def __init__(self, entries: Iterable[Entry], within: Collection[tuple[int, int]]) -> None:
        self.within = within
        self.numbers: dict[tuple[Hashable, Hashable | None, Hashable], int] = {}
        for entry in entries:
            if entry.is_known:
                self.numbers[_SIZE, entry.breakdown, entry.group] = entry.whole or 0
                if not entry.is_population:
                    self.numbers[entry.stage, entry.breakdown, entry.group] = entry.part or 0
        self._add_rests()

    def _add_rests(self) -> None:
        """Those of all students who are in no group of a breakdown, where every group says how many it has."""
        for breakdown in {breakdown for _what, breakdown, _group in self.numbers} - {None}:
            sizes = self.groups(_SIZE, breakdown)
            for what, whole in [(w, n) for (w, b, _g), n in self.numbers.items() if b is None]:
                parts = self.groups(what, breakdown)
                if len(parts) == len(sizes):  # a group that lacks the stage may hold any of the rest
                    left = whole - sum(parts.values())
                    if left > 0:
                        self.numbers[what, breakdown, REST] = left

    def groups(self, what: Hashable, breakdown: Hashable) -> dict[Hashable, int]:
        return {
            group: number
            for (w, b, group), number in self.numbers.items()
            if w == what and b == breakdown and group is not REST
        }

    def count(self, what: Hashable, breakdown: Hashable | None, group: Hashable) -> Count:
        """The unknown: the same number of the same students is the same unknown in every release."""
        return what, breakdown, group, self.numbers[what, breakdown, group]

    @property
    def truth(self) -> dict[Count, float]:
        return {self.count(*key): float(number) for key, number in self.numbers.items()}

    def lines(self) -> Iterator[Line]:
        for what, breakdown, group in self.numbers:
            count = self.count(what, breakdown, group)
            if what == _SIZE:
                yield Line(0.0, _WITHOUT_END, {count: 1.0})
            elif (_SIZE, breakdown, group) in self.numbers:
                yield Line(0.0, _WITHOUT_END, {self.count(_SIZE, breakdown, group): 1.0, count: -1.0})
        for (inner, outer), (breakdown, group) in product(self.within, {(b, g) for _w, b, g in self.numbers}):
            if {(inner, breakdown, group), (outer, breakdown, group)} <= self.numbers.keys():
                yield Line(0.0, _WITHOUT_END, self._between(inner, outer, breakdown, group))
        yield from self._sums()

    def _sums(self) -> Iterator[Line]:
        for what, whole_breakdown, everybody in list(self.numbers):
            if whole_breakdown is not None:
                continue
            for breakdown in {b for w, b, _g in self.numbers if w == what} - {None}:
                parts = [group for w, b, group in self.numbers if (w, b) == (what, breakdown)]
                terms = {self.count(what, None, everybody): 1.0}
                terms |= {self.count(what, breakdown, group): -1.0 for group in parts}
                is_whole = len(self.groups(what, breakdown)) == len(self.groups(_SIZE, breakdown))
                yield Line(0.0, 0.0 if is_whole else _WITHOUT_END, terms)

    def _between(self, inner: int, outer: int, breakdown: Hashable, group: Hashable) -> Terms:
        return {self.count(outer, breakdown, group): 1.0, self.count(inner, breakdown, group): -1.0}

    def guards(self) -> Iterator[Guarded]:
        """Students in no group where they are too few to show, and the few who came to one stage and not to the next."""
        for what, breakdown, group in self.numbers:
            size = self.numbers.get((_SIZE, breakdown, group))
            if group is REST and what == _SIZE and not may_count(size or 0):
                yield _guard(self.count(what, breakdown, group))
            elif group is REST and what != _SIZE and size and not may_show(self.numbers[what, breakdown, group], size):
                yield from _both_sides(self.count(what, breakdown, group), self.count(_SIZE, breakdown, group))
        for (inner, outer), (breakdown, group) in product(self.within, {(b, g) for _w, b, g in self.numbers}):
            if {(inner, breakdown, group), (outer, breakdown, group)} <= self.numbers.keys():
                between = self.numbers[outer, breakdown, group] - self.numbers[inner, breakdown, group]
                if is_few(between):
                    terms = self._between(inner, outer, breakdown, group)
                    yield Guarded(("between", inner, outer, breakdown, group), terms)


def _moved(now: _Reported, before: Iterable[_Reported]) -> Iterator[Guarded]:
    """The few by whom a count, or those short of it, differ from an earlier release."""
    for then in before:
        for key in now.numbers.keys() & then.numbers.keys():
            new, old = now.count(*key), then.count(*key)
            if is_few(now.numbers[key] - then.numbers[key]):
                yield Guarded(("moved", new, old), {new: 1.0, old: -1.0})
            size = (_SIZE, *key[1:])
            if key[0] == _SIZE or size not in now.numbers or size not in then.numbers:
                continue
            short = now.numbers[size] - now.numbers[key] - then.numbers[size] + then.numbers[key]
            if is_few(short):
                terms = {now.count(*size): 1.0, new: -1.0}
                for count, factor in ((then.count(*size), -1.0), (old, 1.0)):
                    terms[count] = terms.get(count, 0.0) + factor
                yield Guarded(("moved short of", new, old), terms)


def _guard(count: Count) -> Guarded:
    return Guarded(count, {count: 1.0})


def _both_sides(part: Count, whole: Count) -> tuple[Guarded, Guarded]:
    """Those counted and those left over."""
    return _guard(part), Guarded(("short of", part), {whole: 1.0, part: -1.0})


def _counts(entry: Entry) -> tuple[Count, Count]:
    """The unknowns of an entry: those at its stage (of a population: the population), and how many there are."""
    size = (_SIZE, entry.breakdown, entry.group, entry.whole)
    return size if entry.is_population else (entry.stage, entry.breakdown, entry.group, entry.part), size


def _shown(release: Release) -> Iterator[Count]:
    """The counts that a release showed, exactly or as a share: they passed, and withholding them later hides nothing."""
    for entry, decision in release:
        part, size = _counts(entry)
        if decision is Decision.WHOLE:
            yield size
        if decision is Decision.WHOLE or (decision is Decision.WITHOUT_COUNTS and not entry.is_population):
            yield part


def _form(entry: Entry, decision: Decision, shown: Collection[Count]) -> Form:
    part, size = _counts(entry)
    whole = float(entry.whole or 0)
    if decision is Decision.WITHHELD:
        guards = (_guard(size),) if entry.is_population else _both_sides(part, size)
        return Form(decision, guards=() if part in shown else guards)
    if decision is Decision.WHOLE:
        lines = [exactly({size: 1.0}, whole)]
        return Form(decision, tells=tuple(lines if entry.is_population else [*lines, _exact_part(entry, part)]))
    band = Line(MOST_IN_A_SMALL_GROUP + 1.0, COUNTS_FROM - 1.0, {size: 1.0})
    if entry.is_population:
        return Form(decision, tells=(band,), guards=() if size in shown else (_guard(size),))
    return Form(decision, tells=(band, *_rounded(entry, part, size)))


def _exact_part(entry: Entry, part: Count) -> Line:
    return exactly({part: 1.0}, float(entry.part or 0))


def _rounded(entry: Entry, part: Count, size: Count) -> tuple[Line, Line]:
    """What a printed share says of both counts: it came of this one, and half a unit of its last place more or less."""
    if entry.part is None or not entry.whole:
        raise ValueError("a share needs both of its counts")
    decimals = scale(entry.whole).decimals
    value = float(published(percent(entry.part, entry.whole), decimals)) / 100
    half = 0.5 * 10.0**-decimals / 100
    return (
        Line(0.0, _WITHOUT_END, {part: 1.0, size: half - value}),
        Line(0.0, _WITHOUT_END, {part: -1.0, size: half + value}),
    )


def _figure(entry: Entry, shown: Collection[Count]) -> Figure:
    """The figure with the forms it may have by itself: all students weigh more than a group, a population more too."""
    weight = (4.0 if entry.breakdown is None else 1.0) * (2.0 if entry.is_population else 1.0)
    forms = tuple(_form(entry, decision, shown) for decision in (*_open(entry), Decision.WITHHELD))
    return Figure(entry.key, forms[:1] if entry.whole == 0 else forms, weight)


def _open(entry: Entry) -> tuple[Decision, ...]:
    """How the figure may be shown if nothing stood beside it."""
    whole, part = entry.whole or 0, entry.part or 0
    if whole == 0 and part == 0:
        return (Decision.WHOLE,)
    if not (may_count(whole) if entry.is_population else may_show(part, whole)):
        return ()
    return (Decision.WHOLE,) if whole >= COUNTS_FROM else (Decision.WITHOUT_COUNTS,)
