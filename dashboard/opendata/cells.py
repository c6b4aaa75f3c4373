"""One figure in the columns of an open file."""

from decimal import Decimal

from metrics.calc.cells import Cell, Known, NotApplicable, NotReported, Status

#: In place of the status of a figure that there was not.
NOT_SHOWN = "not_shown"


def numbers(cell: Cell | None) -> tuple[Decimal | None, int | None, int | None]:
    """Value, numerator, denominator; three times nothing where there is no figure."""
    return (cell.value, cell.numerator, cell.denominator) if isinstance(cell, Known) else (None, None, None)


def status(cell: Cell | None) -> str:
    """How the figure stands: one of the words of `metrics.calc.cells.Status`, or that there was none."""
    if cell is None:
        return NOT_SHOWN
    if isinstance(cell, Known):
        return cell.status.value
    if isinstance(cell, NotReported):
        return Status.NOT_YET_AVAILABLE.value
    return Status.NOT_APPLICABLE.value if isinstance(cell, NotApplicable) else Status.SUPPRESSED.value
