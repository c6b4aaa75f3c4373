"""The staff's way in: upload, review, accept; entry and correction by hand; nothing left lying about."""

import os
import re
import tempfile
from io import BytesIO

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from openpyxl import load_workbook
from tablib import Dataset

from allin.formats import CSV, XLSX
from allin.roles import ensure_roles
from metrics import publishing
from metrics.intake import by_hand, providers
from metrics.models import Batch, Indicator, Observation, Release
from tests import releases

pytestmark = pytest.mark.django_db

GOOD = b"""indicator,place,group,period,value,numerator,denominator,status,source,note
graduation-4yr,0640011,black,2025,80.1,331,413,final,edsight-graduation-4yr,
graduation-4yr,0640011,all-students,2024,78.7,,,final,edsight-graduation-4yr,
graduation-4yr,0640011,Grp E,2025,46.5,,,final,edsight-graduation-4yr,
"""
HEAD, _first, ROW, _last = (line.split(",") for line in GOOD.decode().splitlines())
IMPORT = "/staff/metrics/observation/import/"


def login(role: str) -> Client:
    user = User.objects.create_user(role.replace(" ", "-"), is_staff=True)
    user.groups.set([ensure_roles()[role]])
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def clerk() -> Client:
    return login("data entry")


def upload(client: Client, data: bytes, name: str = "graduation.csv"):
    return client.post(IMPORT, {"import_file": SimpleUploadedFile(name, data)}, follow=True)


class TestImport:
    def test_the_page_says_what_the_file_should_look_like_and_that_nothing_becomes_public(self, clerk):
        page = clerk.get(IMPORT).content.decode()
        assert "Nothing becomes public by uploading" in page
        assert "<code>denominator</code>" in page

    def test_a_file_leads_to_its_review_with_every_line_accounted_for(self, clerk):
        page = upload(clerk, GOOD).content.decode()
        assert "3 rows, received" in page
        assert '<th scope="row">4</th><td>group</td>' in page
        assert "This group is not known" in page
        assert "78.6" in page
        assert "78.7" in page

    def test_accepting_without_a_reason_for_a_change_is_refused_and_keeps_what_was_typed(self, clerk):
        upload(clerk, GOOD)
        batch = Batch.objects.latest("pk")
        page = clerk.post(f"/staff/metrics/batch/{batch.pk}/decide/", {"accept": "1", "reason": ""})
        assert "1 figure that stands would change: say why" in page.content.decode()
        batch.refresh_from_db()
        assert batch.state == Batch.State.WAITING

    def test_accepting_records_the_good_lines_and_says_that_nothing_is_public_yet(self, clerk):
        upload(clerk, GOOD)
        batch = Batch.objects.latest("pk")
        url = f"/staff/metrics/batch/{batch.pk}/decide/"
        page = clerk.post(url, {"accept": "1", "reason": "Revised."}, follow=True)
        assert "2 figures recorded. Nothing is public yet." in page.content.decode()
        assert Observation.objects.filter(source_file=batch.source_file).count() == 2

    def test_a_press_that_says_neither_accept_nor_discard_does_nothing(self, clerk):
        upload(clerk, GOOD)
        batch = Batch.objects.latest("pk")
        clerk.post(f"/staff/metrics/batch/{batch.pk}/decide/", {"reason": "Revised."})
        batch.refresh_from_db()
        assert batch.state == Batch.State.WAITING

    def test_discarding_changes_no_figure(self, clerk):
        upload(clerk, GOOD)
        batch = Batch.objects.latest("pk")
        before = Observation.objects.count()
        clerk.post(f"/staff/metrics/batch/{batch.pk}/decide/", {"discard": "1", "reason": ""})
        batch.refresh_from_db()
        assert (batch.state, Observation.objects.count()) == (Batch.State.DISCARDED, before)

    @pytest.mark.parametrize(
        ("data", "sentence"),
        [
            (b"", "The submitted file is empty."),
            (b"name,born\nA,2001", "This is not a table of figures"),
            (GOOD.split(b"\n")[0], "has a header and no figures under it"),
        ],
    )
    def test_a_file_that_is_no_table_is_refused_on_the_page_with_one_sentence(self, clerk, data, sentence):
        before = Batch.objects.count()
        assert sentence in upload(clerk, data).content.decode()
        assert Batch.objects.count() == before

    def test_the_same_file_again_leads_back_to_its_review(self, clerk):
        upload(clerk, GOOD)
        page = upload(clerk, GOOD, "another name.csv").content.decode()
        assert "Nothing new: exactly this file was received before." in page
        assert Batch.objects.filter(source_file__name="graduation.csv").count() == 1

    def test_no_copy_of_an_upload_is_left_on_disk_whatever_becomes_of_it(self, clerk, tmp_path, monkeypatch):
        def refuse(*_args, **_more):
            raise AssertionError("an upload asked for a temporary file")

        monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
        for name in ("NamedTemporaryFile", "TemporaryFile", "SpooledTemporaryFile", "mkstemp"):
            monkeypatch.setattr(tempfile, name, refuse)
        upload(clerk, GOOD)
        upload(clerk, b"\xff\xfebroken")
        upload(clerk, GOOD + b"#" * 5_000_000)
        assert os.listdir(tmp_path) == []

    def test_an_upload_of_200_mb_is_refused_before_it_is_read(self, clerk):
        class Unread:
            def read(self, *_args):
                raise AssertionError("the body was read")

            readline = read

        response = clerk.generic(
            "POST",
            IMPORT,
            b"",
            CONTENT_TYPE="multipart/form-data; boundary=x",
            CONTENT_LENGTH=str(200 * 1024 * 1024),
            **{"wsgi.input": Unread()},
        )
        assert response.status_code == 400

    def test_the_librarys_own_second_step_does_not_exist(self, clerk):
        assert clerk.post("/staff/metrics/observation/process_import/").status_code == 404


