"""What became of the promises of one year: who was bound by what, and what is said of it in public."""

from collections import defaultdict
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

    bound   each organization it bound in the year, with the numbers of the commitments that bound it
    """

    edition: Edition
    compact: Compact
    year: int

    @cached_property
    def bound(self) -> tuple[tuple[Organization, frozenset[str]], ...]:
        words: dict[str, set[str]] = defaultdict(set)
        for organization, commitment in self.said:
            words[organization].add(commitment)
        every = ((one, self._promised(one) | words[one.slug]) for one in self.edition.coalition.organizations)
        return tuple((one, numbers) for one, numbers in every if numbers)

    @cached_property
    def said(self) -> dict[tuple[str, str], Assessment]:
        """By organization and commitment."""
        return {(one.organization, one.commitment): one for one in self._words() if one.year == self.year}

    @cached_property
    def years(self) -> tuple[int, ...]:
        """The years of which something is said, the latest first."""
        return tuple(sorted({one.year for one in self._words()}, reverse=True))

    @property
    def is_over(self) -> bool:
        return self.year < as_of(self.edition).year

    @property
    def is_only_version(self) -> bool:
        return len(self.edition.coalition.compacts) == 1

    def coverage(self, number: str) -> Coverage:
        words = ((slug, one.state) for (slug, commitment), one in self.said.items() if commitment == number)
        return ledger.coverage(words, {one.slug for one, numbers in self.bound if number in numbers})

    def coverages(self) -> dict[str, Coverage]:
        return {one.number: self.coverage(one.number) for one in self.compact.commitments}

    def _words(self) -> Iterable[Assessment]:
        return (one for one in self.edition.coalition.assessments if one.version == self.compact.number)

    def _promised(self, organization: Organization) -> frozenset[str]:
        """What binds it by its signature when the year ends.

        It is not all that did: who withdrew or signed another version within the year was bound before. That is known
        of those of whom a word was released; what was signed or taken back later does not unsay it.
        """
        version, roles = held_to(organization, self.year, as_of(self.edition))
        if version != self.compact.number:
            return frozenset()
        return frozenset(promise.number for promise in binding(self.compact.commitments, roles))


def account(edition: Edition, compact: Compact, year: int | None = None) -> Account:
    """The account of `year` where something is said of it; else of the latest such year, or of the running one."""
    years = Account(edition, compact, as_of(edition).year).years
    if year not in years:
        year = years[0] if years else as_of(edition).year
    return Account(edition, compact, year or 0)


def account_asked_for(edition: Edition, version: str = "", year: int | None = None) -> Account | None:
    """The account of the version and year that somebody asks for; None while no version is on record.

    Of a year without a version: the version of which something is said in that year. Of neither: the latest year of
    which something is said, so that a new version hides nothing that was said of the one before.
    """
    compacts = edition.coalition.compacts
    named = [one for one in compacts if str(one.number) == version]
    every = [account(edition, one, year) for one in named or compacts]
    fitting = [one for one in every if year in one.years]
    return max(fitting or every, key=_tells, default=None)


def _tells(one: Account) -> tuple[int, bool, bool, int]:
    """What has been said comes before what binds without a word yet, and the current version before the others."""
    return one.year if one.said else 0, bool(one.bound), one.compact.is_current, one.compact.number
