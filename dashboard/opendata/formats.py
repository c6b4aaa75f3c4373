"""A table as CSV, JSON or a workbook. The same rows go into each of them."""

import json
import re
import zipfile
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from decimal import Decimal
from io import BytesIO
from itertools import islice
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font

from metrics.published import ReleaseInfo

from .csvfile import neutral
from .tables import Column, Row, Table

#: Lines that a workbook may have. It is made whole before its first byte is sent, which takes its time.
MOST_IN_A_WORKBOOK = 50_000
_AT_ONCE = 500
#: When the library saved the workbook, which it writes down whether it is asked or not.
_SAVED = re.compile(rb"<dcterms:modified[^>]*>[^<]*</dcterms:modified>")


class TooLongError(ValueError):
    """There are more lines than a workbook may have here; the message is one clear sentence."""


def plain(cell: Any) -> Any:
    """A cell as JSON has it: a number is a number with the digits that were published, nothing is null."""
    if isinstance(cell, Decimal):
        return int(cell) if cell == cell.to_integral_value() and "." not in str(cell) else float(cell)
    return cell.isoformat() if isinstance(cell, date) else cell


def objects(table: Table, rows: Iterable[Row]) -> Iterator[dict[str, Any]]:
    """Rows by the names of their columns; an empty text is null where a cell can be empty."""
    for row in rows:
        yield {column.name: _value(column, cell) for column, cell in zip(table.columns, row, strict=True)}


def _value(column: Column, cell: Any) -> Any:
    return None if column.is_optional and cell == "" else plain(cell)


def released(release: ReleaseInfo) -> dict[str, Any]:
    """The release as it stands at the head of everything that is made of it."""
    return {
        "number": release.number,
        "published_at": release.published_at.isoformat(timespec="seconds"),
        "content_sha256": release.content_sha256,
    }


def as_json(table: Table, rows: Iterable[Row], release: ReleaseInfo) -> Iterator[str]:
    """{"release": …, "figures": […]}, some lines at a time."""
    yield f'{{"release":{json.dumps(released(release))},"{table.name}":['
    left, first = objects(table, rows), True
    while some := list(islice(left, _AT_ONCE)):
        yield ("\n" if first else ",\n") + ",\n".join(json.dumps(one, ensure_ascii=False) for one in some)
        first = False
    yield "\n]}\n"


def as_workbook(table: Table, rows: Iterable[Row], release: ReleaseInfo) -> bytes:
    """One sheet with a head that stays, and one that says what its columns are. Raises TooLongError.

    The same release always gives the same bytes.
    """
    shown = list(islice(rows, MOST_IN_A_WORKBOOK + 1))
    if len(shown) > MOST_IN_A_WORKBOOK:
        raise TooLongError(
            f"A workbook holds at most {MOST_IN_A_WORKBOOK:,} lines here, and this is more: "
            "choose an indicator, a place or years, or take the CSV."
        )
    book = Workbook(write_only=True)
    book.properties.created = release.published_at.replace(tzinfo=None)
    sheet = book.create_sheet(table.title)
    sheet.freeze_panes = "A2"
    sheet.append([_head(sheet, name) for name in table.names])
    for row in shown:
        sheet.append([_cell(value) for value in row])
    _dictionary(book, table)
    out = BytesIO()
    book.save(out)
    return at_one_moment(out.getvalue(), release.published_at)


def at_one_moment(archive: bytes, moment: datetime) -> bytes:
    """A zip in which every file is of that moment, whenever it was made."""
    steady = BytesIO()
    with zipfile.ZipFile(BytesIO(archive)) as made, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as kept:
        for one in made.infolist():
            kept.writestr(entry(one.filename, moment), _SAVED.sub(b"", made.read(one)))
    return steady.getvalue()


def entry(name: str, moment: datetime) -> zipfile.ZipInfo:
    """A file in a zip, readable by everybody."""
    info = zipfile.ZipInfo(name, (max(moment.year, 1980), moment.month, moment.day, 0, 0, 0))
    info.compress_type, info.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
    return info


def _dictionary(book: Workbook, table: Table) -> None:
    sheet = book.create_sheet("Columns")
    sheet.append([_head(sheet, name) for name in ("column", "type", "what it is")])
    for column in table.columns:
        sheet.append([column.name, column.kind.value, column.meaning])


def _head(sheet: Any, name: str) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, value=name)
    cell.font = Font(bold=True)
    return cell


def _cell(value: Any) -> Any:
    """Numbers as numbers, texts that no program computes; booleans as words, as every language's Excel reads them."""
    if isinstance(value, bool):
        return str(value).lower()
    return neutral(value)


def csv_cell(value: Any) -> Any:
    return str(value).lower() if isinstance(value, bool) else value


def csv_rows(rows: Iterable[Row]) -> Iterator[Row]:
    """Rows as CSV has them: true and false as the data package names them."""
    return (tuple(csv_cell(value) for value in row) for row in rows)