class TestEntryByHand:
    URL = "/staff/metrics/observation/add/"

    def form(self, observation: Observation, **changes: str) -> dict[str, str]:
        same = {name: str(getattr(observation, f"{name}_id")) for name in ("indicator", "place", "group", "source")}
        texts = {"period": str(observation.period), "status": "final", "numerator": "", "denominator": "", "note": ""}
        return {**same, **texts, "reason": "", "seen": str(observation.pk), **changes}

    @pytest.fixture
    def class_of_2024(self) -> Observation:
        return Observation.objects.current().get(
            indicator__slug="graduation-4yr", place__code="0640011", group__slug="all-students", period=2024
        )

    def test_a_correction_starts_from_the_figure_it_corrects(self, clerk, class_of_2024):
        page = clerk.get(f"{self.URL}?corrects={class_of_2024.pk}").content.decode()
        assert 'value="78.6"' in page
        assert 'value="1001"' in page

    def test_it_is_recorded_as_a_new_figure_that_says_why(self, clerk, class_of_2024):
        response = clerk.post(self.URL, self.form(class_of_2024, value="78.7", reason="The state revised it."))
        assert response.status_code == 302
        new = Observation.objects.get(supersedes=class_of_2024)
        assert (str(new.value), new.reason, new.recorded_by.username) == (
            "78.7000",
            "The state revised it.",
            "data-entry",
        )

    @pytest.mark.parametrize(
        ("changes", "sentence"),
        [
            ({"value": "787"}, "787 is outside 0 to 100 percent."),
            ({"value": "78,7"}, "write 78.7 with a decimal point"),
            ({"value": "78.7"}, "This figure stands already: say why it changes."),
            ({"value": "78.7", "numerator": "9", "denominator": "8", "reason": "x"}, "the numerator 9 is above"),
            ({"value": "", "reason": "x"}, "the status final promises a value, and there is none"),
        ],
    )
    def test_the_rules_of_files_hold_for_typed_figures(self, clerk, class_of_2024, changes, sentence):
        page = clerk.post(self.URL, self.form(class_of_2024, **changes)).content.decode().replace("&#x27;", "'")
        assert sentence.lower() in page.lower()
        assert not Observation.objects.filter(supersedes=class_of_2024).exists()

    def test_two_people_correct_one_figure_and_the_second_is_told(self, clerk, class_of_2024):
        first, second = (self.form(class_of_2024, value=value, reason="Late.") for value in ("78.7", "78.8"))
        assert clerk.post(self.URL, first).status_code == 302
        page = clerk.post(self.URL, second).content.decode()
        assert "Somebody else changed this figure meanwhile" in page
        assert 'value="78.8"' in page, "what was typed is kept"
        assert Observation.objects.filter(supersedes__supersedes=class_of_2024).count() == 0

    @pytest.mark.parametrize("odd", ["abc", "1.5", "%00", "-1", "9" * 40, "💥"])
    def test_an_odd_address_is_answered_calmly(self, clerk, odd):
        assert clerk.get(f"{self.URL}?corrects={odd}").status_code == 200
        assert clerk.get(f"/staff/metrics/batch/{odd}/change/").status_code == 404

    def test_no_figure_can_be_edited_or_deleted(self, class_of_2024):
        admin = Client()
        admin.force_login(User.objects.create_superuser("root"))
        change = reverse("admin:metrics_observation_change", args=[class_of_2024.pk])
        assert "Correct this figure" in admin.get(change).content.decode()
        assert admin.post(change, {"value": "1"}).status_code == 403
        assert admin.post(reverse("admin:metrics_observation_delete", args=[class_of_2024.pk])).status_code == 403


