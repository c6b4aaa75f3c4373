"""The interface under /api/: what it describes is what it does, and what it cannot answer it says in a sentence."""

import json
from collections.abc import Iterator

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from dashboard.opendata import openapi
from metrics import publishing
from tests import releases
from tests.history.boards import correct

pytestmark = pytest.mark.django_db

# The description is made of the tables; the application is the board's own, asked in this process.
described = schemathesis.openapi.from_dict(openapi())
described.config.update(base_url="http://testserver")
described.app = get_wsgi_application()


@pytest.fixture
def _connected() -> Iterator[None]:
    """A request that ends closes its connection, and with it the transaction of the test: not here."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.usefixtures("_connected")
@described.parametrize()
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
def test_it_does_what_it_describes_whatever_is_asked(case: schemathesis.Case, db: None) -> None:
    # A code that the release does not define is refused, and so is a page after the last: no description can know them.
    case.call_and_validate(headers={"Accept-Encoding": "identity"}, excluded_checks=[positive_data_acceptance])


def answer(path: str, status: int = 200) -> dict:
    response = Client().get(path)
    assert response.status_code == status, path
    assert response["Content-Type"] == "application/json"
    return json.loads(response.content)


class TestFigures:
    def test_a_page_leads_to_the_next_and_back(self):
        first = answer("/api/figures/?indicator=graduation-4yr&place=0640011&group=all-students&page_size=10")
        assert (first["count"], first["page"], first["pages"], first["previous"]) == (15, 1, 2, None)
        second = answer(first["next"])
        assert (second["page"], second["next"]) == (2, None)
        assert [row["year"] for row in (*first["results"], *second["results"])] == list(range(2011, 2026))
        assert answer(second["previous"]) == first

    def test_it_can_be_narrowed_by_everything_that_names_a_figure(self):
        path = "/api/figures/?indicator=graduation-4yr&place=0640011&place=00000CT&group=all-students&from=2024&to=2025"
        found = [(row["place"], row["year"], row["value"]) for row in answer(path)["results"]]
        assert found == [
            ("00000CT", 2024, 89.1),
            ("00000CT", 2025, 91.3),
            ("0640011", 2024, 78.6),
            ("0640011", 2025, 85.3),
        ]

    def test_it_says_of_which_release_it_speaks(self):
        assert answer("/api/figures/")["release"]["number"] == 1
        assert answer("/releases/1/api/figures/")["release"]["number"] == 1
        assert Client().get("/releases/2/api/figures/").status_code == 404

    def test_three_queries_make_a_page(self, client, django_assert_num_queries):
        with django_assert_num_queries(3):  # the release with its definitions · how many · those of the page
            client.get("/api/figures/?place=0640011")

    @pytest.mark.parametrize(
        ("query", "sentence"),
        [
            ("indicator=x", "This release defines no indicator “x”."),
            ("place=Hartford", "This release defines no place “Hartford”."),
            ("group=", "This release defines no group “”."),
            ("from=soon", "“from” is a year of four digits, not “soon”."),
            ("from=2020&to=2010", "The first year, 2020, is after the last one, 2010."),
            ("to=", "“to” is a year of four digits, not “”."),
            ("page=0", "“page” is a number from 1 on, not “0”."),
            ("page=2", "There is no page 2; the last one is 1."),
            ("page_size=5000", "A page holds at most 1000 figures, not 5000."),
            (
                "colour=red",
                "There is no parameter “colour”; there are: indicator, place, group, from, to, page, page_size.",
            ),
        ],
    )
    def test_what_there_cannot_be_is_refused_in_a_sentence(self, query, sentence):
        one = "" if "indicator" in query else "indicator=sat-ela&place=0640011&"
        assert answer(f"/api/figures/?{one}{query}", 400) == {"error": sentence}

    def test_a_file_refuses_the_same_way(self):
        for kind in ("csv", "json", "xlsx"):
            assert "no indicator “x”" in answer(f"/data/figures.{kind}?indicator=x", 400)["error"]
            assert "no parameter “page”" in answer(f"/data/figures.{kind}?page=1", 400)["error"]

    def test_a_workbook_that_would_be_too_long_is_refused_with_a_way_out(self, monkeypatch):
        monkeypatch.setattr("dashboard.opendata.formats.MOST_IN_A_WORKBOOK", 10)
        assert "at most 10 lines" in answer("/data/figures.xlsx", 400)["error"]
        assert Client().get("/data/figures.xlsx?indicator=sat-ela&place=0640011&group=all-students").status_code == 200


class TestTravel:
    def test_what_has_not_changed_is_not_sent_again(self):
        for path in ("/api/figures/?place=0640011", "/api/goals/", "/data/datapackage.json", "/data/figures.json"):
            first = Client().get(path)
            assert Client().get(path, headers={"If-None-Match": first["ETag"]}).status_code == 304

    def test_two_choices_of_figures_are_two_files(self):
        one, other = (Client().get(f"/data/figures.csv?place={code}")["ETag"] for code in ("0640011", "00000CT"))
        assert one != other

    def test_any_site_may_read_it_and_no_page_may_be_read_so(self):
        assert Client().get("/api/goals/")["Access-Control-Allow-Origin"] == "*"
        assert Client().get("/api/goals/")["Cross-Origin-Resource-Policy"] == "cross-origin"
        page = Client().get("/data/")
        assert "Access-Control-Allow-Origin" not in page
        assert page["Cross-Origin-Resource-Policy"] == "same-origin"

    def test_no_other_site_reads_what_is_on_its_way(self):
        correct("83.1")
        release = releases.drafted("Next.", reason="Why.")
        publishing.submit(release=release, by=release.prepared_by)
        client = Client()
        client.force_login(releases.of_role("committee"))
        for path in ("/preview/api/figures/", "/preview/data/figures.csv", "/preview/data/allin-hartford.zip"):
            response = client.get(path)
            assert response.status_code == 200
            assert "Access-Control-Allow-Origin" not in response
            assert response["Cross-Origin-Resource-Policy"] == "same-origin"
            assert "no-store" in response["Cache-Control"]

    def test_nothing_at_an_address_is_said_in_json(self):
        assert answer("/api/nothing/", 404) == {"error": "There is nothing at this address."}

    def test_it_is_read_only(self):
        assert Client().post("/api/goals/").status_code == 405
        assert Client().delete("/api/figures/").status_code == 405


class TestGoals:
    def test_each_statement_has_its_verdict(self):
        found = {(row["goal"], row["statement"]): row for row in answer("/api/goals/")["results"]}
        graduation = found["graduation", "compact"]
        assert (graduation["verdict"], graduation["latest_value"], graduation["points_short"]) == ("missed", 85.3, 9.7)
        assert found["enrollment", "launch"]["verdict"] == "not_comparable"
        assert found["enrollment", "launch"]["latest_value"] is None
