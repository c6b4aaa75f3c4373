"""What a file tells about somebody is nowhere afterwards: in no database, no folder, and nothing that was said."""

import os
import sqlite3
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from metrics.intake import actions, drafts
from metrics.intake.readers import UnreadableFile
from metrics.models import SourceFile
from tests.intake.hostile import GOOD, Case, held, row, tidy
from tests.intake.persons import MAIL, MARKS, NAME, REFUSED, SSN, UNKEPT
from tests.own_database import environment, own_database

HOUSE = Path(__file__).resolve().parents[2]


def found_in(data: bytes, marks: Sequence[str] = (*MARKS, MAIL)) -> set[str]:
    """Which marks of somebody are in these bytes, in whatever way letters are kept."""
    small = data.lower()
    return {mark for mark in marks if mark.encode() in small or mark.encode("utf-16-le") in small}


def found_below(folder: Path, marks: Sequence[str] = (*MARKS, MAIL)) -> dict[str, set[str]]:
    """The files in a folder in which there is something of somebody."""
    found = {}
    for path in folder.rglob("*"):
        try:
            these = found_in(path.read_bytes(), marks) if path.is_file() else set()
        except FileNotFoundError:  # the server's own files come and go
            continue
        if these:
            found[str(path)] = these
    return found


def kept_by(url: str, marks: Sequence[str] = (*MARKS, MAIL)) -> dict[str, set[str]]:
    """What the database has on its disk: its file and its journal, or all that the server keeps, with its logs.

    A server on another machine does not show its disk; its tables are read then.
    """
    if url.startswith("sqlite"):
        return found_below(Path(url.removeprefix("sqlite:///")).parent, marks)
    connection = psycopg2.connect(url)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute("CHECKPOINT")
        cursor.execute("SHOW data_directory")
        disk = Path(cursor.fetchone()[0])
        if os.access(disk, os.R_OK):
            connection.close()
            return found_below(disk, marks)
        cursor.execute("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
        told = {}
        for (table,) in cursor.fetchall():
            cursor.execute(f"SELECT coalesce(string_agg(t::text, chr(10)), '') FROM \"{table}\" t")
            told[table] = found_in(cursor.fetchone()[0].encode(), marks)
    connection.close()
    return {table: these for table, these in told.items() if these}


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with own_database(tmp_path_factory.mktemp("traces"), "traces") as url:
        yield url


@pytest.fixture(scope="module")
def board(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The environment of a board that has definitions and no figure, and a folder for temporary files that is empty."""
    env = environment(database_url, TMPDIR=str(tmp_path_factory.mktemp("temporary")), PYTHONWARNINGS="error")
    for arguments in (["migrate", "--verbosity", "0"], ["seed", "fixtures/definitions"]):
        assert manage(env, *arguments).returncode == 0
    return env


def manage(env: dict[str, str], *arguments: str) -> "subprocess.CompletedProcess[bytes]":
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=HOUSE, env=env, capture_output=True, check=False)


def written(folder: Path, files: list[Case]) -> str:
    for number, one in enumerate(files):
        (folder / f"{number:03}.csv").write_bytes(one.data)
    return str(folder)


def test_every_file_of_them_shows_what_is_looked_for():
    """Otherwise the tests below would find nothing in nothing. What is packed is looked for when it is unpacked."""
    plain = [one for one in REFUSED if not one.data.startswith((b"PK", b"\x1f\x8b"))]
    hidden = [str(one) for one in plain if not found_in(one.data)]
    assert set(hidden) <= {"a Social Security number with blanks in the " + c for c in ("place", "group", "note")}


def test_what_a_database_keeps_would_be_found(database_url):
    path = database_url.removeprefix("sqlite:///")
    connection = sqlite3.connect(path) if path != database_url else psycopg2.connect(database_url)
    connection.cursor().execute("CREATE TABLE control AS SELECT 'somebody-of-the-control' AS name")
    connection.commit()
    connection.close()
    assert kept_by(database_url, ["somebody-of-the-control"])


@pytest.mark.parametrize("files", [REFUSED, UNKEPT], ids=["refused whole", "accepted in part"])
def test_nothing_is_left_of_anybody_wherever_one_looks(files, board, tmp_path):
    done = manage(board, "receive", written(tmp_path, files), "--accept", "--good-lines", "--reason", "A test.")
    assert b"Traceback" not in done.stderr
    assert (b"Refused" in done.stderr, found_in(done.stdout), found_in(done.stderr)) == (True, set(), set())
    assert kept_by(board["DATABASE_URL"]) == {}
    assert list(Path(board["TMPDIR"]).iterdir()) == []


@pytest.mark.django_db
class TestKilledMidWay:
    """The reading process is killed when it has told the half; the file is about somebody from its first line on."""

    DATA = tidy(row(note=f"{NAME} of 2015"), *[GOOD] * 20_000, row(note=SSN)).encode()

    @pytest.fixture
    def killed(self, monkeypatch: pytest.MonkeyPatch) -> list[Any]:
        """Kills each reading process when its first figures arrive."""
        started: list[Any] = []
        start, hold = subprocess.Popen, drafts.hold_against

        def recorded(*args: Any, **kwargs: Any) -> Any:
            started.append(start(*args, **kwargs))
            return started[-1]

        def kill(*args: Any) -> None:
            hold(*args)
            started[-1].kill()

        monkeypatch.setattr(subprocess, "Popen", recorded)
        monkeypatch.setattr(drafts, "hold_against", kill)
        return started

    @pytest.fixture
    def temporary(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
        monkeypatch.setenv("TMPDIR", str(tmp_path))
        return tmp_path

    def test_nothing_is_written_and_the_sender_is_told(self, killed, admin_user, temporary, capfd, caplog):
        before = held()
        with pytest.raises(UnreadableFile, match="it was not read") as refused:
            actions.receive(name=f"{NAME}.csv", data=self.DATA, by=admin_user)
        assert held() == before
        assert not SourceFile.objects.filter(name__icontains="canaryson").exists()
        assert not [mark for mark in MARKS if mark in str(refused.value).lower()]
        assert [process.poll() for process in killed] == [-9]
        said = capfd.readouterr()
        assert found_in((said.out + said.err + caplog.text).encode()) == set()
        assert list(temporary.iterdir()) == []
