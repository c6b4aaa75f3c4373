"""What became of the promises of one year: who was bound by what, and what is said of it in public."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from coalition.roster import Assessment, Compact, Edition, Organization
from coalition.rules import ledger
from coalition.rules.ledger import Coverage
from coalition.rules.roles import binding

from .parts import as_of, held_to


@dataclass(frozen=True)
class Account:
    """One version of the Compact in one year.

    bound   each organization it bound in the year, with the numbers of the commitments that bind it
    """

    edition: Edition
    compact: Compact
    year: int

    @cached_property
    def bound(self) -> tuple[tuple[Organization, frozenset[str]], ...]:
        return tuple((one, numbers) for one, numbers in self._numbers() if numbers)

    @cached_property
    def said(self) -> dict[tuple[str, str], Assessment]:
        """By organization and commitment."""
        return {(one.organization, one.commitment): one for one in self._words() if one.year == self.year}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which something is said, the latest first."""
        return tuple(sorted({one.year for one in self._words()}, reverse=True))

    def coverage(self, number: str) -> Coverage:
        words = ((slug, one.state) for (slug, commitment), one in self.said.items() if commitment == number)
        return ledger.coverage(words, {one.slug for one, numbers in self.bound if number in numbers})

    def coverages(self) -> dict[str, Coverage]:
        return {one.number: self.coverage(one.number) for one in self.compact.commitments}

    def _words(self) -> Iterable[Assessment]:
        return (one for one in self.edition.coalition.assessments if one.version == self.compact.number)

    def _numbers(self) -> Iterable[tuple[Organization, frozenset[str]]]:
        for one in self.edition.coalition.organizations:
            version, roles = held_to(one, self.year, as_of(self.edition))
            if version == self.compact.number:
                yield one, frozenset(promise.number for promise in binding(self.compact.commitments, roles))


def account(edition: Edition, compact: Compact, year: int | None = None) -> Account:
    """The account of `year` where something is said of it; else of the latest such year, or of the running one."""
    years = Account(edition, compact, as_of(edition).year).years
    if year not in years:
        year = years[0] if years else as_of(edition).year
    return Account(edition, compact, year or 0)
