"""Nothing that is withheld can be worked out: whole tables, many releases, and a reader who takes all of them together.

The tables are made of invented students, who are counted anew for each release: late ones, corrected ones, some that
change the group. The reader (`attacker`) is written apart from the rule and knows nothing of it.
"""

import itertools
import random
import statistics
from collections.abc import Iterator
from dataclasses import dataclass, replace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from metrics.calc.disclosure import (
    COUNTS_FROM,
    MOST_IN_A_SMALL_GROUP,
    Decision,
    Entry,
    Release,
    audit,
    decide,
    is_few,
    may_show,
    scale,
)
from metrics.calc.rates import percent, published
from metrics.publishing.solver import Highs
from tests.publishing.attacker import EVERYBODY, Public, Sum, Table, given_away

#: Stage (0: how many there were), breakdown (None: all students) and group → how many.
Counts = dict[tuple[int, str | None, str], int]
BAND = (MOST_IN_A_SMALL_GROUP + 1, COUNTS_FROM - 1)


@dataclass
class Student:
    """An invented student: a group in each breakdown, and which stages were reached."""

    groups: list[int]
    reached: list[bool]


class School:
    """Invented students of one place and year, and what may happen to their count between two releases."""

    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)
        self.sizes = [self.chance.randint(2, 5) for _ in range(self.chance.randint(1, 2))]
        self.weights = [[self.chance.random() ** 2 + 0.03 for _ in range(size)] for size in self.sizes]
        self.rates = [self.chance.uniform(0.1, 0.97) for _ in range(self.chance.randint(1, 4))]
        number = self.chance.choice([22, 25, 40, 60, 80, 120, 200, 400, 900])
        self.students = [self.student() for _ in range(number)]

    def student(self) -> Student:
        groups = [self.chance.choices(range(len(weights)), weights)[0] for weights in self.weights]
        return Student(groups, [self.chance.random() < rate for rate in self.rates])

    def corrected(self) -> None:
        """Late students, stages reported wrongly, or students in another group than was thought."""
        kind = self.chance.random()
        if kind < 0.35:
            self.students += [self.student() for _ in range(self.chance.choice([1, 2, 3, 8, 20]))]
        elif kind < 0.7:
            for one in self.some(1, 1, 2, 4, 15):
                one.reached = [not reached if self.chance.random() < 0.5 else reached for reached in one.reached]
        elif kind < 0.85:
            for one in self.some(1, 2, 10):
                one.groups[0] = self.chance.randrange(self.sizes[0])

    def some(self, *numbers: int) -> list[Student]:
        return self.chance.sample(self.students, min(len(self.students), self.chance.choice(numbers)))

    def counts(self) -> Counts:
        groups: list[tuple[str | None, str, list[Student]]] = [(None, EVERYBODY, self.students)]
        for at, size in enumerate(self.sizes):
            groups += [(f"{at}", f"{at}{g}", [s for s in self.students if s.groups[at] == g]) for g in range(size)]
        found: Counts = {}
        for breakdown, name, students in groups:
            found[0, breakdown, name] = len(students)
            for stage in range(len(self.rates)):
                found[stage + 1, breakdown, name] = sum(one.reached[stage] for one in students)
        return found

    def crossed(self) -> tuple[Counts, list[Sum]]:
        """The same, the first breakdown taken for the schools of a district: each has the groups of the second."""
        found, sums = self.counts(), list[Sum]()
        schools = range(self.sizes[0])
        groups = range(self.sizes[1]) if len(self.sizes) > 1 else ()
        for at, g in itertools.product(schools, groups):
            students = [s for s in self.students if s.groups[0] == at and s.groups[1] == g]
            found[0, f"1@0{at}", f"1{g}"] = len(students)
            for stage in range(len(self.rates)):
                found[stage + 1, f"1@0{at}", f"1{g}"] = sum(one.reached[stage] for one in students)
        if groups:
            sums += [(("0", f"0{at}"), [(f"1@0{at}", f"1{g}") for g in groups], 0.0) for at in schools]
            sums += [(("1", f"1{g}"), [(f"1@0{at}", f"1{g}") for at in schools], 0.0) for g in groups]
        return found, sums


