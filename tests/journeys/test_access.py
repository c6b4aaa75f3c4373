"""The five main tasks of a visitor, by keyboard alone and without scripts; pages pulled apart, printed, enlarged."""

import re
from collections.abc import Callable
from itertools import pairwise

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.accessibility import faults
from tests.journeys.site import Site

pytestmark = pytest.mark.look

#: Follows a link, or presses a button, by its words; writes into a field, or ticks a box, by its label.
Follow = Callable[[str], None]

#: Steps until something that is looked for has to have had the focus.
PATIENCE = 160
#: Where the focus is, what it is called, whether it can be seen, and whether something lies over it.
FOCUSED = """() => {
  const one = document.activeElement, box = one.getBoundingClientRect(), style = getComputedStyle(one);
  const label = one.labels?.length ? one.labels[0].textContent : one.getAttribute("aria-label");
  const name = label || one.textContent || one.value;
  const over = document.elementFromPoint(box.left + Math.min(box.width, 20) / 2, box.top + box.height / 2);
  return {
    tag: one.tagName, name: (name || "").replace(/\\s+/g, " ").trim(),
    ringed: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight,
    covered: over !== null && over !== one && !one.contains(over) && !over.contains(one),
  };
}"""


class Keyboard:
    """A visitor who has no mouse: Tab until it is there, then Enter or Space."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def reach(self, name: str) -> None:
        for _step in range(PATIENCE):
            self.page.keyboard.press("Tab")
            now = self.page.evaluate(FOCUSED)
            if now["tag"] == "BODY":
                continue  # the end of the page; the next step begins at its top again
            assert now["ringed"], f"the focus cannot be seen on {now}"
            assert now["seen"], f"the focus is outside the window on {now}"
            assert not now["covered"], f"something lies over {now}"
            if re.fullmatch(name, now["name"]):
                return
        pytest.fail(f"{name} is not reached by Tab on {self.page.url}")

    def follow(self, name: str) -> None:
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def tick(self, name: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Space")

    def write(self, name: str, text: str) -> None:
        self.reach(name)
        self.page.keyboard.type(text)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def open(self, name: str) -> None:
        self.reach(name)
        self.page.keyboard.press("Enter")


class Pointer:
    """A visitor with a mouse, whose browser runs no scripts."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def follow(self, name: str) -> None:
        self.page.locator("a, button", has_text=re.compile(f"^\\s*{name}\\s*$")).locator("visible=true").first.click()

    def tick(self, name: str) -> None:
        self.page.get_by_label(re.compile(f"^\\s*{name}\\s*$")).check()

    def write(self, name: str, text: str) -> None:
        field = self.page.get_by_label(re.compile(f"^\\s*{name}\\s*$"))
        field.fill(text)
        field.press("Enter")

    def open(self, name: str) -> None:
        self.page.locator("summary", has_text=re.compile(name)).first.click()


Visitor = Keyboard | Pointer


def a_parent_asks_whether_the_promise_was_kept_and_for_whom_not(visitor: Visitor, page: Page) -> None:
    visitor.follow("High school graduation")
    expect(page.get_by_role("main")).to_contain_text("9.7 points short")
    visitor.follow("Groups")
    expect(page).to_have_url(re.compile("#groups$"))
    expect(page.locator("#groups")).to_contain_text("English Learners")


def a_reporter_follows_a_number_to_its_source(visitor: Visitor, page: Page) -> None:
    visitor.follow("High school graduation")
    visitor.follow("2014")
    expect(page).to_have_url(re.compile("/figures/graduation-4yr/0640011/all-students/2014/$"))
    expect(page.get_by_role("main")).to_contain_text("980")
    expect(page.get_by_role("main")).to_contain_text("EdSight")


def a_researcher_compares_groups_and_takes_the_figures(visitor: Visitor, page: Page) -> None:
    visitor.follow("Indicators")
    visitor.follow("Chronic absence")
    visitor.open("Groups of students")
    visitor.tick("White")
    visitor.follow("Show")
    expect(page).to_have_url(re.compile("group=white"))
    expect(page.locator("#numbers table")).to_contain_text("White")
    expect(page.get_by_role("link", name="CSV", exact=True).first).to_have_attribute("href", re.compile("group=white"))


def a_neighbor_reads_in_spanish(visitor: Visitor, page: Page) -> None:
    visitor.follow("Español")
    expect(page.locator("html")).to_have_attribute("lang", "es")
    visitor.follow("Graduación de escuela secundaria")
    expect(page.get_by_role("heading", level=1)).to_have_text("Graduación de escuela secundaria")


