"""A provider's table as a workbook that helps to fill it in: drop-downs, an example and advice.

The table is the first sheet and holds nothing else. The other sheets have no header of any layout, so that nothing of
them is ever taken for figures; none of them is hidden.
"""

import io
from collections.abc import Iterable, Mapping
from math import ceil
from typing import Any

from . import PROVIDER
from .blank import plain
from .guide import EXAMPLE, EXAMPLE_NOTICE, REMARKS, advice, message_for
from .stages import STAGES

TABLE, EXAMPLE_SHEET, ADVICE_SHEET, GROUPS_SHEET = "Fill in here", "Example", "How to fill it in", "Groups"
GROUPS_HEADING = "The names in the list of the column “group”"
#: The columns of numbers, one for each stage.
NUMBERS = "BCDEF"
#: In letters, and in points.
ADVICE_WIDTH, ROW_HEIGHT = 100, 15
#: Lines that are helped with: as many as the intake takes for a table of groups, for whoever adds or pastes some.
MOST_LINES = 300
#: The largest number of students that the intake takes.
LARGEST = 9_999_999
#: Anything else in a column of numbers is called wrong while it is typed. IF, and not AND or OR alone: they compute
#: all that stands in them, and INT of a mark is an error. EXACT, because * may stand for any text elsewhere.
NUMBER_OR_MARK = (
    "IF(ISNUMBER({cell}),AND({cell}>=0,{cell}<={largest},{cell}=INT({cell})),"
    'OR(EXACT(TRIM({cell}),"*"),EXACT(UPPER(TRIM({cell})),"N/A")))'
)
WRONG_NUMBER = (
    "Write a whole number of students from 0 up, like 120; * if you withhold it; n/a if the stage does not apply to "
    "the group; or leave the cell empty. No percent, no decimals."
)
WRONG_GROUP = (
    "This group is not in the list. Choose one with the arrow beside the cell; the sheet “Groups” has all names."
)
ABOUT_GROUP = "Choose from the list. Each group has one line; a line without any number is not read."


def as_workbook(groups: Mapping[str, str], *, title: str) -> bytes:
    """A line for each of `groups` (short name → name, all students first); `title`: whose figures, of when."""
    from openpyxl import Workbook  # noqa: PLC0415  only when somebody asks for one: the web process stays small

    book = Workbook()
    book.properties.title, book.properties.creator = title, ""
    _fill_in(book.worksheets[0], groups)
    _example(book.create_sheet(EXAMPLE_SHEET), groups)
    _advice(book.create_sheet(ADVICE_SHEET), groups, title)
    _groups(book.create_sheet(GROUPS_SHEET), groups)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _fill_in(sheet: Any, groups: Mapping[str, str]) -> None:
    sheet.title = TABLE
    _write(sheet, PROVIDER.columns, head=True)
    for name in groups.values():
        _write(sheet, (name,))
    sheet.freeze_panes = "B2"
    _widen(sheet, A=_widest(groups), **dict.fromkeys(NUMBERS, 13))
    _help(
        sheet,
        "A",
        type="list",
        formula1=f"{GROUPS_SHEET}!$A$2:$A${len(groups) + 1}",
        errorTitle="Not in the list of groups",
        error=WRONG_GROUP,
        promptTitle="Group of students",
        prompt=ABOUT_GROUP,
    )
    for letter, stage in zip(NUMBERS, STAGES, strict=True):
        _help(
            sheet,
            letter,
            type="custom",
            formula1=NUMBER_OR_MARK.format(cell=f"{letter}2", largest=LARGEST),
            errorTitle="A number, * or n/a",
            error=WRONG_NUMBER,
            promptTitle=stage.name,
            prompt=message_for(stage),
        )
        for line in range(2, len(groups) + 2):
            # A “5/12” that Excel takes for a date shows as 46000 or so, and somebody notices.
            sheet[f"{letter}{line}"].number_format = "0"
    _to_the_right(sheet)


def _help(sheet: Any, letter: str, **validation: str) -> None:
    """Says in a column what belongs there, and what does not."""
    from openpyxl.worksheet.datavalidation import DataValidation  # noqa: PLC0415  see above

    rule = DataValidation(allow_blank=True, showErrorMessage=True, showInputMessage=True, **validation)
    rule.add(f"{letter}2:{letter}{MOST_LINES + 1}")
    sheet.add_data_validation(rule)


def _example(sheet: Any, groups: Mapping[str, str]) -> None:
    """The notice stands where a table has its header: these figures cannot be sent by mistake."""
    _write(sheet, (EXAMPLE_NOTICE,), head=True)
    _write(sheet, ())
    _write(sheet, (*PROVIDER.columns, REMARKS), head=True)
    for line in EXAMPLE:
        if line.group in groups:
            _write(sheet, (groups[line.group], *map(_typed, line.cells), line.remark))
    _widen(sheet, A=_widest(groups), **dict.fromkeys(NUMBERS, 13), G=90)
    _to_the_right(sheet)
    _align(sheet["G"], indent=1)


def _advice(sheet: Any, groups: Mapping[str, str], title: str) -> None:
    _write(sheet, ("How to fill in the figures",), head=True)
    _write(sheet, (title,))
    for part in advice(groups, table=TABLE):
        _write(sheet, ())
        _write(sheet, (part.heading,), head=True)
        for what, words in part.lines:
            _write(sheet, (what, words))
            _align(sheet[sheet.max_row], wrap_text=True, vertical="top")
            # Not every program looks how high a wrapped text is before somebody touches it.
            sheet.row_dimensions[sheet.max_row].height = ROW_HEIGHT * ceil(len(words) / ADVICE_WIDTH)
    _widen(sheet, A=_widest(groups), B=ADVICE_WIDTH)


def _groups(sheet: Any, groups: Mapping[str, str]) -> None:
    _write(sheet, (GROUPS_HEADING,), head=True)
    for name in groups.values():
        _write(sheet, (name,))
    _widen(sheet, A=_widest(groups))


def _write(sheet: Any, cells: tuple[str | int, ...], *, head: bool = False) -> None:
    """One line more, in which text stays text that no program computes."""
    from openpyxl.styles import Font  # noqa: PLC0415  see above

    sheet.append([plain(cell) if isinstance(cell, str) else cell for cell in cells])
    for cell in sheet[sheet.max_row] if head else ():
        cell.font = Font(name=cell.font.name, size=cell.font.size, bold=True)


def _typed(cell: str) -> str | int:
    """As a person types it: Excel makes a number of figures, and its validation takes no text that looks like one."""
    return int(cell) if cell.isdecimal() else cell


def _to_the_right(sheet: Any) -> None:
    """Heads and marks stand where the numbers of their column stand."""
    for letter in NUMBERS:
        _align(sheet[letter], horizontal="right")


def _align(cells: Iterable[Any], **how: Any) -> None:
    from openpyxl.styles import Alignment  # noqa: PLC0415  see above

    for cell in cells:
        cell.alignment = Alignment(**how)


def _widest(groups: Mapping[str, str]) -> int:
    return max(map(len, groups.values())) + 2


def _widen(sheet: Any, **widths: int) -> None:
    """Wide enough to be read, and on paper as wide as a page."""
    for letter, width in widths.items():
        sheet.column_dimensions[letter].width = width
    sheet.page_setup.orientation = "landscape"
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
