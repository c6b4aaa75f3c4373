"""What accepting a batch would do to figures the public sees."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from metrics.calc.cells import Unit
from metrics.calc.precedence import is_large
from metrics.models import Batch, PublishedCell, StagedRow


@dataclass(frozen=True, slots=True)
class Change:
    """A figure that is shown or stands (`before`), and the row that would be in its place."""

    row: StagedRow
    before: Decimal | None
    is_shown: bool
    is_large: bool

    @property
    def difference(self) -> Decimal | None:
        return None if self.before is None or self.row.value is None else self.row.value - self.before


def changes(batch: Batch, most: int) -> list[Change]:
    """The first changed rows beside what the public sees of them; where it sees nothing yet, beside what stands."""
    return [_change(row) for row in _rows(batch)[:most]]


def large(batch: Batch) -> list[Change]:
    """The changes that somebody has to have checked. Only what is shown is looked at, however many rows change."""
    return [change for change in (_change(row) for row in _rows(batch, only_shown=True)) if change.is_large]


def _rows(batch: Batch, *, only_shown: bool = False) -> QuerySet[Any]:
    shown = PublishedCell.objects.filter(
        indicator=OuterRef("indicator__slug"),
        place=OuterRef("place__code"),
        group=OuterRef("group__slug"),
        period=OuterRef("period"),
        last_release=None,
    )
    changed = batch.rows.filter(outcome=StagedRow.Outcome.CHANGED)
    if only_shown:
        changed = changed.filter(Exists(shown))
    return changed.select_related("indicator", "place", "group", "source", "replaces__source").annotate(
        shown_pk=Subquery(shown.values("pk")[:1]), shown_value=Subquery(shown.values("value")[:1])
    )


def _change(row: Any) -> Change:
    is_shown = row.shown_pk is not None
    before = row.shown_value if is_shown else row.replaces.value if row.replaces else None
    is_percent = row.indicator.unit == Unit.PERCENT
    return Change(
        row, before, is_shown=is_shown, is_large=is_shown and is_large(before, row.value, is_percent=is_percent)
    )
