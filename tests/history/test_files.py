"""The open files: every figure that is shown, and every change, as anybody's program reads them."""

import csv
import io

import pytest
from django.test import Client

from dashboard.opendata import CHANGES, FIGURES, neutral
from metrics import published, publishing
from metrics.models import Indicator, PublishedCell
from tests import releases
from tests.history.boards import REASON, correct, corrected

pytestmark = pytest.mark.django_db

KEY = {"indicator": "graduation-4yr", "place": "0640011", "group": "all-students", "year": "2024"}


def rows(client: Client, path: str) -> list[dict[str, str]]:
    response = client.get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"].startswith("attachment; filename=")
    text = response.getvalue().decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text)))


def ours(found: list[dict[str, str]]) -> list[dict[str, str]]:
    return [row for row in found if KEY.items() <= row.items()]


class TestFigures:
    def test_it_holds_every_figure_that_is_shown_once(self, client):
        found = rows(client, "/data/figures.csv")
        assert tuple(found[0]) == FIGURES.names
        assert len(found) == PublishedCell.objects.count()
        assert len({(row["indicator"], row["place"], row["group"], row["year"]) for row in found}) == len(found)

    def test_a_line_says_everything_an_auditor_needs(self, client):
        (row,) = ours(rows(client, "/data/figures.csv"))
        assert row | {
            "release": "1", "indicator_name": "Four-year high school graduation rate", "unit": "percent",
            "place_name": "Hartford School District", "group_name": "All Students", "year_means": "class",
            "value": "78.6", "status": "final", "reason_of_change": "", "shown_since_release": "1",
        } == row  # fmt: skip
        share = 100 * int(row["numerator"]) / int(row["denominator"])
        assert abs(share - float(row["value"])) <= 0.05

    def test_what_is_withheld_holds_no_number(self, client):
        withheld = [row for row in rows(client, "/data/figures.csv") if row["status"] == "suppressed"]
        assert withheld
        assert {(row["value"], row["numerator"], row["denominator"]) for row in withheld} == {("", "", "")}

    def test_an_earlier_release_keeps_its_file(self, client):
        corrected()
        assert [row["value"] for row in ours(rows(client, "/releases/1/data/figures.csv"))] == ["78.6"]
        (now,) = ours(rows(client, "/data/figures.csv"))
        assert (now["release"], now["value"], now["reason_of_change"], now["shown_since_release"]) == (
            "2", "78.7", REASON, "2",
        )  # fmt: skip

    def test_it_is_sent_again_only_after_a_release(self, client):
        first = client.get("/data/figures.csv")
        again = client.get("/data/figures.csv", headers={"If-None-Match": first["ETag"]})
        assert again.status_code == 304
        correct()
        assert client.get("/data/figures.csv")["ETag"] == first["ETag"]
        releases.published()
        assert client.get("/data/figures.csv")["ETag"] != first["ETag"]
        assert client.get("/releases/1/data/figures.csv")["ETag"] == first["ETag"]

    def test_two_queries_make_it(self, client, django_assert_num_queries):
        with django_assert_num_queries(2):  # the release with its definitions · the figures
            rows(client, "/data/figures.csv")

    def test_the_preview_has_the_figures_that_would_be_shown(self):
        correct("83.1")
        release = publishing.prepare(by=releases.of_role("data entry", "preparer"), summary="Next.")
        publishing.submit(release=release, by=release.prepared_by)
        client = Client()
        client.force_login(releases.of_role("committee"))
        (row,) = ours(rows(client, "/preview/data/figures.csv"))
        assert (row["release"], row["value"]) == ("2", "83.1")
        assert client.get("/preview/changes.csv").status_code == 404, "its changes are on the staff’s own page"


class TestChanges:
    def test_a_correction_has_both_sides(self, client):
        corrected()
        (row,) = rows(client, "/releases/2/changes.csv")
        assert tuple(row) == CHANGES
        assert (row["kind"], row["old_value"], row["new_value"], row["reason"]) == ("changed", "78.6", "78.7", REASON)

    def test_it_holds_all_of_a_release(self, client):
        found = rows(client, "/releases/1/changes.csv")
        assert {row["kind"] for row in found} == {"new"}
        assert {row["old_status"] for row in found} == {"not_shown"}
        assert len(found) == PublishedCell.objects.count()

    def test_all_corrections_are_one_file_that_can_be_narrowed(self, client):
        corrected("78.7")
        corrected("78.8")
        assert [row["release"] for row in rows(client, "/updates/corrections.csv")] == ["3", "2"]
        assert rows(client, "/updates/corrections.csv?place=00000CT") == []

    def test_what_was_taken_back_is_named_and_not_told(self, client):
        release = corrected("12.3")
        publishing.withdraw(release=release, by=release.approved_by, reason="A mistake.")
        (row,) = rows(client, "/updates/corrections.csv")
        assert (row["old_status"], row["old_value"], row["new_value"]) == ("taken_back", "", "78.6")


class TestSpreadsheets:
    @pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''+1"])
    def test_no_text_is_a_formula(self, text):
        assert neutral(text) == f"'{text}"

    @pytest.mark.parametrize("cell", ["", "Hartford", "a=b", None, 5, -5])
    def test_what_is_harmless_stays_as_it_is(self, cell):
        assert neutral(cell) == cell

    def test_a_note_that_somebody_wrote_is_neutral_in_the_file(self, client):
        Indicator.objects.filter(slug="graduation-4yr").update(name='=HYPERLINK("x")')
        releases.published()
        assert {row["indicator_name"] for row in ours(rows(client, "/data/figures.csv"))} == {'\'=HYPERLINK("x")'}


def test_a_file_agrees_with_the_pages(client):
    """The file alone gives the verdict of every goal's page."""
    found = rows(client, "/data/figures.csv")
    for reading in published.board().goals:
        series = {
            int(row["year"]): row["value"]
            for row in found
            if (row["indicator"], row["place"], row["group"])
            == (reading.series.indicator.slug, reading.series.place.code, reading.series.group.slug)
        }
        assert series == {
            point.year: "" if point.value is None else str(point.value) for point in reading.series.points
        }
