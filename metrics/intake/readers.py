"""From bytes to rows of text. Nothing is interpreted here, and nothing is written anywhere."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from .layouts import Layout

#: A larger file is refused before it is read. The state's largest export is below 2 MB.
MAX_BYTES = 10 * 1024 * 1024
#: What the parts of a workbook may unpack to; a real table of figures stays far below.
MAX_SHEET = 40 * 1024 * 1024
MAX_OTHER_PART = 2 * 1024 * 1024
MAX_ROWS = 200_000
#: Columns beyond these are never looked at: a stray cell far to the right must not cost memory.
MAX_COLUMNS = 60

#: Names of columns that only a list of single students has.
PERSONAL_COLUMN = re.compile(
    r"\bids?\b|\b(student|pupil)(?!s)|^names?$|(first|middle|last|full|sur|given|family) ?name"
    r"|birth|\bdob\b|\bssn\b|sasid|e-?mail|phone|address"
)

ZIP_MAGIC = b"PK\x03\x04"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"


def gettext_noop(template: str) -> str:
    """Marks a sentence for translation. This room speaks no language: who shows the sentence translates it."""
    return template


class UnreadableFile(Exception):
    """The whole file is refused: one sentence for the person who sent it, as a template and its values."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template.format(**values))
        self.template, self.values = template, values

    def sentence(self, translate: Callable[[str], str]) -> str:
        return translate(self.template).format(**self.values)


