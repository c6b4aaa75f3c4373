"""The community's investment: every grouping comes to the same sum, and nothing unknown is a zero."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.utils import translation

from coalition.roster import Coalition, Edition
from coalition.rules import money
from dashboard.charts import svg
from dashboard.charts.words.giving import dollars
from dashboard.pages.coalition.giving import ContributionsPage, contributions_page

from .samples import CONTRIBUTIONS, EDITION, PUBLISHED
from .test_team_pages import publish

D = Decimal


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def page_of(*given: Any, **query: str) -> ContributionsPage:
    edition = replace(EDITION, coalition=replace(EDITION.coalition, contributions=given)) if given else EDITION
    return contributions_page(edition, query)


def printed(page: ContributionsPage) -> str:
    request = RequestFactory().get("/")
    return " ".join(render_to_string("pages/coalition/contributions.html", {"page": page}, request=request).split())


def test_every_grouping_comes_to_the_same_sum() -> None:
    page = page_of()
    assert [picture.key for picture in page.pictures] == ["kind", "members", "teams", "goals", "years"]
    assert {(picture.total.promised, picture.total.delivered) for picture in page.pictures} == {
        ("$116,500", "$61,250.50")
    }


@pytest.mark.parametrize("at", range(5))
def test_the_rows_of_a_grouping_add_up_to_its_sum(at: int) -> None:
    picture = page_of().pictures[at]
    every = money.total(CONTRIBUTIONS)
    for amounts, expected in (
        ([row.sum.promised for row in picture.rows], every.promised),
        ([row.sum.delivered for row in picture.rows], every.delivered),
    ):
        shown = [D(amount.removeprefix("$").replace(",", "")) for amount in amounts if amount]
        assert sum(shown, D(0)) == expected


def test_the_answer_says_the_sums_and_what_is_in_none() -> None:
    assert page_of().gifts.answer == (
        "Five organizations have promised $116,500 and delivered $61,250.50 so far. "
        "The value of one contribution is not known; it is listed and in no sum. "
        "For one more, nobody has said yet what was delivered."
    )


def test_a_value_nobody_has_said_is_never_a_zero() -> None:
    page = page_of(CONTRIBUTIONS[4])
    assert page.gifts.answer == "One organization contributes. No value is on record."
    assert (page.gifts.lines[0].promised, page.gifts.lines[0].delivered) == ("", "")
    main = printed(page).partition("<main")[2].replace("never as $0", "")
    assert "$0" not in main
    assert "not known" in main


def test_nothing_delivered_is_a_zero_and_said() -> None:
    page = page_of(CONTRIBUTIONS[3])
    assert page.gifts.answer == "One organization has promised $22,000 and delivered $0 so far."
    assert page.gifts.lines[0].status.word == "Not yet"


def test_one_year_can_be_asked_for() -> None:
    page = page_of(year="2025")
    assert page.gifts.answer == (
        "For 2024–25, one organization has promised $30,000. Nobody has said yet what was delivered."
    )
    assert [picture.key for picture in page.pictures] == ["kind", "members", "teams", "goals"]
    assert [(one.name, one.is_chosen) for one in page.years] == [
        ("All years", False),
        ("2025–26", False),
        ("2024–25", True),
    ]


def test_a_grant_goes_by_calendar_years_and_is_left_alone_by_the_choice_of_a_school_year() -> None:
    assert page_of(year="2025").grants == page_of().grants
    assert [grant.year for grant in page_of().grants] == ["Calendar year 2026", "Calendar year 2025"]


def test_the_years_that_can_be_chosen_are_those_of_contributions() -> None:
    only_grants = contributions_page(replace(EDITION, coalition=replace(EDITION.coalition, contributions=())), {})
    assert [one.name for one in only_grants.years] == ["All years"]


@pytest.mark.parametrize("year", ["", "1999", "2025 or 1=1", "<script>"])
def test_a_year_nobody_gave_in_shows_all(year: str) -> None:
    assert page_of(year=year) == page_of()


def test_what_is_given_in_kind_says_how_its_value_was_reached() -> None:
    text = printed(page_of())
    for valuation in ("40 seats at $200 and 25 days at $400", "65 hours at $100", "110 shifts at $200"):
        assert valuation in text


def test_what_nobody_has_said_is_grey_and_not_called_missing() -> None:
    teams = next(picture for picture in page_of().pictures if picture.key == "teams")
    charts = {row.name.name.text: row.chart for row in teams.rows}
    tutoring, whole = charts["Sample Tutoring Team"], charts["The coalition as a whole"]
    assert isinstance(tutoring, svg.Chart)
    assert isinstance(whole, svg.Chart)
    assert [band.look for band in tutoring.bands] == ["voidh"]
    assert [band.look for band in whole.bands] == ["mish"]


def test_grants_stand_with_the_goal_they_serve_and_in_no_sum() -> None:
    grants = page_of().grants
    assert [(one.recipient.text, one.goal.name.text if one.goal else "", one.amount) for one in grants] == [
        ("Sample Tutors, Inc.", "High school graduation", "$75,000"),
        ("Sample Museum", "", ""),
    ]
    assert "amount not shared" in printed(page_of())


def test_an_empty_record_is_said_and_hatched() -> None:
    page = contributions_page(Edition(1, PUBLISHED, Coalition()), {})
    assert page.gifts.answer == "No contribution is on record yet."
    assert page.years[1:] == ()
    assert [band.look for band in page.bar.bands] == ["voidh"]  # type: ignore[attr-defined]
    assert "No grant has been shared yet." in printed(page)


@pytest.mark.parametrize(
    ("value", "said"),
    [("18000", "$18,000"), ("18000.00", "$18,000"), ("3250.5", "$3,250.50"), ("0", "$0"), ("1E+6", "$1,000,000")],
)
def test_dollars_look_alike_in_both_languages(value: str, said: str) -> None:
    for language in ("en", "es"):
        with translation.override(language):
            assert dollars(D(value)) == said


class TestBar:
    """30 of 100 delivered, on a scale of 200: 15 %, and the promise at 50 %."""

    def test_solid_is_delivered_hatched_is_not(self) -> None:
        chart = svg.delivery(promised=D(100), delivered=D(30), scale=D(200))
        assert [(band.look, band.x, band.width) for band in chart.bands] == [
            ("rep", "0%", "15%"),
            ("mish", "15%", "35%"),
        ]
        assert [rule.x1 for rule in chart.rules] == ["50%"]

    def test_what_nobody_has_said_comes_last(self) -> None:
        chart = svg.delivery(promised=D(100), delivered=D(30), unsaid=D(20), scale=D(200))
        assert [(band.look, band.x, band.width) for band in chart.bands] == [
            ("rep", "0%", "15%"),
            ("mish", "15%", "25%"),
            ("voidh", "40%", "10%"),
        ]

    def test_more_than_was_promised_runs_past_the_line(self) -> None:
        chart = svg.delivery(promised=D(100), delivered=D(150), scale=D(150))
        assert [(band.look, band.width) for band in chart.bands] == [("rep", "100%")]
        assert [rule.x1 for rule in chart.rules] == ["66.67%"]

    def test_without_a_promise_there_is_no_line(self) -> None:
        assert svg.delivery(promised=D(0), delivered=D(30), scale=D(30)).rules == ()

    def test_nothing_at_all_is_no_division_by_zero(self) -> None:
        assert svg.delivery(promised=D(0), delivered=D(0), scale=D(0)).bands == ()


@pytest.mark.django_db
@pytest.mark.parametrize("times", [1, 100])
def test_one_query_makes_it_however_much_is_given(client: Client, times: int, django_assert_num_queries: Any) -> None:
    publish(replace(EDITION.coalition, contributions=CONTRIBUTIONS * times), 3000 + times)
    with django_assert_num_queries(2):  # which edition, and its content, which is new to this process
        assert client.get("/contributions/").status_code == 200
    with django_assert_num_queries(1):
        assert client.get("/es/contributions/?year=2026").status_code == 200


@pytest.mark.django_db
def test_the_real_page_says_that_nothing_is_on_record(client: Client) -> None:
    assert "No contribution is on record yet." in client.get("/contributions/").content.decode()
