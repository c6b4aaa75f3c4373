"""The board's own disclosure rule, for figures that no state agency published: which of them the public may see.

The figures of one place and year are judged together: how many students there were (the population), and how many of
them came to each stage, for all students and for the groups of each breakdown.

A group passes when it has more than 20 students; an empty one has nobody to protect. A share passes when its group
does, when neither those counted nor those left are few (1–5), and when it stays off both ends of its scale: “25 of 25”
tells about each of them. Two stages can be divided by each other, so they pass together only when the smaller passes as
a share of the larger, too.

* All students: a stage that does not pass is withheld; a population that does not pass takes everything with it.
* A breakdown: a stage is withheld for every group as soon as it does not pass for one, is missing or withheld by the
  source for one, or is withheld for all students; a population that does not pass takes the whole breakdown with it.
  The students in no reported group are a group like any other, because anybody can subtract. Two stages are shown
  together only where the same one is the larger in every group.

Why nothing that is withheld can be worked out. Suppose a reader knows every count behind what is shown exactly (the
rounding of the shares is more safety than the argument needs). Adding and subtracting what is shown gives counts of a
group, of the rest, or of those of one stage who are not in another, and all of these have passed. What is withheld is
withheld for all groups of a breakdown at once, the rest included, so no sum has one unknown only. Let S students in all
have come to a withheld stage, of M who could have: those between the nearest shown stages above and below it. The
number in a group that has m of these M lies anywhere between max(0, S - (M - m)) and min(m, S), a range as wide as the
smallest of m, M - m, S and M - S. Each of the four has passed and is at least 6; only a group that is all students
has M - m = 0, and of that the total says everything. Breakdowns are tied to each other by the total alone: students of
a withheld group can be any of those whom the other breakdowns show, so that showing more breakdowns narrows nothing.

Two things are needed of whoever calls: the groups of a breakdown do not overlap, and no group lies within one of
another breakdown (the layout of providers refuses such sheets).

Releases side by side (`tells_beside`): a count that was corrected by one to five tells of these few, however large it
is. So the figures of a place and year are withheld whole while any count differs so from what an earlier release
showed (`moved_by_few`): of all students, of a group, of those in none, at a stage, short of it or between two. And
what was shown once stays known: a stage or a group that is withheld now may be worked out from the release that showed
it, so that the union of all that was ever told, each figure as it was told last, has to pass the rule as one table.
"""

from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from itertools import combinations
from typing import NamedTuple

from .rates import percent, published

#: Changes whenever the same figures would be judged differently.
RULE_VERSION = 2
#: Groups of so many students or fewer are not shown. Connecticut's practice for its own figures, in the stricter of
#: its two wordings (“denominators of 20 or fewer (except zero)”).
MOST_IN_A_SMALL_GROUP = 20
#: Counts from 1 to this are not shown, and neither are shares that leave so few. The same practice.
FEW = 5
#: From so many students on counts are shown; below it the shares alone. Nothing rests on it: who works out a number
#: between 21 and 39 has found nothing that does not pass.
COUNTS_FROM = 40


class Scale(NamedTuple):
    """From `size` students on: shares that print as `low` or less, or `high` or more, are ends; so many decimals."""

    size: int
    low: int
    high: int
    decimals: int


#: Ends and rounding by size of the group, as the Utah Data Gateway applies them after NCES Technical Brief 3. The ends
#: could be shown as “98 or more”; until a cell can say that, they are withheld.
SCALES = (Scale(300, 1, 99, 1), Scale(100, 2, 98, 0), Scale(40, 5, 95, 0), Scale(0, 10, 90, 0))


class Decision(Enum):
    """What the public may see of a figure."""

    WITHHELD = "withheld"
    WITHOUT_COUNTS = "without counts"  # the share, or of a population that it is below COUNTS_FROM
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


def scale(whole: int) -> Scale:
    """The ends and the rounding of shares of `whole` students."""
    return next(one for one in SCALES if whole >= one.size)


def may_show(part: int, whole: int) -> bool:
    """Whether `part` of `whole` students may be shown: no small group, no few, no end of the scale."""
    few_left = whole - part <= FEW
    if whole <= MOST_IN_A_SMALL_GROUP or part <= FEW or few_left:  # nobody and everybody are ends at every size
        return False
    _size, low, high, decimals = scale(whole)
    return low < published(percent(part, whole), decimals) < high


def decide(entries: Sequence[Entry]) -> list[Decision]:
    """What may be shown of the figures of one place and year, in the order given.

    Stages are numbers in the order in which they are kept when two cannot be shown together.
    """
    everybody = _Students.of(entry for entry in entries if entry.breakdown is None)
    tables: dict[Hashable, _Table] = {None: _Table([everybody], [], everybody.stages)}
    for breakdown in {entry.breakdown for entry in entries} - {None}:
        groups = list(_groups(entry for entry in entries if entry.breakdown == breakdown).values())
        tables[breakdown] = _Table(groups, [everybody.without(groups)], tables[None].shown)
    return [
        _decision(entry, tables[entry.breakdown]) if tables[None].is_open else Decision.WITHHELD for entry in entries
    ]


def tells_beside(earlier: Sequence[Sequence[Entry]], now: Sequence[Entry]) -> bool:
    """Whether what `now` would show of one place and year tells, beside what was ever shown of it, of too few.

    `earlier` are releases, oldest first, each with the figures it showed. A reader has them all side by side: a count
    that moved by one to five tells of those students, and a figure that is no longer shown is still known, so that
    all that was told, each figure as it was told last, has to pass the rule as if it were shown at once.
    """
    if any(moved_by_few(before, now) for before in earlier):
        return True
    shown = _told(now)
    told: dict[Hashable, Entry] = {}
    for figures in (*map(_told, earlier), shown):
        told |= figures
    return len(told) > len(shown) and Decision.WITHHELD in decide(list(told.values()))


