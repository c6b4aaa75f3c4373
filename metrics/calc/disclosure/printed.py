"""The counts beside the shares that a state prints: which of them are repeated here.

A state's share stays as it was published. Where its two counts would tell of one to five students they are left out,
and with them as many others as it takes: nobody shall get them back from our own files by adding and subtracting.
What the state prints in its own files nobody can take back.
"""

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import inf

from ..rates import percent, published
from .counted import SIZE, Decision, both_sides
from .protection import Figure, Form, Table, protect
from .reader import Count, Guarded, Line, Narrowed, Solver, Terms, exactly, narrowed, total
from .rule import WIDTH, is_few

#: Indicator, place, group.
Key = tuple[str, str, str]
#: A count, and those it is the sum of.
Sum = tuple[Count, list[Count]]


@dataclass(frozen=True, slots=True)
class Printed:
    """One share with its counts: `part` of the `whole` students of a group, in a place.

    indicator     what is counted; all shares of a table are of the same students, in the same year
    breakdown     None: all students
    within        the place of which this one is a part: its district, or the state
    decimals      to which the share is printed
    is_school     a part of a district
    is_computed   the share is none of the state's, so that it may be withheld altogether
    is_told       both counts are in an earlier release, and nothing hides them any more
    was           what the newest release leaves out of it; that stays out as long as anybody in the table is few
    """

    indicator: str
    place: str
    breakdown: Hashable | None
    group: str
    part: int
    whole: int
    within: str | None = None
    decimals: int = 1
    is_school: bool = False
    is_computed: bool = False
    is_told: bool = False
    was: Decision | None = None

    @property
    def key(self) -> Key:
        return self.indicator, self.place, self.group

    @property
    def size(self) -> Count:
        """Two indicators that print the same number of students of a group speak of the same students."""
        return SIZE, self.place, self.group, self.whole

    @property
    def tells_of_few(self) -> bool:
        return is_few(self.part) or is_few(self.whole - self.part)

    @property
    def stays(self) -> bool:
        """All students of a district keep their counts for whatever group's sake: a goal is stated in them."""
        return self.breakdown is None and not (self.is_school or self.is_computed or self.tells_of_few)


def leave_out(figures: Sequence[Printed], *, solver: Solver) -> Mapping[Key, Decision]:
    """What is shown of each figure, by its key, so that no counts that tell of few can be worked out.

    One of two groups cannot be kept from a reader who has all three shares and the counts of all students.

    Raises ArithmeticError when the solver gives up.
    """
    truth = _truth(figures)
    told = [line for one in figures if one.is_told for line in _exact(one)]
    table = Table(
        tuple(Figure(one.key, _forms(one)) for one in figures if one.tells_of_few or not one.is_told),
        truth,
        (*_known(figures, truth), *told),
    )
    names = protect(table, solver).forms
    return {one.key: name if isinstance(name := names.get(one.key), Decision) else Decision.WHOLE for one in figures}


def narrowed_of(shown: Sequence[tuple[Printed, Decision]], *, solver: Solver) -> tuple[int, tuple[Narrowed, ...]]:
    """How many counts were left out because they tell of few, and those of them that a reader can narrow too far.

    A reader has the counts that stay, shown or not.
    """
    figures = [one for one, _decision in shown]
    lines = list(_known(figures, _truth(figures)))
    guards = list[Guarded]()
    for one, decision in shown:
        if decision is Decision.WHOLE or one.is_told or one.stays:
            lines += _exact(one)
        elif one.tells_of_few:
            guards += _guards(one)
        if decision is Decision.WITHOUT_COUNTS and one.is_computed:
            lines += _rounded(one)
    return len(guards), tuple(narrowed(solver, lines, guards, []))


def _truth(figures: Sequence[Printed]) -> dict[Count, float]:
    return {one.key: float(one.part) for one in figures} | {one.size: float(one.whole) for one in figures}


