"""The figures of a program on their way from its provider to the staff: sent, returned or accepted."""

from datetime import date
from types import ModuleType

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from coalition.actions.errors import CoalitionError
from coalition.actions.uploads import (
    FileProblems,
    accept_upload,
    return_upload,
    rows_of,
    send_figures,
    template,
)
from coalition.models import Contact, Organization, Program, Sector, Upload

pytestmark = pytest.mark.django_db

HEADER = "group,served,accepted,enrolled,persisted,completed"
GOOD = f"{HEADER}\nall-students,120,100,80,60,30\nfemale,70,60,50,40,20\n".encode()
BAD = f"{HEADER}\nall-students,120,130,80,60,30\nfemal,70,60,50,40,20\n".encode()
#: Tables that a file must not leave anything in, wherever they are.
TABLES = ("coalition_upload", "metrics_batch", "metrics_stagedrow", "metrics_sourcefile", "metrics_place")


@pytest.fixture
def staff() -> User:
    return User.objects.create_user("staff", is_staff=True)


def provider(name: str) -> tuple[Program, User]:
    organization = Organization.objects.create(slug=name, name=f"{name} association", sector=Sector.NONPROFIT)
    user = User.objects.create_user(f"{name}@example.org")
    Contact.objects.create(organization=organization, name="Data contact", email=user.username, user=user)
    return Program.objects.create(organization=organization, slug=f"{name}-program", name=f"{name} program"), user


@pytest.fixture
def bridge() -> tuple[Program, User]:
    return provider("bridge")


@pytest.fixture
def other() -> tuple[Program, User]:
    return provider("coaching")


def send(sender: tuple[Program, User], data: bytes = GOOD, year: int = 2025) -> Upload:
    program, user = sender
    return send_figures(program=program, year=year, name="figures.csv", data=data, by=user)


def rows_kept() -> list[int]:
    with connection.cursor() as cursor:
        counts = []
        for table in (*TABLES, "metrics_observation"):
            cursor.execute(f"SELECT COUNT(*) FROM {table}")
            counts.append(cursor.fetchone()[0])
    return counts


class TestSending:
    def test_a_good_file_waits_for_the_staff_with_a_receipt(self, bridge):
        upload = send(bridge)
        assert (upload.state, upload.rows, upload.file_name) == (Upload.State.SENT, 2, "figures.csv")
        assert upload.receipt == f"{upload.program.slug}-2025-1"
        assert [row.group for row in rows_of(upload)] == ["All Students"] * 5 + ["Female"] * 5
        assert rows_of(upload)[1].figure == "100 of 120 (83.3%)"

    def test_a_file_with_problems_is_refused_whole_and_leaves_nothing_behind(self, bridge):
        before = rows_kept()
        with pytest.raises(FileProblems) as refused:
            send(bridge, BAD)
        assert str(refused.value) == "The file was not taken: it has 2 problems. Nothing of it was kept."
        assert [line for line, _sentence in refused.value.problems] == [2, 3]
        assert refused.value.field == "file"
        assert rows_kept() == before
        assert Program.objects.get(pk=bridge[0].pk).place_id is None

    def test_no_row_of_a_file_about_students_is_ever_written_not_even_to_be_taken_back(self, bridge):
        data = f"{HEADER}\nMaria ZZCANARY,1,1,0,0,0\n".encode()
        with (
            CaptureQueriesContext(
                connection,
            ) as said,
            pytest.raises(FileProblems) as refused,
        ):
            send(bridge, data)
        assert "no student" in str(refused.value.problems) or "single student" in str(refused.value.problems)
        assert not any("ZZCANARY" in query["sql"] for query in said.captured_queries)
        assert "ZZCANARY" not in str(refused.value.problems)

    def test_a_second_file_waits_for_the_answer_to_the_first(self, bridge):
        send(bridge)
        with pytest.raises(CoalitionError, match="of bridge program for 2025 are under review already"):
            send(bridge, GOOD + b"male,50,40,30,20,10\n")
        assert send(bridge, year=2024).state == Upload.State.SENT

    def test_only_the_provider_and_the_staff_send(self, bridge, other, staff):
        with pytest.raises(CoalitionError, match="Only a contact of bridge association can send"):
            send((bridge[0], other[1]))
        assert send((bridge[0], staff)).sent_by == staff

    def test_a_contact_whose_last_day_is_over_sends_nothing_more(self, bridge):
        Contact.objects.filter(user=bridge[1]).update(since=date(2020, 1, 1), until=date(2020, 12, 31))
        with pytest.raises(CoalitionError, match="Only a contact"):
            send(bridge)

    def test_a_year_ahead_or_outside_the_programs_life_is_refused(self, bridge):
        Program.objects.filter(pk=bridge[0].pk).update(since=date(2018, 7, 1), until=date(2024, 6, 30))
        for year, sentence in [
            (2100, "2100 lies ahead"),
            (2018, "did not run in the school year 2017–18; it has no figures for it."),
            (2025, "did not run in the school year 2024–25; it has no figures for it."),
        ]:
            with pytest.raises(CoalitionError, match=sentence) as refused:
                send(bridge, year=year)
            assert refused.value.field == "year"
            with pytest.raises(CoalitionError, match=sentence):
                template(program=Program.objects.get(pk=bridge[0].pk), year=year, kind="csv")

    def test_the_template_names_nobody(self, bridge, other):
        send(other)
        data = template(program=bridge[0], year=2025, kind="csv")
        assert data.decode("utf-8-sig").startswith(HEADER)
        assert b"coaching" not in data
        assert template(program=bridge[0], year=2025, kind="xlsx").startswith(b"PK")


