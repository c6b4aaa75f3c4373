"""The style sheet we serve for plotly.js is, rule by rule, the one it would inject; and with it plotly injects none."""

from pathlib import Path

import pytest
from django.conf import settings as house
from django.contrib.staticfiles import finders
from playwright.sync_api import Page
from pytest_django import Settings

from allin.assets import NAME, plotly_bundle

READ_RULES = "id => Array.from(document.getElementById(id).sheet.cssRules, rule => rule.cssText)"
STYLE_ID = "plotly.js-style-global"


@pytest.fixture
def style_sheet() -> str:
    path = Path(house.STATE_DIR) / "assets" / "vendor" / "plotly.css"
    assert path.is_file(), "var/assets is not there; make assets makes it"
    return path.read_text(encoding="utf-8")


@pytest.mark.look
def test_rules_are_those_that_plotly_injects(browser_page: Page, style_sheet: str) -> None:
    browser_page.set_content("<!doctype html><title>Without our style sheet</title>")
    browser_page.add_script_tag(path=plotly_bundle())
    injected = browser_page.evaluate(READ_RULES, STYLE_ID)

    browser_page.set_content("<!doctype html><title>With our style sheet</title>")
    browser_page.evaluate(
        "text => { const style = document.createElement('style'); style.id = 'ours'; style.textContent = text;"
        " document.head.append(style) }",
        style_sheet,
    )
    ours = browser_page.evaluate(READ_RULES, "ours")

    assert len(injected) > 50
    assert ours == injected


@pytest.mark.look
def test_plotly_injects_nothing_where_the_link_stands(browser_page: Page) -> None:
    browser_page.set_content(
        "<!doctype html><title>With our link</title>"
        f'<link rel="stylesheet" id="{STYLE_ID}" class="no-inline-styles" href="data:text/css,">'
    )
    browser_page.add_script_tag(path=plotly_bundle())
    assert browser_page.evaluate("typeof Plotly") == "object"
    assert browser_page.evaluate(f"document.querySelectorAll('style[id=\"{STYLE_ID}\"]').length") == 0


def test_the_small_bundle_is_taken_where_npm_has_put_it(settings: Settings, tmp_path: Path) -> None:
    assert finders.find(NAME) == str(plotly_bundle())
    assert plotly_bundle().parent.name in ("package_data", "plotly.js-basic-dist-min")
    settings.BASE_DIR = tmp_path
    assert plotly_bundle().parent.name == "package_data"
    small = tmp_path / "node_modules" / "plotly.js-basic-dist-min" / "plotly-basic.min.js"
    small.parent.mkdir(parents=True)
    small.touch()
    assert finders.find(NAME) == str(small)
