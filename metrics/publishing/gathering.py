"""What publishing the figures that stand would change, figure by figure, kept beside the release that would do it."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from metrics.models import (
    ComingCell,
    DefinitionSet,
    Group,
    Indicator,
    Observation,
    Place,
    PublishedCell,
    Release,
    Source,
)
from metrics.models.definitions import REST_OF_STATE

from .freezing import check_definitions, definition_set, freeze
from .told import COUNTS_LEFT_OUT, WITHHELD, ours
from .withholding import cells

#: Rows read and written with one statement.
_CHUNK = 5000
#: Fields of a definition that decide how a figure is shown.
_DECIDE = {"metrics.indicator": "decimals", "metrics.source": "own_rule", "metrics.place": "kind"}
#: Reason of a figure that the board's own rule kept back so far.
SHOWN_AGAIN = "Withheld before; beside the other figures it tells of nobody now."
_SAID = ("value", "numerator", "denominator", "status", "source", "note")
_COPIED = (*_SAID, "indicator", "place", "group", "period", "reason")


Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Difference:
    """How much a release would change: figures that are new, replaced and no longer shown; definitions, or not."""

    new: int
    replaced: int
    gone: int
    new_definitions: bool

    def __bool__(self) -> bool:
        return bool(self.new or self.replaced or self.gone or self.new_definitions)


def difference(release: Release) -> Difference:
    """Two queries."""
    counted = release.coming.aggregate(
        new=Count("pk", filter=Q(replaces=None)),
        replaced=Count("pk", filter=Q(replaces__isnull=False, is_gone=False)),
        gone=Count("pk", filter=Q(is_gone=True)),
    )
    newest = Release.objects.published().first()
    shown = newest.definitions_id if newest else None
    return Difference(**counted, new_definitions=release.definitions_id != shown)


def gather(release: Release) -> None:
    """Takes down what would change if the figures and definitions that stand were published now.

    Raises PublishingError when the public pages could not be made of the definitions that stand.
    """
    check_definitions()
    newest = Release.objects.published().select_related("definitions").first()
    release.coming.all()._raw_delete(release.coming.db)
    for some in _chunks(_changes(release, newest)):
        ComingCell.objects.bulk_create(some)
    release.base = newest.number if newest else 0
    release.definitions, release.gathered_at = definition_set(freeze()), timezone.now()
    release.save(update_fields=["base", "definitions", "gathered_at"])
    DefinitionSet.objects.filter(releases=None).delete()


def _changes(release: Release, newest: Release | None) -> Iterator[ComingCell]:
    gone = _gone()
    standing = _to_be_judged(newest, gone).prefetch_related("indicator", "place", "group", "source")
    for some in _chunks(cells(standing.iterator(chunk_size=_CHUNK))):
        shown = PublishedCell.objects.in_bulk([pk for cell in some if (pk := _shown_pk(cell)) is not None])
        for cell in some:
            before = shown.get(_shown_pk(cell))
            if before is None or any(getattr(before, field) != getattr(cell, field) for field in _SAID):
                yield _coming(release, cell, before)
    for cell in gone.iterator(chunk_size=_CHUNK):
        yield _copy(release, cell, replaces=cell, is_gone=True, reason=release.reason)


def _shown_pk(cell: PublishedCell) -> Any:
    return cell.observation.shown_pk  # type: ignore[attr-defined]


def _coming(release: Release, cell: PublishedCell, before: PublishedCell | None) -> ComingCell:
    """`cell` in place of `before`, with the reason the public will read."""
    if before is None:
        reason = ""  # it was corrected before anybody outside saw it
    elif cell.value is None and cell.note == WITHHELD:
        reason = WITHHELD
    elif before.note == WITHHELD:
        reason = cell.reason or SHOWN_AGAIN
    elif before.numerator is not None and cell.note.endswith(COUNTS_LEFT_OUT):
        reason = cell.reason or COUNTS_LEFT_OUT
    elif before.note.endswith(COUNTS_LEFT_OUT) and cell.numerator is not None:
        reason = cell.reason or SHOWN_AGAIN
    else:
        reason = cell.reason or release.reason
    return _copy(release, cell, replaces=before, reason=reason)


def _copy(release: Release, cell: PublishedCell, **more: Any) -> ComingCell:
    said = {field: getattr(cell, field) for field in _COPIED}
    return ComingCell(release=release, observation_id=cell.observation_id, **{**said, **more})


def _to_be_judged(newest: Release | None, gone: QuerySet[PublishedCell]) -> QuerySet[Observation]:
    """The figures that stand and may be shown otherwise than they are. What is shown as it stands is left alone.

    What is judged with all it stands beside is looked at again each time.
    """
    shown = PublishedCell.objects.filter(last_release=None)
    same_key = shown.filter(
        indicator=OuterRef("indicator__slug"),
        place=OuterRef("place__code"),
        group=OuterRef("group__slug"),
        period=OuterRef("period"),
    )
    standing = Observation.objects.current().annotate(shown_pk=Subquery(same_key.values("pk")[:1]))
    unseen = ~Exists(shown.filter(observation=OuterRef("pk")))
    beside_others = ours() | Q(place__code=REST_OF_STATE)
    return standing.filter(unseen | beside_others | _redefined(newest) | Q(pk__in=gone.values("observation")))


def _redefined(newest: Release | None) -> Q:
    """Figures of an indicator, place or source that would show them in another manner than it did."""
    changed = Q(pk__in=[])
    if newest is None or newest.definitions is None:
        return changed
    then = {
        (row["model"], _name(row["fields"])): row["fields"].get(_DECIDE[row["model"]])
        for row in json.loads(newest.definitions.body)
        if row["model"] in _DECIDE
    }
    for model, lookup in ((Indicator, "indicator__in"), (Source, "source__in"), (Place, "place__in")):
        label = model._meta.label_lower
        rows: Iterable[Any] = model.objects.all()
        other = [
            row.pk
            for row in rows
            if (label, name := row.natural_key()[0]) in then and then[label, name] != getattr(row, _DECIDE[label])
        ]
        changed |= Q(**{lookup: other})
    return changed


def _name(fields: dict[str, Any]) -> str:
    return str(fields.get("code") or fields.get("slug"))


def _gone() -> QuerySet[PublishedCell]:
    """Figures that are shown under a name that nothing has any more."""
    named = Q(
        indicator__in=Indicator.objects.values("slug"),
        place__in=Place.objects.values("code"),
        group__in=Group.objects.values("slug"),
    )
    return PublishedCell.objects.filter(last_release=None).exclude(named)


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """The rows, a statement's worth at a time."""
    left = iter(rows)
    while some := list(islice(left, _CHUNK)):
        yield some