DAMAGED = gettext_noop("The workbook is damaged; open it in Excel and save it again as .xlsx.")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number as a text editor or Excel counts it, and its cells by column name."""

    line: int
    cells: dict[str, str]


def check_size(size: int) -> None:
    """Raises UnreadableFile for a file of `size` bytes that is not worth opening."""
    if size == 0:
        raise UnreadableFile(gettext_noop("The file is empty."))
    if size > MAX_BYTES:
        raise UnreadableFile(
            gettext_noop("The file has {size} MB; files over {most} MB are not read."),
            size=-(-size // (1024 * 1024)),
            most=MAX_BYTES // 1024 // 1024,
        )


def read(data: bytes, layout: Layout) -> list[Row]:
    """The rows of a CSV file or Excel workbook in `layout`.

    Raises UnreadableFile when the bytes are no table, the columns are not those of the layout, or
    there is no row under the header.
    """
    check_size(len(data))
    if data.startswith(OLE_MAGIC):
        raise UnreadableFile(gettext_noop("This is an old or protected Excel file (.xls); save it as .xlsx or as CSV."))
    lines = _workbook(data) if data.startswith(ZIP_MAGIC) else _csv(data)
    header_line, header = next(lines, (0, []))
    if not any(header):
        raise UnreadableFile(gettext_noop("The file has no header line with column names."))
    columns = _columns([name.strip().lower() for name in header], layout)
    rows = [_row(line, cells, columns, header_line) for line, cells in lines if any(cell.strip() for cell in cells)]
    if not rows:
        raise UnreadableFile(gettext_noop("The file has a header and no figures under it."))
    return rows


def _columns(header: list[str], layout: Layout) -> list[str]:
    """The header, once it is exactly the layout's columns in any order."""
    while header and not header[-1]:
        header.pop()
    repeated = sorted({name for name in header if header.count(name) > 1})
    unknown = [name for name in header if name not in layout.columns]
    missing = [name for name in layout.required if name not in header]
    personal = next((name for name in unknown if PERSONAL_COLUMN.search(name.replace("_", " "))), None)
    if personal and len(unknown) == len(header):
        template = gettext_noop(
            "This is not a table of figures: its column “{name}” tells about single students, and no student-level "
            "data is taken."
        )
        raise UnreadableFile(template, name=personal[:40])
    if personal:
        template = gettext_noop(
            "The header has a column “{name}” that is not known. It may tell about single students; no student-level "
            "data is taken."
        )
        raise UnreadableFile(template, name=personal[:40])
    if len(unknown) == len(header):
        raise UnreadableFile(
            gettext_noop("This is not a table of figures: the first line should name the columns {columns}."),
            columns=", ".join(layout.columns),
        )
    if repeated:
        raise UnreadableFile(
            gettext_noop("The column {columns} appears twice in the header."), columns=_quoted(repeated)
        )
    if unknown:
        name, close = unknown[0], get_close_matches(unknown[0], layout.columns, n=1, cutoff=0.6)
        if close:
            template = gettext_noop("The header has a column “{name}” that is not known; did you mean “{close}”?")
            raise UnreadableFile(template, name=name[:40], close=close[0])
        raise UnreadableFile(gettext_noop("The header has a column “{name}” that is not known."), name=name[:40])
    if missing:
        raise UnreadableFile(gettext_noop("The header lacks: {columns}."), columns=_quoted(missing))
    return header


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def _row(line: int, cells: list[str], columns: list[str], header_line: int) -> Row:
    extra = [cell for cell in cells[len(columns) :] if cell.strip()]
    if extra:
        raise UnreadableFile(
            gettext_noop(
                "Line {line} has {cells} cells, the header in line {header} has {columns}; "
                "in a CSV file a comma inside a cell needs quotes around the cell."
            ),
            line=line,
            cells=len(columns) + len(extra),
            header=header_line,
            columns=len(columns),
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
                raise UnreadableFile(gettext_noop("The file has more than {most} lines; divide it."), most=MAX_ROWS)
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise UnreadableFile(
            gettext_noop("Line {line} cannot be read as CSV: {error}."), line=reader.line_num, error=error
        ) from None


def _text(data: bytes) -> str:
    if b"\x00" in data:
        raise UnreadableFile(
            gettext_noop("This is not a text file or an Excel workbook; save the table as CSV (UTF-8) or .xlsx.")
        )
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        template = gettext_noop("Line {line} has a letter that is not UTF-8; save the file as “CSV UTF-8”.")
        raise UnreadableFile(template, line=line) from None


def _check_delimiter(header: list[str]) -> None:
    only = header[0] if len(header) == 1 else ""
    divided = {
        ";": gettext_noop("The columns are divided by semicolons; save the file as CSV with commas."),
        "\t": gettext_noop("The columns are divided by tabs; save the file as CSV with commas."),
        "|": gettext_noop("The columns are divided by bars; save the file as CSV with commas."),
    }
    for mark, template in divided.items():
        if mark in only:
            raise UnreadableFile(template)


def _workbook(data: bytes) -> Iterator[tuple[int, list[str]]]:
    _check_zip(data)
    from openpyxl import load_workbook  # noqa: PLC0415  only when a workbook comes: the web process stays small

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        if len(book.worksheets) != 1:
            raise UnreadableFile(gettext_noop("The workbook has more than one sheet; keep the one with the figures."))
        sheet = book.worksheets[0]
        for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            if line > MAX_ROWS:
                raise UnreadableFile(gettext_noop("The sheet has more than {most} rows; divide it."), most=MAX_ROWS)
            cells = [_cell(cell, line) for cell in row]
            while cells and not cells[-1]:
                cells.pop()
            if cells or line == 1:
                yield line, cells
    except UnreadableFile:
        raise
    except Exception:  # openpyxl raises whatever the parser underneath it raised
        raise UnreadableFile(DAMAGED) from None


def _cell(cell: Any, line: int) -> str:
    if cell.data_type == "f":
        raise UnreadableFile(
            gettext_noop("Line {line} has a formula; copy the sheet and paste it as values."), line=line
        )
    if cell.data_type == "e":
        template = gettext_noop("Line {line} has an Excel error ({error}) in place of a value.")
        raise UnreadableFile(template, line=line, error=cell.value)
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
        raise UnreadableFile(DAMAGED) from None
    names = {entry.filename for entry in entries}
    if "xl/workbook.xml" not in names:
        raise UnreadableFile(
            gettext_noop("This is a zip archive and not an Excel workbook; unpack it and send the file inside.")
        )
    sizes = {entry.filename: entry.file_size for entry in entries}
    sheets = sum(size for name, size in sizes.items() if name.startswith(("xl/worksheets/", "xl/sharedStrings")))
    others = [size for name, size in sizes.items() if not name.startswith(("xl/worksheets/", "xl/sharedStrings"))]
    if len(entries) > 500 or sheets > MAX_SHEET or max(others, default=0) > MAX_OTHER_PART:
        raise UnreadableFile(
            gettext_noop("The workbook unpacks to more than a table of figures can hold; it was not opened.")
        )
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise UnreadableFile(gettext_noop("The workbook has macros; save it as .xlsx without them."))
