"""How soon the board is seen: the largest paint of home under slow 4G and a fourfold slower processor, beside a page
written by hand with the same verdict and nothing else, in turn in one run; and the bytes of every public page.

    .venv/bin/python tests/bench/paint.py [address of a running board]
"""

import re
import statistics
import sys
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from playwright.sync_api import Browser, CDPSession, Page, sync_playwright

BROWSER = "/usr/bin/chromium-headless-shell"
ROUNDS = 9
#: Slow 4G as Lighthouse has it: bytes a second, and milliseconds of a round trip.
SLOW_4G = {"offline": False, "downloadThroughput": 1.6 * 1024 * 1024 / 8, "uploadThroughput": 96_000, "latency": 150}
SLOWER = 4
OBSERVE = """
window.seen = {paint: 0, shift: 0};
const watch = (type, note) =>
  new PerformanceObserver((list) => list.getEntries().forEach(note)).observe({type, buffered: true});
watch("largest-contentful-paint", (one) => { seen.paint = one.startTime });
watch("layout-shift", (one) => { seen.shift += one.hadRecentInput ? 0 : one.value });
"""
BY_HAND = b"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Are we there?</title>
<meta name="viewport" content="width=device-width,initial-scale=1"><style>body{font:18px/1.5 sans-serif;margin:2rem}
h1{font:600 4rem/1.1 serif}</style></head><body><h1>Are we there? Not yet.</h1><p>High school graduation: 85.3 percent.
The target was 95: missed by 9.7 points.</p><p>Post-secondary enrollment: 60 percent, class of 2018. 2025 is not yet
reported.</p><p>Completion: 25 percent, reported in 2019. 2025 is not yet reported.</p></body></html>"""


class ByHand(BaseHTTPRequestHandler):
    """The page that is written by hand, sent as plainly as can be."""

    def do_GET(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(BY_HAND)))
        self.end_headers()
        self.wfile.write(BY_HAND)

    def log_message(self, *_args: object) -> None:
        """Nothing is told."""


@contextmanager
def served_by_hand() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), ByHand)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/"
    finally:
        server.shutdown()


@contextmanager
def visit(browser: Browser, *, slow: bool) -> Iterator[tuple[Page, CDPSession]]:
    """A phone that was never here."""
    context = browser.new_context(viewport={"width": 360, "height": 740}, device_scale_factor=2)
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    if slow:
        session.send("Network.emulateNetworkConditions", SLOW_4G)
        session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    yield page, session
    context.close()


def painted(browser: Browser, url: str) -> tuple[float, float]:
    """Milliseconds until the largest paint, and how far things moved."""
    with visit(browser, slow=True) as (page, _session):
        page.add_init_script(OBSERVE)
        page.goto(url, wait_until="networkidle")
        page.wait_for_timeout(300)
        seen = page.evaluate("seen")
    return seen["paint"], seen["shift"]


def weight(browser: Browser, url: str) -> tuple[int, int]:
    """Bytes over the wire and requests of a first visit."""
    sizes: list[float] = []
    with visit(browser, slow=False) as (page, session):
        session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
        page.goto(url, wait_until="networkidle")
    return int(sum(sizes)), len(sizes)


def main() -> None:
    board = (sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000").rstrip("/")
    with sync_playwright() as playwright, served_by_hand() as by_hand:
        browser = playwright.chromium.launch(executable_path=BROWSER, args=["--no-sandbox", "--disable-gpu"])
        pages = {"home": f"{board}/", "by hand": by_hand}
        times: dict[str, list[tuple[float, float]]] = {name: [] for name in pages}
        for _round in range(ROUNDS):
            for name, address in pages.items():
                times[name].append(painted(browser, address))
        middle = {name: statistics.median(paint for paint, _shift in found) for name, found in times.items()}
        shift = max(shift for _paint, shift in times["home"])
        print(f"largest paint, median of {ROUNDS}: " + ", ".join(f"{name} {ms:.0f} ms" for name, ms in middle.items()))
        print(f"home ÷ by hand: {middle['home'] / middle['by hand']:.2f}; layout shift of home at most {shift:.4f}")
        listed = urllib.request.urlopen(f"{board}/sitemap.xml").read().decode()
        paths = re.findall(r"<loc>https?://[^/]+([^<]*)</loc>", listed)
        weights = {path: weight(browser, board + path) for path in paths}
        print(f"first visit of each of {len(weights)} pages; the heaviest:")
        for path, (size, requests) in sorted(weights.items(), key=lambda one: -one[1][0])[:12]:
            print(f"{size:>9,} bytes {requests:>3} requests  {path}")
        browser.close()


if __name__ == "__main__":
    main()
