"""The board as it runs: its own process, its own database, the real server, reached over the network."""

import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.journeys.site import Site, wait_for
from tests.own_database import own_database

HOUSE = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of the kind under test, empty and gone afterwards."""
    with own_database(tmp_path_factory.mktemp("journeys"), "journeys") as url:
        yield url


@pytest.fixture(scope="session")
def site(database_url: str) -> Iterator[Site]:
    """The board set up by the commands of `make run`, then served by the server of `make run`."""
    environment = {**os.environ, "DATABASE_URL": database_url, "PYTHONWARNINGS": "default"}

    def manage(*arguments: str) -> str:
        command = [sys.executable, "manage.py", *arguments]
        done = subprocess.run(command, cwd=HOUSE, env=environment, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
        return done.stdout

    manage("migrate", "--verbosity", "0")
    manage("seed", "fixtures/definitions", "fixtures/coalition")
    manage("receive", "fixtures/figures", "--accept")
    manage("publish", "--first")
    manage("publish_coalition")
    accounts = dict(re.findall(r"(demo-\S+) +(\S+)", manage("demo_accounts")))
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = [str(Path(sys.executable).with_name("granian")), "--interface", "wsgi", "--host", "127.0.0.1"]
    options = ["--port", str(port), "--workers", "1", "--blocking-threads", "2", "--no-ws", "--log-level", "warning"]
    process = subprocess.Popen([*server, *options, "allin.wsgi:application"], cwd=HOUSE, env=environment)
    try:
        wait_for(f"http://127.0.0.1:{port}/readyz")
        yield Site(f"http://127.0.0.1:{port}", accounts)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
