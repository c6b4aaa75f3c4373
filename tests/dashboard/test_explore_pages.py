"""The pages of the indicators: what they say, and what a form without a script can ask of them."""

import csv
import re
from pathlib import Path

import pytest
from django.test import Client

from tests.reading import tables

pytestmark = pytest.mark.django_db

HOUSE = Path(__file__).resolve().parents[2]
GRADUATION = "/indicators/graduation-4yr/"


def text(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return " ".join(response.content.decode().split())


def said(path: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", text(path).partition("<main")[2]).split()).replace(" .", ".")


def numbers(path: str) -> list[list[str]]:
    """The table of the lines asked for: its head and its rows."""
    return next(table for table in tables(Client().get(path).content.decode()) if table[0][0] in HEADS)


HEADS = ("Class of", "School year", "Report of")


class TestTheList:
    def test_every_indicator_leads_to_its_page(self):
        links = set(re.findall(r'href="(/indicators/[\w-]+/)"', text("/indicators/")))
        assert len(links) == 46
        for link in links:
            assert Client().get(link).status_code == 200, link

    def test_it_says_where_hartford_stands_and_which_way_it_went(self):
        page = said("/indicators/")
        assert "85.3% class of 2025" in page
        assert "Improving. 6.7 points more than for the class of 2024." in page
        assert "Connecticut: 91.3% for the class of 2025." in page
        assert "Last movement: 6 improving, 4 worsening, 4 without a detectable change." in page

    def test_a_movement_that_could_not_be_tested_says_so(self):
        page = said("/indicators/")
        assert (
            "Worsening. 2.5 points more than for the 2018–19 school year. There are no counts, so it could not be "
            "tested for chance."
        ) in page

    def test_a_difference_that_chance_explains_is_no_movement(self):
        assert (
            "No detectable change. 1.5 points more than for the class of 2013. A difference this small can be chance."
        ) in said("/indicators/")

    def test_what_has_no_figures_is_named_and_folded(self):
        assert "8 more are defined and have no published figure of Hartford" in said("/indicators/")

    def test_two_queries_make_it(self, client, django_assert_num_queries):
        with django_assert_num_queries(2):  # the release with its definitions · the cells
            client.get("/indicators/")

    def test_before_the_first_release_it_says_so(self, monkeypatch):
        monkeypatch.setattr("metrics.published.explore.now", lambda: None)
        assert "Nothing has been published on this board yet." in said("/indicators/")
        assert Client().get(GRADUATION).status_code == 404


class TestOne:
    def test_it_answers_first(self):
        page = said(GRADUATION)
        assert "Improving. Hartford: 85.3% for the class of 2025. 6.7 points more than for the class of 2024." in page
        assert "Hartford was 19.5 points below the state for the class of 2011 and 6.0 points below" in page

    def test_the_table_has_what_the_fixtures_have(self):
        known = {}
        for path in sorted((HOUSE / "fixtures" / "figures").glob("*.csv")):
            with path.open(encoding="utf-8", newline="") as file:
                for row in csv.DictReader(file):
                    if row["group"] == "all-students" and row["value"]:
                        known[row["indicator"], row["place"], row["period"]] = row["value"]
        checked = 0
        for slug in sorted({key[0] for key in known}):
            table = numbers(f"/indicators/{slug}/")
            places = [{"Hartford School District": "0640011", "Connecticut": "00000CT"}[name] for name in table[0][1:]]
            for head, *values in table[1:]:
                year = head if "–" not in head else str(int(head[:4]) + 1)
                for place, value in zip(places, values, strict=True):
                    expected = known.get((slug, place, year))
                    if expected is not None:
                        assert value.replace(",", "") == expected, (slug, place, year)
                        checked += 1
        assert checked > 170

    def test_hartford_stands_among_the_districts_around_it(self):
        page = said(GRADUATION)
        assert "Number 93 of 102 town districts, from the highest figure down" in page
        assert "92 Naugatuck School District 85.7% 93 Hartford School District 85.3% 94 Hamden School District" in page

    def test_a_group_stands_beside_the_best_one_the_target_and_connecticut(self):
        assert "Hispanic/Latino of any race 64.3 32.9 30.7 −15.9" in said(GRADUATION)

    def test_where_lower_is_better_distances_are_to_the_lowest(self):
        page = said("/indicators/chronic-absence/")
        assert "To lowest, points" in page
        assert "Asian 7.6 lowest +2.3" in page
        assert "Hispanic/Latino of any race 27.8 20.2 +12.1" in page

    def test_a_withheld_group_is_withheld_here_too(self):
        assert "Native Hawaiian or Other Pacific Islander Withheld to protect students’ privacy" in said(GRADUATION)

    def test_dollars_have_no_points_and_no_groups(self):
        page = said("/indicators/spending-per-pupil/")
        assert "Hartford: $17,236 for the 2013–14 school year. $501 more than for the 2012–13 school year." in page
        assert "points" not in page
        assert "By group" not in page
        assert "Neither more nor less is better in itself." in page

    def test_a_definition_without_figures_is_a_page_too(self):
        page = said("/indicators/enrollment-launch/")
        assert "No figure of Hartford has been published" in page
        assert "There are no figures for this choice" in page
        assert "the definition was not stated" in page

    def test_it_names_source_licence_and_the_next_figure_and_can_be_cited(self):
        page = said(GRADUATION)
        assert "The class of 2026: usually out by May 2027." in page
        assert "Licence: CC-BY-4.0" in page
        assert "release 1 of" in page
        assert "/releases/1/indicators/graduation-4yr/" in page

    def test_there_is_none_that_the_release_does_not_define(self):
        assert Client().get("/indicators/nothing/").status_code == 404
        assert Client().get("/indicators/program-served/").status_code == 404

    def test_it_is_seen_as_any_release_showed_it(self):
        assert "85.3% for the class of 2025" in said("/releases/1/indicators/graduation-4yr/")


class TestAsking:
    def test_each_place_is_shown_with_each_group_that_it_has_figures_of(self):
        head = numbers(f"{GRADUATION}?place=0640011&place=0620011&group=all-students&group=white")[0]
        assert head[1:] == ["Hartford School District", "Hartford School District, White", "Hamden School District"]

    def test_a_list_of_years_begins_and_ends_where_it_is_asked_to(self):
        assert [row[0] for row in numbers(f"{GRADUATION}?from=2013&to=2015")[1:]] == ["2013", "2014", "2015"]

    def test_years_the_wrong_way_round_are_exchanged_and_that_is_said(self):
        path = f"{GRADUATION}?from=2015&to=2013"
        assert [row[0] for row in numbers(path)[1:]] == ["2013", "2014", "2015"]
        assert "The first year was after the last one; they were exchanged." in said(path)

    @pytest.mark.parametrize(
        ("query", "named"),
        [
            ("place=9999999", "9999999"),
            ("place=0640011&group=nobody", "nobody"),
            ("from=soon", "soon"),
            ("place=%00", "\N{REPLACEMENT CHARACTER}"),
            ("group=<script>", "&lt;script&gt;"),
        ],
    )
    def test_what_is_not_there_is_named_and_left_out(self, query, named):
        assert f"There is nothing called “{named}” to choose here; it is left out." in text(f"{GRADUATION}?{query}")

    def test_more_lines_than_fit_are_cut_and_that_is_said(self):
        places = "&".join(f"place={code}" for code in ("0640011", "00000CT", "0620011", "1510011"))
        path = f"{GRADUATION}?{places}&group=all-students&group=white&group=hispanic&group=asian"
        assert "At most 6 lines fit into one chart; the first 6 are shown." in said(path)
        assert len(numbers(path)[0]) == 7

    def test_a_table_is_sorted_by_the_column_asked_for_and_says_so(self):
        path = f"{GRADUATION}?from=2011&to=2014&sort="
        assert [row[1] for row in numbers(f"{path}-1")[1:]] == ["71.5", "71.2", "64.6", "63.2"]
        assert [row[1] for row in numbers(f"{path}1")[1:]] == ["63.2", "64.6", "71.2", "71.5"]
        assert [row[0] for row in numbers(f"{path}-0")[1:]] == ["2014", "2013", "2012", "2011"]
        assert '<th scope="col" aria-sort="descending">' in text(f"{path}-1")
        assert [row[0] for row in numbers(f"{path}99999999999")[1:]] == ["2011", "2012", "2013", "2014"]

    def test_a_year_without_a_figure_comes_last_whichever_way_it_is_sorted(self):
        path = "/indicators/spending-per-pupil/?sort="
        assert [numbers(f"{path}{way}")[-1][0] for way in ("1", "-1")] == ["2014–15", "2014–15"]

    def test_the_head_of_a_column_leads_to_its_order_and_keeps_the_rest(self):
        page = text(f"{GRADUATION}?place=0640011&from=2013")
        assert 'href="?place=0640011&amp;from=2013&amp;sort=-1#numbers"' in page

    def test_the_form_comes_back_as_it_was_filled_in(self):
        page = text(f"{GRADUATION}?place=0620011&group=white&from=2013")
        assert re.search(r'value="0620011" checked> <span>Hamden School District', page)
        assert re.search(r'value="white" checked', page)
        assert '<option value="2013" selected>2013</option>' in page
        assert 'value="0640011" checked' not in page

    def test_a_page_weighs_no_more_than_110_kilobytes_as_it_travels(self):
        """The document alone; fonts and styles are cached after the first page."""
        every = "&".join(f"group={slug}" for slug in ("all-students", "white", "hispanic"))
        for path in ("/indicators/", f"{GRADUATION}?place=0640011&place=00000CT&{every}", "/es/indicators/"):
            assert len(Client().get(path, headers={"accept-encoding": "gzip"}).content) < 30_000


class TestFiles:
    def test_what_is_shown_can_be_taken_as_a_file_with_the_same_figures(self):
        path = f"{GRADUATION}?place=0640011&place=00000CT&group=white&from=2014&to=2016"
        link = re.search(r'<a href="(/data/figures\.csv\?[^"]+)">CSV</a>', text(path))
        assert link is not None
        file = Client().get(link[1].replace("&amp;", "&")).getvalue().decode("utf-8-sig")
        rows = list(csv.DictReader(file.split("\n")))
        assert {(row["place_name"], row["year"], row["value"]) for row in rows} == {
            (place, row[0], value)
            for row in numbers(path)[1:]
            for place, value in zip(("Hartford School District", "Connecticut"), row[1:], strict=True)
        }
