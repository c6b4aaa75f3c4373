"""What a page costs: queries, bytes and processor time, asked of the real WSGI door in this process (`make bench`)."""

import gzip
import os
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from wsgiref.util import setup_testing_defaults

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allin.settings")

from django.db import connection
from django.test.utils import CaptureQueriesContext

from allin.wsgi import application

PATHS = [
    "/healthz",
    "/",
    "/goals/graduation/",
    "/goals/enrollment/",
    "/goals/completion/",
    "/gaps/",
    "/indicators/",
    "/indicators/graduation-4yr/",
    "/report-card/",
    "/data/",
    "/how-to-read/",
    "/coalition/",
    "/coalition/lincoln-financial-foundation/",
    "/compact/",
    "/compact/ledger/",
    "/action-teams/",
    "/action-teams/reduce-summer-melt/",
    "/contributions/",
    "/programs/",
    "/es/compact/",
    "/nowhere/",
]
SECONDS_EACH = 2.0


def ask(path: str, **headers: str) -> tuple[str, bytes, dict[str, str]]:
    environ = {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "wsgi.input": BytesIO(), **headers}
    setup_testing_defaults(environ)
    seen: list[tuple[str, dict[str, str]]] = []

    def start_response(status: str, answered: list[tuple[str, str]], *_: object) -> Callable[[bytes], object]:
        seen.append((status, dict(answered)))
        return lambda _data: None

    body = application(environ, start_response)
    try:
        return seen[0][0], b"".join(body), seen[0][1]
    finally:
        if hasattr(body, "close"):
            body.close()


def milliseconds(path: str, **headers: str) -> float:
    times, began = 0, time.process_time()
    while time.process_time() - began < SECONDS_EACH:
        ask(path, **headers)
        times += 1
    return 1000 * (time.process_time() - began) / times


def main() -> None:
    print(
        f"{'address':<42}{'answer':<16}{'queries':>8}{'bytes':>9}{'gzip':>8}{'ms':>8}{'304, ms':>9}{'÷ /healthz':>12}"
    )
    base = 0.0
    for path in PATHS:
        ask(path)
        with CaptureQueriesContext(connection) as captured:
            status, body, headers = ask(path)
            queries = len(captured)
        if status.startswith("5"):
            raise SystemExit(f"{path} answers {status}; `make run` fills the board.")
        each = milliseconds(path)
        base = base or each
        tag = headers.get("ETag", "")
        unchanged = f"{milliseconds(path, HTTP_IF_NONE_MATCH=tag):.2f}" if tag else "-"
        cost = (
            f"{queries:>8}{len(body):>9,}{len(gzip.compress(body)):>8,}{each:>8.2f}{unchanged:>9}{each / base:>12.0f}"
        )
        print(f"{path:<42}{status:<16}{cost}")


if __name__ == "__main__":
    main()
