"""A visitor goes back in time, in a real browser: the board as it stood, one figure for ever, the verdicts of a day."""

import re

from playwright.sync_api import Page, expect

from tests.journeys.site import Site

#: Whatever other journeys publish, release 1 is there and keeps its figures.
FIRST = "/releases/1/"


def test_a_visitor_walks_through_the_board_as_it_stood_and_comes_back_to_today(browser_page: Page, site: Site) -> None:
    page = browser_page
    banner = page.get_by_role("complementary", name="The board as it stood")
    page.goto(site.url + FIRST)
    expect(banner).to_contain_text("This is the board as release 1")
    page.get_by_role("link", name="High school graduation").first.click()
    expect(page).to_have_url(f"{site.url}{FIRST}goals/graduation/")
    expect(banner).to_be_visible()
    page.get_by_role("link", name="Coalition", exact=True).first.click()
    expect(page).to_have_url(f"{site.url}{FIRST}coalition/")
    page.get_by_role("link", name="Español").first.click()
    expect(page).to_have_url(f"{site.url}{FIRST}es/coalition/")
    expect(page.locator(".mounted")).to_be_visible()
    page.locator(".mounted").get_by_role("link").first.click()
    expect(page).to_have_url(f"{site.url}/es/coalition/")
    expect(page.locator(".mounted")).to_have_count(0)


def test_the_banner_is_on_paper_too(browser_page: Page, site: Site) -> None:
    browser_page.goto(f"{site.url}{FIRST}goals/graduation/")
    browser_page.emulate_media(media="print")
    expect(browser_page.get_by_role("complementary", name="The board as it stood")).to_be_visible()


def test_a_visitor_finds_the_permanent_page_of_a_figure_and_how_to_cite_it(browser_page: Page, site: Site) -> None:
    page = browser_page
    page.goto(f"{site.url}{FIRST}goals/graduation/")
    page.locator("#numbers").get_by_role("link", name="2025", exact=True).click()
    address = f"{FIRST}figures/graduation-4yr/0640011/all-students/2025/"
    expect(page).to_have_url(site.url + address)
    expect(page.get_by_role("main")).to_contain_text("class of 2025: 85.3%")
    expect(page.locator(".cite")).to_contain_text(address)


def test_a_visitor_asks_what_the_board_said_on_a_day(browser_page: Page, site: Site) -> None:
    page = browser_page
    page.goto(f"{site.url}/updates/")
    page.get_by_role("link", name="What the board said on any day").click()
    expect(page.get_by_role("main")).to_contain_text("A fact: on this day release")
    page.get_by_label("Day").fill("2016-06-01")
    page.get_by_role("button", name="Show").click()
    expect(page).to_have_url(re.compile(r"/history/\?on=2016-06-01$"))
    expect(page.get_by_role("heading", name="June 1, 2016")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("A reconstruction: this board did not exist yet.")


def test_a_visitor_reads_what_a_release_brought_measure_by_measure(browser_page: Page, site: Site) -> None:
    page = browser_page
    page.goto(f"{site.url}{FIRST}changes/")
    page.get_by_label("Measure").select_option("College degree within six years")
    page.get_by_role("button", name="Show").click()
    rows = page.get_by_role("table", name="Figures that this release changed").get_by_role("rowheader")
    expect(rows.first).to_contain_text("College degree within six years")
    assert rows.count() < 20
