"""Everything that was published, figures and the coalition in one list, the newest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from coalition.roster import Update, Words
from dashboard.charts.words import history as said
from dashboard.mounts import address
from dashboard.pages.coalition.parts import Text, in_english, told
from metrics.published import ReleaseEntry

from .parts import Paging, paging

#: Updates on one page.
PAGE = 25
#: The door to corrections, metrics.published.corrected: how many figures each of these releases corrected.
Corrected = Callable[[Iterable[int]], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of publishing. `number` is that of a release; None: an edition of the coalition's pages.

    reason      why a release was taken back; None where none was
    corrected   how many figures it corrected, in words; empty where none
    """

    number: int | None
    published_at: datetime
    summary: Text
    relation: str
    reason: Text | None
    corrected: str
    board: str
    changes: str


@dataclass(frozen=True, slots=True)
class UpdatesPage:
    entries: tuple[Entry, ...]
    paging: Paging


def updates_page(
    releases: tuple[ReleaseEntry, ...], editions: tuple[Update, ...], corrected: Corrected, query: QueryDict
) -> UpdatesPage:
    both: list[ReleaseEntry | Update] = sorted([*releases, *editions], key=lambda one: one.published_at, reverse=True)
    part = paging(query, len(both), PAGE)
    found = both[part.lines]
    counts = corrected([one.number for one in found if isinstance(one, ReleaseEntry)])
    return UpdatesPage(
        tuple(_release(one, counts) if isinstance(one, ReleaseEntry) else _edition(one) for one in found), part
    )


def _release(one: ReleaseEntry, counts: Mapping[int, int]) -> Entry:
    corrected = counts.get(one.number, 0)
    return Entry(
        number=one.number,
        published_at=one.published_at,
        summary=told(Words(one.summary, one.summary_es)),
        relation=said.relation(one.corrects, one.takes_back),
        reason=in_english(one.reason) if one.takes_back else None,
        corrected=said.corrected(corrected) if corrected else "",
        board=address("dashboard:home", release=one.number),
        changes=address("record:changes", release=one.number),
    )


def _edition(one: Update) -> Entry:
    return Entry(None, one.published_at, in_english(one.summary), "", None, "", address("coalition:coalition"), "")
