"""Two sources say something of one figure: which of the two stands."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .cells import Status


class Outcome(StrEnum):
    """What a figure that comes in does to the one that stands.

    The last three leave what stands as it is; the disagreement is told to who reviews the file.
    """

    NEW = "new"  # nothing stands
    CHANGED = "changed"  # it takes the place of what stands, which stays in the history
    UNCHANGED = "unchanged"  # it says the same, or less and nothing else
    STRICTER = "stricter"  # what stands is withheld, and what is withheld once is not shown again by another copy
    OUTRANKED = "outranked"  # what stands is from a source that goes first
    EARLIER = "earlier"  # what stands is final, or there already, and this is of a time before


@dataclass(frozen=True, slots=True)
class Said:
    """What a source says of a figure. `rank`: sources of a higher rank go first; who publishes it decides what is kept
    back: what a publisher withholds in one report it does not mean to tell in another.
    """

    value: Decimal | None
    numerator: int | None
    denominator: int | None
    status: str
    note: str
    source: int
    publisher: str
    rank: int


def outcome(standing: Said | None, coming: Said) -> Outcome:
    """What becomes of a figure that comes in.

    Of one publisher the stricter wins, whenever it comes; then the source of the higher rank; of two equal ones the
    later file.
    """
    if standing is None:
        return Outcome.NEW
    if coming.rank <= standing.rank and _adds_nothing(standing, coming):
        return Outcome.UNCHANGED
    if coming.publisher == standing.publisher and standing.status != coming.status:
        if standing.status == Status.SUPPRESSED:
            return Outcome.STRICTER
        if coming.status == Status.SUPPRESSED:
            return Outcome.CHANGED
    if coming.rank < standing.rank:
        return Outcome.OUTRANKED
    if coming.rank == standing.rank and (
        coming.status == Status.NOT_YET_AVAILABLE
        or (standing.status == Status.FINAL and coming.status == Status.PROVISIONAL)
    ):
        return Outcome.EARLIER
    same = (standing.value, standing.numerator, standing.denominator, standing.status, standing.note)
    if same == (coming.value, coming.numerator, coming.denominator, coming.status, coming.note):
        return Outcome.UNCHANGED if standing.source == coming.source else Outcome.CHANGED
    return Outcome.CHANGED


def _adds_nothing(standing: Said, coming: Said) -> bool:
    """Whether all that comes in is said already. A trend without counts adds nothing to a table with them."""
    return (
        coming.status == standing.status
        and coming.value == standing.value
        and coming.numerator in (None, standing.numerator)
        and coming.denominator in (None, standing.denominator)
        and coming.note in ("", standing.note)
    )


def is_large(before: Decimal | None, after: Decimal | None, *, is_percent: bool) -> bool:
    """Whether a change of a shown figure is one to look at twice: by more than 5 points, by more than a fifth where
    the unit is no percentage, or a figure that would not be shown any more.
    """
    if before is None:
        return False
    if after is None:
        return True
    distance = abs(after - before)
    return distance > POINTS if is_percent else distance > before * SHARE


#: Percentage points; from one class to the next Hartford's rates moved by up to 6.7 (2024 to 2025).
POINTS = Decimal(5)
SHARE = Decimal("0.2")
