"""The accessibility rules of axe-core, on a page as the browser shows it: light, dark, in forced colours."""

from collections.abc import Sequence

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")
SCHEMES = ("light", "dark")


def faults(page: Page, *more: str, without: Sequence[str] = ()) -> str:
    """What breaks a rule of WCAG 2.0 A to 2.2 AA or of the sets in `more`, told for a person; empty: nothing does.

    axe is asked for its violations alone: the list of all it found right is a hundred times as long.
    """
    rules = {rule: {"enabled": False} for rule in without}
    found = Axe().run(page, options={"runOnly": [*WCAG, *more], "resultTypes": ["violations"], "rules": rules})
    return f"{page.url}: {found.generate_report()}" if found.violations_count else ""


def faults_by_day_and_night(page: Page, *more: str) -> str:
    """The same in both colour schemes, and in the few colours of a reader who has forced them."""
    told = ""
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme)
        told += faults(page, *more)
    page.emulate_media(color_scheme="light", forced_colors="active")
    told += faults(page, *more)
    page.emulate_media(forced_colors="none")
    return told
