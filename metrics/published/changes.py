"""What releases changed: figures that are new, figures that replaced others, figures that are shown no more.

A release that was taken back is not told of: its figures are shown nowhere, and what it replaced was shown again.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any, NamedTuple

from django.db.models import CharField, Count, Exists, F, JSONField, OuterRef, Q, QuerySet, Subquery, Value, Window
from django.db.models.functions import Cast, JSONObject, RowNumber
from django.utils import timezone

from metrics.calc.cells import Cell, Status, cell
from metrics.calc.rates import plain, published
from metrics.models import PublishedCell, Release

from .definitions import Definitions, IndicatorInfo
from .vantage import KEY, TAKEN_BACK, told

_READ_AT_ONCE = 2000


class Kind(StrEnum):
    """What a release did to a figure."""

    CHANGED = "changed"
    ENDED = "ended"
    NEW = "new"


@dataclass(frozen=True, slots=True)
class Change:
    """One figure that a release changed.

    indicator, place, group   the codes that name it
    defined, place_name …     what the definitions say of them: nothing, and the code itself, where they know it no more
    old, new                  what was shown before and since; None where nothing was
    taken_back                the figure before was that of a release that was taken back: it is not shown again
    """

    kind: Kind
    release: int
    published_at: datetime
    indicator: str
    place: str
    group: str
    year: int
    defined: IndicatorInfo | None
    place_name: str
    group_name: str
    old: Cell | None
    new: Cell | None
    reason: str
    taken_back: bool = False


class _Line(NamedTuple):
    """A change as the database gives it."""

    indicator: str
    place: str
    group: str
    year: int
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    status: str
    release: int
    published_at: datetime
    reason: str
    before: dict[str, Any] | None


def changes(
    definitions: Definitions, kind: Kind, *conditions: Q, release: int | None = None, **filters: Any
) -> "Changes":
    """What `release` did, in the order of the table; or what every one did, the last figure of the newest first.

    Both orders are those of an index: what stood before is looked up for the lines of a page, and not for all there are
    to find out which these are.
    """
    lines = _lines(kind, release).filter(*conditions, **filters)
    return Changes(definitions, kind, lines.order_by("pk") if release else lines)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many figures of one indicator a release changed."""

    indicator: str
    changed: int
    ended: int
    new: int

    def of(self, kind: Kind) -> int:
        return {Kind.CHANGED: self.changed, Kind.ENDED: self.ended, Kind.NEW: self.new}[kind]


def tally(number: int) -> tuple[Tally, ...]:
    """What release `number` changed, counted by indicator; nothing of one that is not public. One query.

    A figure that replaced another has a reason, and only such a figure has one. So whatever ended and was replaced by
    none of them is shown no more: counting is enough, where to look for each one's successor would take minutes.
    """
    begins, ends = Q(first_release=number), Q(last_release=number - 1)
    counted = (
        told(PublishedCell.objects.filter(begins | ends))
        .filter(Exists(Release.objects.published().filter(number=number)))
        .values("indicator")
        .annotate(
            changed=Count("pk", filter=begins & Q(reason__gt="")),
            over=Count("pk", filter=ends),
            new=Count("pk", filter=begins & Q(reason="")),
        )
        .order_by("indicator")
    )
    found = (
        Tally(row["indicator"], row["changed"], max(row["over"] - row["changed"], 0), row["new"]) for row in counted
    )
    return tuple(one for one in found if any(map(one.of, Kind)))


def corrected(numbers: Iterable[int]) -> Mapping[int, int]:
    """How many figures each of these releases replaced; those that replaced none are left out. One query."""
    replaced = told(PublishedCell.objects.filter(first_release__in=list(numbers), reason__gt=""))
    return dict(replaced.order_by().values_list("first_release").annotate(Count("pk")))


def counts_of_corrections() -> dict[tuple[str, str], int]:
    """How many figures were ever replaced, by indicator and place. One query."""
    replaced = told(PublishedCell.objects.filter(reason__gt="")).order_by()
    counted = replaced.values_list("indicator", "place").annotate(Count("pk"))
    return {(indicator, place): count for indicator, place, count in counted}


