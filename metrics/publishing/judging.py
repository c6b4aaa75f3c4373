"""The rule and the auditor of `metrics.calc.disclosure`, with the solver, asked of one table of our own figures.

Indicators that are out of the same students, in words, are one table. Where they do not agree on how many students a
group has, they were counted at different times; then each is a table of its own.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

from metrics.calc import disclosure
from metrics.calc.disclosure import Contradiction, Decision, Entry, Narrowed
from metrics.models.definitions import PROGRAM_STAGES

from .solver import Highs
from .told import Shown

#: Stages of which the first lies within the second: whoever persisted or completed had enrolled.
_OUTER = PROGRAM_STAGES.index("program-enrolled")
_WITHIN = tuple((PROGRAM_STAGES.index(slug), _OUTER) for slug in ("program-persisted", "program-completed"))

Answer = TypeVar("Answer")


def judged(entries: Sequence[Entry], earlier: Sequence[Shown]) -> Sequence[Decision]:
    """What may be shown of each entry. Raises Contradiction and ArithmeticError."""

    def together(stages: set[int]) -> dict[int, Decision]:
        at = [number for number, one in enumerate(entries) if one.stage in stages]
        before = [_of(stages, release) for release in earlier]
        made = disclosure.decide([entries[number] for number in at], solver=Highs, earlier=before, within=_WITHIN)
        return dict(zip(at, made.decisions, strict=True))

    decisions = {number: one for part in _or_apart(together, entries) for number, one in part.items()}
    return [decisions[number] for number in range(len(entries))]


def audited(shown: Sequence[Shown]) -> tuple[int, list[Narrowed]]:
    """How many withheld counts the releases of a table have, and those that can be narrowed. Raises the same."""

    def together(stages: set[int]) -> tuple[int, tuple[Narrowed, ...]]:
        return disclosure.audit([_of(stages, release) for release in shown], solver=Highs, within=_WITHIN)

    parts = _or_apart(together, [one for release in shown for one, _decision in release])
    return sum(looked_at for looked_at, _found in parts), [one for _looked_at, found in parts for one in found]


def _or_apart(ask: Callable[[set[int]], Answer], entries: Sequence[Entry]) -> list[Answer]:
    """The answer for all stages together, or for one after the other; those of a program's sheet are one, or wrong."""
    stages = {one.stage for one in entries}
    try:
        return [ask(stages)]
    except Contradiction:
        if min(stages) < len(PROGRAM_STAGES) or len(stages) == 1:
            raise
        return [ask({stage}) for stage in sorted(stages)]


def _of(stages: set[int], release: Shown) -> Shown:
    return [(one, decision) for one, decision in release if one.stage in stages]