def in_schools(entry: Entry) -> Entry:
    """A figure of the first breakdown, or of a breakdown crossed with it, as one of a school."""
    breakdown, _at, school = str(entry.breakdown).partition("@")
    if school:
        return replace(entry, breakdown=breakdown, school=school)
    return replace(entry, breakdown=None, group=EVERYBODY, school=entry.group) if breakdown == "0" else entry


def entries(counts: Counts) -> list[Entry]:
    return [
        Entry(stage, breakdown, group, None if stage == 0 else number, counts[0, breakdown, group], stage == 0)
        for (stage, breakdown, group), number in counts.items()
    ]


def as_public(counts: Counts, release: Release, runs: dict[object, int]) -> Table:
    """What the board would print of it."""
    return tuple(_public(counts, entry, decision, runs) for entry, decision in release)


def _public(counts: Counts, entry: Entry, decision: Decision, runs: dict[object, int]) -> Public:
    stage, breakdown, group = entry.stage, entry.breakdown, str(entry.group)
    key = (stage, None if breakdown is None else str(breakdown), group)
    whole, part, version = entry.whole or 0, counts[key], runs[key]
    if whole == 0:
        return Public(*key, value=0.0, numerator=0, denominator=0, version=version)
    if stage == 0:
        size = BAND if decision is Decision.WITHOUT_COUNTS else None
        return Public(*key, value=float(whole) if decision is Decision.WHOLE else None, size=size, version=version)
    if decision is Decision.WITHHELD:
        return Public(*key, version=version)
    decimals = scale(whole).decimals
    value = float(published(percent(part, whole), decimals))
    both = {"numerator": part, "denominator": whole} if decision is Decision.WHOLE else {}
    return Public(*key, value=value, decimals=decimals, version=version, **both)


def passes(entry: Entry) -> bool:
    """Whether the figure is nobody's secret by itself."""
    whole = entry.whole or 0
    return whole > MOST_IN_A_SMALL_GROUP if entry.is_population else may_show(entry.part or 0, whole)


def moved_by_few(key: tuple[int, str | None, str], now: Counts, then: Counts) -> bool:
    """Whether the figure tells, beside an earlier one, of one to five students: there, counted, or left over."""
    size = (0, *key[1:])
    there, counted = now[size] - then[size], now[key] - then[key]
    return any(is_few(number) for number in (there, counted, there - counted))


@dataclass
class Story:
    """A number of releases of one table, as the public has them, and the share of harmless figures each one lost."""

    public: list[Table]
    releases: list[Release]
    lost: list[float]
    counts: list[Counts]

    @classmethod
    def of(cls, seed: int, number: int) -> "Story":
        school, story = School(seed), cls([], [], [], [])
        runs: dict[object, int] = {}
        last: Counts = {}
        for at in range(number):
            if at:
                school.corrected()
            counts = school.counts()
            runs = {key: runs.get(key, 0) + (last.get(key, count) != count) for key, count in counts.items()}
            story.add(counts, runs)
            last = counts
        return story

    def add(self, counts: Counts, runs: dict[object, int]) -> None:
        figures = entries(counts)
        made = decide(figures, solver=Highs, earlier=self.releases)
        release = list(zip(figures, made.decisions, strict=True))
        self.public.append(as_public(counts, release, runs))
        self.releases.append(release)
        harmless = [
            decision
            for (entry, decision), key in zip(release, counts, strict=True)
            if passes(entry) and not any(moved_by_few(key, counts, then) for then in self.counts)
        ]
        self.counts.append(counts)
        if harmless:
            self.lost.append(harmless.count(Decision.WITHHELD) / len(harmless))

    def given_away(self) -> list[object]:
        return list(given_away(self.public, exhaustive={"0": True, "1": True}))


