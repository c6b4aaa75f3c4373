"""From bytes to rows: what is a table, and what is refused whole with one sentence."""

import io
import zipfile
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook

from metrics.intake.layouts import TIDY
from metrics.intake.readers import MAX_BYTES, UnreadableFile, check_size, read

HEADER = "indicator,place,group,period,value,status,source"
LINE = "graduation-4yr,0640011,all-students,2025,85.3,final,edsight"


def csv(*lines: str) -> bytes:
    return "\n".join(lines).encode()


def workbook(*rows: list) -> bytes:
    book, out = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(out)
    return out.getvalue()


def archive(**files: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "/"), text)
    return out.getvalue()


def test_a_csv_file_is_read_with_the_line_numbers_an_editor_shows():
    rows = read(csv(HEADER, LINE, "", LINE), TIDY)
    assert [row.line for row in rows] == [2, 4]
    assert rows[0].cells["value"] == "85.3"


def test_a_cell_may_span_lines_and_later_lines_keep_their_numbers():
    note = 'graduation-4yr,0640011,all-students,2025,85.3,final,edsight,"two\nlines"'
    rows = read(csv(HEADER + ",note", note, LINE), TIDY)
    assert [row.line for row in rows] == [2, 4]


def test_columns_may_come_in_any_order_with_a_byte_order_mark_and_windows_line_ends():
    data = ("\ufeff" + "source,status,value,period,group,place,indicator\r\ns,final,1,2025,g,p,i\r\n").encode()
    (row,) = read(data, TIDY)
    assert (row.cells["indicator"], row.cells["source"]) == ("i", "s")


def test_an_excel_workbook_is_read_like_its_csv():
    rows = read(
        workbook(HEADER.split(","), ["graduation-4yr", "0640011", "all-students", 2025, 85.3, "final", "s"]), TIDY
    )
    assert rows[0].line == 2
    assert (rows[0].cells["period"], rows[0].cells["value"]) == ("2025", "85.3")


def test_a_whole_number_in_excel_does_not_become_a_fraction():
    rows = read(workbook(HEADER.split(","), ["i", "p", "g", 2025.0, 60.0, "final", "s"]), TIDY)
    assert (rows[0].cells["period"], rows[0].cells["value"]) == ("2025", "60")


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"\n\n", "no header line"),
        (csv(HEADER), "has a header and no figures under it"),
        (csv(HEADER, "", ",,,,,,"), "has a header and no figures under it"),
        (b"Dear colleague,\nplease find attached", "This is not a table of figures"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "not a text file or an Excel workbook"),
        (b"%PDF-1.7\nbody", "This is not a table of figures"),
        (b"<html><body>The query you have run</body></html>", "This is not a table of figures"),
        (csv(HEADER.replace(",source", ""), LINE), "The header lacks: “source”"),
        (csv(HEADER.replace("value", "valeu"), LINE), "a column “valeu” that is not known; did you mean “value”?"),
        (csv(HEADER + ",student_name", LINE), "a column “student_name” that is not known."),
        (csv(HEADER + ",value", LINE), "The column “value” appears twice"),
        (csv(HEADER, LINE + ",one,two"), "Line 2 has 9 cells"),
        (csv(HEADER, LINE, 'x,"unclosed'), "cannot be read as CSV"),
        ((HEADER + "\nMu\x96oz").encode("latin-1"), "Line 2 has a letter that is not UTF-8"),
        ((HEADER + "\n" + LINE).encode("utf-16")[:-1], "The letters of this file are damaged"),
        (b"\xd0\xcf\x11\xe0old", "old or protected Excel file"),
        (b"PK\x03\x04broken", "The workbook is damaged"),
        (archive(readme="hello"), "zip archive and not an Excel workbook"),
        (archive(xl__workbook="x"), "zip archive and not an Excel workbook"),
        (archive(**{"xl__workbook.xml": "<x/>", "xl__vbaProject.bin": "m"}), "has macros"),
        (archive(**{"xl__workbook.xml": "<x/>"}), "The workbook is damaged"),
        (workbook(HEADER.split(","), ["i", "p", "g", 2025, "=1+1", "final", "s"]), "Line 2 has a formula"),
        (workbook(HEADER.split(","), ["i", "p", "g", 2025, "#DIV/0!", "final", "s"]), "Line 2 has an Excel error"),
    ],
)
def test_what_is_no_table_of_figures_is_refused_with_one_sentence(data, sentence):
    with pytest.raises(UnreadableFile) as refused:
        read(data, TIDY)
    assert sentence in str(refused.value)
    assert "\n" not in str(refused.value)


def test_a_file_of_200_mb_is_refused_by_its_size_alone():
    with pytest.raises(UnreadableFile, match="200 MB"):
        check_size(200 * 1024 * 1024)
    check_size(MAX_BYTES)


def test_a_workbook_that_unpacks_to_far_more_than_it_weighs_is_not_opened():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("xl/workbook.xml", "<x/>")
        made.writestr("xl/worksheets/sheet1.xml", b"0" * (101 * 1024 * 1024))
    assert len(out.getvalue()) < 1024 * 1024
    with pytest.raises(UnreadableFile, match="it was not opened"):
        read(out.getvalue(), TIDY)


def test_a_cell_far_to_the_right_costs_nothing():
    book, out = Workbook(), io.BytesIO()
    book.active.append(HEADER.split(","))
    book.active.append(["i", "p", "g", 2025, 1, "final", "s"])
    book.active["XFD9"] = "far"
    book.save(out)
    assert len(read(out.getvalue(), TIDY)) == 1


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else_happens(data):
    with suppress(UnreadableFile):
        assert read(data, TIDY)


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=12), min_size=7, max_size=7))
def test_what_a_spreadsheet_writes_comes_back_as_it_was(cells):
    import csv as writer

    out = io.StringIO()
    writer.writer(out).writerows([HEADER.split(","), cells])
    try:
        (row,) = read(out.getvalue().encode(), TIDY)
    except UnreadableFile:
        assert not any(cell.strip() for cell in cells)
    else:
        assert list(row.cells.values()) == [cell.strip() for cell in cells]
