"""The privacy page says what the rule does, in the rule's own numbers; and whatever is withheld leads to it."""

import re

import pytest
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from coalition.actions.retention import CONTACT_DAYS, INTEREST_DAYS
from dashboard.charts import words
from dashboard.charts.words import privacy as said
from dashboard.pages.privacy import EVERYBODY, LARGE, SMALL
from metrics.calc.cells import Withheld, YearAxis
from metrics.calc.disclosure import COUNTS_FROM, FEW, MOST_IN_A_SMALL_GROUP, SCALES, VALUES, WIDTH
from metrics.models import PublishedCell
from tests.publishing.test_provider_release import CODE, accepted, release
from tests.reading import lines, tables

pytestmark = pytest.mark.django_db

LINK = 'href="/privacy/"'


def html(path: str = "/privacy/") -> str:
    answer = Client().get(path)
    assert answer.status_code == 200
    return answer.content.decode()


def text(path: str = "/privacy/") -> str:
    return " ".join(lines(html(path)))


class TestTheRule:
    def test_it_is_told_in_its_own_numbers(self):
        assert (MOST_IN_A_SMALL_GROUP, FEW, COUNTS_FROM, VALUES, WIDTH) == (20, 5, 40, 3, 6)
        told = text()
        assert "Nothing is shown of a group of 1 to 20 students." in told
        assert "when five students or fewer are counted in it, or when it leaves out five or fewer" in told
        assert "From 40 students on" in told
        assert "A group of 21 to 39 shows its share alone" in told
        assert "at least three possible answers, the lowest and the highest at least six students apart" in told
        assert "Smallest group shown 21 students Fewest counted in a share 6 students" in told
        assert "Counts shown from 40 students Room around a withheld number 6 students or more" in told

    @pytest.mark.parametrize(
        ("constant", "told"),
        [
            ("MOST_IN_A_SMALL_GROUP", "a group of 1 to 7 students"),
            ("FEW", "when seven students or fewer are counted"),
            ("COUNTS_FROM", "From 7 students on"),
            ("VALUES", "at least seven possible answers"),
            ("WIDTH", "at least seven students apart"),
        ],
    )
    def test_no_number_of_it_is_typed_twice(self, constant, told, monkeypatch):
        assert told not in text()
        monkeypatch.setattr(said, constant, 7)
        assert told in text()

    def test_the_limits_are_those_of_the_scales(self):
        (limits,) = (table for table in tables(html()) if table[0][0] == "Students in the group")
        assert limits[1:] == [
            ["21 to 39", "above 10% and below 90%", "in whole percent"],
            ["40 to 99", "above 5% and below 95%", "in whole percent"],
            ["100 to 299", "above 2% and below 98%", "in whole percent"],
            ["300 and more", "above 1% and below 99%", "with one decimal"],
        ]
        assert [(one.size, one.low, one.high, one.decimals) for one in SCALES] == [
            (300, 1, 99, 1), (100, 2, 98, 0), (40, 5, 95, 0), (0, 10, 90, 0),
        ]  # fmt: skip

    def test_the_example_adds_up_and_is_marked_as_one(self):
        assert tuple(map(sum, zip(LARGE, SMALL, strict=True))) == EVERYBODY
        told = text().replace("\u00a0", " ")
        assert "Every figure in it is invented." in told
        assert "Anybody can subtract: 120 − 104 = 16 and 72 − 66 = 6" in told
        assert SMALL[0] <= MOST_IN_A_SMALL_GROUP < LARGE[0]

    def test_the_example_goes_as_the_rule_itself_would_have_it(self):
        """The sheet of the example through the real doors: sent, accepted, published."""
        clerk = User.objects.create_user("clerk")
        rows = zip(("all-students", "female", "male"), (EVERYBODY, LARGE, SMALL), strict=True)
        accepted(clerk, *(f"{group},{served},,{enrolled},," for group, (served, enrolled) in rows))
        release(clerk)
        cells = PublishedCell.objects.filter(place=CODE)
        assert {cell.group for cell in cells if cell.value is None} == {"female", "male"}
        assert {cell.group for cell in cells if cell.value is not None} == {"all-students"}
        _, came_in, shown = tables(html())
        withheld = "withheld to protect students’ privacy"
        assert came_in[1:] == [["All students", "120", "72"], ["Group A", "104", "66"], ["Group B", "16", "6"]]
        assert shown[1:] == [
            ["All students", "120", "72"],
            *([name, withheld, withheld] for name in ("Group A", "Group B")),
        ]


class TestWhatIsKept:
    def test_the_times_are_those_after_which_it_is_forgotten(self):
        assert (INTEREST_DAYS, CONTACT_DAYS) == (2 * 365, 365)
        assert "It is deleted after two years." in text()
        assert "They are deleted a year after the contact’s last day" in text()

    @pytest.mark.parametrize("path", ["/privacy/", "/es/privacy/"])
    def test_it_asks_no_database_and_sets_no_cookie(self, path, django_assert_num_queries):
        with django_assert_num_queries(0):  # everything it says is in the rule and in the settings
            answer = Client().get(path)
        assert not answer.cookies
        assert Client().get(path, headers={"If-None-Match": answer["ETag"]}).status_code == 304

    def test_whom_to_ask_is_told_where_an_address_is_set(self, settings: Settings):
        assert "mailto:" not in html()
        settings.CONTACT_EMAIL = "staff@example.org"
        assert '<a href="mailto:staff@example.org">staff@example.org</a>' in html("/es/privacy/")


class TestOneMark:
    def test_a_figure_and_a_verdict_carry_the_same_one(self):
        assert words.nothing_badge(Withheld()) == words.withheld_badge()
        assert words.withheld_badge().word.lower() == words.nothing_words(Withheld()) == words.withheld()

    def test_each_figure_and_table_with_something_withheld_leads_to_the_rule_once(self):
        """Groups in their latest year, the same groups over time, the method; and the foot of every page."""
        page = html("/goals/graduation/")
        assert page.count(LINK) == 4
        groups = page.partition('<section id="groups"')[2].partition("</section>")[0]
        assert groups.count(LINK) == 2
        assert groups.count("Withheld to protect students’ privacy: <a ") == 2
        assert html("/goals/completion/").count(LINK) == 2  # the method and the foot: nothing of it is withheld

    @pytest.mark.parametrize("path", ["/", "/how-to-read/", "/coalition/", "/programs/", "/nowhere/"])
    def test_every_page_leads_to_it(self, path):
        foot = Client().get(path).content.decode().partition('<footer class="foot">')[2]
        assert foot.count(LINK) == 1

    def test_a_chart_says_in_words_which_years_are_withheld(self):
        about = words.Subject("graduation", "Graduation", YearAxis.CLASS)
        assert words.with_withheld("Reported.", about, (2016, 2011, 2015, 2014)) == (
            "Reported. Withheld to protect students’ privacy: 2011, 2014 to 2016."
        )
        assert words.with_withheld("Reported.", about, ()) == "Reported."
        drawn = re.findall(r"<desc[^>]*>([^<]*Withheld to protect[^<]*)</desc>", html("/goals/graduation/"))
        assert len(drawn) == 5
