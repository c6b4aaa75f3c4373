"""Whatever form a figure is taken in, it is the same figure: CSV, JSON, workbook, interface and page, key by key."""

import csv
import io
import json
import re
from datetime import datetime, timezone
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client
from openpyxl import load_workbook

from metrics.models import PublishedCell
from tests.reading import tables

pytestmark = pytest.mark.django_db

Key = tuple[str, str, str, str]
KEY = ("indicator", "place", "group", "year")
NUMBERS = ("value", "numerator", "denominator", "status")
HARTFORD = "0640011"


def said(row: dict[str, Any]) -> tuple[Any, ...]:
    """Value, counts and status; nothing is the empty text. A number is the number it is: 72.70 is 72.7."""
    value, *rest = ("" if row[name] is None else str(row[name]) for name in NUMBERS)
    return Decimal(value) if value else "", *rest


def from_csv(path: str) -> dict[Key, tuple[Any, ...]]:
    text = Client().get(path).getvalue().decode("utf-8-sig")
    return {tuple(row[name] for name in KEY): said(row) for row in csv.DictReader(io.StringIO(text))}  # type: ignore[misc]


def from_json(path: str) -> dict[Key, tuple[Any, ...]]:
    found = json.loads(Client().get(path).getvalue(), parse_float=str)  # the digits as they are written
    return {tuple(str(row[name]) for name in KEY): said(row) for row in found["figures"]}  # type: ignore[misc]


def from_workbook(path: str) -> dict[Key, tuple[Any, ...]]:
    book = load_workbook(io.BytesIO(Client().get(path).getvalue()), read_only=True)
    head, *rows = book["Figures"].iter_rows(values_only=True)
    named = [dict(zip(head, row, strict=True)) for row in rows]
    return {tuple(str(row[name]) for name in KEY): said(row) for row in named}  # type: ignore[misc]


def from_api(path: str) -> dict[Key, tuple[Any, ...]]:
    found: dict[Key, tuple[Any, ...]] = {}
    answer = {"next": path}
    while answer["next"]:
        answer = json.loads(Client().get(answer["next"]).content, parse_float=str)
        found |= {tuple(str(row[name]) for name in KEY): said(row) for row in answer["results"]}  # type: ignore[misc]
    return found


@pytest.fixture(scope="module")
def file(django_db_setup: None, django_db_blocker: Any) -> dict[Key, tuple[Any, ...]]:
    with django_db_blocker.unblock():
        return from_csv("/data/figures.csv")


def test_the_file_has_every_key_there_is(file):
    assert len(file) == PublishedCell.objects.count() > 3500


def test_json_says_the_same_for_every_key(file):
    assert from_json("/data/figures.json") == file


def test_the_workbook_says_the_same_for_every_key(file):
    assert from_workbook("/data/figures.xlsx") == file


def test_the_interface_says_the_same_for_every_key(file):
    assert from_api("/api/figures/?page_size=1000") == file


def test_the_pages_of_the_indicators_say_the_same_for_every_key_of_ours(file):
    """Every figure of Hartford and of Connecticut, all groups, stands in the table of its indicator's page."""
    checked = 0
    for slug in sorted({key[0] for key in file}):
        groups = sorted({key[2] for key in file if key[0] == slug and key[1] == HARTFORD})
        for group in groups:
            path = f"/indicators/{slug}/?place={HARTFORD}&group={group}"
            head, *rows = next(t for t in tables(Client().get(path).content.decode()) if len(t[0]) == 2)
            assert head[0] in ("Class of", "School year", "Report of")
            for year, shown in rows:
                number = year if "–" not in year else str(int(year[:4]) + 1)
                value = file[slug, HARTFORD, group, number][0]
                assert (not re.match(r"[\d−]", shown)) if value == "" else Decimal(shown.replace(",", "")) == value, (
                    path
                )
                checked += 1
    assert checked == sum(key[1] == HARTFORD for key in file)


def test_what_is_withheld_holds_no_number_in_any_form(file):
    withheld = [key for key, row in file.items() if row[3] == "suppressed"]
    assert len(withheld) > 100
    for found in (from_json("/data/figures.json"), from_workbook("/data/figures.xlsx")):
        assert {found[key][:3] for key in withheld} == {("", "", "")}


def test_a_workbook_of_a_release_is_always_the_same_bytes(monkeypatch):
    first = Client().get("/data/figures.xlsx?place=0640011").getvalue()
    later = SimpleNamespace(now=lambda tz: datetime(2031, 5, 6, 7, 8, 9, tzinfo=tz))
    monkeypatch.setattr("openpyxl.writer.excel.datetime", SimpleNamespace(datetime=later, timezone=timezone))
    monkeypatch.setattr("zipfile.time.time", lambda: 1_900_000_000)
    assert Client().get("/data/figures.xlsx?place=0640011").getvalue() == first