@settings(max_examples=150)
@given(st.integers(0, 10**9))
def test_of_one_release_nothing_withheld_can_be_narrowed_too_far(seed):
    assert Story.of(seed, 1).given_away() == []


@settings(max_examples=60)
@given(st.integers(0, 10**9), st.integers(2, 4))
def test_nor_of_several_releases_side_by_side(seed, number):
    story = Story.of(seed, number)
    assert story.given_away() == []
    assert audit(story.releases, solver=Highs)[1] == (), "the auditor says so, too"


@settings(max_examples=60)
@given(st.integers(0, 10**9))
def test_nor_of_a_district_and_its_schools(seed):
    counts, sums = School(seed).crossed()
    figures = entries(counts)
    made = decide([in_schools(entry) for entry in figures], solver=Highs)
    shown = as_public(counts, list(zip(figures, made.decisions, strict=True)), dict.fromkeys(counts, 0))
    assert given_away([shown], exhaustive={"0": True, "1": True}, sums=sums) == []


@settings(max_examples=20)
@given(st.integers(0, 10**9))
@example(324)
@example(571489)
def test_nor_of_two_releases_of_a_district_and_its_schools(seed):
    """What a release cannot hide any more, for an earlier one showed it, the decision names; so does the auditor.

    In the first example a school has one student fewer, counted and in all: those who are not counted are as many as
    were shown, so that both know their number; nobody in particular is told of. At the second one the reader's
    arithmetic has to start afresh.
    """
    school, runs, last = School(seed), dict[object, int](), dict[tuple[int, str | None, str], int]()
    releases, public = list[Release](), list[Table]()
    for _number in range(2):
        counts, sums = school.crossed()
        runs = {key: runs.get(key, 0) + (last.get(key, count) != count) for key, count in counts.items()}
        figures = entries(counts)
        placed = [in_schools(entry) for entry in figures]
        made = decide(placed, solver=Highs, earlier=releases)
        decisions = made.decisions
        releases.append(list(zip(placed, decisions, strict=True)))
        public.append(as_public(counts, list(zip(figures, decisions, strict=True)), runs))
        last = counts
        school.corrected()
    assert given_away(public, exhaustive={"0": True, "1": True}, sums=sums) == []
    assert set(audit(releases, solver=Highs)[1]) == set(made.protected.told)


@pytest.mark.parametrize("number", [1, 3])
def test_of_harmless_figures_at_most_a_quarter_is_lost_at_the_median(number):
    lost = [share for seed in range(40) for share in Story.of(seed, number).lost]
    assert statistics.median(lost) <= 0.25


def others(seed: int) -> Iterator[tuple[Counts, Counts]]:
    """A table, and the same with one student fewer or more at a stage of a small group and of another that has few."""
    counts = School(seed).counts()
    for (stage, breakdown, group), number in counts.items():
        size = counts[0, breakdown, group]
        if stage and breakdown is not None and 0 < size <= MOST_IN_A_SMALL_GROUP and 1 <= number < min(size, 5):
            for other in [key for key in counts if key[:2] == (stage, breakdown) and key[2] != group]:
                whole = counts[0, breakdown, other[2]]
                if 0 < whole <= MOST_IN_A_SMALL_GROUP and counts[other] > 1:
                    yield counts, {**counts, (stage, breakdown, group): number + 1, other: counts[other] - 1}
                    return


@pytest.mark.parametrize("seed", [seed for seed in range(120) if next(others(seed), None)][:25])
def test_a_withheld_number_within_its_range_changes_nothing_that_is_shown(seed):
    """The next release says of the changed table what the last one said of the table before."""
    before, after = next(others(seed))
    first = list(zip(entries(before), decide(entries(before), solver=Highs).decisions, strict=True))
    changed = decide(entries(after), solver=Highs, earlier=[first]).decisions
    runs = dict.fromkeys(before, 0)
    second = list(zip(entries(after), changed, strict=True))
    assert as_public(after, second, runs) == as_public(before, first, runs)
