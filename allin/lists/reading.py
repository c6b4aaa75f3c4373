"""From the bytes of an upload to the lines of a table, each with the number an editor gives it."""

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from import_export.formats import base_formats
from tablib import Dataset

MEGABYTE = 1024 * 1024
MAX_BYTES = 1 * MEGABYTE
#: A list of this board has a few hundred lines.
MAX_LINES = 2_000
#: The column that carries the number of a line to those who check it; no file can have it.
LINE = " line "

# The house's exports put a ’ before what a spreadsheet would compute; coming back in, one goes.
NEUTRALIZED = re.compile(r"^'(?='*[=+\-@\t\r\n])")
# What computes without the ’: “=…”, or a sign before the name of a function. A telephone number may begin with “+”.
FORMULA = re.compile(r"=|[+\-@][A-Za-z_.]+[(|!]")
#: Unicode's control, format and separator letters: no page needs them, and some break it.
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
#: What a text of several lines may hold of them.
LAYOUT = str.maketrans("", "", "\t\r\n")


class TableError(Exception):
    """A file cannot be taken. The message is one sentence for the person who sent it."""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a list's file.

    taken  those that a file may change
    told   those that an export tells beside them; they may stay in the file and are not read
    whose  the ones that say what a line is about: of each group at least one has to be there
    """

    list_name: str
    taken: tuple[str, ...]
    told: tuple[str, ...]
    whose: tuple[tuple[str, ...], ...]

    def check(self, names: Sequence[str]) -> None:
        """Raises TableError unless these are columns of the list, each once, and say what a line is about."""
        known = (*self.taken, *self.told)
        for name in names:
            if name not in known:
                raise TableError(self._unknown(name, known))
            if names.count(name) > 1:
                raise TableError(_("The column “{name}” is there twice.").format(name=name))
        for group in self.whose:
            if not set(group) & set(names):
                wanted = _(" or ").join(f"“{name}”" for name in group)
                sentence = _("The file needs the column {wanted}, to say what a line is about.")
                raise TableError(sentence.format(wanted=wanted))

    def _unknown(self, name: str, known: tuple[str, ...]) -> str:
        near = "".join(get_close_matches(name, known, n=1))
        if near:
            sentence = _("The list of {list} has no column “{name}”; did you mean “{near}”?")
        else:
            sentence = _("The list of {list} has no column “{name}”; its columns are {columns}.")
        return sentence.format(list=self.list_name, name=shown(name), near=near, columns=", ".join(known))


class TableCSV(base_formats.CSV):
    """A CSV file of one list. Raises TableError with one sentence when it cannot be one."""

    def __init__(self, encoding: str | None = None, *, columns: Columns) -> None:
        super().__init__(encoding)
        self.columns = columns

    def create_dataset(self, in_stream: Any, **kwargs: Any) -> Dataset:
        data = in_stream if isinstance(in_stream, bytes) else str(in_stream).encode()
        lines = csv_lines(data)
        _line, header = next(lines, (0, []))
        names = [name.strip().lower() for name in header]
        self.columns.check(names)
        table = Dataset(headers=[*names, LINE])
        for line, cells in lines:
            if len(table) == MAX_LINES:
                raise TableError(_("The file has more than {most} lines; divide it.").format(most=MAX_LINES))
            if len(cells) != len(names):
                sentence = _("Line {line} has {cells} cells and the header has {columns}; put quotes around commas.")
                raise TableError(sentence.format(line=line, cells=len(cells), columns=len(names)))
            table.append([*cells, line])
        if not len(table):
            raise TableError(_("The file has a header and no lines under it."))
        return table


def csv_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The lines that are not empty, each with the number an editor gives it."""
    if data.startswith(b"PK\x03\x04"):
        yield from workbook_lines(data)
        return
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise TableError(_("This is not a CSV file in UTF-8; save the table as “CSV UTF-8”.")) from None
    reader, before = csv.reader(io.StringIO(text, newline=""), strict=True), 0
    try:
        for cells in reader:
            if any(cell.strip() for cell in cells):
                yield before + 1, cells
            before = reader.line_num
    except csv.Error:
        raise TableError(_("Line {line} cannot be read as CSV.").format(line=reader.line_num)) from None


def workbook_lines(data: bytes) -> Iterator[tuple[int, list[str]]]:
    """The same of an Excel workbook, opened where no file can hurt the board: by the room of figures, in a process of
    its own (`settings.TABLE_READER`).
    """
    try:
        lines = [(line, cells) for line, cells in import_string(settings.TABLE_READER)(data) if any(cells)]
    except ValueError as refusal:
        raise TableError(str(refusal)) from None
    width = len(lines[0][1]) if lines else 0
    for line, cells in lines:
        yield line, cells + [""] * (width - len(cells))  # a workbook keeps no empty cells at the end of a row


def check_size(size: int) -> None:
    """Raises TableError for a file of `size` bytes when it is empty or too large."""
    if size == 0:
        raise TableError(_("The file is empty."))
    if size > MAX_BYTES:
        sentence = _("The file has {size} MB; at most {most} MB are taken.")
        raise TableError(sentence.format(size=-(-size // MEGABYTE), most=MAX_BYTES // MEGABYTE))


def plain(text: str) -> str:
    """A text as it is compared and kept: no space around it, and its lines end as everywhere else.

    A spreadsheet ends the lines within a cell in its own way; that changes nothing.
    """
    return text.replace("\r\n", "\n").replace("\r", "\n").strip()


def whole(cell: str) -> str:
    """The cell without the ’ that an export put before it."""
    return plain(NEUTRALIZED.sub("", cell))


def odd(cell: str, *, several_lines: bool = False) -> str:
    """What is strange about a cell as it stands in the file, in one sentence; empty when nothing is."""
    if FORMULA.match(cell.strip()):
        return _("this cell is a formula; paste the value itself.")
    looked_at = cell.translate(LAYOUT) if several_lines else plain(NEUTRALIZED.sub("", cell))
    if any(unicodedata.category(letter) in INVISIBLE for letter in looked_at):
        return _("this cell has a letter that cannot be seen; type the text anew.")
    return ""


def shown(cell: str, most: int = 40) -> str:
    """As much of a cell as a sentence can repeat."""
    return cell if len(cell) <= most else f"{cell[: most - 1]}…"
