"""What may be shown of the figures of a district or program and year: how many there were, how many came how far."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from math import inf

from ..rates import percent, published
from .counted import (
    Count,
    Decision,
    Entry,
    Release,
    Reported,
    Side,
    between_schools,
    both_sides,
    guard,
    moved,
    side_by_side,
)
from .protection import Figure, Form, Protected, Table, protect
from .reader import Guarded, Line, Narrowed, Solver, exactly, narrowed
from .rule import COUNTS_FROM, MOST_IN_A_SMALL_GROUP, is_few, may_count, may_show, scale


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
    """What may be shown of the figures of one year, of a place and of its schools, beside what was ever shown of them.

    earlier   every release of the table so far, oldest first
    within    pairs of stages: whoever came to the first had come to the second
    """
    *before, now = side_by_side([*earlier, [(entry, Decision.WITHHELD) for entry in entries]], within)
    shown = _shown(before)
    figures = tuple(_figure(entry, now[entry.school], shown) for entry in entries if entry.is_known)
    told = _forms(earlier, before, shown)
    sides = [*before, now]
    table = Table(
        figures,
        truth={count: number for side in sides for one in side.values() for count, number in one.truth.items()},
        lines=(*_lines(sides), *(line for form in told for line in form.tells)),
        guards=(
            *(hidden for form in told for hidden in form.guards),
            *_guards(sides),
        ),
    )
    start = {entry.key: decision for entry, decision in earlier[-1]} if earlier else {}
    protected = protect(table, solver, start)
    return Decided(tuple(_decision(entry, protected) for entry in entries), protected)


def audit(
    releases: Sequence[Release], *, solver: Solver, within: Collection[tuple[int, int]] = ()
) -> tuple[int, tuple[Narrowed, ...]]:
    """How many withheld counts there are in all these releases side by side, and those that can be narrowed too far.

    Asks nobody what was decided, or why: what the releases show is all it goes by, and the true counts tell it only
    which of them are the same. Raises reader.Contradiction when the figures do not add up.
    """
    sides = side_by_side(releases, within)
    forms = _forms(releases, sides, _shown(sides))
    guards = dict.fromkeys(hidden for form in forms for hidden in form.guards)
    guards |= dict.fromkeys(_guards(sides))
    lines = [*_lines(sides), *(line for form in forms for line in form.tells)]
    return len(guards), tuple(narrowed(solver, lines, guards, []))


def _shown(sides: Sequence[Side]) -> frozenset[Count]:
    return frozenset(count for side in sides for one in side.values() for count in one.shown)


def _lines(sides: Sequence[Side]) -> Iterator[Line]:
    """How the counts hang together: within the place, within each school, and between them."""
    for side in sides:
        for one in side.values():
            yield from one.lines()
        for terms, left in between_schools(side):
            yield Line(0.0, inf if left else 0.0, terms)


def _guards(sides: Sequence[Side]) -> Iterator[Guarded]:
    """What no release may tell: of itself, and of what moved since any of those before it."""
    for at, side in enumerate(sides):
        for school, one in side.items():
            yield from one.guards()
            yield from moved(one, [before[school] for before in sides[:at]])
        yield from (Guarded(terms) for terms, left in between_schools(side) if is_few(left))


def _decision(entry: Entry, protected: Protected) -> Decision:
    if entry.is_empty:
        return Decision.WHOLE  # nobody is counted there, and a mark says so
    name = protected.forms.get(entry.key, Decision.WITHHELD)
    return name if isinstance(name, Decision) else Decision.WITHHELD


def _forms(releases: Sequence[Release], sides: Sequence[Side], shown: Collection[Count]) -> list[Form]:
    """What each release told of each figure that has a number."""
    return [
        _form(entry, decision, side[entry.school], shown)
        for release, side in zip(releases, sides, strict=True)
        for entry, decision in release
        if entry.is_known
    ]


def _form(entry: Entry, decision: Decision, table: Reported, shown: Collection[Count]) -> Form:
    part, size = table.counts(entry)
    whole = float(entry.whole or 0)
    if decision is Decision.WITHHELD:
        guards = (guard(size),) if entry.is_population else both_sides(part, size)
        return Form(decision, guards=() if part in shown else guards)
    if decision is Decision.WHOLE:
        lines = [exactly({size: 1.0}, whole)]
        return Form(decision, tells=tuple(lines if entry.is_population else [*lines, _exact_part(entry, part)]))
    band = Line(MOST_IN_A_SMALL_GROUP + 1.0, COUNTS_FROM - 1.0, {size: 1.0})
    if entry.is_population:
        return Form(decision, tells=(band,), guards=() if size in shown else (guard(size),))
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
        Line(0.0, inf, {part: 1.0, size: half - value}),
        Line(0.0, inf, {part: -1.0, size: half + value}),
    )


def _figure(entry: Entry, table: Reported, shown: Collection[Count]) -> Figure:
    """The figure with the forms it may have by itself: all students weigh more than a group, a population more too."""
    if entry.is_printed:
        return Figure(entry.key, (_form(entry, Decision.WHOLE, table, shown),))
    weight = (4.0 if entry.breakdown is None and entry.school is None else 1.0) * (2.0 if entry.is_population else 1.0)
    forms = tuple(_form(entry, decision, table, shown) for decision in (*_open(entry), Decision.WITHHELD))
    return Figure(entry.key, forms[:1] if entry.whole == 0 else forms, weight)


def _open(entry: Entry) -> tuple[Decision, ...]:
    """How the figure may be shown if nothing stood beside it."""
    whole, part = entry.whole or 0, entry.part or 0
    if whole == 0 and part == 0:
        return (Decision.WHOLE,)
    if not (may_count(whole) if entry.is_population else may_show(part, whole)):
        return ()
    return (Decision.WHOLE,) if whole >= COUNTS_FROM else (Decision.WITHOUT_COUNTS,)
