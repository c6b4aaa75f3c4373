"""Files that tell about single students, each in another way. Everybody and everything in them is invented.

Each has one of the MARKS in it, so that one can look for what is left of it.
"""

from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.intake.hostile import (
    GOOD,
    HARTFORD,
    HEADER,
    NAMES,
    STATE_LINE,
    TABLE,
    Case,
    case,
    cells,
    edsight,
    packed,
    row,
    saved,
    tidy,
    workbook,
)

NAME = "Zacharias Canaryson"
SSN, BARE_SSN = "987-65-4329", "987654329"
BORN = "2009-02-17"
MAIL = "zcanaryson@mail.example"
PHONE = "860-555-0199"
SASID = "9081726354"
#: What to look for afterwards, in small letters; a name is in files of every kind.
MARKS = ("canaryson", SSN, BARE_SSN, BORN, "february 17, 2009", "2/17/2009", "17 feb 2009", "555-0199", SASID)

PERSON = "looks like it tells about a single person"
STUDENTS = "tells about single students"
MAYBE = "It may tell about single students"


def roster(header: str, line: str, number: int = 4) -> str:
    return "\n".join([header, *[line] * number, ""])


def signs(sign: str, column: str) -> str:
    return tidy(GOOD, row(**{"group": "white", column: f'"{sign}"'}))


SIGNS = [
    (f"{what} in the {column}", sign, column)
    for what, sign in (
        ("a Social Security number", SSN),
        ("a Social Security number without dashes", BARE_SSN),
        ("a Social Security number with blanks", SSN.replace("-", " ")),
        ("a day of birth", BORN),
        ("a day of birth as people write it", "2/17/2009"),
        ("a day of birth in words", "February 17, 2009"),
        ("an e-mail address", MAIL),
        ("a telephone number", PHONE),
        ("a telephone number in brackets", "(860) 555-0199"),
        ("the state's number of a student", SASID),
    )
    for column in ("place", "group", "note")
]

CELLS: list[Case] = [
    *(case(name, signs(sign, column), whole=f"Line 3 {PERSON}") for name, sign, column in SIGNS),
    case("a Social Security number for a value", signs(SSN, "value"), whole=f"Line 3 {PERSON}"),
    case("a Social Security number for a count", signs(BARE_SSN, "numerator"), whole=f"Line 3 {PERSON}"),
    case("a day of birth with the month first in words", signs("17 Feb 2009", "group"), whole=f"Line 3 {PERSON}"),
    case("a day of birth in a note", signs(f"{NAME}, born February 17, 2009", "note"), whole=f"Line 3 {PERSON}"),
    case("an address in line 5000", tidy(*[GOOD] * 4998, row(note=MAIL)), whole=f"Line 5000 {PERSON}"),
    case("an address in a line that is refused anyway", tidy(GOOD, f"x,y,{MAIL}"), whole=f"Line 3 {PERSON}"),
    case("an address in a text formula", tidy(GOOD, row(note=f'"=""{MAIL}"""')), whole=f"Line 3 {PERSON}"),
    case("an address in UTF-16", tidy(GOOD, row(note=MAIL)).encode("utf-16"), whole=f"Line 3 {PERSON}"),
    case("an address in gzip", packed(tidy(GOOD, row(note=MAIL)).encode()), whole=f"Line 3 {PERSON}"),
    case(
        "an address in a state table", edsight(STATE_LINE, f'{HARTFORD},"{MAIL}",1,1,100.0'), whole=f"Line 7 {PERSON}"
    ),
    case(
        "an address in a heading",
        edsight(STATE_LINE, scope=f"All Districts, Race/Ethnicity, {MAIL}"),
        whole=f"Line 2 {PERSON}",
    ),
    case(
        "an address for the name of a column", tidy(GOOD, header=HEADER.replace("note", MAIL)), whole=f"Line 1 {PERSON}"
    ),
    case(
        "an address below a state table", edsight(STATE_LINE, "", f'"Sent by {NAME}, {MAIL}"'), whole=f"Line 8 {PERSON}"
    ),
    case(
        "a number in a column that nobody reads",
        "District,FIPS,Year,Variable,Measure Type,Value\n"
        f"Hartford School District,{SSN},2021,Chronically Absent Students,Percent,20.1\n",
        whole=f"Line 2 {PERSON}",
    ),
    case(
        "a name in a heading",
        edsight(STATE_LINE, scope=f"Hartford School District, {NAME}"),
        whole="about some students or places only",
    ),
]

PERSONAL = (
    "student_name", "Last Name", "DOB", "SSN", "SASID", "Student ID", "E-mail", "Home Address", "Parent",
    "Guardian Phone", "Birthdate", "LASID", "Apellido",
)  # fmt: skip

