"""The review of a file as its reader uses it: what would change, what is wrong, and what one press does about it."""

import csv
import io
from pathlib import Path

import pytest
from django.contrib.admin.models import LogEntry
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from metrics.models import Batch, GroupAlias, Observation, Place, PlaceAlias
from tests import releases
from tests.coalition.desk import desk

pytestmark = pytest.mark.django_db

HEADER = "indicator,place,group,period,value,numerator,denominator,status,source,note"
SOURCE = "edsight-graduation-4yr-2020-2025"
SAMPLES = Path(__file__).parents[1] / "files" / "families"


def line(value="", group="all-students", period="2024", above="", below="", status="", place="0640011") -> str:  # noqa: PLR0917
    return f"graduation-4yr,{place},{group},{period},{value},{above},{below},{status},{SOURCE},"


@pytest.fixture
def clerk() -> Client:
    return desk("data entry")


@pytest.fixture
def publisher() -> Client:
    return desk("publisher")


def send(client: Client, *lines: str, name: str = "figures.csv", data: bytes = b"") -> Batch:
    upload = SimpleUploadedFile(name, data or "\n".join([HEADER, *lines]).encode())
    answer = client.post("/staff/metrics/observation/import/", {"import_file": upload}, follow=True)
    assert answer.redirect_chain, answer.content.decode()
    return Batch.objects.latest("pk")


def sample(client: Client, name: str) -> Batch:
    return send(client, name=name, data=(SAMPLES / name).read_bytes())


def page(client: Client, batch: Batch) -> str:
    return client.get(f"/staff/metrics/batch/{batch.pk}/change/").content.decode()


def act(client: Client, batch: Batch, name: str, **data: object) -> str:
    return client.post(f"/staff/metrics/batch/{batch.pk}/{name}/", data, follow=True).content.decode()


def state(batch: Batch) -> str:
    batch.refresh_from_db()
    return str(batch.state)


class TestWhatThePublicWillSee:
    def test_a_figure_of_a_goal_is_told_in_the_publics_own_words(self, clerk: Client) -> None:
        batch = send(clerk, "enrolled-year1-nsc,0640011,all-students,2025,60,,,final,all-in-results-page,")
        said = page(clerk, batch)
        assert "2025 not yet reported" in said
        assert "Target missed" in said
        assert "10.0 points short" in said
        assert "class of 2025: <del>no figure</del>" in said
        assert "Two targets were missed. One has no 2025 result yet." in said

    def test_a_figure_of_no_goal_changes_nothing_on_the_charts(self, clerk: Client) -> None:
        batch = sample(clerk, "edsight-chronic-absence.with-count.csv")
        assert "Nothing on the goals’ own charts." in page(clerk, batch)

    def test_what_stands_already_is_nothing(self, clerk: Client) -> None:
        batch = send(clerk, line("71.5", period="2014", above="980", below="1370"))
        assert "Nothing: every figure of this file stands already" in page(clerk, batch)

    def test_figures_that_will_not_be_shown_are_listed_with_the_reason(self, clerk: Client) -> None:
        said = page(clerk, send(clerk, line("*", group="asian", below="20")))
        assert "Suppressed by the source" in said
        assert ">1</b> will not be shown" in said

    def test_the_layout_is_named_in_words_and_what_was_concluded_is_said(self, clerk: Client) -> None:
        said = page(clerk, sample(clerk, "edsight-suspension.2015-16.csv"))
        assert "EdSight, suspension rates" in said
        assert "The file itself does not say which year it is about; its name says 2015-16." in said

    def test_reading_it_costs_no_more_with_more_lines(self, clerk: Client, django_assert_max_num_queries) -> None:
        few = send(clerk, line("80.1", group="black"))
        many = send(clerk, *[line("80.1", group="black", period=str(year)) for year in range(1990, 2020)])
        # Session, account, batch, counts, problems, rows of each kind, what is coming and what is shown.
        for batch in (few, many):
            with django_assert_max_num_queries(32):
                page(clerk, batch)


