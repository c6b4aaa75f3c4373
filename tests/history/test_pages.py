"""The pages of the past as they are served: what was published when, what it changed, and every figure for ever."""

import re
from decimal import Decimal
from html import unescape

import pytest
from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from metrics import published, publishing
from metrics.models import Group, Indicator, PublishedCell, Release
from tests import releases
from tests.history.boards import REASON, correct, corrected

pytestmark = pytest.mark.django_db

FIGURE = "figures/graduation-4yr/0640011/all-students/2024/"
PAGES = [
    "/updates/", "/updates/corrections/", "/history/", "/history/?on=2019-03-01", "/changes/", "/releases/1/changes/",
    f"/{FIGURE}", f"/releases/1/{FIGURE}",
]  # fmt: skip


def main(client: Client, path: str) -> str:
    """The words of the page’s main part, in one line."""
    response = client.get(path)
    assert response.status_code == 200, path
    body = response.content.decode().partition("<main")[2].partition("</main>")[0]
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())
    return re.sub(r" ([.,:])", r"\1", said)


def withdrawn() -> None:
    release = corrected("12.3")
    publishing.withdraw(release=release, by=release.approved_by, reason="The file was last year’s.")


class TestChanges:
    def test_a_release_says_what_was_what_is_and_why(self, client):
        corrected()
        page = main(client, "/releases/2/changes/")
        assert "What release 2 changed" in page
        assert "It changed 1 figure." in page
        assert "prepared by one person and approved by another" in page
        assert f"Hartford School District, All Students, class of 2024 78.6% 78.7% {REASON}" in page

    def test_today_leads_to_the_newest(self, client):
        corrected()
        assert "What release 2 changed" in main(client, "/changes/")

    def test_a_figure_that_is_withheld_from_now_on_says_so_in_the_words_of_every_page(self, client):
        correct("", status="suppressed", numerator="", denominator="")
        releases.published()
        assert "78.6% withheld to protect students’ privacy" in main(client, "/releases/2/changes/")

    def test_the_first_release_comes_a_page_at_a_time_and_every_figure_is_on_one_of_them(self, client):
        total, found, path = PublishedCell.objects.count(), 0, "/releases/1/changes/"
        while path:
            body = client.get(path).content.decode()
            found += body.count('role="rowheader"')
            older = re.search(r'<a href="([^"]*)" rel="next">', body)
            path = f"/releases/1/changes/{older[1]}".replace("&amp;", "&") if older else ""
        assert found == total

    def test_one_measure_can_be_chosen(self, client):
        page = main(client, "/releases/1/changes/?indicator=completion-6yr-nsc")
        assert "College degree within six years Hartford School District, All Students, report of 2019" in page
        count = PublishedCell.objects.filter(indicator="completion-6yr-nsc").count()
        assert client.get("/releases/1/changes/?indicator=completion-6yr-nsc").content.count(b"rowheader") == count

    @pytest.mark.parametrize("query", ["page=0", "page=x", "page=99999", "kind=nonsense", "indicator=nonsense"])
    def test_nonsense_in_the_address_is_harmless(self, client, query):
        assert client.get(f"/releases/1/changes/?{query}").status_code == 200

    def test_what_is_shown_no_more_keeps_its_name(self, client):
        Group.objects.filter(slug="female").update(slug="women")
        releases.published(reason="The group has another name.")
        page = main(client, "/releases/2/changes/")
        assert "no longer shown" in page
        assert "Hartford School District, Female, class of 2019" in page
        assert "78.6% not shown The group has another name." in page

    def test_its_queries_do_not_grow_with_what_it_changed(self, client, django_assert_num_queries):
        corrected()
        for release in (1, 2):
            client.get(f"/releases/{release}/changes/")
            with django_assert_num_queries(5):
                # whether it was withdrawn · its definitions · what is said of it · how many of each · those of the page
                client.get(f"/releases/{release}/changes/")


