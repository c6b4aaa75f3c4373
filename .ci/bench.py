# What one answer costs: processor time per request, asked of the real WSGI door inside this process (`make bench`).
import os
import sys
import time
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from wsgiref.util import setup_testing_defaults

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allin.settings")

from allin.wsgi import application

PATHS = ["/healthz", "/", "/es/", "/goals/graduation/", "/indicators/", "/coalition/", "/methods/", "/no-such-page/"]
SECONDS_EACH = 1.5


def ask(path: str) -> tuple[str, int]:
    environ = {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "HTTP_ACCEPT_ENCODING": "br", "wsgi.input": BytesIO()}
    setup_testing_defaults(environ)
    answer: list[str] = []

    def start_response(status: str, *_: object) -> Callable[[bytes], object]:
        answer.append(status)
        return answer.append  # type: ignore[return-value]

    body = application(environ, start_response)
    try:
        return answer[0], sum(map(len, body))
    finally:
        if hasattr(body, "close"):
            body.close()


def main() -> None:
    print(f"{'address':24}{'answer':24}{'bytes':>10}{'first, ms':>12}{'then, ms':>12}{'a second':>12}")
    for path in PATHS:
        before = time.process_time()
        status, size = ask(path)
        first = time.process_time() - before
        times, began = 0, time.process_time()
        while time.process_time() - began < SECONDS_EACH:
            ask(path)
            times += 1
        each = (time.process_time() - began) / times
        print(f"{path:24}{status:24}{size:>10,}{first * 1000:>12.2f}{each * 1000:>12.3f}{1 / each:>12,.0f}")


if __name__ == "__main__":
    main()
