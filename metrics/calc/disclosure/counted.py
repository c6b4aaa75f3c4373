"""The counts of a district or program and year, release by release: which there are, and how they hang together.

All releases of the table stand side by side. A count that was not corrected between two of them is one and the same
unknown, a corrected one is another. Within a release the groups of a breakdown add up to all students, those of no
reported group included, and whoever came to a stage was there.
"""

from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import product
from math import inf

from .reader import Contradiction, Guarded, Line, Terms, exactly
from .rule import is_few, may_count, may_show

#: The group of those who are in no reported one.
REST = object()
SIZE = "size"
#: What is counted (a stage, or SIZE), in which breakdown, of which group.
Key = tuple[Hashable, Hashable | None, Hashable]
#: The unknown of a key: the school (None: the whole), the key, and how often it had been corrected.
Count = tuple[Hashable | None, Hashable, Hashable | None, Hashable, int]


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
    school          one of those the place consists of; None: the place itself
    is_printed      a state agency prints it: it is known whatever is decided here
    """

    stage: int
    breakdown: Hashable | None
    group: Hashable
    part: int | None = None
    whole: int | None = None
    is_population: bool = False
    is_empty: bool = False
    school: Hashable | None = None
    is_printed: bool = False

    @property
    def key(self) -> Hashable:
        return self.school, self.stage, self.breakdown, self.group

    @property
    def is_known(self) -> bool:
        return not self.is_empty and self.whole is not None and (self.is_population or self.part is not None)


#: One release of a table: each figure with what was shown of it.
Release = Sequence[tuple[Entry, Decision]]


def side_by_side(releases: Sequence[Release], within: Collection[tuple[int, int]]) -> list["Side"]:
    """The releases as tables; a group that one says nothing of any more is still there, as it was told last."""
    schools = dict.fromkeys(entry.school for release in releases for entry, _decision in release)
    sides: list[Side] = []
    for release in releases:
        before = sides[-1] if sides else {}
        sides.append({school: Reported(release, within, school, before.get(school)) for school in schools})
    return sides


def between_schools(side: "Side") -> Iterator[tuple[Terms, int]]:
    """What a place counts less what its schools do, and how many that are; some may be in none of them."""
    schools = [table for school, table in side.items() if school is not None]
    for key, number in side[None].numbers.items() if None in side else ():
        those = [table for table in schools if key in table.numbers]
        left = number - sum(table.numbers[key] for table in those)
        if those and left >= 0 and key[2] is not REST:
            terms: dict[Hashable, float] = {table.count(*key): -1.0 for table in those}
            yield {side[None].count(*key): 1.0, **terms}, left


class Reported:
    """What one release says of the place or of one school: which counts there are, and how they add up.

    numbers   each count as it is
    runs      how often it had been corrected by then: between two corrections it is one and the same unknown
    told      what this release and those before it showed, each figure as it was told last
    printed   those that a state agency prints: how they move is not ours to keep
    """

    def __init__(
        self,
        release: Release,
        within: Collection[tuple[int, int]],
        school: Hashable | None = None,
        before: "Reported | None" = None,
    ) -> None:
        self.within, self.school = within, school
        release = [(entry, decision) for entry, decision in release if entry.school == school]
        self.numbers: dict[Key, int] = {}
        for entry, _decision in release:
            if entry.is_known:
                self._take((SIZE, entry.breakdown, entry.group), entry.whole or 0)
                if not entry.is_population:
                    self._take((entry.stage, entry.breakdown, entry.group), entry.part or 0)
        self.printed: set[Key] = {
            (what, entry.breakdown, entry.group)
            for entry, _decision in release
            if entry.is_printed
            for what in (SIZE, entry.stage)
        }
        if before:
            self._add_those_told(before.told)
        self._add_rests()
        self.runs: dict[Key, int] = dict(before.runs) if before else {}
        self.known: dict[Key, int] = dict(before.known) if before else {}
        for key, number in self.numbers.items():
            self.runs[key] = self.runs.get(key, 0) + (self.known.get(key, number) != number)
        self.known |= self.numbers
        self.shown = frozenset(self._shown_in(release))
        self.told: dict[Key, int] = (before.told if before else {}) | {
            (what, breakdown, group): self.numbers[what, breakdown, group]
            for _school, what, breakdown, group, _run in self.shown
        }

    def _shown_in(self, release: Release) -> Iterator[Count]:
        """The counts it shows, exactly or as a share: they passed, and withholding them later hides nothing."""
        for entry, decision in release:
            if entry.is_known:
                part, size = self.counts(entry)
                if decision is Decision.WHOLE:
                    yield size
                if decision is Decision.WHOLE or (decision is Decision.WITHOUT_COUNTS and not entry.is_population):
                    yield part

    def counts(self, entry: Entry) -> tuple[Count, Count]:
        """The unknowns of a figure: those at its stage (of a population: the population), and how many there are."""
        size = self.count(SIZE, entry.breakdown, entry.group)
        return size if entry.is_population else self.count(entry.stage, entry.breakdown, entry.group), size

    def _take(self, key: Key, number: int) -> None:
        if self.numbers.setdefault(key, number) != number:
            raise Contradiction(key)

    def _add_those_told(self, told: Mapping[Key, int]) -> None:
        """Groups that an earlier release showed, as long as they still fit beside those that are reported now."""
        for breakdown in {breakdown for _what, breakdown, _group in told} - {None}:
            reported = {group for _what, b, group in self.numbers if b == breakdown}
            gone = {key: n for key, n in told.items() if key[1] == breakdown and key[2] not in reported}
            if gone and reported and all(self._fit(what, breakdown, gone) for what in {key[0] for key in gone}):
                self.numbers |= gone

    def _fit(self, what: Hashable, breakdown: Hashable, gone: Mapping[Key, int]) -> bool:
        whole = sum(number for (w, b, _g), number in self.numbers.items() if (w, b) == (what, None))
        parts = sum(self.groups(what, breakdown).values()) + sum(n for key, n in gone.items() if key[0] == what)
        return parts <= whole

    def _add_rests(self) -> None:
        """Those of all students who are in no group of a breakdown, where every group says how many it has."""
        for breakdown in {breakdown for _what, breakdown, _group in self.numbers} - {None}:
            sizes = self.groups(SIZE, breakdown)
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
        return self.school, what, breakdown, group, self.runs[what, breakdown, group]

    @property
    def truth(self) -> dict[Count, float]:
        return {self.count(*key): float(number) for key, number in self.numbers.items()}

    def lines(self) -> Iterator[Line]:
        for what, breakdown, group in self.numbers:
            count = self.count(what, breakdown, group)
            if what == SIZE:
                yield Line(0.0, inf, {count: 1.0})
            elif (SIZE, breakdown, group) in self.numbers:
                yield Line(0.0, inf, {self.count(SIZE, breakdown, group): 1.0, count: -1.0})
        for (inner, outer), (breakdown, group) in product(self.within, {(b, g) for _w, b, g in self.numbers}):
            if {(inner, breakdown, group), (outer, breakdown, group)} <= self.numbers.keys():
                yield Line(0.0, inf, self._between(inner, outer, breakdown, group))
        yield from self._sums()
        yield from self._partitions()

    def _partitions(self) -> Iterator[Line]:
        """Stages that share all students out between them (came and stayed away), if they do so in every group."""
        stages = {what for what, breakdown, _group in self.numbers if breakdown is None} - {SIZE}
        found = list[Line]()
        for breakdown, group in {(b, g) for _w, b, g in self.numbers if g is not REST}:
            keys = [(stage, breakdown, group) for stage in stages]
            size = SIZE, breakdown, group
            if len(stages) < 2 or not self.numbers.keys() >= {size, *keys}:
                continue
            if sum(self.numbers[key] for key in keys) != self.numbers[size]:
                return
            terms: dict[Hashable, float] = {self.count(*key): -1.0 for key in keys}
            found.append(exactly({self.count(*size): 1.0, **terms}, 0.0))
        yield from found

    def _sums(self) -> Iterator[Line]:
        for what, whole_breakdown, everybody in list(self.numbers):
            if whole_breakdown is not None:
                continue
            for breakdown in {b for w, b, _g in self.numbers if w == what} - {None}:
                parts = [group for w, b, group in self.numbers if (w, b) == (what, breakdown)]
                terms: dict[Hashable, float] = {self.count(what, None, everybody): 1.0}
                terms |= {self.count(what, breakdown, group): -1.0 for group in parts}
                is_whole = len(self.groups(what, breakdown)) == len(self.groups(SIZE, breakdown))
                yield Line(0.0, 0.0 if is_whole else inf, terms)

    def _between(self, inner: int, outer: int, breakdown: Hashable, group: Hashable) -> Terms:
        return {self.count(outer, breakdown, group): 1.0, self.count(inner, breakdown, group): -1.0}

    def guards(self) -> Iterator[Guarded]:
        """Students in no group where they are too few to show, and the few who lie between two stages."""
        for what, breakdown, group in self.numbers:
            size = self.numbers.get((SIZE, breakdown, group))
            if group is REST and what == SIZE and not may_count(size or 0):
                yield guard(self.count(what, breakdown, group))
            elif group is REST and what != SIZE and size and not may_show(self.numbers[what, breakdown, group], size):
                yield from both_sides(self.count(what, breakdown, group), self.count(SIZE, breakdown, group))
        for (inner, outer), (breakdown, group) in product(self.within, {(b, g) for _w, b, g in self.numbers}):
            if {(inner, breakdown, group), (outer, breakdown, group)} <= self.numbers.keys():
                between = self.numbers[outer, breakdown, group] - self.numbers[inner, breakdown, group]
                if is_few(between):
                    yield Guarded(self._between(inner, outer, breakdown, group))


#: One release: the place itself, and each of its schools.
Side = Mapping[Hashable | None, Reported]


def moved(now: Reported, before: Iterable[Reported]) -> Iterator[Guarded]:
    """The few by whom a count, or those short of it, differ from an earlier release."""
    for then in before:
        for key in (now.numbers.keys() & then.numbers.keys()) - now.printed:
            new, old = now.count(*key), then.count(*key)
            if is_few(now.numbers[key] - then.numbers[key]):
                yield Guarded({new: 1.0, old: -1.0})
            size = (SIZE, *key[1:])
            if key[0] == SIZE or size not in now.numbers or size not in then.numbers:
                continue
            short = now.numbers[size] - now.numbers[key] - then.numbers[size] + then.numbers[key]
            if is_few(short):
                terms: dict[Hashable, float] = {now.count(*size): 1.0, new: -1.0}
                for count, factor in ((then.count(*size), -1.0), (old, 1.0)):
                    terms[count] = terms.get(count, 0.0) + factor
                yield Guarded(terms)


def guard(count: Hashable) -> Guarded:
    return Guarded({count: 1.0})


def both_sides(part: Hashable, whole: Hashable) -> tuple[Guarded, Guarded]:
    """Those counted and those left over."""
    return guard(part), Guarded({whole: 1.0, part: -1.0})