class Changes:
    """A list of changes that is asked of the database a page at a time: `len(…)`, `[…:…]` and a walk, a query each."""

    def __init__(self, definitions: Definitions, kind: Kind, lines: QuerySet[Any, Any]) -> None:
        self.definitions, self.kind, self.lines = definitions, kind, lines

    def __len__(self) -> int:
        return self.lines.count()

    def __getitem__(self, part: slice) -> tuple[Change, ...]:
        return tuple(self._change(_Line._make(line)) for line in self.lines[part])

    def __iter__(self) -> Iterator[Change]:
        for line in self.lines.iterator(chunk_size=_READ_AT_ONCE):
            yield self._change(_Line._make(line))

    def first_of_each(self, most: int) -> Iterator[Change]:
        """The first `most` of every release, the newest release first, in one query."""
        rank = Window(RowNumber(), partition_by=F("first_release"), order_by="pk")
        for line in self.lines.alias(rank=rank).filter(rank__lte=most).order_by("-first_release", "pk"):
            yield self._change(_Line._make(line))

    def _change(self, line: _Line) -> Change:
        shown = self._cell(line.indicator, line.value, line.numerator, line.denominator, line.status)
        before, taken_back = line.before, bool(line.before and line.before["taken_back"])
        old = shown if self.kind is Kind.ENDED else None
        if before and not taken_back:
            value = None if before["value"] is None else Decimal(before["value"])
            old = self._cell(line.indicator, value, before["numerator"], before["denominator"], before["status"])
        place, group = self.definitions.places.get(line.place), self.definitions.groups.get(line.group)
        return Change(
            self.kind,
            line.release,
            timezone.localtime(line.published_at),
            line.indicator,
            line.place,
            line.group,
            line.year,
            self.definitions.indicators.get(line.indicator),
            place.name if place else line.place,
            group.name if group else line.group,
            old,
            None if self.kind is Kind.ENDED else shown,
            line.reason,
            taken_back,
        )

    def _cell(self, indicator: str, value: Decimal | None, *counts: Any) -> Cell:
        """With the decimals of the indicator; with all there are where the definitions know it no more."""
        numerator, denominator, status = counts
        known = self.definitions.indicators.get(indicator)
        if value is not None:
            value = published(value, known.decimals) if known else plain(value)
        return cell(Status(status), value, numerator, denominator)


def _lines(kind: Kind, release: int | None) -> QuerySet[Any, Any]:
    cells = told(PublishedCell.objects.all())
    said = (*KEY, "value", "numerator", "denominator", "status")
    if kind is Kind.ENDED:
        by = Release.objects.filter(number=OuterRef("last_release") + 1, state=Release.State.PUBLISHED)
        gone = cells.filter(~Exists(_after()), Exists(by), last_release__isnull=False)
        if release is not None:
            gone = gone.filter(last_release=release - 1)
        when, why = Subquery(by.values("published_at")[:1]), Subquery(by.values("reason")[:1])
        made, nothing = F("last_release") + 1, Value(None, JSONField())
        return gone.order_by("-last_release", "-pk").values_list(*said, made, when, why, nothing)
    begun = cells.filter(reason__gt="") if kind is Kind.CHANGED else cells.filter(reason="")
    if release is not None:
        begun = begun.filter(first_release=release)
    when = Subquery(Release.objects.filter(number=OuterRef("first_release")).values("published_at")[:1])
    return begun.order_by("-first_release", "-pk").values_list(*said, "first_release", when, "reason", _before())


def _same_figure() -> QuerySet[PublishedCell]:
    return PublishedCell.objects.filter(**{field: OuterRef(field) for field in KEY}).order_by()


def _after() -> QuerySet[PublishedCell]:
    """What took the place of a cell."""
    return _same_figure().filter(first_release=OuterRef("last_release") + 1)


def _before() -> Subquery:
    """What a cell took the place of, as one value: the cell before it in SQL, whatever a release changed."""
    said = JSONObject(
        value=Cast("value", CharField()),  # exact: a number would come as a float
        numerator="numerator",
        denominator="denominator",
        status="status",
        taken_back=Exists(TAKEN_BACK.filter(number=OuterRef("first_release"))),
    )
    return Subquery(_same_figure().filter(last_release=OuterRef("first_release") - 1).values(said=said)[:1])
