"""A share of the same students is never above the share that it is a part of: more cannot stay than have come."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.calc.rates import plain
from metrics.models import Indicator

from . import bulk
from .checks import Figure


@dataclass(slots=True)
class Ceilings:
    """Remembers the figures of a file that have a ceiling or are one; of all others, nothing.

    indicators   by key, those of which one is a part of the other
    seen         by figure: its number in the spool, and its share
    """

    indicators: dict[int, Indicator]
    seen: dict[bulk.Key, tuple[int, Decimal | None]] = field(default_factory=dict)

    @classmethod
    def among(cls, indicators: Iterable[Indicator]) -> "Ceilings":
        known = {one.pk: one for one in indicators}
        wholes = {one.part_of_id for one in known.values()}
        return cls({key: one for key, one in known.items() if one.part_of_id or key in wholes})

    def look(self, figures: Iterable[Figure], first: int) -> None:
        """Takes note of figures that go into the spool under the numbers from `first` on."""
        for number, figure in enumerate(figures, start=first):
            if figure.key[0] in self.indicators:
                self.seen[figure.key] = number, figure.value

    def broken(self) -> dict[int, str]:
        """By its number: why a figure cannot be, beside the others of the file and those that stand. One query."""
        pairs = [(part, whole) for key in self.seen for part, whole in self._pairs(key)]
        unseen = {key for pair in pairs for key in pair} - self.seen.keys()
        shares = {key: said[1] for key, said in bulk.standing(sorted(unseen)).items()}
        shares |= {key: share for key, (_number, share) in self.seen.items()}
        found: dict[int, str] = {}
        for part, whole in pairs:
            small, large = shares.get(part), shares.get(whole)
            if small is None or large is None or small <= large:
                continue
            for key, sentence in ((part, _above(small, large, self.indicators[whole[0]])),
                                  (whole, _below(large, small, self.indicators[part[0]]))):  # fmt: skip
                if key in self.seen:
                    found[self.seen[key][0]] = sentence
        return found

    def _pairs(self, key: bulk.Key) -> Iterator[tuple[bulk.Key, bulk.Key]]:
        """The figure with the one that it is a part of, and with those that are parts of it."""
        indicator, rest = self.indicators[key[0]], key[1:]
        if indicator.part_of_id:
            yield key, (indicator.part_of_id, *rest)
        for other in self.indicators.values():
            if other.part_of_id == indicator.pk:
                yield (other.pk, *rest), key


def _above(share: Decimal, ceiling: Decimal, whole: Indicator) -> str:
    text = _("{share} is above the share that it is a part of: {ceiling} for “{name}”.")
    return text.format(share=plain(share), ceiling=plain(ceiling), name=whole.name)


def _below(share: Decimal, floor: Decimal, part: Indicator) -> str:
    text = _("{share} is below a share that is a part of it: {floor} for “{name}”.")
    return text.format(share=plain(share), floor=plain(floor), name=part.name)
