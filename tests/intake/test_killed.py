"""An import that is killed changes nothing or is complete, and trying again gives one copy."""

import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice, product
from pathlib import Path
from typing import Any

import psycopg2
import pytest

from tests.intake.hostile import HEADER, SOURCE
from tests.own_database import environment, own_database

HOUSE = Path(__file__).resolve().parents[2]
LINES, BAD = 20_000, 3
#: As often an import is killed, each time in another part of its run.
TIMES = 20
#: What a file leaves: a line for each table, and enough of its content to see that it is the same.
LEFT = {
    "file": "SELECT count(*), min(sha256) FROM metrics_sourcefile",
    "batch": "SELECT count(*), min(state), min(rows_read) FROM metrics_batch",
    "staged": "SELECT count(*), sum(line), sum(numerator), count(DISTINCT line) FROM metrics_stagedrow",
    "problems": "SELECT count(*), min(line), max(line) FROM metrics_problem",
    "figures": "SELECT count(*), sum(line), sum(numerator), count(DISTINCT line) FROM metrics_observation",
}
State = dict[str, tuple[Any, ...]]


@dataclass
class Board:
    """A board of its own, and the command that brings one file into it."""

    url: str
    file: Path

    @property
    def is_file(self) -> bool:
        return self.url.startswith("sqlite")

    def manage(self, *arguments: str) -> "subprocess.Popen[bytes]":
        """Begins a command, in a process group that can be killed whole."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *arguments],
            cwd=HOUSE,
            env=environment(self.url),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )

    def receive(self) -> "subprocess.Popen[bytes]":
        return self.manage("receive", str(self.file), "--accept", "--good-lines")

    def ask(self, *statements: str) -> list[tuple[Any, ...]]:
        """What the database answers, read past everything that the board itself does."""
        connection = (
            sqlite3.connect(self.url.removeprefix("sqlite:///")) if self.is_file else psycopg2.connect(self.url)
        )
        cursor, answers = connection.cursor(), []
        for statement in statements:
            cursor.execute(statement)
            if cursor.description:
                answers.append(cursor.fetchone())
        connection.commit()
        connection.close()
        return [answer for answer in answers if answer is not None]

    def state(self) -> State:
        """What is there, once the server has noticed that its client is gone."""
        others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        wait_until(lambda: self.is_file or self.ask(others) == [(0,)])
        return dict(zip(LEFT, self.ask(*LEFT.values()), strict=True))

    def clear(self) -> None:
        self.ask(*(f"DELETE FROM metrics_{name}" for name in ("stagedrow", "problem", "batch", "observation")))
        self.ask("DELETE FROM metrics_sourcefile")


def wait_until(there: Callable[[], bool], seconds: float = 10) -> None:
    end = time.monotonic() + seconds
    while not there():
        assert time.monotonic() < end, "it never came"
        time.sleep(0.02)


def running_in(group: int) -> list[int]:
    """The processes of a group that still run; one that is dead and not yet buried does not."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, _parent, its_group = path.read_text().rpartition(")")[2].split()[:3]
        except (FileNotFoundError, ProcessLookupError):
            continue
        if int(its_group) == group and state != "Z":
            found.append(int(path.parent.name))
    return found


def lines() -> Iterator[str]:
    districts = [f"0{number:02}0011" for number in (*range(1, 6), *range(7, 10), 11, 12, 14, 15, 17, 18, 19)]
    indicators = ("graduation-4yr", "college-entrance", "chronic-absence", "suspension", "attendance", "graduation-5yr")
    groups = ("black", "white", "asian", "hispanic", "female", "male", "high-needs", "homeless")
    years = range(1991, 2026)
    for number, (indicator, place, group, year) in enumerate(product(indicators, districts, groups, years)):
        above = number % 401 + 50
        yield f"{indicator},{place},{group},{year},{above / 5:.1f},{above},500,final,{SOURCE},"


@pytest.fixture(scope="module")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with own_database(tmp_path_factory.mktemp("killed"), "killed") as url:
        yield url


@pytest.fixture(scope="module")
def board(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Board:
    file = tmp_path_factory.mktemp("figures") / "figures.csv"
    bad = ["graduation-4yr,0640011,black,1776,80.1,,,final,x,"] * BAD
    file.write_text("\n".join([HEADER, *islice(lines(), LINES), *bad, ""]), encoding="utf-8")
    made = Board(database_url, file)
    assert made.manage("migrate", "--verbosity", "0").wait() == 0
    assert made.manage("seed", "fixtures/definitions").wait() == 0
    return made


@dataclass
class Measured:
    """How long an import takes that nobody kills, and the three states that there may be."""

    seconds: float
    before: State
    received: State
    complete: State


@pytest.fixture(scope="module")
def measured(board: Board) -> Measured:
    board.receive().wait()  # the first run makes the account of the command line and compiles modules
    board.clear()
    before = board.state()
    began = time.monotonic()
    board.receive().wait()
    seconds = time.monotonic() - began
    complete = board.state()
    assert [one[0] for one in complete.values()] == [1, 1, LINES, BAD, LINES], complete
    assert complete["batch"][1] == "accepted"
    assert [one[0] for one in before.values()] == [0] * len(LEFT)
    # Between the two acts the whole file waits, and no figure is made of it yet.
    received = {**complete, "batch": (1, "waiting", complete["batch"][2]), "figures": before["figures"]}
    board.clear()
    return Measured(seconds, before, received, complete)


def kill(process: "subprocess.Popen[bytes]", *, alone: bool = False) -> None:
    if alone:
        process.kill()
    else:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def test_an_import_that_is_killed_is_as_before_or_complete_and_a_second_try_gives_one_copy(board, measured):
    moments = random.Random(20261122)
    met = []
    for number in range(TIMES):
        process = board.receive()
        time.sleep((number + moments.random()) / TIMES * measured.seconds)
        kill(process)
        state = board.state()
        assert state in (measured.before, measured.received, measured.complete), f"after {number}/{TIMES}: {state}"
        if board.is_file:
            assert board.ask("PRAGMA integrity_check") == [("ok",)]
        assert running_in(process.pid) == []
        met.append(state == measured.before)
        if state != measured.before or number == TIMES - 1:  # from before, a second try is a first one
            board.receive().wait()
            assert board.state() == measured.complete
            board.clear()
    assert any(met), "no import was killed before its end"


def test_when_the_file_waits_for_the_second_act_another_try_does_it_once(board, measured):
    assert board.manage("receive", str(board.file)).wait() == 1, "lines were refused"
    assert board.state() == measured.received
    for _try in range(2):
        board.receive().wait()
        assert board.state() == measured.complete
    board.clear()


@pytest.mark.parametrize("part", [0.3, 0.5, 0.7])
def test_when_the_command_alone_is_killed_its_reading_process_ends_by_itself(board, measured, part):
    process = board.receive()
    time.sleep(part * measured.seconds)
    kill(process, alone=True)
    wait_until(lambda: running_in(process.pid) == [])
    assert board.state() in (measured.before, measured.received, measured.complete)
    board.clear()


def test_a_reading_process_that_is_killed_leaves_a_refusal_and_nothing_else(board, measured):
    process = board.receive()
    wait_until(lambda: len(running_in(process.pid)) > 1)
    (child,) = set(running_in(process.pid)) - {process.pid}
    os.kill(child, signal.SIGKILL)
    assert process.wait() == 1
    assert board.state() == measured.before
