"""Nothing that tells about a single student is taken; and what only looks so is."""

import pytest

from metrics.intake.readers.persons import SIGNS
from tests.intake.hostile import STATE_LINE, STATE_STORED, STORED, case, check, edsight, row, tidy
from tests.intake.persons import MARKS, REFUSED

pytestmark = [pytest.mark.django_db, pytest.mark.read]

#: Whatever a file may leave in the database.
TEXTS = ("name", "sentence", "cell", "nearest", "entry", "note", "remarks")


@pytest.mark.parametrize("one", REFUSED, ids=str)
def test_a_file_about_single_students_is_refused_whole(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)


@pytest.mark.parametrize("one", REFUSED, ids=str)
def test_the_sentence_of_the_refusal_repeats_nothing_of_them(one, admin_user, monkeypatch):
    assert not [mark for mark in MARKS if mark in str(one.whole).lower()]


OTHER_GROUPS = ("asian", "black", "white")
HONEST = [
    case(
        "the day of an export below the table",
        edsight(STATE_LINE, '"Data as of 6/16/2023"'),
        STATE_STORED,
        remarks="Lines of text below",
    ),
    case("a class in a note", tidy(row(note="Class of 2015")), f"{STORED} “Class of 2015”"),
    case("two words in one note of one line", tidy(row(note="Revised Figure")), f"{STORED} “Revised Figure”"),
    case(
        "the same two words in every note",
        tidy(*(row(group=group, note="Year Revised") for group in OTHER_GROUPS)),
        *(f"{STORED.replace('black', group)} “Year Revised”" for group in OTHER_GROUPS),
    ),
    case("a note about students", tidy(row(note="Students who left count.")), f"{STORED} “Students who left count.”"),
    case("an at sign that is no address", tidy(row(note="printed @ EdSight")), f"{STORED} “printed @ EdSight”"),
]


@pytest.mark.parametrize("one", HONEST, ids=str)
def test_what_only_looks_like_a_person_is_taken(one, admin_user, monkeypatch):
    check(one, admin_user, monkeypatch)


@pytest.mark.parametrize(
    "cell",
    [
        "06106", "06106-1234", "1194", "1,194", "1019/1194", "2014-15", "2014-2015", "Grades 9-12", "ages 16-18",
        "17,600.50", "0640011", "640011.0", "00000CT", "99999999", "0.123456789", "80.1234567890", "May-23", "Jan 2023",
        "Martin Luther King Jr. School", "Level 3&4", "5/6", "6 of 10", "1990", "$17,600", "100.0", "-9999",
        "School District No. 4", "1.2.3", "3.14159265358979", "Q1-2015", "State of Connecticut", "edsight.ct.gov",
    ],
)  # fmt: skip
def test_a_code_a_year_or_a_count_is_no_sign_of_a_person(cell):
    assert not SIGNS.search(cell)
