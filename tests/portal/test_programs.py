"""A provider's figures on their way in: template, problems, receipt, answer; and nothing of the others."""

import csv
import io
from datetime import date
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from coalition.actions.uploads import accept_upload, return_upload
from coalition.models import Program, Upload
from coalition.portal.programs import program_pages
from tests.coalition.records import clerk
from tests.portal.members import YEAR, Party
from tests.reading import lines, tables

pytestmark = pytest.mark.django_db

#: Served, accepted, enrolled, persisted, completed.
ALL = ("120", "100", "80", "60", "40")


def address(a: Party, year: int = YEAR) -> str:
    return f"/members/programs/{a.program.slug}/{year}/"


def filled(client: Client, a: Party, numbers: tuple[str, ...] = ALL, *, year: int = YEAR, group: str = "") -> bytes:
    """The template as the member takes it, with a line for all students filled in (and `group` put in its place)."""
    template = client.get(f"{address(a, year)}template.csv")
    rows = list(csv.reader(io.StringIO(template.content.decode("utf-8-sig"))))
    rows[1] = [group or rows[1][0], *numbers]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def send(client: Client, a: Party, data: bytes, *, name: str = "figures.csv", year: int = YEAR) -> Any:
    file: Any = SimpleUploadedFile(name, data)
    return client.post(address(a, year), {"file": file}, follow=True)


def said(response: Any) -> str:
    return " ".join(lines(response.content.decode()))


class TestTheWay:
    def test_from_the_template_to_a_receipt_with_what_was_read(self, a, member):
        page = send(member, a, filled(member, a), name="our figures.csv")
        upload = Upload.objects.get()
        assert page.redirect_chain == [(address(a), 302)]
        assert f"Your figures are received. The receipt is number {upload.receipt}." in said(page)
        assert "Sent, waiting for review" in said(page)
        assert "our figures.csv" in said(page)
        (read,) = tables(page.content.decode())
        assert [row[1] for row in read[1:]] == ["All Students"] * 5
        assert [row[3].split(",")[0].split()[0] for row in read[1:2]] + [ALL[1]] == ["120", "100"]
        assert upload.sent_by == a.user

    def test_while_it_waits_no_second_one_is_taken(self, a, member):
        data = filled(member, a)
        assert "Send this file" not in said(send(member, a, data))
        assert "under review already" in said(send(member, a, data))
        assert Upload.objects.count() == 1

    def test_what_came_back_is_read_on_the_first_page_and_sent_anew(self, a, member):
        send(member, a, filled(member, a))
        return_upload(upload=Upload.objects.get(), comment="Enrolled looks too low.", by=clerk())
        home = said(member.get("/members/"))
        assert "Figures that came back" in home
        assert "Enrolled looks too low." in home
        again = said(send(member, a, filled(member, a, ("120", "100", "90", "60", "40"))))
        assert "Sent before" in again
        assert "Enrolled looks too low." in again
        assert "Figures that came back" not in said(member.get("/members/"))

    def test_what_is_accepted_says_so_and_is_due_no_more(self, a, member):
        assert "Figures that are due" in said(member.get("/members/"))
        send(member, a, filled(member, a))
        accept_upload(upload=Upload.objects.get(), by=clerk())
        assert "Figures that are due" not in said(member.get("/members/"))
        assert "Accepted" in said(member.get(address(a)))
        assert "Send corrected figures" in said(member.get(address(a)))

    def test_the_template_is_a_file_for_excel_too(self, a, member):
        response = member.get(f"{address(a)}template.xlsx")
        assert response.content.startswith(b"PK")
        assert response["Content-Disposition"] == f'attachment; filename="program-a-{YEAR}.xlsx"'
        assert response["Content-Type"].startswith("application/vnd.openxmlformats")

    def test_the_page_says_what_is_in_it(self, a, member):
        page = said(member.get(address(a)))
        assert "lists the groups to choose from" in page
        assert "a worked example and an explanation" in page