class TestCorrections:
    def test_before_any_the_page_says_so(self, client):
        assert "No published figure has been corrected yet" in main(client, "/updates/corrections/")

    def test_every_one_is_there_with_its_release(self, client):
        corrected("78.7")
        corrected("78.8")
        page = main(client, "/updates/corrections/")
        assert "2 corrections" in page
        assert page.index("78.7% 78.8%") < page.index("78.6% 78.7%")
        assert f"{REASON} Release 3" in page

    def test_it_can_be_narrowed_and_says_when_nothing_fits(self, client):
        corrected()
        assert "78.6% 78.7%" in main(client, "/updates/corrections/?indicator=graduation-4yr&place=0640011")
        assert "No correction fits this choice." in main(client, "/updates/corrections/?place=00000CT")

    def test_what_was_taken_back_is_not_said_again(self, client):
        withdrawn()
        page = main(client, "/updates/corrections/")
        assert "a figure that was taken back 78.6% The file was last year’s." in page
        assert "12.3" not in page

    def test_three_queries_make_it(self, client, django_assert_num_queries):
        corrected("78.7")
        client.get("/updates/corrections/")
        corrected("78.8")
        client.get("/updates/corrections/")
        with django_assert_num_queries(3):  # the release with its definitions · how many of each · those of the page
            client.get("/updates/corrections/")


class TestUpdates:
    def test_figures_and_coalition_are_one_list_with_corrections_marked(self, client):
        corrected()
        page = main(client, "/updates/")
        assert (
            "Release 2 Correction A correction. The board then: Release 2 What it changed: 1 corrected: Release 2"
            in page
        )
        assert "The coalition The first edition." in page
        assert "Release 1 The first release." in page

    def test_a_withdrawal_says_what_it_takes_back(self, client):
        withdrawn()
        page = main(client, "/updates/")
        assert "Release 2 was withdrawn. What release 2 had replaced is shown again." in page
        assert "12.3" not in page

    def test_four_queries_make_it(self, client, django_assert_num_queries):
        for value in ("78.7", "78.8"):
            corrected(value)
            with django_assert_num_queries(4):  # the releases · the editions · the stories · how much they corrected
                client.get("/updates/")

    def test_the_list_of_releases_is_the_list_of_updates(self, client):
        response = client.get("/releases/")
        assert (response.status_code, response["Location"]) == (301, "/updates/")


class TestFigure:
    def test_it_tells_value_counts_definition_source_and_how_to_cite_it(self, client):
        page = main(client, f"/{FIGURE}")
        assert "Four-year high school graduation rate" in page
        assert "class of 2024: 78.6%" in page
        assert "Out of: all students of the four-year cohort of that class." in page
        assert "EdSight" in page
        assert "It was published once and never changed" in page
        assert f"http://127.0.0.1:8000/releases/1/{FIGURE}" in page

    def test_the_permanent_address_keeps_the_old_figure_and_tells_the_new_one(self, client):
        corrected()
        then = main(client, f"/releases/1/{FIGURE}")
        assert "class of 2024: 78.6%" in then
        assert f"The board of today shows another figure: 78.7%. {REASON}" in then
        assert "class of 2024: 78.7%" in main(client, f"/{FIGURE}")

    def test_its_whole_history_is_there(self, client):
        corrected("78.7")
        corrected("78.8")
        page = main(client, f"/{FIGURE}")
        assert "It was published 3 times" in page
        assert re.findall(r"78\.\d%", page[page.index("It was published") :])[:3] == [
            "78.8%", "78.7%", "78.6%",
        ]  # fmt: skip

    def test_one_that_is_shown_no_more_is_still_there(self, client):
        Group.objects.filter(slug="female").update(slug="women")
        releases.published(reason="The group has another name.")
        page = main(client, "/figures/graduation-4yr/0640011/female/2019/")
        assert "Female, class of 2019: not shown" in page
        assert "class of 2019: 78.6%" in main(client, "/releases/1/figures/graduation-4yr/0640011/female/2019/")

    def test_each_year_of_a_goals_table_leads_to_its_figure(self, client):
        body = client.get("/goals/graduation/").content.decode()
        assert f'<th scope="row"><a href="/{FIGURE}">2024</a></th>' in body
        assert f'<a href="/releases/1/{FIGURE}">' in client.get("/releases/1/goals/graduation/").content.decode()

    @pytest.mark.parametrize(
        "path", ["figures/graduation-4yr/0640011/all-students/1999/", "figures/no/0640011/all-students/2024/"]
    )
    def test_one_that_never_was_is_not_found(self, client, path):
        assert client.get(f"/{path}").status_code == 404


