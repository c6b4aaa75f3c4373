"""One figure for ever: what is shown of it, and everything that was."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery
from django.utils import timezone

from metrics.calc.cells import Cell
from metrics.models import PublishedCell, Release

from .definitions import Definitions, GroupInfo, IndicatorInfo, PlaceInfo, SourceInfo, worded
from .releases import ReleaseInfo
from .series import series_cell
from .vantage import Vantage, as_of, now, told


@dataclass(frozen=True, slots=True)
class FigureVersion:
    """What was shown from one release to another.

    until    the last release that showed it; None: it is shown today
    source   None where the definitions know it no more
    reason   why it replaced another one; empty where it replaced none
    """

    release: int
    published_at: datetime
    until: int | None
    cell: Cell
    source: SourceInfo | None
    note: str
    reason: str


@dataclass(frozen=True, slots=True)
class FigureHistory:
    """One figure seen from a release.

    seen       that release
    shown      what it shows; None where it shows no such figure
    versions   everything that was ever shown of it, newest first; nothing that was taken back
    """

    indicator: IndicatorInfo
    place: PlaceInfo
    group: GroupInfo
    year: int
    seen: ReleaseInfo
    shown: FigureVersion | None
    versions: tuple[FigureVersion, ...]

    @property
    def today(self) -> FigureVersion | None:
        return next((version for version in self.versions if version.until is None), None)


def figure_history(
    indicator: str, place: str, group: str, year: int, at: Vantage | None = None
) -> FigureHistory | None:
    """One figure, now or as seen `at`; None where no release ever showed it.

    Two queries beside that of the vantage; two more for a figure whose names today’s definitions do not know.
    """
    at = at or now()
    if at is None:
        return None
    key = Q(indicator=indicator, place=place, group=group, period=year)
    since = Release.objects.filter(number=OuterRef("first_release")).values("published_at")[:1]
    cells = list(told(PublishedCell.objects.filter(key)).annotate(since=Subquery(since)).order_by("-first_release"))
    shown = at.shown(key)
    if not cells and not shown:
        return None
    last = cells[0].last_release if cells else None
    definitions = _naming((indicator, place, group), at, last)
    if definitions is None:
        return None
    versions = tuple(_version(definitions, cell, cell.since) for cell in cells)
    return FigureHistory(
        definitions.indicators[indicator],
        definitions.places[place],
        definitions.groups[group],
        year,
        at.release,
        next((_version(definitions, cell, _since(cell, versions, at)) for cell in shown), None),
        versions,
    )


def _naming(key: tuple[str, str, str], at: Vantage, last: int | None) -> Definitions | None:
    """The definitions that name the figure: those of the vantage, or those of the last release that showed it."""
    if _names(at.definitions, key):
        return at.definitions
    then = as_of(last) if last else None
    return then.definitions if then and _names(then.definitions, key) else None


def _names(definitions: Definitions, key: tuple[str, str, str]) -> bool:
    indicator, place, group = key
    return indicator in definitions.indicators and place in definitions.places and group in definitions.groups


def _since(cell: PublishedCell, versions: tuple[FigureVersion, ...], at: Vantage) -> datetime:
    """When what is shown was published; what a proposal shows, with the proposal."""
    known = (one.published_at for one in versions if one.release == cell.first_release)
    return next(known, at.release.published_at)


def _version(definitions: Definitions, cell: PublishedCell, since: datetime) -> FigureVersion:
    return FigureVersion(
        cell.first_release,
        timezone.localtime(since),
        cell.last_release,
        series_cell(cell, definitions.indicators[cell.indicator].decimals),
        definitions.sources.get(cell.source),
        worded(cell.note),
        worded(cell.reason),
    )
