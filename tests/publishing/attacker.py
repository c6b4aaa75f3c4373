"""A reader with pencil and paper, and all releases: what is withheld of a table of one place and year, narrowed down.

Written from what is public alone, and without a line of the board's own rule or auditor: the reader sees values,
counts and notes, adds groups up to all students, takes those who came to a stage from those there were, and turns
each printed share back into the counts it can come from. Linear programming says how far each hidden count can go.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor

import highspy

#: A hidden count that can be nowhere but in a narrower range than this is given away.
WIDTH, VALUES = 6, 3
EVERYBODY = "all"


@dataclass(frozen=True, slots=True)
class Public:
    """What one release shows of one figure: of `group` of `breakdown` (None: all students), at `stage` (0: how many).

    size       what a note says of the number of students: at least, at most
    is_few     the counts of a share that is shown are left out because they tell of few
    version    which correction of the figure this is: more than the public can see of one that is withheld, so that
               the reader here knows at least as much
    """

    stage: int
    breakdown: str | None
    group: str
    value: float | None = None
    decimals: int = 0
    numerator: int | None = None
    denominator: int | None = None
    size: tuple[int, int] | None = None
    is_few: bool = False
    version: object = 0


Table = tuple[Public, ...]
#: A breakdown and a group, those it is the sum of, and how many may be missing from the sum.
Sum = tuple[tuple[str | None, str], list[tuple[str | None, str]], float]


@dataclass(frozen=True, slots=True)
class Narrowed:
    """A withheld count and the whole numbers it can be."""

    release: int
    what: str
    low: int
    high: int

    @property
    def is_told(self) -> bool:
        return self.high - self.low < WIDTH or self.high - self.low + 1 < VALUES


class Reader:
    """Puts all releases side by side. A figure that was not corrected between two of them is one and the same."""

    def __init__(self, releases: Iterable[Table], *, exhaustive: Mapping[str, bool], sums: Iterable[Sum] = ()) -> None:
        self.lp = highspy.Highs()
        self.lp.setOptionValue("output_flag", False)
        self.columns: dict[tuple[object, ...], int] = {}
        self.hidden: dict[str, tuple[int, list[tuple[int, float]]]] = {}
        releases = tuple(releases)
        #: What a release showed, it could show: that a later one withholds the very same figure hides nothing.
        self.shown = {
            (one.stage, one.breakdown, one.group, one.version)
            for table in releases
            for one in table
            if one.value is not None
        }
        for number, table in enumerate(releases, start=1):
            self._read(number, table, exhaustive, sums)

    def _column(self, *key: object) -> int:
        if key not in self.columns:
            self.columns[key] = len(self.columns)
            self.lp.addVar(0.0, highspy.kHighsInf)
        return self.columns[key]

    def _row(self, low: float, high: float, terms: list[tuple[int, float]]) -> None:
        self.lp.addRow(low, high, len(terms), [at for at, _ in terms], [by for _, by in terms])

    def _read(self, number: int, table: Table, exhaustive: Mapping[str, bool], sums: Iterable[Sum]) -> None:
        at: dict[tuple[int, str | None, str], int] = {}
        for one in table:
            key = (one.stage, one.breakdown, one.group)
            at[key] = self._column(*key, one.version)
        for one in table:
            self._believe(number, one, at)
        stages = {one.stage for one in table}
        for whole_key, part_keys, spare in sums:
            for stage in stages:
                named = [(at[stage, *key], -1.0) for key in part_keys]
                self._row(0.0, spare, [(at[stage, *whole_key], 1.0), *named])
        for breakdown in {one.breakdown for one in table} & exhaustive.keys():
            for stage in stages:
                parts = [(at[key], 1.0) for key in at if key[0] == stage and key[1] == breakdown]
                whole = at.get((stage, None, EVERYBODY))
                if parts and whole is not None:
                    spare = 0.0 if exhaustive[str(breakdown)] else highspy.kHighsInf
                    self._row(0.0, spare, [(whole, 1.0), *((part, -1.0) for part, _by in parts)])

    def _believe(self, number: int, one: Public, at: Mapping[tuple[int, str | None, str], int]) -> None:
        key = (one.stage, one.breakdown, one.group)
        size, count = at[0, one.breakdown, one.group], at[key]
        name = f"{one.group} at {one.stage} in release {number}"
        if one.stage == 0:
            if one.value is not None:
                self._row(one.value, one.value, [(count, 1.0)])
            else:
                if one.size:
                    self._row(float(one.size[0]), float(one.size[1]), [(count, 1.0)])
                self._hide(f"students of {name}", number, one, [(count, 1.0)])
            return
        self._row(0.0, highspy.kHighsInf, [(size, 1.0), (count, -1.0)])
        if one.value is None:
            self._hide(f"students of {name}", number, one, [(count, 1.0)])
            self._hide(f"students short of {name}", number, one, [(size, 1.0), (count, -1.0)])
            return
        if one.numerator is not None and one.denominator is not None:
            self._row(float(one.numerator), float(one.numerator), [(count, 1.0)])
            self._row(float(one.denominator), float(one.denominator), [(size, 1.0)])
            return
        if one.is_few:
            self._hide(f"students of {name}", number, one, [(count, 1.0)])
            self._hide(f"students short of {name}", number, one, [(size, 1.0), (count, -1.0)])
        half = 0.5 * 10**-one.decimals
        self._row(0.0, highspy.kHighsInf, [(count, 100.0), (size, half - one.value)])
        self._row(0.0, highspy.kHighsInf, [(count, -100.0), (size, half + one.value)])

    def _hide(self, name: str, number: int, one: Public, terms: list[tuple[int, float]]) -> None:
        if one.is_few or (one.stage, one.breakdown, one.group, one.version) not in self.shown:
            self.hidden[name] = (number, terms)

    def narrowed(self) -> list[Narrowed]:
        """How far every withheld count was narrowed."""
        found = []
        for name, (release, terms) in self.hidden.items():
            low, high = self._extreme(terms, -1.0), self._extreme(terms, 1.0)
            found.append(Narrowed(release, name, ceil(low - 1e-6), floor(min(high, 1e6) + 1e-6)))
        return found

    def _extreme(self, terms: list[tuple[int, float]], sign: float) -> float:
        for at in range(len(self.columns)):
            self.lp.changeColCost(at, 0.0)
        for at, by in terms:
            self.lp.changeColCost(at, -sign * by)
        self.lp.run()
        if self.lp.getModelStatus() == highspy.HighsModelStatus.kUnknown:
            self.lp.clearSolver()  # it lost its way from where the last question left it; a fresh start finds it
            self.lp.run()
        status = self.lp.getModelStatus()
        if status in (highspy.HighsModelStatus.kUnbounded, highspy.HighsModelStatus.kUnboundedOrInfeasible):
            return sign * 1e6
        assert status == highspy.HighsModelStatus.kOptimal, status
        return -sign * self.lp.getInfo().objective_function_value


def given_away(
    releases: Iterable[Table], *, exhaustive: Mapping[str, bool], sums: Iterable[Sum] = ()
) -> list[Narrowed]:
    """Withheld counts that a reader of all these releases can narrow too far.

    exhaustive   breakdowns of all students; whether everybody is in one of their groups
    sums         what adds up besides
    """
    return [one for one in Reader(releases, exhaustive=exhaustive, sums=sums).narrowed() if one.is_told]