class TestTheMachine:
    @pytest.fixture(autouse=True)
    def the_lag_of_graduation_is_known(self) -> None:
        assert Indicator.objects.get(slug="graduation-4yr").lag_months == 11

    def test_today_it_says_what_the_board_says(self, client):
        page = main(client, "/history/")
        assert "A fact: on this day release 1" in page
        assert "Target missed. 85.3% of the class of 2025 graduated." in page

    def test_before_the_first_release_it_says_that_it_reconstructs_and_where_it_cannot(self, client):
        page = main(client, "/history/?on=2019-03-01")
        assert "Reconstruction A reconstruction: this board did not exist yet." in page
        assert "class of 2017" in page, "the class of 2018 comes out in May 2019"
        assert "Cannot be said. It is not known when this figure usually comes out" in page

    @pytest.mark.parametrize(
        ("day", "problem"),
        [
            ("2031-01-01", "This day has not come yet."),
            ("yesterday", "This is not a day."),
            ("2026-02-31", "This is not a day."),
            ("<b>", "This is not a day."),
        ],
    )
    def test_what_is_no_day_of_the_past_is_said_to_be_none(self, client, day, problem):
        assert problem in main(client, f"/history/?on={day}")

    def test_a_release_that_changed_a_verdict_is_listed(self, client):
        correct("95.2", year=2025, numerator="", denominator="")
        releases.published()
        assert re.search(r"2, \w+ \d+, \d{4} Target missed Target met", main(client, "/history/"))

    def test_what_was_taken_back_is_not_said_again(self, client):
        correct("95.2", year=2025, numerator="", denominator="")
        release = releases.published()
        publishing.withdraw(release=release, by=release.approved_by, reason="A mistake.")
        assert "Target met" not in main(client, "/history/")

    def test_three_queries_make_it(self, client, django_assert_num_queries):
        corrected()
        with django_assert_num_queries(3):  # the releases · what they defined · the goals’ own figures
            client.get("/history/")


@pytest.mark.parametrize("path", PAGES)
class TestEveryPage:
    def test_it_is_there_in_spanish(self, client, path):
        _before, mount, rest = path.rpartition("/releases/1")
        spanish = f"/releases/1/es{rest}" if mount else f"/es{rest}"
        body = client.get(spanish).content.decode()
        assert '<html lang="es">' in body
        assert f'hreflang="es" href="{settings.SITE_URL}{spanish.partition("?")[0]}"' in body

    def test_it_is_not_sent_again_unchanged_and_can_be_kept(self, client, path):
        first = client.get(path)
        assert "public" in first["Cache-Control"]
        assert client.get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304

    def test_before_the_first_release_nothing_breaks(self, client, empty_board, path):
        assert client.get(path).status_code in (200, 404)


def test_a_page_that_began_before_a_release_ends_with_the_release_it_began_with():
    target = published.Target(
        "graduation-4yr", "0640011", "all-students", Decimal("71.5"), 2014, Decimal(95), 2025
    )  # fmt: skip
    begun = published.board()
    corrected("78.7")
    (measure,) = published.measures([target], at=begun.at)
    assert (measure.release.number, str(measure.series.cells[2024].value)) == (1, "78.6")
    (now,) = published.measures([target])
    assert (now.release.number, str(now.series.cells[2024].value)) == (2, "78.7")


def test_five_hundred_releases_later_every_page_takes_as_many_queries(client):
    def queries(address: str) -> int:
        client.get(address)  # a process reads each edition and each definition once
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        return len(asked)

    corrected("78.7")
    corrected("78.8")
    paths = [*PAGES, "/releases/2/changes/", f"/releases/2/{FIGURE}", "/updates/feed.atom", "/updates/feed.json"]
    before = {path: queries(path) for path in paths}
    last = Release.objects.get(number=3)
    for number in range(4, 504):
        last.pk, last.number = None, number
        last.save(force_insert=True)
    after = {path: queries(path) for path in paths}
    assert [path for path in paths if after[path] > before[path]] == [], "fewer where the newest corrected nothing"
    assert queries("/releases/400/changes/") <= before["/releases/2/changes/"]