def _told(entries: Iterable[Entry]) -> dict[Hashable, Entry]:
    """The figures that hold a number, by what they count."""
    numbers = (one for one in entries if not one.is_empty and (one.is_population or one.part is not None))
    return {(one.stage, one.breakdown, one.group): one for one in numbers}


def moved_by_few(before: Iterable[Entry], now: Iterable[Entry]) -> bool:
    """Whether two releases, side by side, tell of one to five students."""
    then, since = _counts(list(before)), _counts(list(now))
    return any(0 < abs(since[count] - then[count]) <= FEW for count in then.keys() & since.keys())


def _counts(entries: Sequence[Entry]) -> dict[Hashable, int]:
    """Every number of students that a reader can work out of these figures, by what it counts."""
    everybody = _Students.of(entry for entry in entries if entry.breakdown is None)
    found: dict[Hashable, int] = {(None, None, *count): number for count, number in everybody.counts()}
    for breakdown in {entry.breakdown for entry in entries} - {None}:
        groups = _groups(entry for entry in entries if entry.breakdown == breakdown)
        rest = everybody.without(list(groups.values()))
        for group, students in (*groups.items(), (None, rest)):
            found |= {(breakdown, group, *count): number for count, number in students.counts()}
    return found


@dataclass(frozen=True, slots=True)
class _Students:
    """Students of one group: how many (None: not known, or said differently by two figures), and at each stage."""

    size: int | None
    stages: Mapping[int, int | None]

    @classmethod
    def of(cls, entries: Iterable[Entry]) -> "_Students":
        counted = [entry for entry in entries if not entry.is_empty]
        sizes = {entry.whole for entry in counted if entry.is_population or entry.whole is not None}
        stages = {entry.stage: entry.part for entry in counted if not entry.is_population}
        return cls(sizes.pop() if len(sizes) == 1 else None, stages)

    def without(self, groups: Sequence["_Students"]) -> "_Students":
        """The students in none of `groups`. Where one of them is not known, neither are they."""
        stages = {
            stage: _less(part, [group.stages.get(stage) for group in groups if group.size != 0])
            for stage, part in self.stages.items()
        }
        return _Students(_less(self.size, [group.size for group in groups]), stages)

    def counts(self) -> Iterable[tuple[tuple[Hashable, ...], int]]:
        """How many there are, at each stage, short of it, and at one stage more than at another."""
        if self.size is not None:
            yield ("all",), self.size
        known = {stage: part for stage, part in self.stages.items() if part is not None}
        for stage, part in known.items():
            yield ("at", stage), part
            if self.size is not None:
                yield ("short of", stage), self.size - part
        for one, other in combinations(sorted(known), 2):
            yield ("between", one, other), known[one] - known[other]

    @property
    def may_be_counted(self) -> bool:
        return self.size == 0 or (self.size is not None and self.size > MOST_IN_A_SMALL_GROUP)

    def may_show(self, stage: int, shown: Collection[int]) -> bool:
        """Whether `stage` may be shown of them beside the stages already `shown`."""
        part = self.stages.get(stage)
        if self.size == 0:
            return not part
        if self.size is None or part is None or not may_show(part, self.size):
            return False
        others = [self.stages[other] for other in shown]
        return all(other is not None and may_show(min(part, other), max(part, other)) for other in others)


@dataclass(slots=True)
class _Table:
    """Groups that together are all students, and what may be shown of all of them: nothing, or some of the stages."""

    reported: Sequence[_Students]
    rest: Sequence[_Students]
    candidates: Iterable[int]
    is_open: bool = field(init=False)
    shown: list[int] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.is_open = all(group.may_be_counted for group in self.groups)
        for stage in sorted(self.candidates) if self.is_open else ():
            passes = all(group.may_show(stage, self.shown) for group in self.groups)
            if passes and all(self._keep_their_order(stage, other) for other in self.shown):
                self.shown.append(stage)

    @property
    def groups(self) -> list[_Students]:
        return [*self.reported, *self.rest]

    def _keep_their_order(self, stage: int, other: int) -> bool:
        """The same of two stages is the larger in every group."""
        pairs = [(group.stages[stage] or 0, group.stages[other] or 0) for group in self.groups if group.size]
        return len({part < beside for part, beside in pairs}) <= 1

    def says_nothing_of(self, stage: int) -> bool:
        """No reported group counts anybody at this stage: a mark there gives nothing away."""
        return not any(stage in group.stages for group in self.reported)


def _groups(entries: Iterable[Entry]) -> dict[Hashable, _Students]:
    """The groups of a breakdown of which anything is said but “N/A”."""
    by_group: dict[Hashable, list[Entry]] = {}
    for entry in entries:
        if not entry.is_empty:
            by_group.setdefault(entry.group, []).append(entry)
    return {group: _Students.of(same) for group, same in by_group.items()}


def _decision(entry: Entry, table: _Table) -> Decision:
    if not table.is_open:
        return Decision.WITHHELD
    if entry.is_empty:
        return Decision.WHOLE if entry.stage in table.shown or table.says_nothing_of(entry.stage) else Decision.WITHHELD
    if not entry.is_population and entry.stage not in table.shown:
        return Decision.WITHHELD
    return Decision.WITHOUT_COUNTS if 0 < (entry.whole or 0) < COUNTS_FROM else Decision.WHOLE


def _less(whole: int | None, parts: Sequence[int | None]) -> int | None:
    """What is left of `whole`; None where anything is not known."""
    known = [part for part in parts if part is not None]
    return None if whole is None or len(known) < len(parts) else whole - sum(known)
