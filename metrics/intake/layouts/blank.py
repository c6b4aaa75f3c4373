"""An empty table to fill in, as CSV or as a workbook."""

import csv
import io
from collections.abc import Sequence

#: What a spreadsheet program takes for the beginning of a formula.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


def as_csv(lines: Sequence[Sequence[str]]) -> bytes:
    """The table as text that Excel reads as UTF-8."""
    out = io.StringIO(newline="")
    csv.writer(out).writerows([[_plain(cell) for cell in line] for line in lines])
    return out.getvalue().encode("utf-8-sig")


def as_workbook(lines: Sequence[Sequence[str]], *, title: str) -> bytes:
    """The table as the only sheet of a workbook; `title` is in its properties."""
    from openpyxl import Workbook  # noqa: PLC0415  only when somebody asks for one: the web process stays small
    from openpyxl.styles import Font  # noqa: PLC0415

    book = Workbook()
    book.properties.title, book.properties.creator = title, ""
    sheet = book.worksheets[0]
    for line in lines:
        sheet.append([_plain(cell) for cell in line])
    for cell in sheet[1]:
        cell.font = Font(bold=True)
    sheet.freeze_panes = "B2"
    sheet.column_dimensions["A"].width = max(len(line[0]) for line in lines) + 2
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _plain(cell: str) -> str:
    """The cell as text that no program computes."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell
