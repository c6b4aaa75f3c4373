"""The same door from the command line: receive, publish, seed, demo_accounts."""

import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.utils import timezone

from metrics import publishing
from metrics.models import Batch, Goal, Observation, PlaceAlias, Release, Source
from tests import releases

pytestmark = pytest.mark.django_db

HEADER = "indicator,place,group,period,value,numerator,denominator,status,source,note\n"
GOOD = HEADER + "graduation-4yr,0640011,black,2025,80.1,331,413,final,edsight-graduation-4yr,\n"


def run(command: str, *arguments: str, **options: object) -> str:
    out = io.StringIO()
    call_command(command, *arguments, stdout=out, **options)
    return out.getvalue()


def write(folder: Path, text: str, name: str = "figures.csv") -> str:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


class TestReceive:
    def test_a_file_waits_for_review_unless_it_is_accepted_at_once(self, tmp_path):
        said = run("receive", write(tmp_path, GOOD))
        assert said.splitlines()[1].split() == ["figures.csv", "1", "1", "0", "0", "0", "0"]
        assert Batch.objects.latest("pk").state == Batch.State.WAITING

    def test_accepted_at_once_it_becomes_a_figure_of_the_command_line(self, tmp_path):
        run("receive", write(tmp_path, GOOD), "--accept")
        figure = Observation.objects.latest("pk")
        assert (str(figure.value), figure.recorded_by.username) == ("80.1000", "command-line")
        assert not figure.recorded_by.has_usable_password()

    def test_a_refused_line_is_named_the_batch_waits_and_the_command_fails(self, tmp_path):
        out = io.StringIO()
        bad = GOOD + "graduation-4yr,0640011,white,2025,101,,,final,edsight-graduation-4yr,\n"
        with pytest.raises(CommandError, match=r"Refused: 1\."):
            call_command("receive", write(tmp_path, bad), "--accept", stdout=out)
        assert "Line 3: 101 is outside 0 to 100 percent." in out.getvalue()
        assert Batch.objects.latest("pk").state == Batch.State.WAITING

    def test_a_file_that_is_no_table_is_refused_and_the_others_are_still_received(self, tmp_path):
        write(tmp_path, "hello", "a.csv")
        write(tmp_path, GOOD, "b.csv")
        with pytest.raises(CommandError, match=r"Refused: 1\."):
            run("receive", str(tmp_path), "--accept")
        assert Observation.objects.filter(source_file__name="b.csv").count() == 1

    def test_a_file_of_200_mb_is_refused_unread(self, tmp_path):
        path = tmp_path / "huge.csv"
        with path.open("wb") as file:
            file.truncate(200 * 1024 * 1024)  # sparse: reading it whole would still take 200 MB of memory
        out = io.StringIO()
        with pytest.raises(CommandError):
            call_command("receive", str(path), stdout=out)
        assert "The file has 200 MB; files over 160 MB are not read." in out.getvalue()

    def test_the_same_file_again_is_nothing_new(self, tmp_path):
        path = write(tmp_path, GOOD)
        run("receive", path, "--accept")
        assert "nothing new" in run("receive", path, "--accept")

    @pytest.mark.parametrize(
        ("arguments", "sentence"),
        [
            (["nowhere.csv"], "There is no file nowhere.csv."),
            (["fixtures/figures", "--by", "nobody"], "There is no active account “nobody”."),
            (["templates"], "There is no CSV or .xlsx file in templates."),
        ],
    )
    def test_what_cannot_be_done_is_one_clear_sentence(self, arguments, sentence):
        with pytest.raises(CommandError) as refused:
            run("receive", *arguments)
        assert str(refused.value) == sentence

    def test_a_change_without_a_reason_is_refused(self, tmp_path):
        changed = HEADER + "graduation-4yr,0640011,all-students,2024,78.7,,,final,edsight-graduation-4yr,\n"
        with pytest.raises(CommandError, match="1 figure that stands would change: say why"):
            run("receive", write(tmp_path, changed), "--accept")


class TestPublish:
    def test_what_was_accepted_is_not_published_by_a_command(self, tmp_path):
        run("receive", write(tmp_path, GOOD), "--accept")
        assert run("publish") == "There is nothing to publish now.\n"
        assert run("publish", "--first") == "There is nothing to publish now.\n"
        assert Release.objects.count() == 1

    def test_a_new_board_is_set_up_with_its_first_release_by_one_account_which_it_says(self, empty_board, tmp_path):
        run("receive", write(tmp_path, GOOD), "--accept")
        assert run("publish", "--first") == "Release 1 is public.\n"
        first = Release.objects.get()
        assert (first.state, first.approved_alone, str(first.approved_by)) == ("published", True, "command-line")

    def test_a_release_whose_minute_has_come_is_published(self, tmp_path):
        run("receive", write(tmp_path, GOOD), "--accept")
        release = releases.approved("One more group.")
        publishing.schedule(release=release, by=release.approved_by, at=timezone.now() + timedelta(minutes=5))
        assert run("publish") == "There is nothing to publish now.\n"
        Release.objects.filter(pk=release.pk).update(publish_at=timezone.now() - timedelta(minutes=1))
        assert run("publish") == "Release 2 is public.\n"


class TestTheSecondStart:
    def test_starting_again_undoes_no_correction_and_publishes_nothing_that_waits(self, tmp_path):
        """What `make run` does each time, after staff have corrected one figure and entered another."""
        changed = "graduation-4yr,0640011,all-students,2024,78.7,,,final,edsight-graduation-4yr,\n"
        run("receive", write(tmp_path, HEADER + changed), "--accept", reason="Revised.")
        releases.published()
        run("receive", write(tmp_path, GOOD, "waiting.csv"), "--accept")
        before = set(Observation.objects.values_list("pk", flat=True))
        run("seed", "fixtures/definitions", "fixtures/coalition")
        assert "figures of its own already" in run("receive", "fixtures/figures", "--accept", "--first")
        assert "nothing to publish" in run("publish", "--first")
        assert set(Observation.objects.values_list("pk", flat=True)) == before
        assert Release.objects.count() == 2


class TestSeed:
    def test_a_board_that_has_definitions_is_left_alone(self):
        Goal.objects.filter(slug="graduation").update(name="Renamed by staff")
        assert "nothing was loaded" in run("seed", "fixtures/definitions", "fixtures/coalition")
        assert Goal.objects.get(slug="graduation").name == "Renamed by staff"

    def test_what_a_later_version_knows_is_added_and_nothing_is_overwritten(self):
        Source.objects.filter(slug="edsight-trends").delete()
        PlaceAlias.objects.filter(spelling="EdAdvance").delete()
        Goal.objects.filter(slug="graduation").update(name="Renamed by staff")
        assert run("seed", "fixtures/definitions", "--add") == "Added: 2.\n"
        assert Source.objects.get(slug="edsight-trends").precedence == 90
        assert Goal.objects.get(slug="graduation").name == "Renamed by staff"
        assert run("seed", "fixtures/definitions", "--add") == "Added: 0.\n"


class TestDemoAccounts:
    def test_there_is_one_for_each_role_and_each_can_sign_in(self, client):
        said = run("demo_accounts")
        names = [line.split()[0] for line in said.splitlines()]
        assert names[:4] == ["demo-data-entry", "demo-publisher", "demo-committee", "demo-admin"]
        assert names[4:] == ["demo-member@example.org"]
        for line in said.splitlines():
            name, password = line.split()
            assert User.objects.get(username=name).check_password(password)
            assert len(password) >= 15

    def test_each_run_gives_new_passwords(self):
        assert run("demo_accounts") != run("demo_accounts")
