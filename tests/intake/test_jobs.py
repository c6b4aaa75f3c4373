"""Files that are worked on outside the request. The journeys play it with real processes."""

import io
import os
import socket
import subprocess
from datetime import timedelta

import pytest
from django.contrib.auth.models import User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from metrics.intake import jobs
from metrics.models import Batch, Reading
from tests.coalition.desk import desk

pytestmark = pytest.mark.django_db

DATA = (
    b"indicator,place,group,period,value,numerator,denominator,status,source,note\n"
    b"graduation-4yr,0640011,black,2025,80.1,331,413,final,edsight-graduation-4yr,\n"
)
#: No process of this machine has this number: the largest that Linux gives out is 2^22.
NOBODY = 2**22 + 1


@pytest.fixture
def clerk() -> Client:
    return desk("data entry")


def reading(by: User, **more: object) -> Reading:
    here = {"host": socket.gethostname(), "process": os.getpid(), "beat_at": timezone.now()}
    return Reading.objects.create(by=by, **{**here, **more})


def path(one: Reading) -> str:
    return f"/staff/metrics/observation/import/{one.pk}/"


def who(client: Client) -> User:
    return User.objects.get(pk=client.session["_auth_user_id"])


class TestReading:
    def test_a_file_that_is_read_leads_to_its_batch(self) -> None:
        by = User.objects.create_user("clerk")
        done = jobs.read(name="a.csv", data=DATA, by=by)
        assert (done.state, done.batch) == (Reading.State.DONE, Batch.objects.latest("pk"))

    def test_the_same_file_again_leads_to_the_same_batch_and_says_so(self) -> None:
        by = User.objects.create_user("clerk")
        first, again = jobs.read(name="a.csv", data=DATA, by=by), jobs.read(name="b.csv", data=DATA, by=by)
        assert again.batch == first.batch
        assert again.sentence.startswith("Nothing new")

    def test_a_refused_file_leaves_its_reason_and_nothing_of_itself(self) -> None:
        done = jobs.read(name="Maria.csv", data=b"student name,ssn\nMaria,1", by=User.objects.create_user("clerk"))
        assert (done.state, done.batch) == (Reading.State.REFUSED, None)
        assert "no student-level data is taken" in done.sentence
        assert "Maria" not in repr(Reading.objects.values().get())

    def test_a_file_cut_off_on_its_way_is_not_taken(self) -> None:
        one = reading(User.objects.create_user("clerk"))
        jobs.work(one, {"act": "receive", "name": "a.csv", "size": len(DATA)}, DATA[:-20])
        assert one.sentence == "The file did not arrive whole; send it again."
        assert not Batch.objects.filter(source_file__name="a.csv").exists()

    def test_more_files_than_the_machine_bears_are_asked_to_wait(self) -> None:
        by = User.objects.create_user("clerk")
        for _one in range(jobs.AT_ONCE):
            reading(by)
        with pytest.raises(jobs.Busy, match="try again in a minute"):
            jobs.read(name="a.csv", data=DATA, by=by)

    def test_what_stopped_is_in_nobodys_way_and_is_forgotten_after_a_day(self) -> None:
        by = User.objects.create_user("clerk")
        for _one in range(jobs.AT_ONCE):
            reading(by, process=NOBODY)
        old = reading(by, beat_at=timezone.now() - timedelta(days=2))
        jobs.read(name="a.csv", data=DATA, by=by)
        assert not Reading.objects.filter(pk=old.pk).exists()

    def test_how_far_it_has_come_is_told_now_and_then(self) -> None:
        one = reading(User.objects.create_user("clerk"))
        beat = jobs.Beat(one)
        beat(4000, 10_000)
        beat(8000, 10_000)  # at once after the first: nobody looks that often
        one.refresh_from_db()
        assert (one.done, one.total) == (4000, 10_000)


class TestTheBar:
    def test_it_shows_how_far_the_file_is_read_and_looks_again_without_a_script(self, clerk: Client) -> None:
        page = clerk.get(path(reading(who(clerk), done=40_000, total=100_000))).content.decode()
        assert '<meta http-equiv="refresh" content="2">' in page
        assert '<progress id="bar" value="40000" max="100000">' in page
        assert "40,000 of about 100,000 lines" in page

    def test_it_leads_to_the_review_when_the_file_is_read(self, clerk: Client) -> None:
        one = jobs.read(name="a.csv", data=DATA, by=who(clerk))
        assert clerk.get(path(one))["Location"] == f"/staff/metrics/batch/{one.batch_id}/change/"

    def test_it_says_when_the_work_stopped(self, clerk: Client) -> None:
        page = clerk.get(path(reading(who(clerk), process=NOBODY))).content.decode()
        assert "The reading stopped before its end; nothing was taken. Send the file again." in page

    def test_nobody_else_sees_it(self, clerk: Client) -> None:
        assert clerk.get(path(reading(User.objects.create_user("somebody")))).status_code == 404

    def test_a_busy_machine_is_told_on_the_form(self, clerk: Client) -> None:
        for _one in range(jobs.AT_ONCE):
            reading(who(clerk))
        upload = SimpleUploadedFile("a.csv", DATA)
        page = clerk.post("/staff/metrics/observation/import/", {"import_file": upload}).content.decode()
        assert "Other files are being read just now" in page


class TestTheProcess:
    def test_it_does_not_begin_without_a_reading_that_waits_for_it(self) -> None:
        with pytest.raises(CommandError, match="no such reading"):
            call_command("work", "00000000-0000-0000-0000-000000000000", stdout=io.StringIO())

    def test_one_that_has_ended_is_not_alive(self) -> None:
        process = subprocess.Popen(["true"])
        process.wait()
        assert not jobs.is_alive(reading(User.objects.create_user("clerk"), process=process.pid))

    def test_one_on_another_machine_is_believed_for_a_while(self) -> None:
        by = User.objects.create_user("clerk")
        assert jobs.is_alive(reading(by, host="elsewhere"))
        assert not jobs.is_alive(reading(by, host="elsewhere", beat_at=timezone.now() - timedelta(hours=1)))


def test_a_large_batch_is_accepted_by_the_same_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "FEW_ROWS", 0)
    by = User.objects.create_user("clerk")
    batch = jobs.read(name="a.csv", data=DATA, by=by).batch
    assert batch is not None
    done = jobs.take(batch=batch, by=by, reason="", checked=[])
    assert isinstance(done, Reading)
    assert (done.state, done.sentence) == (Reading.State.DONE, "1 figure recorded. Nothing is public yet.")
    again = jobs.take(batch=batch, by=by, reason="", checked=[])
    assert isinstance(again, Reading)
    assert "This batch was accepted before" in again.sentence


def test_acceptance_that_stopped_leads_back_to_the_review(clerk: Client) -> None:
    batch = jobs.read(name="a.csv", data=DATA, by=who(clerk)).batch
    page = clerk.get(path(reading(who(clerk), process=NOBODY, batch=batch)), follow=True).content.decode()
    assert "nothing was recorded. Accept the figures again." in page
    assert "Accept 1 figure" in page


def test_a_fault_of_the_board_is_told_by_its_place_and_repeats_nothing_of_the_file(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(**_more: object) -> None:
        raise KeyError("graduation-4yr,0640011")

    monkeypatch.setattr(jobs, "receive", broken)
    done = jobs.read(name="a.csv", data=DATA, by=User.objects.create_user("clerk"))
    assert "Something is wrong in the board itself; nothing was done." in done.sentence
    assert "KeyError, test_jobs.py" in done.sentence
    assert "0640011" not in done.sentence + caplog.text
