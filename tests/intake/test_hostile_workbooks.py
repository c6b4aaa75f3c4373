"""Excel workbooks, and what only looks like one."""

import io
import re
import zipfile
from collections.abc import Callable
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.styles import Font

from tests.intake.hostile import (
    BOOK,
    GOOD,
    NAMES,
    SHEET,
    STATE_STORED,
    STORED,
    TABLE,
    case,
    cells,
    changed,
    check,
    made,
    packed,
    put,
    row,
    tidy,
    workbook,
)

pytestmark = [pytest.mark.django_db, pytest.mark.read]

STATE = [
    ["Four-Year Graduation Rates, 2020-21"],
    ["All Districts, Race/Ethnicity"],
    [],
    ["", None, None, None, "Graduates"],
    ["District", "District Code", "Race/Ethnicity", "Four-Year Cohort Count", "Graduation Count", "Graduation Rate"],
    ["Hartford School District", "0640011", "Black or African American", 413, 331, 80.1],
]
PROSE = [["How to read this"], ["The figures are from the state."]]


def with_part(name: str, content: bytes, data: bytes = BOOK) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as book:
        book.writestr(name, content)
    return out.getvalue()


def doubled() -> bytes:
    out = io.BytesIO(BOOK)
    with zipfile.ZipFile(out, "a") as book, pytest.warns(UserWarning, match="Duplicate name"):
        book.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")
    return out.getvalue()


def styled(cell: str) -> Callable[[Workbook, Any], None]:
    def act(_book: Workbook, sheet: Any) -> None:
        sheet[cell].font = Font(bold=True)

    return act


def hidden(state: str, number: int) -> Callable[[Workbook, Any], None]:
    def act(book: Workbook, _sheet: Any) -> None:
        other = book.create_sheet("Other", number)
        for line in [NAMES, row(value="1.1", numerator="", denominator="").split(",")]:
            other.append(line)
        other.sheet_state = state

    return act


def hide_row(_book: Workbook, sheet: Any) -> None:
    sheet.append(row(group="white", value="90.0", numerator="90", denominator="100").split(","))
    sheet.row_dimensions[3].hidden = True
    sheet.column_dimensions["F"].hidden = True


DAMAGED = "The workbook is damaged"
LINKED = "The workbook draws on other files"
TOO_LARGE = "unpacks to more than a table of figures can hold"
WHITE = "graduation-4yr 0640011 white 2025 90 90/100 final"

ZIPS = [
    case("an honest workbook", BOOK, STORED),
    case("a state table in a workbook", workbook(STATE), STATE_STORED),
    case("a sheet that unpacks to very much", with_part("xl/worksheets/sheet2.xml", b"0" * (3 << 20)), whole=TOO_LARGE),
    case("a part that unpacks to very much", with_part("xl/media/image1.xml", b"0" * (3 << 20)), whole=TOO_LARGE),
    case(
        "six hundred parts",
        made(lambda book, _sheet: [book.create_sheet() for _ in range(600)] and None),
        whole=TOO_LARGE,
    ),
    case("a workbook cut short", BOOK[:-40], whole=DAMAGED),
    case("a workbook with a broken sheet", changed(BOOK, SHEET, lambda part: part[:200]), whole=DAMAGED),
    case("a workbook whose sheet is no XML", changed(BOOK, SHEET, lambda _: b"\x00\x01"), whole=DAMAGED),
    case("a part that stands there twice", doubled(), whole=DAMAGED),
    case(
        "a DOCTYPE in a sheet",
        changed(BOOK, SHEET, lambda part: b'<!DOCTYPE x [<!ENTITY a "b">]>' + part),
        whole=DAMAGED,
    ),
    case(
        "a DOCTYPE far behind blanks",
        changed(BOOK, SHEET, lambda part: b" " * 9000 + b"<!DOCTYPE x>" + part),
        whole=DAMAGED,
    ),
    case(
        "a DOCTYPE in UTF-16",
        changed(
            BOOK,
            SHEET,
            lambda _: '<?xml version="1.0" encoding="utf-16"?><!DOCTYPE x [<!ENTITY a "b">]><worksheet/>'.encode(
                "utf-16"
            ),
        ),
        whole=DAMAGED,
    ),
    case(
        "a DOCTYPE in the list of contents",
        changed(BOOK, "[Content_Types].xml", lambda part: b"<!DOCTYPE x>" + part),
        whole=DAMAGED,
    ),
    case("macros", with_part("xl/vbaProject.bin", b"macro"), whole="has macros"),
    case("old macros in a sheet", with_part("xl/macrosheets/sheet1.xml", b"<x/>"), whole="has macros"),
    case("links to other workbooks", with_part("xl/externalLinks/externalLink1.xml", b"<x/>"), whole=LINKED),
    case("connections to a database", with_part("xl/connections.xml", b"<x/>"), whole=LINKED),
    case("something embedded", with_part("xl/embeddings/oleObject1.bin", b"x"), whole=LINKED),
    case(
        "a protected or old workbook",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        whole="old or protected Excel file",
    ),
    case(
        "a spreadsheet of LibreOffice",
        workbook(TABLE)[:0] + with_part("content.xml", b"<x/>", b"PK\x05\x06" + bytes(18)),
        whole="zip archive and not an Excel workbook",
    ),
    case(
        "a binary workbook",
        with_part("xl/workbook.bin", b"x", b"PK\x05\x06" + bytes(18)),
        whole="zip archive and not an Excel workbook",
    ),
    case("an empty zip", b"PK\x05\x06" + bytes(18), whole="zip archive and not an Excel workbook"),
    case("a CSV file named .xlsx", tidy(GOOD), STORED, file="figures.xlsx"),
    case("a workbook named .csv", BOOK, STORED, file="figures.csv"),
    case("a workbook in gzip", packed(BOOK), STORED),
    case(
        "a workbook in gzip whose first sheet is prose",
        packed(workbook(PROSE, TABLE)),
        STORED,
        remarks="Sheet 2 was read",
    ),
    case("a workbook behind other bytes", b"\n" + BOOK, whole="not a text file or an Excel workbook"),
]

