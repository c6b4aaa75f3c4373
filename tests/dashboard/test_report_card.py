"""The community report card: counts that add up, each with the list behind it."""

import re

import pytest
from django.test import Client

from metrics import published
from tests.reading import tables

pytestmark = pytest.mark.django_db


def said(path: str = "/report-card/") -> str:
    page = Client().get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split()).replace(" .", ".")


def test_it_says_how_many_went_which_way_and_what_became_of_the_goals():
    page = said()
    assert "6 of 15 indicators improved in their latest figures. 4 got worse, 4 had no detectable change." in page
    assert "1 more moved, and neither way is better." in page
    assert "5 more have one figure only, so they cannot have moved." in page
    assert "0 of 3 goals met their targets." in page
    assert "Target missed. 85.3% of the class of 2025 graduated." in page


def test_each_count_leads_to_its_list_and_the_lists_hold_every_indicator_that_moved():
    page = Client().get("/report-card/").content.decode()
    counts = {key: int(number) for key, number in re.findall(r'<a href="#(\w+)"><b>(\d+)</b>', page)}
    assert counts == {"improving": 6, "worsening": 4, "steady": 4, "other": 1}
    for key, number in counts.items():
        pile = page.partition(f'<section id="{key}"')[2].partition("</section>")[0]
        assert len(set(re.findall(r'href="(/indicators/[\w-]+/)"', pile))) == number
    assert sum(counts.values()) == sum(one.latest is not None for one in published.indicators().lines)


def test_a_line_has_the_figure_its_year_and_the_movement():
    assert "Four-year high school graduation rate 85.3% 2025, +6.7 since 2024" in said()
    assert "Chronic absence 27.9% 2019–20, +2.5 since 2018–19" in said()
    assert "Spending per pupil $17,236 2013–14, +501 since 2012–13" in said()


def test_the_years_count_every_movement_once():
    head, *rows = next(t for t in tables(Client().get("/report-card/").content.decode()) if t[0][0] == "Year")
    assert head == ["Year", "Indicators", "Improving", "Worsening", "No detectable change", "Neither way is better"]
    assert rows[0] == ["2025", "1", "1", "0", "0", "0"]
    assert rows[6] == ["2019", "4", "1", "1", "2", "0"]
    for _year, total, *ways in rows:
        assert int(total) == sum(map(int, ways))


def test_two_queries_make_it(client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the release with its definitions · the cells
        client.get("/report-card/")


def test_before_the_first_release_it_says_so(monkeypatch):
    monkeypatch.setattr("metrics.published.explore.now", lambda: None)
    assert "Nothing has been published on this board yet." in said()
