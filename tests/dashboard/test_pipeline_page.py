"""The pipeline page: one class as far as its denominator is one, distances in young people, and what does not fit."""

import re

import pytest
from django.test import Client

from metrics import published
from tests.reading import lines, tables

pytestmark = pytest.mark.django_db


def said(path: str = "/pipeline/") -> str:
    return " ".join(lines(Client().get(path).content.decode()))


def test_of_100_ninth_graders_79_graduated_50_enrolled_and_32_stayed():
    page = said()
    assert "Of 100 ninth-graders, class of 2016" in page
    assert "79 came to the first step, 50 to the second and 32 to the third. 1,468 students began." in page
    assert "21 did not" in page
    assert "29 fewer than the step before" in page
    assert "18 fewer than the step before" in page


def test_each_step_is_a_hundred_squares_of_which_as_many_are_filled():
    page = Client().get("/pipeline/").content.decode()
    drawn = re.findall(r'<svg class="hund".*?</svg>', page, re.DOTALL)
    counts = [(one.split('class="yes" d="')[1].split('"')[0].count("M"), one.count("M")) for one in drawn]
    assert counts == [(79, 100), (50, 100), (32, 100)]
    assert '<title id="way1-1-t">Graduation within six years, class of 2016 cohort: 79 of 100</title>' in page


def test_residents_and_others_stand_beside_everybody_out_of_their_own_hundred():
    head, *rows = next(table for table in tables(Client().get("/pipeline/").content.decode()) if table[0][0] == "Group")
    assert head[:2] == ["Group", "Students who began"]
    assert rows == [
        ["All Students", "1,468", "79 of 100", "50 of 100", "32 of 100"],
        ["Hartford residents", "1,161", "75 of 100", "41 of 100", "24 of 100"],
        ["Non-residents", "307", "96 of 100", "84 of 100", "64 of 100"],
    ]


def test_the_distance_to_a_target_is_in_young_people_where_they_were_counted_and_unknown_where_not():
    page = said()
    assert "116 9.7 points short by the figure for the class of 2025, out of 1,194 students." in page
    assert "Not known 10.0 points short by the figure for the class of 2018. Nobody published how many" in page
    assert "Not known 25.0 points short by the figure for the report of 2019." in page


def test_a_degree_is_said_to_be_missing_and_figures_out_of_others_stand_apart_with_their_denominators():
    page = said()
    assert "A degree is missing here: nobody has published how many of these same students finished one." in page
    found = next(table for table in tables(Client().get("/pipeline/").content.decode()) if "Out of whom" in table[0])
    named = {row[0]: row[1:3] for row in found[1:]}
    assert named["College degree within six years"] == ["25%", "Report of 2019"]
    assert named["Four-year high school graduation rate"] == ["85.3%", "Class of 2025"]
    assert "Graduation within six years, class of 2016 cohort" not in named


def test_only_a_chain_of_three_shares_is_a_way():
    (way,) = published.pipeline().ways  # fall enrollment is part of the first year's, and two are no way
    assert [stage.indicator.slug for stage in way.cohorts[0].stages] == [
        "graduation-6yr-cohort-hps", "enrollment-cohort-hps", "persistence-cohort-hps",
    ]  # fmt: skip


def test_two_queries_make_it(client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the release with its definitions · the cells
        client.get("/pipeline/")


def test_before_the_first_release_it_says_so(monkeypatch):
    monkeypatch.setattr("metrics.published.pipeline", lambda at=None: None)
    assert "Nothing has been published on this board yet." in said()
