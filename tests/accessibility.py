"""The accessibility rules of axe-core, on a page as the browser shows it; in light and dark, loaded once."""

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SCHEMES = ("light", "dark")


def faults(page: Page, *more: str) -> str:
    """What breaks a rule of WCAG 2.0 A to 2.2 AA or of the sets in `more`, told for a person; empty: nothing does.

    axe is asked for its violations alone: the list of all it found right is a hundred times as long.
    """
    found = Axe().run(page, options={"runOnly": [*WCAG, *more], "resultTypes": ["violations"]})
    return f"{page.url}: {found.generate_report()}" if found.violations_count else ""


def faults_by_day_and_night(page: Page, *more: str) -> str:
    """The same in both colour schemes."""
    told = ""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        told += faults(page, *more)
    return told
