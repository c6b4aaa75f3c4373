"""An empty table to fill in, as CSV. The workbook is in `workbook`."""

import csv
import io
from collections.abc import Sequence

#: What a spreadsheet program takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(lines: Sequence[Sequence[str]]) -> bytes:
    """The table as text that Excel reads as UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[plain(cell) for cell in line] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def plain(cell: str) -> str:
    """The cell as text that no program computes."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
