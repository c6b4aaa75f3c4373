"""What the public would see of a batch that waits, after the same rules that stand before a release."""

from dataclasses import dataclass

from django.db.models import Q

from metrics.models import Batch, Goal, Observation, PublishedCell, StagedRow
from metrics.models.definitions import CONNECTICUT, HARTFORD, REST_OF_STATE

from .withholding import cells

#: Rows that are looked at; a file of more is no table of one program or goal.
MOST = 5000


@dataclass(frozen=True, slots=True)
class Coming:
    """Rows of a batch as the public would see them, and those of them that would be withheld here."""

    cells: tuple[PublishedCell, ...]
    hidden: tuple[StagedRow, ...]


def coming(batch: Batch) -> Coming:
    """The rows that bear on a goal or fall under the board's own rule. Nothing is written. Eight queries at most."""
    goals = Goal.objects.values_list("statements__indicator", "companion")
    about = {key for pair in goals for key in pair if key is not None}
    ours = Q(indicator__in=about, place__code__in=(HARTFORD, CONNECTICUT, REST_OF_STATE)) | Q(source__own_rule=True)
    rows = batch.rows.filter(ours, outcome__in=StagedRow.TAKEN)
    related = rows.select_related("indicator", "place", "group__dimension", "source")[:MOST]
    by_key = {(row.indicator.slug, row.place.code, row.group.slug, row.period): row for row in related}
    shown = tuple(cells(_observation(row) for row in by_key.values()))
    hidden = [
        row
        for cell in shown
        if cell.value is None and (row := by_key[cell.indicator, cell.place, cell.group, cell.period]).value is not None
    ]
    return Coming(shown, tuple(hidden))


def _observation(row: StagedRow) -> Observation:
    """What accepting the row would record; it is never saved."""
    return Observation(
        indicator=row.indicator,
        place=row.place,
        group=row.group,
        period=row.period,
        source=row.source,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        status=row.status,
        note=row.note,
    )