def a_funder_searches_for_a_member(visitor: Visitor, page: Page) -> None:
    visitor.follow("Search")
    visitor.write("Goals, indicators, organizations, teams, stories, terms", "lincoln")
    visitor.follow("Lincoln Financial Foundation")
    expect(page.get_by_role("heading", level=1)).to_have_text("Lincoln Financial Foundation")


TASKS = [
    a_parent_asks_whether_the_promise_was_kept_and_for_whom_not,
    a_reporter_follows_a_number_to_its_source,
    a_researcher_compares_groups_and_takes_the_figures,
    a_neighbor_reads_in_spanish,
    a_funder_searches_for_a_member,
]


@pytest.mark.parametrize("task", TASKS)
def test_by_keyboard_alone(browser_page: Page, site: Site, task: Callable[[Visitor, Page], None]) -> None:
    browser_page.emulate_media(reduced_motion="reduce")  # or a long page glides to the focus while it is looked for
    browser_page.goto(site.url)
    task(Keyboard(browser_page), browser_page)


@pytest.mark.parametrize("task", TASKS)
def test_without_scripts(browser: Browser, site: Site, task: Callable[[Visitor, Page], None]) -> None:
    context = browser.new_context(java_script_enabled=False, viewport={"width": 1280, "height": 900})
    page = context.new_page()
    page.goto(site.url)
    task(Pointer(page), page)
    context.close()


LOOKED_AT = ["/", "/goals/graduation/", "/indicators/graduation-4yr/", "/pipeline/", "/methods/", "/es/gaps/", "/join/"]

#: What readers may set, by WCAG 1.4.12, without losing anything.
APART = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important }"""
#: Words that their own box cuts off.
CUT = """() => [...document.querySelectorAll("main *")].filter((one) => {
  const style = getComputedStyle(one);
  const hides = ["hidden", "clip"].includes(style.overflowX) || ["hidden", "clip"].includes(style.overflowY);
  const isRead = one.textContent.trim() && style.position !== "absolute" && !one.closest("svg");
  return hides && isRead && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.outerHTML.slice(0, 120))"""


@pytest.mark.parametrize("path", LOOKED_AT)
@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_is_lost_when_letters_and_lines_are_set_apart(
    browser: Browser, site: Site, path: str, width: int
) -> None:
    context = browser.new_context(viewport={"width": width, "height": 900}, bypass_csp=True)
    page = context.new_page()
    page.goto(site.url + path)
    page.add_style_tag(content=APART)
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    assert page.evaluate(CUT) == []
    context.close()


@pytest.mark.parametrize("path", [*LOOKED_AT, "/report-card/", "/embed/enrollment/", "/glossary/"])
def test_axe_finds_no_fault_in_print(browser: Browser, site: Site, path: str) -> None:
    context = browser.new_context(viewport={"width": 1000, "height": 1400}, bypass_csp=True)
    page = context.new_page()
    page.goto(site.url + path)
    page.emulate_media(media="print")
    found = faults(page, "best-practice", without=("target-size",))  # nobody taps on paper
    context.close()
    assert not found


@pytest.mark.parametrize("path", LOOKED_AT)
def test_on_paper_there_is_no_menu_no_form_and_nothing_beside_the_sheet(
    browser_page: Page, site: Site, path: str
) -> None:
    browser_page.set_viewport_size({"width": 720, "height": 1000})  # the width of a Letter page between its margins
    browser_page.goto(site.url + path)
    browser_page.emulate_media(media="print")
    assert browser_page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    for part in ("nav", "form", "button", ".skip"):
        assert browser_page.locator(f"{part}:visible").count() == 0 or path == "/join/", part


LEVELS = "[...document.querySelectorAll('h1,h2,h3,h4,h5,h6')].map((one) => +one.tagName[1])"


def test_whoever_wants_no_motion_gets_none(browser: Browser, site: Site) -> None:
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{site.url}/goals/graduation/")
    moving = page.evaluate("document.getAnimations().length")
    context.close()
    assert moving == 0


def test_the_outline_read_aloud_has_one_title_and_skips_no_level(browser_page: Page, site: Site) -> None:
    for path in [*LOOKED_AT, "/coalition/", "/compact/ledger/", "/updates/", "/data/"]:
        browser_page.goto(site.url + path)
        levels = browser_page.evaluate(LEVELS)
        assert levels[0] == 1, path
        assert levels.count(1) == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)
