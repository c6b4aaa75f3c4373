"""A visitor's way through the board, in a real browser, against the real server."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import faults_by_day_and_night
from tests.journeys.site import Site

IN_BOTH_LANGUAGES = [
    "/",
    "/goals/graduation/",
    "/goals/enrollment/",
    "/goals/completion/",
    "/how-to-read/",
    "/data/",
    "/report-card/",
    "/gaps/",
    "/indicators/",
    "/indicators/graduation-4yr/?place=0640011&place=0620011&group=all-students&group=white",
    "/indicators/spending-per-pupil/",
    "/methods/",
    "/pipeline/",
    "/glossary/",
    "/accessibility/",
    "/search/?q=college",
    "/embed/enrollment/",
    "/coalition/",
    "/coalition/lincoln-financial-foundation/",
    "/compact/",
    "/compact/ledger/",
    "/action-teams/",
    "/action-teams/reduce-summer-melt/",
    "/contributions/",
    "/programs/",
    "/join/",
    "/privacy/",
    "/updates/",
    "/updates/corrections/",
    "/history/?on=2019-03-01",
    "/figures/graduation-4yr/0640011/all-students/2025/",
]
PAGES = [
    *IN_BOTH_LANGUAGES,
    *(f"/es{path}" for path in IN_BOTH_LANGUAGES),
    "/releases/1/",
    "/releases/1/changes/?indicator=completion-6yr-nsc",
    "/releases/1/es/changes/?indicator=completion-6yr-nsc",
]


def test_a_visitor_reads_the_verdict_follows_it_and_finds_the_source(browser_page: Page, site: Site) -> None:
    page = browser_page
    page.goto(site.url)
    expect(page.get_by_role("heading", level=1)).to_have_text("Are we there? Not yet.")
    page.get_by_role("link", name="High school graduation").first.click()
    expect(page).to_have_url(f"{site.url}/goals/graduation/")
    expect(page.get_by_role("main")).to_contain_text("9.7 points short")
    page.get_by_role("link", name="Method and source").click()
    expect(page.get_by_role("main")).to_contain_text("(85.3 − 71.5) ÷ (95 − 71.5)")
    expect(page.get_by_role("link", name="EdSight").first).to_have_attribute("href", re.compile("^https?://"))


@pytest.mark.look
@pytest.mark.parametrize("path", PAGES)
def test_everything_is_there_without_javascript(browser: Browser, site: Site, path: str) -> None:
    words = []
    for enabled in (True, False):
        context = browser.new_context(java_script_enabled=enabled)
        page = context.new_page()
        page.goto(site.url + path)
        words.append(page.locator("main").text_content())
        context.close()
    assert words[0] == words[1]


@pytest.mark.look
@pytest.mark.parametrize("path", [*PAGES, "/nowhere/", "/es/nowhere/"])
@pytest.mark.parametrize("width", [320, 1280])
def test_axe_finds_no_fault(browser: Browser, site: Site, path: str, width: int) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(site.url + path)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = faults_by_day_and_night(page, "best-practice")
    context.close()
    assert not found


@pytest.mark.look
@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_nothing_runs_out_of_the_page_sideways(browser_page: Page, site: Site, path: str, width: int) -> None:
    browser_page.set_viewport_size({"width": width, "height": 900})
    browser_page.goto(site.url + path)
    assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0


@pytest.mark.look
def test_the_chart_can_be_explored_by_keyboard_and_put_back(browser_page: Page, site: Site) -> None:
    page = browser_page
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(request.url))
    page.goto(f"{site.url}/goals/graduation/")
    assert not any("plotly" in url for url in loaded), "the chart library waits until it is asked for"
    page.get_by_role("button", name="Explore this chart").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".js-plotly-plot")).to_be_visible(timeout=30_000)
    page.get_by_role("button", name="Back to the simple chart").click()
    expect(page.locator(".js-plotly-plot")).to_have_count(0)
    expect(page.get_by_role("button", name="Explore this chart")).to_be_visible()


@pytest.mark.look
@pytest.mark.parametrize("path", ["/report-card/", "/es/report-card/"])
@pytest.mark.parametrize("paper", ["Letter", "A4"])
def test_the_report_card_is_one_sheet_of_paper(browser_page: Page, site: Site, path: str, paper: str) -> None:
    browser_page.goto(site.url + path)
    assert len(re.findall(rb"/Type\s*/Page\b", browser_page.pdf(format=paper))) == 1


def test_the_first_tab_skips_to_the_content(browser_page: Page, site: Site) -> None:
    browser_page.goto(site.url)
    browser_page.keyboard.press("Tab")
    skip = browser_page.locator(":focus")
    expect(skip).to_have_text("Skip to main content")
    expect(skip).to_be_in_viewport()
    browser_page.keyboard.press("Enter")
    assert browser_page.evaluate("document.activeElement.id") == "main"


def test_a_visitor_gets_no_cookie(browser: Browser, site: Site) -> None:
    context = browser.new_context()
    page = context.new_page()
    for path in PAGES:
        page.goto(site.url + path)
    assert context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0
    context.close()


def test_the_first_visit_stays_small(browser: Browser, site: Site) -> None:
    """Home with a cold cache, fonts included: at most 70 KB over the wire in at most 8 requests."""
    context = browser.new_context()
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    sizes: list[float] = []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    page.goto(site.url, wait_until="networkidle")
    context.close()
    assert len(sizes) <= 8
    assert sum(sizes) <= 70_000
