"""Years, names and lines that cannot be, or contradict each other."""

import pytest

from tests.intake.hostile import GOOD, STORED, case, check, row, tidy

pytestmark = [pytest.mark.django_db, pytest.mark.read]

WHITE = row(group="white", value="90.0", numerator="90", denominator="100")
WHITE_STORED = "graduation-4yr 0640011 white 2025 90 90/100 final"


YEARS = [
    case("1776", tidy(row(period="1776")), refuses="Line 2: 1776 is not a year between 1990 and"),
    case("2205", tidy(row(period="2205")), refuses="Line 2: 2205 is not a year between 1990 and"),
    case("year 0", tidy(row(period="0")), refuses="Line 2: 0 is not a year"),
    case("a year of two digits", tidy(row(period="25")), refuses="Line 2: 25 is not a year"),
    case("a year of five digits", tidy(row(period="20250")), refuses="Line 2: 20250 is not a year"),
    case("two school years", tidy(row(period="2014-16")), refuses="Line 2: “2014-16” is not one school year."),
    case("a school year backwards", tidy(row(period="2015-14")), refuses="Line 2: “2015-14” is not one school year."),
    case("a school year of one year", tidy(row(period="2014-14")), refuses="Line 2: “2014-14” is not one school year."),
    case(
        "a school year over the century",
        tidy(row(period="1999-00", value="80.1")),
        "graduation-4yr 0640011 black 2000 80.1 331/413 final",
    ),
    case("a school year in full", tidy(row(period="2024-2025")), STORED),
    case("a month", tidy(row(period="2025-06")), refuses="Line 2: “2025-06” is not one school year."),
    case("a year as a fraction", tidy(row(period="2025.0")), STORED),
    case("a year of half", tidy(row(period="2025.5")), refuses="Line 2: 2025.5 is not a year"),
    case("a year in words", tidy(row(period="last year")), refuses="Line 2: this cell is not a year; write 2025"),
    case("a class in words", tidy(row(period="Class of 2025")), refuses="Line 2: this cell is not a year"),
    case("no year", tidy(row(period="")), refuses="Line 2: the column “period” is empty."),
    case(
        "a school year for a report of a year",
        tidy(row(indicator="completion-6yr-nsc", period="2024-25")),
        refuses="Line 2: “2024-25” is not one school year.",
    ),
    case("a negative year", tidy(row(period="-2025")), refuses="Line 2: -2025 is not a year"),
]

NAMES = [
    case("a code that lost its zero", tidy(row(place="640011")), STORED),
    case(
        "a code of another district that lost its zeros", tidy(row(place="20011")), STORED.replace("0640011", "0020011")
    ),
    case("a code as a fraction", tidy(row(place="640011.0")), STORED),
    case("a code that is nobody's", tidy(row(place="9999999")), refuses="Line 2: this place is not known"),
    case(
        "a code with a letter O",
        tidy(row(place="O640011")),
        refuses="Line 2: the place “O640011” is not known. The nearest known spelling is “640011”.",
    ),
    case("a name for a code", tidy(row(place="Hartford School District")), STORED),
    case(
        "a name with a slip",
        tidy(row(place="Hartfort School District")),
        refuses="“Hartfort School District” is not known. The nearest known spelling is “Hartford School District”.",
    ),
    case("a group with a slip", tidy(row(group="Femal")), refuses="The nearest known spelling is “Female”."),
    case("a group that is none", tidy(row(group="Left-handed")), refuses="Line 2: this group is not known"),
    case("a letter for a group", tidy(row(group="N")), refuses="Line 2: this group is not known"),
    case("a source that is none", tidy(row(source="my own count")), refuses="Line 2: this source is not known"),
    case("an indicator that is none", tidy(row(indicator="happiness")), refuses="Line 2: this indicator is not known"),
    case("an indicator that is empty", tidy(row(indicator="")), refuses="Line 2: the column “indicator” is empty."),
]

DOUBLES = [
    case(
        "a line twice",
        tidy(GOOD, WHITE, GOOD),
        STORED,
        WHITE_STORED,
        refuses="Line 4: repeats line 2; remove one of the two.",
    ),
    case(
        "a line three times",
        tidy(GOOD, GOOD, GOOD),
        STORED,
        refuses=("Line 3: repeats line 2", "Line 4: repeats line 2"),
    ),
    case(
        "a line and another spelling of it",
        tidy(GOOD, row(place="Hartford School District", period="2024-25", value="80.10")),
        STORED,
        refuses="Line 3: repeats line 2",
    ),
    case(
        "two lines that contradict each other",
        tidy(GOOD, WHITE, row(value="80.2", numerator="", denominator="")),
        WHITE_STORED,
        refuses=(
            "Line 2: contradicts line 4 about the same figure; keep one.",
            "Line 4: contradicts line 2 about the same figure; keep one.",
        ),
    ),
    case(
        "a figure and its withholding",
        tidy(GOOD, row(value="*", numerator="", status="")),
        refuses=("Line 2: contradicts line 3", "Line 3: contradicts line 2"),
    ),
    case(
        "the same figure from two sources",
        tidy(GOOD, row(source="ctdata-graduation-4yr")),
        refuses=("Line 2: contradicts line 3", "Line 3: contradicts line 2"),
    ),
    case(
        "the same figure with two notes",
        tidy(GOOD, row(note="revised")),
        refuses=("Line 2: contradicts line 3", "Line 3: contradicts line 2"),
    ),
    case(
        "the header again between the lines", tidy(GOOD, tidy().strip(), WHITE), STORED, WHITE_STORED, refuses="Line 3"
    ),
    case(
        "what stands already",
        tidy(row(group="all-students", period="2019", value="68.8", numerator="", denominator="")),
        "graduation-4yr 0640011 all-students 2019 68.8 –/– final",
    ),
]


@pytest.mark.parametrize("one", [*YEARS, *NAMES, *DOUBLES], ids=str)
def test_a_line_is_of_a_year_and_a_place_that_can_be_and_stands_there_once(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)


def test_what_is_said_of_a_line_repeats_nothing_that_may_tell_about_somebody(admin_user, monkeypatch):
    for column in ("indicator", "place", "group", "period", "value", "numerator", "denominator", "status", "source"):
        told = case(column, tidy(row(**{column: "Zacharias Canary"})), refuses="Line 2")
        problem = check(told, admin_user, monkeypatch)[0]
        assert "canary" not in str([problem.sentence, problem.cell, problem.nearest, problem.entry]).lower()
