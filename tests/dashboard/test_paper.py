"""What the style sheets promise of paper: nothing stays folded, nothing looks as if it could be opened, no empty pages.

How it looks is seen in a PDF; here stands what has to stay in the sheets for it.
"""

import re
from pathlib import Path

import pytest

STYLES = Path(__file__).resolve().parents[2] / "static" / "css"
SHEETS = ("coalition", "teams")


def on_paper(sheet: str) -> str:
    """The rules of a sheet for print alone."""
    return (STYLES / f"{sheet}.css").read_text("utf-8").partition("\n@media print{\n")[2]


def hidden(css: str) -> set[str]:
    return {one for group in re.findall(r"([^{}]+)\{display:none\}", css) for one in group.strip().split(",")}


@pytest.mark.parametrize("sheet", SHEETS)
def test_what_is_open_on_paper_has_no_toggle(sheet):
    assert "details>summary{text-decoration:none;" in on_paper(sheet)
    assert "summary::before{content:none}" in on_paper(sheet)


def test_the_numbers_of_a_team_stand_under_its_chart_and_may_run_on():
    assert ".nums>summary" in hidden(on_paper("teams"))
    assert ".nums .num{break-inside:auto}" in on_paper("teams")


@pytest.mark.parametrize(("sheet", "list_"), [("coalition", ".sec"), ("coalition", ".lines"), ("teams", ".way")])
def test_a_heading_alone_in_its_cell_holds_no_list_together(sheet, list_):
    rule = next(rule for rule in on_paper(sheet).split("}") if rule.endswith("{break-after:auto"))
    assert f"{list_} h3" in rule


def test_the_columns_of_the_ledger_are_spelled_out_wherever_their_heads_are_bare():
    sheet = (STYLES / "coalition.css").read_text("utf-8")
    assert "@media screen and (min-width:62rem){.heads{display:none}}" in sheet
    assert "@media print,(max-width:61.99rem){.grid9 .gh small{position:absolute;" in sheet
    assert ".heads" not in hidden(on_paper("coalition"))
