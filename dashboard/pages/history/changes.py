"""What one release changed: figure by figure, before and since."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.utils.translation import gettext as _

from coalition.roster import Words
from dashboard.charts.words import history as said
from dashboard.pages.coalition.parts import Text, told
from metrics import published
from metrics.published import Changes, Definitions, Kind, ReleaseEntry, Tally, Vantage

from .parts import Line, Paging, Select, line, paging, select, tell_of_withheld

_COUNTED = {Kind.CHANGED: said.corrected, Kind.ENDED: said.ended, Kind.NEW: said.new}


@dataclass(frozen=True, slots=True)
class Tab:
    """One kind of change, with its count."""

    words: str
    url: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class ChangesPage:
    number: int
    published_at: datetime
    summary: Text
    who: str
    relation: str
    sum: str
    tabs: tuple[Tab, ...]
    kind: Kind
    select: Select
    lines: tuple[Line, ...]
    paging: Paging

    @property
    def has_withheld(self) -> bool:
        return tell_of_withheld(self.lines)


def changes_page(at: Vantage, entry: ReleaseEntry, tallies: tuple[Tally, ...], query: QueryDict) -> ChangesPage:
    """One kind of change at a time, the gravest first; `tallies` are those of the release."""
    counts = {kind: sum(one.of(kind) for one in tallies) for kind in Kind}
    there = [kind for kind in Kind if counts[kind]]
    kind = next((kind for kind in there if kind == query.get("kind")), there[0] if there else Kind.NEW)
    definitions, indicator = _naming(at, kind), query.get("indicator", "")
    of_kind = {one.indicator: one.of(kind) for one in tallies if one.of(kind)}
    part = paging(query, of_kind.get(indicator, 0) if indicator else counts[kind])
    narrowed = {"indicator": indicator} if indicator else {}
    found = published.changes(definitions, kind, release=entry.number, **narrowed)
    return ChangesPage(
        number=entry.number,
        published_at=entry.published_at,
        summary=told(Words(entry.summary, entry.summary_es)),
        who=said.approved(alone=entry.approved_alone),
        relation=said.relation(entry.corrects, entry.takes_back),
        sum=said.how_many(sum(counts.values())),
        tabs=tuple(Tab(_COUNTED[one](counts[one]), f"?kind={one}", one is kind) for one in there),
        kind=kind,
        select=by_indicator(definitions, of_kind, indicator),
        lines=tuple(line(change) for change in found[part.lines]),
        paging=part,
    )


def all_changes(at: Vantage) -> list[Changes]:
    """Everything the release did, the gravest first, for a file."""
    return [published.changes(_naming(at, kind), kind, release=at.release.number) for kind in Kind]


def by_indicator(definitions: Definitions, indicators: dict[str, int], chosen: str) -> Select:
    defined = definitions.indicators
    names = ((slug, defined[slug].name if slug in defined else slug) for slug in indicators)
    return select("indicator", _("Measure"), _("All measures"), names, chosen)


def _naming(at: Vantage, kind: Kind) -> Definitions:
    """What is shown no more is named as the release before named it, where there is one that may be told of."""
    before = published.as_of(at.release.number - 1) if kind is Kind.ENDED else None
    return (before or at).definitions