class TestSpellings:
    BLAK = line("80.1", group="Blak", above="331", below="413")

    def test_one_press_adds_a_spelling_and_its_lines_come_in(self, clerk: Client, publisher: Client) -> None:
        batch = send(clerk, self.BLAK, line("79", group="Blak", period="2023"))
        assert batch.problems.count() == 2
        problem = batch.problems.first()
        assert problem is not None
        assert "Added. 2 figures came in by it." in act(publisher, batch, "spelling", problem=problem.pk)
        assert GroupAlias.objects.get(spelling="Blak").group.slug == "black"
        assert {row.group.slug for row in batch.rows.all()} == {"black"}
        assert batch.problems.count() == 0
        assert LogEntry.objects.filter(object_repr="Blak").count() == 1

    def test_who_enters_data_is_told_who_can_add_it(self, clerk: Client) -> None:
        batch = send(clerk, self.BLAK)
        assert "A publisher can add the spelling here." in page(clerk, batch)
        problem = batch.problems.get()
        assert clerk.post(f"/staff/metrics/batch/{batch.pk}/spelling/", {"problem": problem.pk}).status_code == 403
        assert not GroupAlias.objects.filter(spelling="Blak").exists()

    def test_a_spelling_far_from_all_is_not_kept_and_not_offered(self, clerk: Client, publisher: Client) -> None:
        batch = send(clerk, line("80.1", group="Maria Hernandez"))
        said = page(publisher, batch)
        assert "Maria" not in said
        assert "add the spelling" not in said
        assert (batch.problems.get().cell, batch.problems.get().entry) == ("", None)

    def test_a_spelling_that_comes_often_is_the_name_of_a_group(self, clerk: Client) -> None:
        batch = send(clerk, *[line("80", group="Latinx", period=str(year)) for year in range(2010, 2016)])
        assert {problem.cell for problem in batch.problems.all()} == {"Latinx"}

    def test_what_differs_in_its_number_is_no_spelling(self, clerk: Client) -> None:
        batch = send(clerk, line("80", place="Regional School District 20"))
        assert batch.problems.get().nearest == ""

    def test_lines_that_come_in_late_may_still_be_wrong(self, clerk: Client, publisher: Client) -> None:
        batch = send(clerk, line("80.1", group="black"), self.BLAK, line("101", group="Blak", period="2023"))
        problem = batch.problems.filter(cell="Blak").first()
        assert problem is not None
        act(publisher, batch, "spelling", problem=problem.pk)
        sentences = [one.sentence for one in batch.problems.all()]
        assert "Line 3: is about the same figure as line 2; keep one." in sentences
        assert any("101 is outside 0 to 100 percent" in one for one in sentences)

    def test_a_problem_of_another_batch_is_not_found(self, clerk: Client, publisher: Client) -> None:
        first, second = send(clerk, self.BLAK), send(clerk, line("80.2", group="black"))
        foreign = {"problem": first.problems.get().pk}
        assert publisher.post(f"/staff/metrics/batch/{second.pk}/spelling/", foreign).status_code == 404