def _forms(one: Printed) -> tuple[Form, ...]:
    """How it may be shown, the most telling first."""
    whole = Form(Decision.WHOLE, tells=_exact(one))
    if one.stays:
        return (whole,)
    guards = _guards(one) if one.tells_of_few else ()
    # What a share of the state's tells by itself, the state has told.
    share = Form(Decision.WITHOUT_COUNTS, tells=_rounded(one) if one.is_computed else (), guards=guards)
    forms = [share] if one.tells_of_few else [whole, share]
    if one.is_computed:
        forms.append(Form(Decision.WITHHELD, guards=guards))
    names = [form.name for form in forms]
    return tuple(forms[names.index(one.was) if one.was in names else 0 :])


def _guards(one: Printed) -> tuple[Guarded, ...]:
    return () if one.is_told else both_sides(one.key, one.size)


def _exact(one: Printed) -> tuple[Line, Line]:
    return exactly({one.key: 1.0}, float(one.part)), exactly({one.size: 1.0}, float(one.whole))


def _rounded(one: Printed) -> tuple[Line, Line]:
    value = float(published(percent(one.part, one.whole), one.decimals)) / 100
    half = 0.5 * 10.0**-one.decimals / 100
    return (
        Line(0.0, inf, {one.key: 1.0, one.size: half - value}),
        Line(0.0, inf, {one.key: -1.0, one.size: half + value}),
    )


def _known(figures: Sequence[Printed], truth: Mapping[Count, float]) -> Iterator[Line]:
    """What a reader knows whatever counts are shown: the state's shares, and how the counts hang together.

    How many are in groups that the state withholds it is taken to know to within WIDTH students: the mark tells of few.
    """
    for one in figures:
        yield Line(0.0, inf, {one.size: 1.0, one.key: -1.0})
        if not one.is_computed:
            yield from _rounded(one)
    for whole, those in (*_of_breakdowns(figures), *_of_places(figures)):
        yield _less({whole: 1.0, **dict.fromkeys(those, -1.0)}, truth)
    yield from _partitions(figures)


def _less(terms: Terms, truth: Mapping[Count, float]) -> Line:
    """What is left of a whole without the groups that are printed."""
    left = total(terms, truth)
    low = max(0.0, left - WIDTH // 2)
    return Line(low, low + WIDTH, terms) if left > 0 else exactly(terms, left)


def _of_breakdowns(figures: Sequence[Printed]) -> Iterator[Sum]:
    """All students, and the groups of a breakdown; what was subtracted adds up because the two it came of do."""
    everybody = {(one.indicator, one.place): one for one in figures if one.breakdown is None and not one.is_computed}
    breakdowns: dict[tuple[str, str, Hashable], list[Printed]] = defaultdict(list)
    sizes: dict[tuple[Count, Hashable], dict[str, Count]] = defaultdict(dict)
    for one in figures:
        whole = everybody.get((one.indicator, one.place))
        if whole and one.breakdown is not None:
            breakdowns[one.indicator, one.place, one.breakdown].append(one)
            sizes[whole.size, one.breakdown][one.group] = one.size
    for (indicator, place, breakdown), groups in breakdowns.items():
        whole = everybody[indicator, place]
        yield whole.key, [one.key for one in groups]
        own = {one.group: one.size for one in groups}
        yield whole.size, list({**sizes[whole.size, breakdown], **own}.values())


def _of_places(figures: Sequence[Printed]) -> Iterator[Sum]:
    """A place and its parts; one part alone adds up to nothing."""
    by_key = {one.key: one for one in figures}
    parts: dict[Key, list[Printed]] = defaultdict(list)
    for one in figures:
        if one.within is not None:
            parts[one.indicator, one.within, one.group].append(one)
    for key, those in parts.items():
        if key in by_key and len(those) > 1:
            yield key, [one.key for one in those]
            yield by_key[key].size, [one.size for one in those]


def _partitions(figures: Collection[Printed]) -> Iterator[Line]:
    """Indicators that share all students of a group out between them: graduates, still enrolled, all others."""
    by_size: dict[Count, list[Printed]] = defaultdict(list)
    for one in figures:
        by_size[one.size].append(one)
    for size, those in by_size.items():
        if len(those) > 1 and sum(one.part for one in those) == those[0].whole:
            yield exactly({size: 1.0, **{one.key: -1.0 for one in those}}, 0.0)