class TestDeciding:
    def test_accepted_figures_stand_and_the_upload_says_who_and_when(self, bridge, staff):
        upload = accept_upload(upload=send(bridge), by=staff)
        assert (upload.state, upload.decided_by) == (Upload.State.ACCEPTED, staff)
        assert upload.decided_at is not None
        assert upload.batch.state == "accepted"

    def test_a_returned_file_comes_back_with_a_comment_and_can_be_sent_again(self, bridge, staff):
        upload = return_upload(upload=send(bridge), comment=" Is it 2024? ", by=staff)
        assert (upload.state, upload.comment) == (Upload.State.RETURNED, "Is it 2024?")
        assert upload.batch.state == "discarded"
        assert rows_of(upload) == ()
        assert send(bridge).pk != upload.pk

    @pytest.mark.parametrize(("comment", "sentence"), [(" ", "Say what"), ("x" * 601, "longer than 600 letters")])
    def test_it_is_not_returned_without_a_comment(self, bridge, staff, comment, sentence):
        upload = send(bridge)
        with pytest.raises(CoalitionError, match=sentence) as refused:
            return_upload(upload=upload, comment=comment, by=staff)
        assert refused.value.field == "comment"
        upload.refresh_from_db()
        assert (upload.state, upload.comment) == (Upload.State.SENT, "")

    def test_it_is_decided_once(self, bridge, staff):
        upload = send(bridge)
        accept_upload(upload=upload, by=staff)
        with pytest.raises(CoalitionError, match="decided before"):
            accept_upload(upload=upload, by=staff)
        with pytest.raises(CoalitionError, match="decided before"):
            return_upload(upload=upload, comment="Late.", by=staff)

    def test_a_correction_needs_a_reason_and_nothing_is_decided_without_it(self, bridge, staff):
        accept_upload(upload=send(bridge), by=staff)
        second = send(bridge, GOOD.replace(b"100", b"101"))
        with pytest.raises(CoalitionError, match="say why") as refused, transaction.atomic():
            accept_upload(upload=second, by=staff)
        assert refused.value.field == "reason"
        second.refresh_from_db()
        assert (second.state, second.batch.state) == (Upload.State.SENT, "waiting")
        assert accept_upload(upload=second, by=staff, reason="A late letter.").state == Upload.State.ACCEPTED

    def test_exactly_what_stands_is_known(self, bridge, staff):
        accept_upload(upload=send(bridge), by=staff)
        with pytest.raises(FileProblems) as refused:
            send(bridge)
        assert refused.value.problems == ((0, "This is known: exactly these figures were accepted before."),)

    def test_the_place_has_the_names_that_the_program_has_when_it_is_accepted(self, bridge, staff):
        upload = send(bridge)
        Program.objects.filter(pk=bridge[0].pk).update(name="bridge to college")
        accept_upload(upload=upload, by=staff)
        assert Program.objects.get(pk=bridge[0].pk).place.name == "bridge to college"


class TestTwoProviders:
    """What the one does makes no difference to what the other hears."""

    def test_the_same_bytes_from_both_are_taken_from_both(self, bridge, other, staff):
        first = send(bridge)
        second = send(other)
        accept_upload(upload=first, by=staff)
        accept_upload(upload=second, by=staff)
        assert first.batch_id != second.batch_id

    @pytest.mark.parametrize("data", [BAD, GOOD, b"", GOOD.replace(b"female", b"coaching program")])
    def test_the_answer_is_the_same_whatever_the_other_has_sent(self, bridge, other, staff, data):
        def answer() -> object:
            try:
                with transaction.atomic():
                    found = [(row.figure, row.stands, row.outcome) for row in rows_of(send(bridge, data))]
                    transaction.set_rollback(True)
                    return found
            except FileProblems as refused:
                return refused.problems

        alone = answer()
        accept_upload(upload=send(other), by=staff)
        send(other, GOOD.replace(b"100", b"90"), year=2025)
        assert answer() == alone


def test_the_room_of_figures_can_be_another_one(bridge, settings, monkeypatch):
    """The coalition knows the port and nothing behind it."""
    stand_in = ModuleType("tests.stand_in")
    stand_in.template = lambda **asked: repr(sorted(asked.items())).encode()  # type: ignore[attr-defined]
    monkeypatch.setitem(__import__("sys").modules, "tests.stand_in", stand_in)
    settings.PROVIDER_INTAKE = "tests.stand_in"
    said = template(program=bridge[0], year=2025, kind="csv")
    assert said == b"[('kind', 'csv'), ('program', 'bridge program'), ('year', 2025)]"