class TestProblems:
    def test_all_of_them_are_listed_at_once_and_nothing_is_kept(self, a, member):
        table = filled(member, a, ("120", "abc", "", "", "")).decode().splitlines()
        table[2] = table[2].replace(",,", ",many,", 1)
        page = send(member, a, "\n".join(table).encode())
        problems = [line for line in lines(page.content.decode()) if line.startswith("Line")]
        assert [line.split(" is no number")[0] for line in problems] == [
            "Line 2: this cell in “accepted”",
            "Line 3: this cell in “served”",
        ]
        assert "Nothing of it was kept." in said(page)
        assert 'tabindex="-1" autofocus' in page.content.decode()
        assert Upload.objects.count() == 0

    def test_a_file_with_names_is_not_taken(self, a, member):
        page = send(member, a, b"name,student_id,served\nZZCANARY Student,12345678,1\n")
        assert "Please look at the file again" in said(page)
        assert "ZZCANARY" not in page.content.decode()
        assert Upload.objects.count() == 0

    def test_no_file_is_said_to_be_none(self, a, member):
        page = member.post(address(a), {"file": ""}).content.decode()
        assert 'id="id_file_error"' in page

    def test_50_megabytes_are_too_many(self, a, member):
        assert "The file has 50 MB; at most 10 MB are taken." in said(send(member, a, b"x" * (50 * 1024 * 1024)))
        assert send(member, a, b"x" * (65 * 1024 * 1024)).status_code == 400


class TestYears:
    def test_they_run_from_its_first_to_this_one_and_the_last_is_due(self, a):
        (page,) = program_pages(a.organization, date(YEAR + 1, 3, 1))
        assert [(line.year, line.due) for line in page.years] == [(YEAR + 1, False), (YEAR, True), (YEAR - 1, False)]
        assert page.years[1].school_year == f"{YEAR - 1}–{YEAR % 100:02}"

    def test_a_program_that_ended_has_none_after_and_an_old_one_has_ten(self, a):
        Program.objects.update(since=date(1990, 1, 1), until=date(2021, 6, 30))
        (page,) = program_pages(a.organization, date(2026, 3, 1))
        assert [line.year for line in page.years] == list(range(2021, 2011, -1))
        assert not any(line.due for line in page.years)

    def test_a_year_outside_is_not_there(self, a, member):
        for year in (YEAR - 2, timezone.localdate().year + 1, 0, 99999):
            assert member.get(address(a, year)).status_code == 404
            assert member.get(f"{address(a, year)}template.csv").status_code == 404


class TestTheOthers:
    def test_a_file_another_one_sent_before_is_as_new_as_any(self, a, b, member, stranger):
        data = filled(member, a)
        theirs = send(stranger, b, data)
        ours = send(member, a, data)
        for page in (theirs, ours):
            assert "Your figures are received." in said(page)
        assert Upload.objects.count() == 2

    def test_what_another_one_had_accepted_changes_nothing_for_us(self, a, b, member, stranger):
        send(stranger, b, filled(stranger, b))
        accept_upload(upload=Upload.objects.get(), by=clerk())
        (read,) = tables(send(member, a, filled(member, a)).content.decode())
        assert {row[4] for row in read[1:]} == {"–"}, "nothing of ours stands"

    def test_naming_another_ones_program_finds_nothing(self, a, b, member):
        for name in (b.program.name, b.program.slug, f"program-{b.program.pk}", "Program ZZZ"):
            page = send(member, a, filled(member, a, group=name))
            problems = [line for line in lines(page.content.decode()) if line.startswith("Line 2")]
            assert [problem.replace(name, "…") for problem in problems] == [
                problem.replace("Program ZZZ", "…")
                for problem in lines(send(member, a, filled(member, a, group="Program ZZZ")).content.decode())
                if problem.startswith("Line 2")
            ]
