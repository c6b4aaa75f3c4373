"""A program's figures through the door: those of the newest release, of that program, and of programs alone."""

from typing import Any

import pytest
from django.contrib.auth.models import User

from metrics.calc.cells import Known, NotApplicable, Withheld
from metrics.models import PublishedCell
from metrics.models.definitions import HARTFORD, PROGRAM_STAGES
from metrics.published import program_figures

from .test_provider_release import CODE, accepted, release, sent

pytestmark = pytest.mark.django_db

SHEET = ("all-students,120,100,*,N/A,", "female,70,60,*,,", "male,50,40,*,,")


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk")


def test_the_stages_come_in_their_order_and_each_kind_of_nothing_is_kept(clerk):
    accepted(clerk, *SHEET)
    number = release(clerk).number
    found = program_figures(CODE)
    assert tuple(stage.slug for stage in found.stages) == PROGRAM_STAGES
    (year,) = found.years
    served, taken, enrolled, persisted, completed = year.everybody.points
    assert (str(served.value), str(taken.value), taken.cell.numerator) == ("120", "83", 100)
    assert isinstance(enrolled.cell, Withheld)
    assert isinstance(persisted.cell, NotApplicable)
    assert completed is None
    assert [line.group.slug for line in year.groups] == ["female", "male"]
    assert (year.year, year.release, year.reasons) == (2025, number, ())
    assert [source.publisher for source in year.sources] == [f"ZZ-PROVIDER {CODE}"]


def test_the_newest_year_comes_first_and_names_the_last_release_that_changed_it(clerk):
    accepted(clerk, "all-students,120,100,80,,", year=2024)
    first = release(clerk)
    accepted(clerk, "all-students,120,100,80,,")
    second = release(clerk)
    years = program_figures(CODE).years
    assert [(one.year, one.release) for one in years] == [(2025, second.number), (2024, first.number)]
    assert [one.published_at for one in years] == [second.published_at, first.published_at]


def test_a_corrected_figure_brings_its_reason_and_the_old_one_stays_behind(clerk):
    accepted(clerk, "all-students,300,200,150,,")
    release(clerk)
    accepted(clerk, "all-students,300,220,150,,", reason="Letters were found.")
    release(clerk)
    (year,) = program_figures(CODE).years
    assert year.reasons == ("Letters were found.",)
    assert [point.cell.numerator for point in year.everybody.told if isinstance(point.cell, Known)][1:] == [220, 150]


def test_what_is_accepted_and_not_released_is_not_there(clerk):
    sent(clerk, *SHEET)
    release(clerk)
    assert program_figures(CODE) is None
    accepted(clerk, *SHEET, year=2024)
    assert program_figures(CODE) is None


def test_one_program_says_nothing_of_another(clerk):
    accepted(clerk, "all-students,120,100,80,,")
    accepted(clerk, "all-students,240,150,90,,", code="program-12")
    release(clerk)
    assert [str(one.everybody.points[0].value) for one in program_figures(CODE).years] == ["120"]
    assert [str(one.everybody.points[0].value) for one in program_figures("program-12").years] == ["240"]


@pytest.mark.parametrize("place", [HARTFORD, "", "program-999"])
def test_a_place_that_is_no_programs_has_none(clerk, place):
    accepted(clerk, *SHEET)
    release(clerk)
    assert program_figures(place) is None


@pytest.mark.usefixtures("empty_board")
def test_before_the_first_release_there_is_nothing():
    assert not PublishedCell.objects.exists()
    assert program_figures(CODE) is None


@pytest.mark.parametrize("others", [0, 5])
def test_three_queries_find_them(clerk, others: int, django_assert_num_queries: Any):
    for number in range(others):
        accepted(clerk, "all-students,240,150,90,,", code=f"program-{20 + number}")
    for year in range(2025 - others, 2026):
        accepted(clerk, *SHEET, year=year)
    release(clerk)
    program_figures(CODE)  # the release's definitions are known to this process
    with django_assert_num_queries(3):  # the release with its definitions · the cells · when they became public
        program_figures(CODE)
