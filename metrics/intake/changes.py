"""What accepting a batch would do to figures the public sees."""

from dataclasses import dataclass
from decimal import Decimal

from django.db.models import OuterRef, Subquery

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


def changes(batch: Batch, most: int | None = None) -> list[Change]:
    """Every changed row beside what the public sees of it; where it sees nothing yet, beside what stands. One query."""
    shown = PublishedCell.objects.filter(
        indicator=OuterRef("indicator__slug"),
        place=OuterRef("place__code"),
        group=OuterRef("group__slug"),
        period=OuterRef("period"),
        last_release=None,
    )
    rows = (
        batch.rows.filter(outcome=StagedRow.Outcome.CHANGED)
        .select_related("indicator", "place", "group", "source", "replaces__source")
        .annotate(shown_pk=Subquery(shown.values("pk")[:1]), shown_value=Subquery(shown.values("value")[:1]))
    )
    made = []
    for row in rows[:most]:
        stands = row.replaces.value if row.replaces else None
        before = row.shown_value if row.shown_pk else stands
        is_percent = row.indicator.unit == Unit.PERCENT
        large = row.shown_pk is not None and is_large(before, row.value, is_percent=is_percent)
        made.append(Change(row, before, is_shown=row.shown_pk is not None, is_large=large))
    return made


def large(batch: Batch) -> list[Change]:
    """The changes that somebody has to have checked."""
    return [change for change in changes(batch) if change.is_large]