SHEETS = [
    case("a styled cell in the last corner", made(styled("XFD1048576")), STORED),
    case(
        "a value in the last row",
        made(put("A1048576", "far")),
        STORED,
        remarks="Line 1048576 stands more than 2000 empty lines below the table; it was not read.",
    ),
    case("a value in the last column", made(put("XFD2", "far")), STORED, remarks="Line 2 has a cell beyond column 120"),
    case("a styled cell in the last row", made(styled("A1048576")), STORED),
    case(
        "an absurd statement of its size",
        changed(BOOK, SHEET, lambda part: re.sub(rb'ref="[^"]*"', b'ref="A1:XFD1048576"', part, count=1)),
        STORED,
    ),
    case(
        "a statement of its size that is too small",
        changed(BOOK, SHEET, lambda part: re.sub(rb'ref="[^"]*"', b'ref="A1"', part, count=1)),
        STORED,
    ),
    case("an empty sheet before the table", workbook([], TABLE), STORED),
    case(
        "prose before the table",
        workbook(PROSE, TABLE),
        STORED,
        remarks="Sheet 2 was read; what stands in the others (1) was not.",
    ),
    case(
        "prose after the table",
        workbook(TABLE, PROSE),
        STORED,
        remarks="Sheet 1 was read; what stands in the others (2) was not.",
    ),
    case("no sheet with a table", workbook(PROSE, [[]]), whole="is not a table of figures"),
    case(
        "two sheets with figures",
        workbook(TABLE, cells(tidy(row(group="white", value="90.0", numerator="90", denominator="100")))),
        whole="Sheets 1 and 2 both hold figures; send each of them as a file of its own.",
    ),
    case(
        "a hidden sheet with other figures behind the table",
        made(hidden("hidden", 1)),
        STORED,
        remarks="Sheet 1 was read; what stands in the others (2) was not.",
    ),
    case(
        "a hidden sheet with other figures before the table",
        made(hidden("hidden", 0)),
        STORED,
        remarks="Sheet 2 was read; what stands in the others (1) was not.",
    ),
    case(
        "a sheet hidden so that Excel does not offer it",
        made(hidden("veryHidden", 0)),
        STORED,
        remarks="Sheet 2 was read; what stands in the others (1) was not.",
    ),
    case(
        "a hidden row and a hidden column",
        made(hide_row),
        STORED,
        WHITE,
        remarks="The sheet has hidden rows or columns; they were read like the others.",
    ),
    case("a table that begins in the third row", workbook([[], [], *TABLE]), STORED),
    case(
        "a table that begins in the second column",
        workbook([[None, *line] for line in TABLE]),
        whole="Column 1 of the header has no name",
    ),
    case("only a header", workbook([NAMES]), whole="The file has a header and no figures under it."),
    case("nothing at all", workbook([]), whole="The file has no header line"),
]


@pytest.mark.parametrize("one", [*ZIPS, *SHEETS], ids=str)
def test_a_workbook_becomes_what_it_shows_or_is_refused_with_the_reason(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)
