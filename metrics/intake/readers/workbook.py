"""From bytes to lines of cells, where the file is an Excel workbook: looked at as a zip before it is opened."""

import io
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from .refusals import UnreadableFile, gettext_noop
from .text import Line

#: What the parts of a workbook may unpack to; a real table of figures stays far below.
MAX_SHEET = 120 * 1024 * 1024
MAX_OTHER_PART = 2 * 1024 * 1024
MAX_PARTS = 500
#: No honest sheet is packed tighter than this.
MAX_RATIO = 400
#: Columns beyond these are never looked at: a stray cell far to the right must not cost memory.
MAX_COLUMNS = 120
#: Empty rows in succession after which a sheet is over: a stray cell far below must not cost time.
EMPTY_ROWS = 2000

DAMAGED = gettext_noop("The workbook is damaged; open it in Excel and save it again as .xlsx.")
NO_MACROS = gettext_noop("The workbook has macros; save it as .xlsx without them.")
TOO_LARGE = gettext_noop("The workbook unpacks to more than a table of figures can hold; it was not opened.")
LINKED = gettext_noop("The workbook draws on other files; copy the sheet and paste it as values into a new workbook.")


def check_zip(data: bytes) -> None:
    """Raises UnreadableFile for a zip that is no workbook, or one that no table of figures needs to be."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            names = [entry.filename.lower() for entry in entries]
            if "xl/workbook.xml" not in names:
                template = gettext_noop(
                    "This is a zip archive and not an Excel workbook; unpack it and send the file inside."
                )
                raise UnreadableFile(template)
            _check_sizes(entries)
            _check_parts(archive, names)
    except UnreadableFile:
        raise
    except Exception:  # zipfile raises whatever zlib and struct underneath it raised
        raise UnreadableFile(DAMAGED) from None


def _check_sizes(entries: list[zipfile.ZipInfo]) -> None:
    is_data = re.compile(r"xl/(worksheets/|sharedstrings)", re.IGNORECASE)
    sheets = sum(entry.file_size for entry in entries if is_data.match(entry.filename))
    others = [entry.file_size for entry in entries if not is_data.match(entry.filename)]
    packed_tight = any(
        entry.file_size > 1024 * 1024 and entry.file_size > MAX_RATIO * max(entry.compress_size, 1) for entry in entries
    )
    if len(entries) > MAX_PARTS or sheets > MAX_SHEET or max(others, default=0) > MAX_OTHER_PART or packed_tight:
        raise UnreadableFile(TOO_LARGE)


def _check_parts(archive: zipfile.ZipFile, names: list[str]) -> None:
    if len(set(names)) != len(names):
        raise UnreadableFile(DAMAGED)
    if any("vbaproject" in name or "macrosheet" in name or name.endswith(".xlm") for name in names):
        raise UnreadableFile(NO_MACROS)
    if any("externallink" in name or "embeddings/" in name or "connections.xml" in name for name in names):
        raise UnreadableFile(LINKED)
    for entry in archive.infolist():
        if entry.filename.lower().endswith((".xml", ".rels")):
            with archive.open(entry) as part:
                head = part.read(4096)
            if b"<!DOCTYPE" in head.upper() or b"<!ENTITY" in head.upper():
                raise UnreadableFile(DAMAGED)


def sheets(data: bytes, most: int) -> Iterator[tuple[str, Iterator[Line]]]:
    """The visible sheets of the workbook with their lines, one after the other."""
    check_zip(data)
    from openpyxl import load_workbook  # noqa: PLC0415  only when a workbook comes: reading CSV stays quick

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        for sheet in book.worksheets:
            if sheet.sheet_state == "visible":
                yield sheet.title, _lines(sheet, most)
    except UnreadableFile:
        raise
    except Exception:  # openpyxl raises whatever the parser underneath it raised
        raise UnreadableFile(DAMAGED) from None


def _lines(sheet: Any, most: int) -> Iterator[Line]:
    try:
        empty = 0
        for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            if line > most:
                raise UnreadableFile(gettext_noop("The sheet has more than {most} rows; divide it."), most=most)
            cells = [_cell(cell, line) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            empty = 0 if cells else empty + 1
            if empty > EMPTY_ROWS:
                return
            yield line, cells
    except UnreadableFile:
        raise
    except Exception:  # the same
        raise UnreadableFile(DAMAGED) from None


def _cell(cell: Any, line: int) -> str:
    if cell.data_type == "f":
        raise UnreadableFile(
            gettext_noop("Line {line} has a formula; copy the sheet and paste it as values."), line=line
        )
    if cell.data_type == "e":
        template = gettext_noop("Line {line} has an Excel error ({error}) in place of a value.")
        raise UnreadableFile(template, line=line, error=str(cell.value)[:10])
    value = cell.value
    if isinstance(value, float):
        # What Excel shows: 0.1 + 0.2 is kept as 0.30000000000000004.
        return str(int(value)) if value.is_integer() else repr(float(f"{value:.12g}"))
    return "" if value is None else str(value)
