"""Everything that was published, figures and the coalition in one list, the newest first."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict

from coalition.roster import Update, Words
from dashboard.charts.words import history as said
from dashboard.mounts import address
from dashboard.pages.coalition.parts import Text, in_english, told
from dashboard.stories import Told
from metrics.published import ReleaseEntry

from .parts import Paging, paging

#: Whatever stands in the list.
Every = ReleaseEntry | Update | Told
NO_TITLE = Text("")
#: Updates on one page.
PAGE = 25
#: The door to corrections, metrics.published.corrected: how many figures each of these releases corrected.
Corrected = Callable[[Iterable[int]], Mapping[int, int]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One act of publishing. `number` is that of a release; None: a story, which has a title, or an edition.

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
    title: Text = NO_TITLE


@dataclass(frozen=True, slots=True)
class UpdatesPage:
    entries: tuple[Entry, ...]
    paging: Paging


def updates_page(every: Iterable[Every], corrected: Corrected, query: QueryDict) -> UpdatesPage:
    ordered = sorted(every, key=lambda one: one.published_at, reverse=True)
    part = paging(query, len(ordered), PAGE)
    found = ordered[part.lines]
    counts = corrected([one.number for one in found if isinstance(one, ReleaseEntry)])
    return UpdatesPage(tuple(_entry(one, counts) for one in found), part)


def _entry(one: Every, counts: Mapping[int, int]) -> Entry:
    if isinstance(one, ReleaseEntry):
        return _release(one, counts)
    return _story(one) if isinstance(one, Told) else _edition(one)


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


def _story(one: Told) -> Entry:
    return Entry(
        None, one.published_at, told(one.lead), "", None, "", address("history:story", one.slug), "", told(one.title)
    )


def _edition(one: Update) -> Entry:
    return Entry(None, one.published_at, in_english(one.summary), "", None, "", address("coalition:coalition"), "")
