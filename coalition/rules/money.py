"""What members give: in money and in kind, promised and delivered."""

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import reduce
from operator import add
from typing import Protocol, TypeVar


class Kind(StrEnum):
    FISCAL = "fiscal"
    IN_KIND = "in_kind"


class Given(Protocol):
    """Anything that was promised or delivered, in dollars. None: nobody has said; never 0."""

    @property
    def promised(self) -> Decimal | None: ...

    @property
    def delivered(self) -> Decimal | None: ...


G = TypeVar("G", bound=Given)
K = TypeVar("K", bound=Hashable)


@dataclass(frozen=True, slots=True)
class Totals:
    """Sums in dollars over `count` rows. A value nobody has said is in no sum; it is counted instead.

    unvalued            rows of which neither value is known
    promised_unknown    rows that are not in `promised`
    delivered_unknown   rows that are not in `delivered`
    More may be delivered than was promised.
    """

    promised: Decimal = Decimal(0)
    delivered: Decimal = Decimal(0)
    unvalued: int = 0
    count: int = 0
    promised_unknown: int = 0
    delivered_unknown: int = 0

    def __add__(self, other: "Totals") -> "Totals":
        return Totals(
            self.promised + other.promised,
            self.delivered + other.delivered,
            self.unvalued + other.unvalued,
            self.count + other.count,
            self.promised_unknown + other.promised_unknown,
            self.delivered_unknown + other.delivered_unknown,
        )

    @property
    def says_promised(self) -> bool:
        """Whether `promised` is the sum of anything: a 0 of unknown values is not $0."""
        return self.promised_unknown < self.count

    @property
    def says_delivered(self) -> bool:
        """Whether `delivered` is the sum of anything."""
        return self.delivered_unknown < self.count


def total(rows: Iterable[Given]) -> Totals:
    """All of `rows` together."""
    return reduce(add, map(_alone, rows), Totals())


def grouped(rows: Iterable[G], key: Callable[[G], K]) -> dict[K, Totals]:
    """The totals of each group, in the order in which its first row comes.

    Every row is in exactly one group, those with an empty key too; so the groups add up to `total`, to the cent.
    """
    found: dict[K, Totals] = {}
    for row in rows:
        group = key(row)
        found[group] = found.get(group, Totals()) + _alone(row)
    return found


def _alone(row: Given) -> Totals:
    no_promise, no_delivery = row.promised is None, row.delivered is None
    return Totals(
        row.promised or Decimal(0), row.delivered or Decimal(0), no_promise and no_delivery, 1, no_promise, no_delivery
    )
