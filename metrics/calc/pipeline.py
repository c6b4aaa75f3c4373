"""From ninth grade on, out of one and the same hundred: how many came to each step, and how many fewer than before."""

from collections.abc import Sequence
from dataclasses import dataclass

from .cells import Cell, Known
from .rates import published


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a cohort.

    of_hundred   students of each hundred who came this far, rounded half up; None where it is not known
    fewer        how many fewer than at the step before; None where one of the two is not known
    """

    of_hundred: int | None
    fewer: int | None


def steps(cells: Sequence[Cell]) -> tuple[Step, ...]:
    """Shares of the same students, first to last, as steps. The first one begins at a hundred."""
    before: int | None = 100
    found = []
    for cell in cells:
        here = int(published(cell.value, 0)) if isinstance(cell, Known) else None
        found.append(Step(here, None if here is None or before is None else before - here))
        before = here
    return tuple(found)
