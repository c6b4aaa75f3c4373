"""Releases as the log of updates lists them: what was published when, and what was corrected by it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, Q, QuerySet
from django.utils import timezone

from metrics.models import Release

from .changes import Change, Kind, changes, corrected
from .definitions import Definitions

#: Corrections that an entry of a feed tells of; the page it leads to has all of them.
TOLD = 5


@dataclass(frozen=True, slots=True)
class ReleaseEntry:
    """A public release with all that is said of it. `published_at` is Hartford's time.

    summary_es       empty where nobody has written it
    reason           why its figures changed, where they give no reason of their own
    approved_alone   one person prepared and approved it
    corrects         the release that it corrects; None where it corrects none
    takes_back       the release that it takes back
    """

    number: int
    published_at: datetime
    summary: str
    summary_es: str
    reason: str
    approved_alone: bool
    corrects: int | None
    takes_back: int | None


@dataclass(frozen=True, slots=True)
class Corrections:
    """Figures that a release replaced: how many, and the first of them."""

    count: int
    first: tuple[Change, ...]


def entries() -> tuple[ReleaseEntry, ...]:
    """Every public release, newest first. One query."""
    return tuple(_told(Release.objects.published()))


def entry(number: int) -> ReleaseEntry | None:
    """One of them, in one query; None where there is no such public release."""
    return next(_told(Release.objects.published().filter(number=number)), None)


def corrections(definitions: Definitions, numbers: Iterable[int]) -> Mapping[int, Corrections]:
    """What these releases corrected, by number; those that corrected nothing are not in it. Two queries."""
    counts = corrected(numbers)
    told: dict[int, list[Change]] = {number: [] for number in counts}
    for change in changes(definitions, Kind.CHANGED, Q(first_release__in=counts)).first_of_each(TOLD):
        told[change.release].append(change)
    return {number: Corrections(count, tuple(told[number])) for number, count in counts.items()}


def _told(releases: QuerySet[Release]) -> Iterator[ReleaseEntry]:
    for row in releases.annotate(other=F("amends__number"), became=F("amends__state")):
        taken_back = row.became == Release.State.WITHDRAWN
        yield ReleaseEntry(
            number=row.number or 0,
            published_at=timezone.localtime(row.published_at),
            summary=row.summary,
            summary_es=row.summary_es,
            reason=row.reason,
            approved_alone=row.approved_alone,
            corrects=None if taken_back else row.other,
            takes_back=row.other if taken_back else None,
        )