class TestPlaces:
    def test_one_press_follows_the_places_that_a_file_brings_along(self, clerk: Client, publisher: Client) -> None:
        Place.objects.filter(code__in=["0646011", "0646411"]).delete()
        batch = sample(clerk, "edsight-graduation-4yr.schools.csv")
        said = page(publisher, batch)
        assert "This place is not among those the board follows." in said
        count = batch.problems.count()
        assert f"{count} figures came in by it" in act(publisher, batch, "places")
        culinary = Place.objects.get(code="0646011")
        assert (culinary.name, culinary.kind) == ("Culinary Arts Academy", Place.Kind.SCHOOL)
        assert culinary.district is not None
        assert culinary.district.code == "0640011"
        assert batch.problems.count() == 0

    def test_a_table_of_our_own_brings_no_places_along(self, clerk: Client, publisher: Client) -> None:
        batch = send(clerk, line("80", place="9999911"))
        assert "Follow" not in page(publisher, batch)
        assert "Only a publisher’s own file may bring places along" in act(publisher, batch, "places")
        assert not Place.objects.filter(code="9999911").exists()

    def test_who_enters_data_adds_none(self, clerk: Client) -> None:
        batch = sample(clerk, "edsight-graduation-4yr.schools.csv")
        assert clerk.post(f"/staff/metrics/batch/{batch.pk}/places/").status_code == 403

    def test_a_school_without_a_code_is_known_with_its_district(self, clerk: Client) -> None:
        text = (
            '"College Entrance and Persistence, 2013-14"\n"All Districts"\n\n'
            '"District","District Code","School","Gender","Entrance(%)","Persistence(%)"\n'
            '"Hartford School District","=""0640011""","Bulkeley High School","Female",50.0,60.0\n'
            '"Bristol School District","=""0170011""","Bulkeley High School","Female",50.0,60.0\n'
        )
        batch = send(clerk, data=text.encode())
        assert {row.place.code for row in batch.rows.all()} == {"0647111"}
        assert {problem.line for problem in batch.problems.all()} == {6}
        assert not PlaceAlias.objects.filter(spelling__contains="Bristol").exists()


class TestLargeChanges:
    LARGE = line("70.6", above="899", below="1273")  # 78.6 is shown for the class of 2024

    def test_a_large_change_of_a_shown_figure_has_to_be_ticked(self, clerk: Client) -> None:
        batch = send(clerk, self.LARGE)
        said = act(clerk, batch, "decide", accept="1", reason="Recounted.")
        assert "1 shown figure would change by much, in line 2" in said
        assert "Recounted." in said
        assert state(batch) == "waiting"
        row = batch.rows.get()
        act(clerk, batch, "decide", accept="1", reason="Recounted.", checked=[row.pk])
        assert state(batch) == "accepted"

    def test_a_tick_for_another_row_is_none(self, clerk: Client) -> None:
        batch = send(clerk, self.LARGE)
        act(clerk, batch, "decide", accept="1", reason="Recounted.", checked=[batch.rows.get().pk + 1, "x", ""])
        assert state(batch) == "waiting"

    def test_a_small_change_needs_a_reason_and_no_tick(self, clerk: Client) -> None:
        batch = send(clerk, line("78.7", above="1002", below="1273"))
        assert "Large change" not in page(clerk, batch)
        assert "say why" in act(clerk, batch, "decide", accept="1")
        act(clerk, batch, "decide", accept="1", reason="Recounted.")
        assert state(batch) == "accepted"

    def test_a_shown_figure_that_would_vanish_has_to_be_ticked(self, clerk: Client) -> None:
        batch = send(clerk, line("*"))
        assert "Large change, checked with the source" in page(clerk, batch)

    def test_a_figure_that_nobody_saw_yet_may_change_by_much(self, clerk: Client) -> None:
        act(clerk, send(clerk, line("40", group="black")), "decide", accept="1")
        batch = send(clerk, line("80", group="black"))
        assert "not public" in page(clerk, batch)
        act(clerk, batch, "decide", accept="1", reason="A slip of the keyboard.")
        assert state(batch) == "accepted"


