"""The public pages as they are served: what they say, what they cost, what they never load."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.test import Client

from metrics.intake.by_hand import enter
from metrics.models import Indicator
from tests import releases

pytestmark = pytest.mark.django_db

HOUSE = Path(__file__).resolve().parents[2]
PAGES = ["/", "/goals/graduation/", "/goals/enrollment/", "/goals/completion/", "/how-to-read/"]


def text(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def correct(value: str = "78.7") -> None:
    """A correction of the class of 2024, accepted and not published."""
    staff, _created = User.objects.get_or_create(username="staff")
    cells = {
        "indicator": "graduation-4yr",
        "place": "0640011",
        "group": "all-students",
        "period": "2024",
        "value": value,
        "status": "final",
        "source": "edsight-graduation-4yr",
    }
    enter(cells=cells, by=staff, reason="The state revised the class of 2024.")


def release() -> None:
    releases.published()


class TestHome:
    def test_it_answers_its_own_question_from_the_data(self, client):
        page = text(client, "/")
        assert 'Are we there? <em class="u-bad">Not yet.</em>' in page
        assert "One target was missed. Two have no 2025 result yet." in page

    def test_graduation_is_85_3_percent_for_the_class_of_2025_missed_by_9_7_points(self, client):
        page = text(client, "/")
        assert "85.3% of the class of 2025 graduated. The target was 95%: 9.7 points short" in page

    def test_enrollment_and_completion_are_due_with_their_last_readings(self, client):
        page = text(client, "/")
        assert "Last report: 60% for the class of 2018, 3.7 points behind the path." in page
        assert "Last report: 25% in 2019, 7.7 points behind the path." in page

    def test_both_starts_of_the_restated_goals_are_shown(self, client):
        page = text(client, "/")
        assert "The start was stated as 50% at launch and as 61% in the Compact." in page
        assert "The start was stated as 23% at launch and as 24% in the Compact." in page

    def test_it_names_the_seven_signers_and_the_two_teams(self, client):
        page = text(client, "/")
        for name in ("Hartford Promise", "Lincoln Financial Foundation", "Achieve Hartford!", "Reduce Summer Melt"):
            assert name in page

    def test_three_queries_make_it_however_often_it_was_published(self, client, django_assert_num_queries):
        for value in ("78.7", "78.8", "78.9"):
            correct(value)
            release()
        client.get("/")  # a process reads each edition of the coalition once
        with django_assert_num_queries(3):
            # 1 the latest releases with the current definitions · 2 the cells of the goals' indicators
            # 3 which edition of the coalition is the latest
            client.get("/")

    def test_before_the_first_release_it_says_that_it_cannot_say(self, client, empty_board):
        page = text(client, "/")
        assert "We cannot say yet.</em>" in page
        assert "Nothing has been published on this board yet." in page
        assert client.get("/goals/graduation/").status_code == 404


class TestGoalPages:
    def test_the_enrollment_page_shows_both_statements_with_their_documents(self, client):
        page = text(client, "/goals/enrollment/")
        assert "From 61% to 70% by 2025" in page
        assert "From 50% to 70% by 2025" in page
        assert "allinhartford.org/the-compact" in page
        assert "nbcconnecticut.com" in page

    def test_a_start_whose_year_is_our_reading_says_so(self, client):
        assert text(client, "/").count("is our reading of the coalition’s own table.") == 2
        for slug in ("enrollment", "completion"):
            assert "The year of the start is our reading." in text(client, f"/goals/{slug}/")
        assert "our reading" not in text(client, "/goals/graduation/")

    def test_figures_in_another_definition_say_whose_they_are(self, client):
        assert "The coalition’s own figures are not broken down by group." in text(client, "/goals/enrollment/")

    def test_a_group_without_another_beside_it_says_so_instead_of_a_distance(self, client):
        page = text(client, "/goals/enrollment/")
        assert page.count(">no other figure<") == 3  # English learners, free or reduced meals, disabilities
        assert 'data-l="to highest"></span>' not in page

    def test_connecticuts_sum_of_districts_is_called_what_it_is(self, client):
        assert "the rate for Connecticut is added up here" in text(client, "/goals/graduation/")

    def test_a_correction_is_public_with_both_figures_once_it_is_released(self, client):
        correct()
        assert "78.7" not in text(client, "/goals/graduation/")
        release()
        page = text(client, "/goals/graduation/")
        assert "<del>78.6</del> <ins>78.7</ins>. The state revised the class of 2024." in page

    @pytest.mark.parametrize("slug", ["graduation", "enrollment", "completion"])
    def test_three_queries_make_it(self, client, slug, django_assert_num_queries):
        with django_assert_num_queries(3):  # the release with its definitions · its cells · stories about the goal
            client.get(f"/goals/{slug}/")

    def test_the_interactive_chart_draws_the_series_of_the_page(self, client):
        figure = json.loads(client.get("/goals/graduation/figure.json").content)
        hartford = next(trace for trace in figure["data"] if trace.get("name") == "Hartford")
        assert dict(zip(hartford["x"], hartford["y"], strict=True))[2025] == 85.3

    def test_a_goal_nobody_set_is_not_found(self, client):
        assert client.get("/goals/attendance/").status_code == 404

    def test_a_rank_is_said_in_plain_words(self, client):
        page = text(client, "/goals/graduation/")
        assert "For the class of 2014, Hartford had the fourth lowest rate among 98 town districts." in page

    def test_groups_of_different_years_say_so(self, client):
        page = text(client, "/goals/graduation/")
        assert "Two groups reached 95% in their latest figures" in page
        assert "The years differ" in page
        assert "The years differ" not in text(client, "/goals/enrollment/")

    def test_the_small_charts_are_folded_without_a_script(self, client):
        page = text(client, "/goals/graduation/")
        assert '<details class="fold"><summary>Show the 18 charts</summary>' in page

    def test_formulas_are_set_with_letters_that_every_face_has(self, client):
        page = text(client, "/goals/enrollment/")
        assert "t<sub>0</sub>" in page
        assert not set("₀₁₂") & set(page)


class TestDelivery:
    @pytest.mark.parametrize("path", PAGES)
    def test_an_unchanged_page_is_not_sent_again(self, client, path):
        first = client.get(path)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert first["Cache-Control"] == "public, max-age=60, must-revalidate"
        assert "Set-Cookie" not in first.headers

    def test_a_draft_changes_no_public_byte_and_a_release_does(self, client):
        before = {path: client.get(path)["ETag"] for path in PAGES}
        correct()
        Indicator.objects.filter(slug="graduation-4yr").update(name="ZZ-EMBARGO")
        assert {path: client.get(path)["ETag"] for path in PAGES} == before
        release()
        assert client.get("/")["ETag"] != before["/"]

    def test_nothing_can_be_posted_to_a_public_page(self, client):
        assert {client.post(path).status_code for path in PAGES} == {405}

    def test_a_page_that_is_not_there_helps_in_the_boards_own_words(self, client):
        response = client.get("/nowhere/")
        assert response.status_code == 404
        assert 'href="/"' in response.content.decode()

    def test_a_request_that_cannot_be_read_is_answered_in_the_boards_own_words(self, client):
        response = client.get("/", headers={"host": "elsewhere.example"})
        assert response.status_code == 400
        assert "This request could not be read" in response.content.decode()


def test_serving_the_pages_loads_neither_pandas_nor_plotly():
    """In a process of its own: what this test session imported must not count."""
    code = (
        "import sys, django; django.setup();"
        "from django.test import Client; from django.core.management import call_command;"
        "call_command('migrate', verbosity=0);"
        "call_command('seed', 'fixtures/definitions', 'fixtures/coalition', verbosity=0);"
        "import io; call_command('receive', 'fixtures/figures', accept=True, stdout=io.StringIO());"
        "call_command('publish', first=True, stdout=io.StringIO()); c = Client();"
        "pages = ['/', '/goals/graduation/', '/goals/graduation/figure.json', '/how-to-read/', '/staff/login/'];"
        "print(*[c.get(page).status_code for page in pages]);"
        "print(sorted({'pandas', 'plotly'} & set(sys.modules)))"
    )
    environment = {"DJANGO_SETTINGS_MODULE": "allin.settings", "DATABASE_URL": "sqlite://:memory:"}
    command = [sys.executable, "-c", "import tests.environment;" + code]

    done = subprocess.run(
        command, cwd=HOUSE, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )
    assert done.stdout.splitlines() == ["200 200 200 200 200", "[]"], done.stderr