class TestPublishing:
    DESK = "/staff/metrics/release/next/"

    def press(self, client: Client, verb: str, **asked: str) -> str:
        """Presses a button of the desk as it stands now."""
        page = client.get(self.DESK).content.decode()
        seen = re.findall(r'name="seen" value="(\d+)"', page)
        answer = client.post(f"{self.DESK}{verb}/", {"seen": seen[0] if seen else "", **asked}, follow=True)
        return answer.content.decode()

    def test_figures_go_from_a_file_over_two_people_to_the_public(self, clerk):
        upload(clerk, GOOD)
        batch = Batch.objects.latest("pk")
        clerk.post(f"/staff/metrics/batch/{batch.pk}/decide/", {"accept": "1", "reason": "Revised by the state."})
        assert "2 figures were recorded since the last release" in clerk.get("/staff/").content.decode()
        page = self.press(clerk, "prepare", summary="Class of 2024 revised.")
        assert "Revised by the state." in page
        assert "class of 2024: <del>78.6%</del> becomes <ins>78.7%</ins>" in " ".join(page.split())
        assert "It is handed in" in self.press(clerk, "submit")
        publisher = login("publisher")
        assert "A release waits for your approval" in publisher.get("/staff/").content.decode()
        assert "It is approved. Nothing is public yet." in self.press(publisher, "approve")
        assert "Release 2 is public." in self.press(publisher, "publish")
        assert "No release is on its way." in publisher.get(self.DESK).content.decode()

    def test_a_figure_that_our_own_rule_keeps_back_was_not_suppressed_by_its_source(self):
        by = User.objects.create_user("clerk")
        providers.open_place(code="program-1", program="Invented Program", provider="Invented Provider")
        sheet = b"group,served,accepted,enrolled,persisted,completed\nall-students,12,11,10,9,8\n"
        received = providers.receive(code="program-1", year=2025, name="sheet.csv", data=sheet, by=by)
        providers.accept(batch=received.batch, by=by)
        publisher = login("publisher")
        page = self.press(publisher, "prepare", summary="A program.")
        assert "<ins>Withheld to protect students’ privacy.</ins>" in page
        assert "suppressed by the source, Withheld" not in page
        publishing.withdraw(release=Release.objects.open().get(), by=User.objects.get(username="publisher"), reason="x")
        releases.published()
        listed = publisher.get("/staff/metrics/publishedcell/?q=Invented+Program").content.decode()
        assert "withheld here" in listed
        assert '<td class="field-status_in_words">suppressed by the source' not in listed

    def test_the_list_of_releases_leads_to_the_next_one(self, clerk):
        link = '<a class="act" href="/staff/metrics/release/next/">Next release</a>'
        assert link in clerk.get("/staff/metrics/release/").content.decode()

    def test_accounts_are_named_and_not_linked_to_a_page_that_is_shut(self):
        by = User.objects.create_user("clerk")
        by_hand.enter(cells=dict(zip(HEAD, ROW, strict=True)), by=by, reason="Revised.")
        figure = Observation.objects.latest("pk")
        release = releases.published()
        publisher = login("publisher")
        for address, name in (
            (f"observation/{figure.pk}/change/", "clerk"),
            (f"release/{release.pk}/change/", "preparer"),
        ):
            page = publisher.get(f"/staff/metrics/{address}").content.decode()
            assert name in page
            assert "/auth/user/" not in page


#: Address → who may open it. Everybody else is turned away.
@pytest.mark.parametrize("address", ["/staff/metrics/observation/", "/staff/metrics/publishedcell/"])
def test_a_list_of_fifty_takes_as_many_queries_as_a_list_of_one(clerk, address):
    with CaptureQueriesContext(connection) as one:
        clerk.get(address + "?q=0640011+2025+high")
    with CaptureQueriesContext(connection) as fifty:
        clerk.get(address)
    assert len(fifty) == len(one)


def test_the_export_of_every_figure_takes_a_handful_of_queries(clerk):
    boxes = re.findall(
        r'type="checkbox" name="([a-z_]+)"', clerk.get("/staff/metrics/observation/export/").content.decode()
    )
    with CaptureQueriesContext(connection) as queries:
        clerk.post("/staff/metrics/observation/export/", {"format": "0", "resource": "0", **dict.fromkeys(boxes, "on")})
    assert len(queries) < 15


def test_an_export_of_figures_has_the_columns_of_an_import_and_comes_back_unchanged(clerk):
    completion = Indicator.objects.get(slug="completion-6yr-nsc").pk
    address = f"/staff/metrics/observation/export/?indicator__id__exact={completion}"
    boxes = re.findall(r'type="checkbox" name="([a-z_]+)"', clerk.get(address).content.decode())
    done = clerk.post(address, {"format": "0", "resource": "0", **dict.fromkeys(boxes, "on")})
    lines = done.content.decode().splitlines()
    assert lines[0] == "indicator,place,group,period,value,numerator,denominator,status,source,note"
    assert len(lines) == 1 + 6  # FACTS 3b: report years 2014 to 2019
    upload(clerk, done.content)
    batch = Batch.objects.latest("pk")
    assert list(batch.problems.all()) == []
    assert set(batch.rows.values_list("outcome", flat=True)) == {"unchanged"}


def test_text_that_a_spreadsheet_would_run_is_neutral_in_every_export():
    rows = Dataset(["=1+1", "+1", "-1", "@SUM", "\tx", "safe", 5], headers=list("abcdefg"))
    neutral = ["'=1+1", "'+1", "'-1", "'@SUM", "'\tx", "safe", 5]
    assert CSV().export_data(rows).splitlines()[1] == ",".join(map(str, neutral))
    sheet = load_workbook(BytesIO(XLSX().export_data(rows))).active
    assert [cell.value for cell in sheet[2]] == neutral
    assert all(cell.data_type != "f" for cell in sheet[2])