class TestDisagreement:
    def test_what_was_withheld_stays_withheld_whatever_copy_shows_it(self, clerk: Client) -> None:
        act(clerk, send(clerk, line("*", group="asian", below="20")), "decide", accept="1")
        batch = send(clerk, line("85", group="asian", above="17", below="20"))
        said = page(clerk, batch)
        assert "Left out: the file disagrees with what stands" in said
        assert "what stands is withheld, and stays so" in said
        assert "No line of this file would change anything." in said

    def test_a_source_that_goes_second_changes_nothing_and_is_listed(self, clerk: Client) -> None:
        batch = sample(clerk, "ctdata-graduation.by-ell.csv")
        wrong = send(
            clerk, "graduation-4yr,0640011,all-students,2014,71.9,,,final,ctdata-graduation-4yr,", name="second.csv"
        )
        assert batch.rows.filter(outcome="unchanged", indicator__slug="graduation-4yr", period=2019).count() == 2
        assert [row.outcome for row in wrong.rows.all()] == ["outranked"]
        assert "the source of what stands goes first" in page(clerk, wrong)

    def test_the_earlier_figure_stays_in_the_history(self, clerk: Client) -> None:
        batch = send(clerk, line("78.7", above="1002", below="1273"))
        act(clerk, batch, "decide", accept="1", reason="Recounted.")
        now = Observation.objects.current().get(
            indicator__slug="graduation-4yr", place__code="0640011", group__slug="all-students", period=2024
        )
        assert now.supersedes is not None
        assert (str(now.value), str(now.supersedes.value), now.reason) == ("78.7000", "78.6000", "Recounted.")


class TestUndo:
    def test_what_was_accepted_can_be_taken_back_until_it_is_public(self, clerk: Client) -> None:
        before = set(Observation.objects.current().values_list("pk", flat=True))
        batch = send(clerk, line("80.1", group="black"), line("78.7", above="1002", below="1273"))
        assert "Undo: take all of them back" in act(clerk, batch, "decide", accept="1", reason="Recounted.")
        assert "2 figures were taken back." in act(clerk, batch, "undo")
        assert state(batch) == "undone"
        assert set(Observation.objects.current().values_list("pk", flat=True)) == before

    def test_and_the_same_file_may_come_again(self, clerk: Client) -> None:
        first = send(clerk, line("80.1", group="black"))
        act(clerk, first, "decide", accept="1")
        act(clerk, first, "undo")
        again = send(clerk, line("80.1", group="black"))
        assert again.pk != first.pk
        assert [row.outcome for row in again.rows.all()] == ["new"]

    def test_what_is_public_is_corrected_and_not_taken_back(self, clerk: Client) -> None:
        batch = send(clerk, line("80.1", group="black"))
        act(clerk, batch, "decide", accept="1")
        releases.published("One more group.")
        assert "Undo" not in page(clerk, batch)
        assert "Figures of this file are public; correct them instead" in act(clerk, batch, "undo")
        assert state(batch) == "accepted"

    def test_what_was_corrected_since_is_not_taken_back(self, clerk: Client) -> None:
        first = send(clerk, line("80.1", group="black"))
        act(clerk, first, "decide", accept="1")
        act(clerk, send(clerk, line("80.2", group="black")), "decide", accept="1", reason="Recounted.")
        assert "was corrected since; nothing was undone" in act(clerk, first, "undo")

    def test_what_waits_has_nothing_to_undo(self, clerk: Client) -> None:
        batch = send(clerk, line("80.1", group="black"))
        assert "there is nothing to undo" in act(clerk, batch, "undo")


class TestRefusedLines:
    def test_they_come_as_a_table_with_their_reasons(self, clerk: Client) -> None:
        batch = send(clerk, line("575"), line("80", group="Blak"), line("80", group="=1+1"))
        answer = clerk.get(f"/staff/metrics/batch/{batch.pk}/refused.csv")
        assert answer["Content-Type"] == "text/csv; charset=utf-8"
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
        assert rows[0] == ["line", "column", "in the file", "why it was refused", "nearest known spelling"]
        assert rows[1] == ["2", "value", "575", "Line 2: 575 is outside 0 to 100 percent.", ""]
        assert rows[2][2:3] + rows[2][4:] == ["Blak", "black"]
        assert rows[3][:3] == ["4", "group", ""]
        assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)

    def test_lines_with_the_same_reason_are_one_row_of_the_page(self, clerk: Client) -> None:
        batch = send(clerk, *[line("abc", period=str(year)) for year in range(2000, 2020)])
        said = page(clerk, batch)
        assert "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13 and 8 more" in said
        assert said.count("This cell is not a number") == 1
