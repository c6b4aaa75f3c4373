"""How far apart student groups are: the page of all gaps."""

import re

import pytest
from django.test import Client

from metrics import published
from tests.reading import tables

pytestmark = pytest.mark.django_db


def said(path: str = "/gaps/") -> str:
    page = Client().get(path).content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", page.partition("<main")[2]).split()).replace(" .", ".")


def of(slug: str) -> published.IndicatorGaps:
    return next(one for one in published.gaps().indicators if one.indicator.slug == slug)


def test_goals_come_first_in_their_order_and_one_without_groups_says_so():
    found = published.gaps().indicators
    assert [one.goal.slug for one in found if one.goal] == ["graduation", "enrollment", "completion"]
    assert [one.goal is None for one in found] == sorted(one.goal is None for one in found)
    assert "College degree within six years has not been reported by group" in said()


def test_the_lead_names_the_widest_gap_of_the_goals():
    lead = "The widest gap in a goal: four-year high school graduation rate, by race and ethnicity, 32.9 points."
    assert lead in said()


def test_a_gap_has_its_two_groups_points_and_ratio():
    # class of 2019: two or more races 97.2, Hispanic 64.3; 97.2 ÷ 64.3 = 1.51
    page = said()
    assert "32.9 points, 1.5 times" in page
    assert "Two or More Races 97.2%, Hispanic/Latino of any race 64.3%: 32.9 points apart" in page


def test_where_lower_is_better_the_ratio_is_that_of_the_worse_group():
    # chronic absence 2015–16: Asian 7.6, Hispanic 27.8; 27.8 ÷ 7.6 = 3.66
    assert "20.2 points, 3.7 times" in said()


def test_what_became_of_it_is_told_of_the_same_two_groups_with_its_test():
    assert "No detectable change. For the class of 2014, the same two groups were 9.1 points apart." in said()
    assert "Test of the change: z = 0.79; from 1.96 on it is more than chance." in said()


def test_a_gap_without_counts_is_not_called_tested():
    assert (
        "Narrower. For the 2009–10 school year, the same two groups were 23.2 points apart. There are no counts, so it "
        "could not be tested for chance."
    ) in said()


def test_the_lead_counts_what_is_tested_and_what_cannot_be():
    readings = [reading for one in published.gaps().indicators for reading in one.readings]
    pairs = [one.pair for one in readings if one.pair]
    assert sum(one.z is not None for one in pairs) == 5
    assert not any(one.is_detectable for one in pairs)
    assert "0 narrowed, 0 widened, 5 changed by no more than chance explains. 17 more gaps have no counts" in said()


def test_everybody_better_and_a_gap_wider_is_a_flag_of_its_own():
    flagged = {one.breakdown.dimension.slug for one in of("graduation-4yr").readings if one.is_total_up_gap_wider}
    assert "gender" in flagged
    # high needs, 2014 to 2025: everybody rose and the gap closed from 24.1 to 14.3 points
    assert "high-needs" not in flagged
    assert "All students together got better while this gap widened; the widening can be chance." in said()


def test_the_board_of_what_is_missing_tells_late_missing_and_withheld_apart():
    board = next(table for table in tables(Client().get("/gaps/").content.decode()) if table[0][0] == "Indicator")
    head, *rows = board
    by_name = {row[0]: dict(zip(head, row, strict=True)) for row in rows}
    graduation = by_name["Four-year high school graduation rate"]
    assert (graduation["All students"], graduation["Gender"], graduation["High needs"]) == ("2025", "to 2019", "2025")
    assert by_name["College degree within six years"]["Gender"] == "not reported"
    assert by_name["College entrance within one year (state report)"]["English learners"] == "2014"


def test_groups_are_averaged_nowhere():
    page = said()
    assert "Groups are never averaged." in page
    assert not re.search(r"\b(?:mean|average)\b", page.replace("never averaged", ""), re.IGNORECASE)


def test_two_queries_make_it(client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the release with its definitions · Hartford's cells
        client.get("/gaps/")


def test_before_the_first_release_it_says_so(monkeypatch):
    monkeypatch.setattr("metrics.published.equity.now", lambda: None)
    assert "Nothing has been published on this board yet." in said()
