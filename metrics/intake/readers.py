"""From bytes to rows of text. Nothing is interpreted here, and nothing is written anywhere."""

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from .layouts import Layout

#: A larger file is refused before it is read. The state's largest export is below 2 MB.
MAX_BYTES = 10 * 1024 * 1024
#: A workbook may unpack to this much; a real one of 10 MB stays far below.
MAX_UNPACKED = 100 * 1024 * 1024
MAX_ROWS = 200_000
#: Columns beyond these are never looked at: a stray cell far to the right must not cost memory.
MAX_COLUMNS = 60

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"


class UnreadableFile(Exception):
    """The whole file is refused. The message is one sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number as a text editor or Excel counts it, and its cells by column name."""

    line: int
    cells: dict[str, str]


def check_size(size: int) -> None:
    """Raises UnreadableFile for a file of `size` bytes that is not worth opening."""
    if size == 0:
        raise UnreadableFile("The file is empty.")
    if size > MAX_BYTES:
        raise UnreadableFile(
            f"The file has {size / 1024 / 1024:.0f} MB; files over {MAX_BYTES // 1024 // 1024} MB are not read."
        )


def read(data: bytes, layout: Layout) -> list[Row]:
    """The rows of a CSV file or Excel workbook in `layout`.

    Raises UnreadableFile when the bytes are no table, the columns are not those of the layout, or
    there is no row under the header.
    """
    check_size(len(data))
    if data.startswith(OLE_MAGIC):
        raise UnreadableFile("This is an old or protected Excel file (.xls); save it as .xlsx or as CSV.")
    lines = _workbook(data) if data.startswith(ZIP_MAGIC) else _csv(data)
    header_line, header = next(lines, (0, []))
    if not any(header):
        raise UnreadableFile("The file has no header line with column names.")
    columns = _columns([name.strip().lower() for name in header], layout)
    rows = [_row(line, cells, columns, header_line) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not rows:
        raise UnreadableFile("The file has a header and no figures under it.")
    return rows


def _columns(header: list[str], layout: Layout) -> list[str]:
    """The header, once it is exactly the layout's columns in any order."""
    while header and not header[-1]:
        header.pop()
    repeated = sorted({name for name in header if header.count(name) > 1})
    unknown = [name for name in header if name not in layout.columns]
    missing = [name for name in layout.required if name not in header]
    if len(unknown) == len(header):
        raise UnreadableFile(
            f"This is not a table of figures: the first line should name the columns {', '.join(layout.columns)}."
        )
    if repeated:
        raise UnreadableFile(f"The column {_quoted(repeated)} appears twice in the header.")
    if unknown:
        hints = [f"“{name}”{_nearest(name, layout.columns)}" for name in unknown]
        raise UnreadableFile(f"The header has a column that is not known: {', '.join(hints)}.")
    if missing:
        raise UnreadableFile(f"The header lacks the column {_quoted(missing)}.")
    return header


def _nearest(name: str, known: Iterable[str]) -> str:
    close = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" (did you mean “{close[0]}”?)" if close else ""


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _row(line: int, cells: list[str], columns: list[str], header_line: int) -> Row:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    if extra:
        raise UnreadableFile(
            f"Line {line} has {len(columns) + len(extra)} cells, the header in line {header_line} has {len(columns)}; "
            "a comma inside a cell needs quotes around the cell."
        )
    padded = cells + [""] * (len(columns) - len(cells))
    return Row(line, {name: cell.strip() for name, cell in zip(columns, padded, strict=False)})


def _csv(data: bytes) -> Iterator[tuple[int, list[str]]]:
    text = _text(data)
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        before = 0
        for count, cells in enumerate(reader):
            if count == 0:
                _check_delimiter(cells)
            if count > MAX_ROWS:
                raise UnreadableFile(f"The file has more than {MAX_ROWS:,} lines; divide it.")
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise UnreadableFile(f"Line {reader.line_num} cannot be read as CSV: {error}.") from None


def _text(data: bytes) -> str:
    if b"\x00" in data:
        raise UnreadableFile("This is not a text file or an Excel workbook; save the table as CSV (UTF-8) or .xlsx.")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise UnreadableFile(f"Line {line} has a letter that is not UTF-8; save the file as “CSV UTF-8”.") from None


def _check_delimiter(header: list[str]) -> None:
    only = header[0] if len(header) == 1 else ""
    for mark, name in ((";", "semicolons"), ("\t", "tabs"), ("|", "bars")):
        if mark in only:
            raise UnreadableFile(f"The columns are divided by {name}; save the file as CSV with commas.")


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    _check_zip(data)
    from openpyxl import load_workbook  # noqa: PLC0415  only when a workbook comes: the web process stays small

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        sheet = book.worksheets[0]
        for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            if line > MAX_ROWS:
                raise UnreadableFile(f"The sheet has more than {MAX_ROWS:,} rows; divide it.")
            cells = [_cell(cell, line) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells or line == 1:
                yield line, cells
    except UnreadableFile:
        raise
    except Exception:  # openpyxl raises whatever the parser underneath it raised
        raise UnreadableFile("The workbook is damaged; open it in Excel and save it again as .xlsx.") from None


def _cell(cell: Any, line: int) -> str:
    if cell.data_type == "f":
        raise UnreadableFile(f"Line {line} has a formula; copy the sheet and paste it as values.")
    if cell.data_type == "e":
        raise UnreadableFile(f"Line {line} has an Excel error ({cell.value}) in place of a value.")
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _check_zip(data: bytes) -> None:
    """A workbook is a zip: looked at before it is unpacked."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
    except zipfile.BadZipFile:
        raise UnreadableFile("The workbook is damaged; open it in Excel and save it again as .xlsx.") from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise UnreadableFile("This is a zip archive and not an Excel workbook; unpack it and send the file inside.")
    if len(entries) > 500 or sum(entry.file_size for entry in entries) > MAX_UNPACKED:
        raise UnreadableFile("The workbook unpacks to more than a table of figures can hold; it was not opened.")
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile("The workbook has macros; save it as .xlsx without them.")
