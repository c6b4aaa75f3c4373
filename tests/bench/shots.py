"""Pictures of the pages as people meet them: phone and desk, dark, without JavaScript (`make shots`)."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from tests.conftest import BROWSER_FLAGS, BROWSERS

HOUSE = Path(__file__).resolve().parents[2]
PATHS = [
    "/", "/goals/graduation/", "/goals/enrollment/", "/goals/completion/", "/gaps/", "/indicators/",
    "/indicators/graduation-4yr/", "/report-card/", "/data/", "/how-to-read/", "/privacy/",
    "/es/", "/es/goals/graduation/", "/es/indicators/graduation-4yr/",
]  # fmt: skip
READERS: dict[str, dict[str, Any]] = {
    "desk": {"viewport": {"width": 1280, "height": 900}},
    "phone": {
        "viewport": {"width": 360, "height": 780},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    },
    "desk-dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "desk-no-script": {"viewport": {"width": 1280, "height": 900}, "java_script_enabled": False},
}


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def wait_for(address: str, seconds: float = 20) -> None:
    deadline = time.monotonic() + seconds
    while True:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=1).close()
            return
        except OSError:
            if time.monotonic() > deadline:
                raise SystemExit("The board did not start; does make run work?") from None
            time.sleep(0.2)


def take(browser: Browser, address: str, folder: Path) -> None:
    staff = f"/{os.environ.get('ADMIN_PATH', 'staff/')}"
    for reader, options in READERS.items():
        context = browser.new_context(**options)
        page = context.new_page()
        for path in [*PATHS, staff]:
            answer = page.goto(address + path)
            file = folder / f"{path.strip('/').replace('/', '-') or 'home'}-{reader}.png"
            page.screenshot(path=file, full_page=True)
            print(f"  {answer.status if answer else '---'}  {file.relative_to(HOUSE)}")
        context.close()


def main() -> None:
    folder = HOUSE / "var" / "shots"
    folder.mkdir(parents=True, exist_ok=True)
    port = free_port()
    server = subprocess.Popen(
        [
            str(Path(sys.executable).with_name("granian")),
            *("--interface", "wsgi", "--port", str(port), "--no-ws", "--log-level", "error"),
            "allin.wsgi:application",
        ],
        cwd=HOUSE,
    )
    try:
        wait_for(f"http://127.0.0.1:{port}")
        with sync_playwright() as playwright:
            path = next((path for path in BROWSERS if Path(path).exists()), BROWSERS[0])
            browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS, chromium_sandbox=False)
            take(browser, f"http://127.0.0.1:{port}", folder)
            browser.close()
    finally:
        server.terminate()
        server.wait(timeout=20)


if __name__ == "__main__":
    main()
