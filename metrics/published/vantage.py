"""From where the board is looked at: as it is now, as a release showed it, or as the one on its way would show it.

Every door takes a vantage and asks it for its cells, so that whatever is public, was public or is to become so is read
in one manner. What a vantage shows is the state of one release: a page that begins before the next one is published
ends with the same figures.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from metrics.models import ComingCell, PublishedCell, Release
from metrics.models.releases import CellFields

from .definitions import Definitions, thaw, worded
from .releases import ReleaseInfo, newest, release_info

#: What a cell says, wherever it is kept.
_SAID = [field.name for field in CellFields._meta.local_fields]
#: What names a cell.
KEY = ("indicator", "place", "group", "period")
_READ_AT_ONCE = 2000
#: No condition at all.
EVERYTHING = Q()
#: Releases that were public and are not any more.
TAKEN_BACK = Release.objects.filter(state=Release.State.WITHDRAWN, number__isnull=False)


def told(cells: QuerySet[PublishedCell]) -> QuerySet[PublishedCell]:
    """Without what only a release showed that was taken back: its figures are shown nowhere again."""
    return cells.exclude(first_release__in=TAKEN_BACK.values("number"))


@dataclass(frozen=True, slots=True)
class Vantage:
    """One public release with its definitions. `until`: when the next one replaced it; None while it is the newest."""

    release: ReleaseInfo
    definitions: Definitions
    until: datetime | None = None

    def shown(self, condition: Q) -> list[PublishedCell]:
        """The cells it shows: one query."""
        return list(PublishedCell.objects.shown_in(self.release.number).filter(condition))

    def walk(self, condition: Q = EVERYTHING) -> Iterator[PublishedCell]:
        """The cells it shows, by indicator, place, group and year, without holding them: one query."""
        return self._ordered(condition).iterator(chunk_size=_READ_AT_ONCE)

    def part(self, condition: Q, start: int, stop: int) -> tuple[int, list[PublishedCell]]:
        """How many there are, and those from `start` to before `stop`, in the same order: two queries."""
        cells = self._ordered(condition)
        return cells.count(), list(cells[start:stop])

    def _ordered(self, condition: Q) -> QuerySet[PublishedCell]:
        return PublishedCell.objects.shown_in(self.release.number).filter(condition).order_by(*KEY)

    def ever(self, condition: Q) -> list[PublishedCell]:
        """The cells that it or a release before it showed, as they stood then (`last_release` None: still shown).

        Without those of releases that were taken back.
        """
        cells = list(told(PublishedCell.objects.filter(condition, first_release__lte=self.release.number)))
        for cell in cells:
            if cell.last_release is not None and cell.last_release >= self.release.number:
                cell.last_release = None
        return cells

    def places(self, indicator: str) -> set[str]:
        """The codes of the places that it shows figures of the indicator for, and defines: one query."""
        shown = PublishedCell.objects.shown_in(self.release.number).filter(indicator=indicator)
        return set(shown.order_by().values_list("place", flat=True).distinct()) & self.definitions.places.keys()


@dataclass(frozen=True, slots=True)
class Proposal(Vantage):
    """A release on its way under the number it would get: its own cells in place of those that they replace."""

    key: int = 0

    def shown(self, condition: Q) -> list[PublishedCell]:
        """The cells it would show: two queries."""
        return [cell for cell in self.ever(condition) if cell.last_release is None]

    def walk(self, condition: Q = EVERYTHING) -> Iterator[PublishedCell]:
        """The cells it would show, in the same order: two queries."""
        return iter(sorted(self.shown(condition), key=attrgetter(*KEY)))

    def part(self, condition: Q, start: int, stop: int) -> tuple[int, list[PublishedCell]]:
        """The same of those it would show: two queries."""
        cells = list(self.walk(condition))
        return len(cells), cells[start:stop]

    def ever(self, condition: Q) -> list[PublishedCell]:
        """The cells that were ever shown and those it would show: two queries."""
        coming = list(ComingCell.objects.filter(condition, release=self.key))
        ended = {cell.replaces_id for cell in coming}
        cells = list(told(PublishedCell.objects.filter(condition)))
        for cell in cells:
            if cell.pk in ended:
                cell.last_release = self.release.number - 1
        return [*cells, *(self._as_shown(cell) for cell in coming if not cell.is_gone)]

    def places(self, indicator: str) -> set[str]:
        """The same of what it would show: two queries."""
        return {cell.place for cell in self.shown(Q(indicator=indicator))} & self.definitions.places.keys()

    def _as_shown(self, coming: ComingCell) -> PublishedCell:
        return PublishedCell(**{name: getattr(coming, name) for name in _SAID}, first_release=self.release.number)


def now() -> Vantage | None:
    """The board as it is: one query; None before the first release."""
    public = newest()
    return Vantage(*public) if public else None


def as_of(number: int) -> Vantage | None:
    """The board as release `number` showed it: one query; None where there is no such public release."""
    later = Release.objects.exclude(number=None).filter(number__gt=OuterRef("number")).order_by("number")
    found = (
        Release.objects.published()
        .filter(number=number)
        .select_related("definitions")
        .annotate(until=Subquery(later.values("published_at")[:1]))
        .first()
    )
    if found is None or found.definitions is None:
        return None
    until = timezone.localtime(found.until) if found.until else None
    return Vantage(release_info(found), thaw(found.definitions.body), until)


def withdrawn(number: int) -> str:
    """Why the public release `number` was taken back; empty where it was not. One query."""
    reasons = Release.objects.filter(number=number, state=Release.State.WITHDRAWN)
    return worded(reasons.values_list("withdrawn_reason", flat=True).first() or "")


def proposed(states: Iterable[str] = Release.FROZEN) -> Proposal | None:
    """The board as the release that is in review, approved or scheduled would show it; None where there is none.

    One query, and one for the number it would get. Staff who prepare a release ask for a draft, too.
    """
    coming = Release.objects.filter(state__in=states).select_related("definitions").first()
    if coming is None or coming.definitions is None:
        return None
    numbers = Release.objects.exclude(number=None).order_by("-number").values_list("number", flat=True)
    coming.number = (numbers.first() or 0) + 1
    coming.published_at = coming.publish_at or timezone.now()
    return Proposal(release_info(coming), thaw(coming.definitions.body), key=coming.pk)