LISTS = [
    case(
        "the names of the Clearinghouse",
        roster(
            "Your_Unique_Identifier,First_Name,Middle_Name,Last_Name,College_Code/Branch,Enrollment_Begin",
            f"{SASID}_,ZACHARIAS,Q,CANARYSON,900002-00,20160829",
        ),
        whole=STUDENTS,
    ),
    case(
        "the names of the Clearinghouse in capitals",
        roster(
            "YOUR UNIQUE IDENTIFIER,FIRST NAME,LAST NAME,HIGH SCHOOL GRAD DATE", f"{SASID},ZACHARIAS,CANARYSON,20160614"
        ),
        whole=STUDENTS,
    ),
    case(
        "a class list",
        roster("Student Name,Grade,School", f"{NAME},9,Bulkeley High School"),
        whole="may tell about single students",
    ),
    case(
        "a class list in Spanish",
        roster("Nombre,Apellido,Fecha de nacimiento", f"Zacharias,Canaryson,{BORN}"),
        whole=STUDENTS,
    ),
    case(
        "a list without a header",
        roster(f"{NAME},9,Bulkeley High School", f"{NAME},9,Bulkeley High School"),
        whole="is not a table of figures",
    ),
    case("a list by number", roster("SASID,Cohort,Graduated", f"{SASID},2025,1"), whole=STUDENTS),
    case("a list with semicolons", roster("Student Name;DOB;Grade", f"{NAME};{BORN};9"), whole=STUDENTS),
    *(
        case(f"our own table with a column “{name}”", tidy(f"{GOOD},{NAME}", header=f"{HEADER},{name}"), whole=MAYBE)
        for name in PERSONAL
    ),
    *(
        case(
            f"a state table with a column “{name}”",
            edsight(f'{STATE_LINE},"{NAME}"', header=f'{edsight().splitlines()[4]},"{name}"'),
            whole="may tell about single students",
        )
        for name in ("Student Name", "Student ID", "Date of Birth")
    ),
    case(
        "one line for each student",
        tidy(
            *(
                row(group=group, value="100", numerator="1", denominator="1", note=NAME)
                for group in ("asian", "black", "white", "hispanic")
            )
        ),
        whole="about one student each",
    ),
    case(
        "one line for each student in a state table",
        edsight(*(f'{HARTFORD},"{group}",1,1,100.0' for group in ("Asian", "White", "Female", NAME))),
        whole="about one student each",
    ),
    case(
        "one name for each line in the notes",
        tidy(
            *(
                row(group=group, note=f"{name} Canaryson")
                for group, name in (("asian", "Zacharias"), ("black", "Maria"), ("white", "Ana-Lucía"))
            )
        ),
        whole="about one student each",
    ),
]


def commented() -> bytes:
    book = Workbook()
    for line in TABLE:
        book.active.append(line)
    book.active["A1"].comment = Comment(f"{NAME} {SSN}", NAME)
    book.properties.creator = NAME
    return saved(book)


def hidden() -> bytes:
    book = Workbook()
    for line in TABLE:
        book.active.append(line)
    sheet = book.create_sheet(NAME)
    sheet.append(["Notes"])
    sheet.append([NAME, BORN])
    sheet.sheet_state = "veryHidden"
    return saved(book)


BOOKS = [
    case(
        "a class list in the second sheet",
        workbook(TABLE, [["Student Name", "Grade"], [NAME, 9]]),
        whole="Sheet 2 looks like a list of single students",
    ),
    case(
        "a class list in the first sheet and figures in the second",
        workbook([["Student Name", "Grade"], [NAME, 9]], TABLE),
        whole="Sheet 1 looks like a list of single students",
    ),
    case(
        "an address far down in the second sheet",
        workbook(TABLE, [*[["a", "b"]] * 3000, [NAME, MAIL]]),
        whole=f"Line 3001 of sheet 2 {PERSON}",
    ),
    case("a day of birth in a sheet that Excel does not offer", hidden(), whole=f"Line 2 of sheet 2 {PERSON}"),
    case(
        "a formula beside a name in the second sheet",
        workbook(TABLE, [["=A1", SSN]]),
        whole=f"Line 1 of sheet 2 {PERSON}",
    ),
    case(
        "a number that Excel keeps as a number",
        workbook(cells(tidy(GOOD)), [["x", int(BARE_SSN)]]),
        whole=f"Line 1 of sheet 2 {PERSON}",
    ),
    case(
        "a workbook of students",
        workbook([["First Name", "Last Name", "DOB"], ["Zacharias", "Canaryson", BORN]]),
        whole=STUDENTS,
    ),
    case(
        "a number of nine digits in the table",
        workbook([NAMES, ["graduation-4yr", int(BARE_SSN), "black", 2025]]),
        whole=f"Line 2 {PERSON}",
    ),
]

#: Whole files, none of which may be taken.
REFUSED: list[Case] = [*CELLS, *LISTS, *BOOKS]

#: Files of which lines are refused or a part is never read: what they tell of somebody may be kept nowhere either.
UNKEPT: list[Case] = [
    case("a name for a group", tidy(GOOD, row(group=NAME)), "stored", refuses="Line 3: this group is not known"),
    case("a name for a place", tidy(GOOD, row(place=NAME)), "stored", refuses="Line 3: this place is not known"),
    case("a name for a status", tidy(GOOD, row(status=NAME)), "stored", refuses="Line 3: this status is not known"),
    case("a name for a value", tidy(GOOD, row(value=NAME)), "stored", refuses="Line 3: this cell is not a number"),
    case(
        "a name for a district of a state table",
        edsight(STATE_LINE, f'"{NAME}","=""0990011""","White",100,90,90.0'),
        "stored",
        refuses="Line 7: this place is not among those the board follows.",
    ),
    case(
        "a name for a group of a state table",
        edsight(STATE_LINE, f'{HARTFORD},"{NAME}",100,90,90.0'),
        "stored",
        refuses="Line 7: this group is not known",
    ),
    case("a comment and an author", commented(), "stored"),
    case("signs in the name of the file", tidy(GOOD), "stored", file=f"grad {SSN} {BORN} {BARE_SSN}.csv"),
]
