"""How the staff area says what a figure says that is public, or on its way there."""

from metrics.calc.cells import Status
from metrics.intake.resources import as_printed
from metrics.models import ComingCell, Indicator, PublishedCell
from metrics.publishing.told import FROM_21_TO_39, WITHHELD


def is_withheld(cell: PublishedCell | ComingCell) -> bool:
    """Whether the board's own rule keeps the figure back; its source suppressed nothing then."""
    return cell.note in (WITHHELD, FROM_21_TO_39)


def said(cell: PublishedCell | ComingCell, indicator: Indicator) -> str:
    """The whole figure: value or why there is none, status, counts, note."""
    if is_withheld(cell):
        return cell.note
    counts = "/".join("?" if count is None else str(count) for count in (cell.numerator, cell.denominator))
    parts = (
        as_printed(cell.value, indicator),
        "" if cell.status == Status.FINAL else cell.get_status_display(),
        "" if counts == "?/?" else counts,
        cell.note,
    )
    return ", ".join(part for part in parts if part)
