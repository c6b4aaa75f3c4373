"""Figures for plotly.js: they say what the static charts say, and nothing leaves the page."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from time import monotonic
from typing import Any

import plotly.graph_objects as go
import pytest
from django.conf import settings
from playwright.sync_api import Page, Route

from allin.assets import plotly_bundle
from allin.headers import POLICY
from dashboard.charts import figures, svg, theme
from dashboard.charts.figures import FigureWords, Line

D = Decimal
WORDS = FigureWords(
    title="Enrollment, 2014 to 2025",
    years="Class of",
    values="Percent",
    path="required path",
    target="target 70%",
    estimated="estimated",
)
POINTS = (
    svg.PlotPoint(2014, D(59)),
    svg.PlotPoint(2015, D(61)),
    svg.PlotPoint(2016, None, svg.WITHHELD),
    svg.PlotPoint(2018, D(60)),
    svg.PlotPoint(2019, D(62), svg.ESTIMATED),
)


def trajectory() -> figures.Figure:
    return figures.trajectory(
        lines=(Line(name="Hartford", points=POINTS, main=True),), start=D(61), start_year=2015, target=D(70),
        target_year=2025, floor=D(30), ceiling=D(80), words=WORDS,
    )  # fmt: skip


def test_plotly_knows_every_word() -> None:
    figure = trajectory()
    go.Figure(data=figure["data"], layout=figure["layout"])
    assert json.loads(json.dumps(figure, allow_nan=False)) == figure


def test_reported_is_solid_promised_dashed_the_target_a_ring() -> None:
    solid, dotted, path, ring = trajectory()["data"]
    assert (solid["line"]["dash"], dotted["line"]["dash"], path["line"]["dash"]) == ("solid", "dot", "dash")
    assert (path["x"], path["y"]) == ([2015, 2025], [61.0, 70.0])
    assert (ring["x"], ring["y"], ring["marker"]["symbol"]) == ([2025], [70.0], "circle-open")


def test_silent_years_are_holes() -> None:
    solid, dotted, *_ = trajectory()["data"]
    assert solid["x"] == [2014, 2015, 2016, 2017, 2018, 2019]
    assert solid["y"] == [59.0, 61.0, None, None, 60.0, None]
    assert dotted["y"] == [None, None, None, None, 60.0, 62.0]
    assert not solid["connectgaps"]


def test_withheld_years_are_framed_and_say_so_and_silent_ones_are_not_called_withheld() -> None:
    figure = figures.trajectory(
        lines=(Line(name="Hartford", points=(*POINTS, svg.PlotPoint(2020, None, svg.WITHHELD)), main=True),),
        start=D(61), start_year=2015, target=D(70), target_year=2025, floor=D(30), ceiling=D(80),
        words=replace(WORDS, withheld="withheld to protect", unreported="not yet reported"),
    )  # fmt: skip
    frames = [(shape["x0"], shape["x1"]) for shape in figure["layout"]["shapes"]]
    assert frames == [(2015.5, 2016.5), (2019.5, 2020.5), (2020.5, 2025)]
    said = [note["text"] for note in figure["layout"]["annotations"]]
    assert said == ["withheld to protect", "withheld to protect", "not yet reported"]


def test_lines_differ_in_their_markers() -> None:
    lines = tuple(Line(name=f"Place {name}", points=POINTS) for name in "ABC")
    figure = figures.trajectory(
        lines=lines, start=None, start_year=None, target=None, target_year=None, floor=D(30), ceiling=D(80), words=WORDS
    )
    solid = [trace["marker"]["symbol"] for trace in figure["data"] if trace["line"]["dash"] == "solid"]
    assert len(set(solid)) == len(solid) == 3


def test_nothing_is_sent_anywhere() -> None:
    config = trajectory()["config"]
    assert config["displaylogo"] is False
    assert config["showSendToCloud"] is False
    assert config["plotlyServerURL"] == ""


def test_charts_are_drawn_without_plotly() -> None:
    code = (
        "import sys, dashboard.charts.figures, dashboard.charts.svg;"
        "sys.exit('plotly' in sys.modules or 'django' in sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=settings.BASE_DIR)


def test_the_script_knows_the_light_palette() -> None:
    script = (Path(settings.BASE_DIR) / "static/js/explore.js").read_text()
    tokens = json.loads(re.search(r"const TOKENS = (\[.*?\]);", script)[1])  # type: ignore[index]
    colours = json.loads(re.search(r"const LIGHT = (\[.*?\]);", script)[1])  # type: ignore[index]
    assert dict(zip(tokens, colours, strict=True)) == dict(theme.LIGHT)


# --- In the browser, under the policy of the public pages -------------------------------------------------------------

PAGE = """<!doctype html><html lang="en"><title>x</title><meta charset="utf-8">
<link rel="stylesheet" href="/base.css"><link rel="stylesheet" href="/charts.css">
<main><figure data-plotly-src="/plotly.min.js" data-plotly-css="/plotly.css" data-figure-src="/figure.json">
<div class="c-in"><svg class="c" width="100%" height="10em"></svg></div>
<button type="button" data-explore hidden>Explore this chart</button></figure></main>
<script type="module" src="/explore.js"></script></html>"""
KINDS = {".js": "text/javascript", ".css": "text/css", ".json": "application/json"}


@pytest.fixture
def explorable(browser_page: Page) -> Page:
    root = Path(settings.BASE_DIR)
    styles = Path(settings.STATE_DIR) / "assets" / "vendor" / "plotly.css"
    bodies: dict[str, Any] = {
        "/": PAGE,
        "/favicon.ico": "",
        "/base.css": (root / "static/css/base.css").read_text(),
        "/charts.css": (root / "static/css/charts.css").read_text(),
        "/explore.js": (root / "static/js/explore.js").read_text(),
        "/plotly.css": styles.read_text(),
        "/plotly.min.js": plotly_bundle().read_text(encoding="utf-8"),
        "/figure.json": json.dumps(trajectory()),
    }

    def answer(route: Route) -> None:
        path = route.request.url.removeprefix("http://localhost")
        if path not in bodies:
            route.fulfill(status=200, body="")
            return
        kind = KINDS.get(Path(path).suffix, "text/html")
        route.fulfill(
            body=bodies[path], content_type=f"{kind}; charset=utf-8", headers={"Content-Security-Policy": POLICY}
        )

    browser_page.route("**/*", answer)
    browser_page.goto("http://localhost/")
    return browser_page


@pytest.mark.look
def test_a_reader_explores_and_comes_back_by_keyboard(explorable: Page) -> None:
    assert not explorable.evaluate("'Plotly' in window")
    explorable.keyboard.press("Tab")
    explorable.keyboard.press("Enter")
    stage = explorable.locator(".explored")
    stage.locator(".main-svg").first.wait_for(timeout=30_000)
    assert stage.get_attribute("aria-label") == WORDS.title
    assert explorable.locator(".c-in").is_hidden()
    assert explorable.locator(".modebar-btn[data-title*='hare']").count() == 0
    assert explorable.evaluate("document.activeElement.className").startswith("explored")
    explorable.get_by_role("button", name="Back to the simple chart").click()
    assert stage.count() == 0
    assert explorable.locator(".c-in").is_visible()
    assert explorable.evaluate("document.activeElement.textContent") == "Explore this chart"


@pytest.mark.look
def test_the_chart_takes_the_colours_of_the_theme(explorable: Page) -> None:
    explorable.emulate_media(color_scheme="dark")
    explorable.get_by_role("button", name="Explore this chart").click()
    explorable.locator(".explored .main-svg").first.wait_for(timeout=30_000)
    ground = "document.querySelector('.explored').layout.paper_bgcolor"
    assert explorable.evaluate(ground) == theme.DARK["paper"]
    explorable.emulate_media(color_scheme="light")
    deadline = monotonic() + 10
    while explorable.evaluate(ground) not in (theme.LIGHT["paper"], "#fff"):
        assert monotonic() < deadline
        explorable.wait_for_timeout(50)


def test_a_failure_is_said_in_words(explorable: Page) -> None:
    explorable.route("**/figure.json", lambda route: route.fulfill(status=200, body="not json"))
    explorable.get_by_role("button", name="Explore this chart").click()
    explorable.get_by_text("could not be loaded").wait_for(timeout=30_000)
    assert explorable.get_by_role("button", name="Explore this chart").is_enabled()
    assert explorable.locator(".c-in").is_visible()


def test_years_that_nobody_reported_are_shaded_up_to_the_target() -> None:
    known = tuple(svg.PlotPoint(year, Decimal(60)) for year in (2015, 2016, 2018))
    figure = figures.trajectory(
        lines=[figures.Line(name="Hartford", points=known, main=True)],
        start=Decimal(61),
        start_year=2015,
        target=Decimal(70),
        target_year=2025,
        floor=Decimal(30),
        ceiling=Decimal(80),
        words=figures.FigureWords(title="Enrollment", unreported="2019–2025<br>not yet<br>reported"),
    )
    (shade,) = figure["layout"]["shapes"]
    assert (shade["x0"], shade["x1"]) == (2018.5, 2025)
    assert figure["layout"]["annotations"][0]["text"].startswith("2019–2025")
