"""The methods page: the rule, the sums of each goal, and the trap of two starts, in the board's own numbers."""

import re

import pytest
from django.test import Client

from metrics import published
from tests.reading import lines, tables

pytestmark = pytest.mark.django_db


def said(path: str = "/methods/") -> str:
    return " ".join(lines(Client().get(path).content.decode()))


def test_the_six_questions_stand_in_the_order_in_which_they_are_asked():
    page = Client().get("/methods/").content.decode()
    asked = re.findall(r"<h3>([^<]+\?)</h3>", page)
    assert asked == [
        "Is it the same measure?", "Is there a figure?", "Is the target year over?", "If not, is it fast enough?",
        "Is the change real?", "For whom?",
    ]  # fmt: skip
    assert "From 95% on the goal is on track, from 60% on it is behind" in said()
    assert "z of 1.96 or more either way" in said()


def test_behind_every_verdict_stand_its_sums():
    page = said()
    for numbers in ("95 − 85.3", "(85.3 − 71.5) ÷ (95 − 71.5)", "9.7 ÷ 100 × 1194", "1019/1194", "70 − 60", "50 − 25"):
        assert numbers in page


def test_the_trap_judges_one_figure_from_two_starts_by_five_methods():
    head, *rows = next(table for table in tables(Client().get("/methods/").content.decode()) if table[0][0] == "Method")
    assert head == ["Method", "From a start of 61%", "From a start of 50%"]
    assert [(row[1].partition("%")[0] + "%", row[2].partition("%")[0] + "%") for row in rows[:4]] == [
        ("Acceptable 86%", "Acceptable 86%"),
        ("Little or no change −11%", "Improving 50%"),
        ("Far behind or moving away −37%", "On track 167%"),
        ("Limited or negative progress −40%", "Substantial progress 183%"),
    ]
    assert rows[4][1].startswith("Worse −1.0 point")
    assert rows[4][2].startswith("Better +10.0 points")
    assert "Four of the five methods turn their answer around when only the start changes." in said()


def test_and_the_board_itself_says_due_of_one_start_and_not_comparable_of_the_other():
    page = said().partition("Four of the five methods")[2]
    assert "The Compact 2025 not yet reported. Last report: 60% for the class of 2018" in page
    assert "Launch announcement, as reported by NBC Connecticut Not comparable." in page


def test_a_rate_the_rest_of_the_state_and_a_gap_are_worked_out():
    page = said()
    assert "1019 ÷ 1194 × 100 85.343 The same, as it is printed ≈ k ÷ n × 100" in page
    assert "(36677 − 1019) ÷ (40178 − 1194) × 100 91.5%" in page  # 35658 of 38984 is 91.47
    assert "97.2 − 64.3 32.9 points" in page


def test_the_trap_is_the_goal_whose_starts_lie_furthest_apart():
    found = published.trap(published.board().goals)
    assert (found.goal.goal.slug, found.opposite, len(found.by_current)) == (
        "enrollment",
        4,
        5,
    )  # 11 points; the other 1


def test_two_queries_make_it(client, django_assert_num_queries):
    with django_assert_num_queries(2):  # the releases with their definitions · the cells
        client.get("/methods/")


def test_before_the_first_release_there_are_the_rules_and_no_numbers(monkeypatch):
    monkeypatch.setattr(
        "metrics.published.board", lambda at=None: published.Board(None, (), published.Definitions(), ())
    )
    page = said()
    assert "Is it the same measure?" in page
    assert "The trap" not in page
