"""From bytes to lines of cells, where the file is an Excel workbook: looked at as a zip before it is opened."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from .refusals import Remark, UnreadableFile, gettext_noop
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


#: Where the first element of a part begins; what is declared stands before it.
ELEMENT = re.compile(rb"<[A-Za-z_]")
DECLARED = re.compile(rb"<!|encoding=['\"](?!utf-8|us-ascii)", re.IGNORECASE)
MAX_PROLOG = 64 * 1024
#: What a sheet's own text says of its rows and cells, without a parser.
HIDDEN = re.compile(rb"<(?:\w+:)?(?:row|col)\b[^>]*\bhidden=['\"](?:1|true)")
FAR_CELL = re.compile(rb"<(?:\w+:)?c\b[^>]*\br=['\"](?:[A-Z]{3}|[E-Z][A-Z]|D[Q-Z])(\d+)['\"][^>]*(?<!/)>")
ROW = re.compile(rb"<(?:\w+:)?row\b[^>]*\br=['\"](\d+)['\"][^>]*(?<!/)>")
VALUE = re.compile(rb"<(?:\w+:)?(?:v|t|f)\b[^>]*>|</(?:\w+:)?row>")

SOME_HIDDEN = gettext_noop("The sheet has hidden rows or columns; they were read like the others.")
FAR_RIGHT = gettext_noop("Line {line} has a cell beyond column {most}, far from the table; such cells were not read.")
FAR_BELOW = gettext_noop("Line {line} stands more than {most} empty lines below the table; it was not read.")


@dataclass(slots=True)
class Sheet:
    """A sheet of a workbook: its place among them, whether people see it, and what there is to say of its making."""

    number: int
    visible: bool
    remarks: tuple[Remark, ...]
    sheet: Any
    most: int

    def lines(self, *, as_figures: bool = True) -> Iterator[Line]:
        """The lines from the first one on; where nobody looks for figures, formulas and errors are text like any."""
        return _lines(self.sheet, self.most, _cell if as_figures else _text)


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
                _check_prolog(part)


def _check_prolog(part: IO[bytes]) -> None:
    """Before its first element a part of a workbook declares nothing, and its letters are those of UTF-8."""
    head, found = b"", None
    while found is None:
        more = part.read(4096)
        head += more
        found = ELEMENT.search(head)
        if not more or len(head) > MAX_PROLOG:
            break
    if found is None or DECLARED.search(head, 0, found.start()):
        raise UnreadableFile(DAMAGED)


def sheets(data: bytes, most: int) -> Iterator[Sheet]:
    """The sheets of the workbook in its order."""
    check_zip(data)
    from openpyxl import load_workbook  # noqa: PLC0415  only when a workbook comes: reading CSV stays quick

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, keep_links=False)
        for number, sheet in enumerate(book.worksheets, start=1):
            sheet.reset_dimensions()  # what a file says of its own size may be wrong
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                remarks = tuple(_looked_through(archive.read(sheet._worksheet_path)))
            yield Sheet(number, sheet.sheet_state == "visible", remarks, sheet, most)
    except UnreadableFile:
        raise
    except Exception:  # openpyxl raises whatever the parser underneath it raised
        raise UnreadableFile(DAMAGED) from None


def _looked_through(xml: bytes) -> Iterator[Remark]:
    """What a sheet holds that reading it as a table would pass over in silence."""
    if HIDDEN.search(xml):
        yield Remark(SOME_HIDDEN, {})
    far = FAR_CELL.search(xml)
    if far:
        yield Remark(FAR_RIGHT, {"line": int(far[1]), "most": MAX_COLUMNS})
    before = 0
    for row in ROW.finditer(xml):
        line = int(row[1])
        if line > before + EMPTY_ROWS:
            told = VALUE.search(xml, row.end())
            if told and not told[0].startswith(b"</"):
                yield Remark(FAR_BELOW, {"line": line, "most": EMPTY_ROWS})
                return
        before = line


def _lines(sheet: Any, most: int, text_of: Callable[[Any, int], str]) -> Iterator[Line]:
    try:
        empty = 0
        for line, row in enumerate(sheet.iter_rows(max_col=MAX_COLUMNS), start=1):
            if line > most:
                raise UnreadableFile(gettext_noop("The sheet has more than {most} rows; divide it."), most=most)
            cells = [text_of(cell, line) for cell in row]
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
    return _text(cell, line)


def _text(cell: Any, _line: int) -> str:
    value = cell.value
    if isinstance(value, float):
        # What Excel shows: 0.1 + 0.2 is kept as 0.30000000000000004.
        return str(int(value)) if value.is_integer() else repr(float(f"{value:.12g}"))
    return "" if value is None else str(value)
