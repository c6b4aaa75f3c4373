"""And in every chart, key by key: what plotly.js gets, where each mark of a drawing stands, and what is read out."""

import json
import re
from collections import defaultdict
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from django.test import Client

from tests.opendata.test_one_value import Key, from_csv

pytestmark = [pytest.mark.django_db, pytest.mark.read]

SVG = "{http://www.w3.org/2000/svg}"
#: A drawing is printed to hundredths of a px; a mark may lie half of one beside its value.
PX = 0.011
Values = dict[int, Decimal | None]


def series() -> dict[tuple[str, str, str], Values]:
    """Every series of the open file: its values by year, None where there is no number."""
    found: dict[tuple[str, str, str], Values] = defaultdict(dict)
    for (indicator, place, group, year), row in from_csv("/data/figures.csv").items():
        found[indicator, place, group][int(year)] = row[0] if row[0] != "" else None
    return found


def address(key: tuple[str, str, str], file: str) -> str:
    indicator, place, group = key
    return f"/indicators/{indicator}/{file}?place={place}&group={group}"


def of_plotly(key: tuple[str, str, str]) -> Values:
    """What stands in the chart to explore: the solid trace and the dotted one of what is derived."""
    found: Values = {}
    for trace in json.loads(Client().get(address(key, "figure.json")).content, parse_float=str)["data"]:
        if trace["mode"] != "lines+markers":
            continue  # the target
        for year, value in zip(trace["x"], trace["y"], strict=True):
            found[year] = Decimal(value) if value is not None else found.get(year)
    return found


class Drawn:
    """A drawing, read with a ruler: the scale from two of its gridlines, the years from its marks."""

    def __init__(self, key: tuple[str, str, str]) -> None:
        answer = Client().get(address(key, "chart.svg"))
        self.is_there = answer.status_code == 200
        if not self.is_there:
            return
        root = ElementTree.fromstring(answer.content)
        self.said = root.findtext(f"{SVG}desc") or ""
        grid = sorted({float(line.get("y1", "")) for line in root.iter(f"{SVG}line") if line.get("class") == "grid"})
        labels = [text for text in root.iter(f"{SVG}text") if text.get("text-anchor") == "end"]
        numbers = sorted((number("".join(label.itertext())) for label in labels), reverse=True)
        self.top, self.bottom = (grid[0], numbers[0]), (grid[-1], numbers[-1])
        self.marks = sorted(
            (float(dot.get("cx", "")), float(dot.get("cy", "")))
            for dot in root.iter(f"{SVG}circle")
            if re.match(r"pt|dot", dot.get("class", ""))
        )
        plot = root.find(f"{SVG}g")
        texts = () if plot is None else plot.iter(f"{SVG}text")
        self.labels = ["".join(text.itertext()) for text in texts]

    def y(self, value: Decimal) -> float:
        (high, top), (low, bottom) = self.top, self.bottom
        return high + (low - high) * float(top - value) / float(top - bottom)


def number(label: str) -> Decimal:
    return Decimal(re.sub(r"[^\d.\-]", "", label.replace("−", "-")))


def numbers_read_out(words: str) -> set[Decimal]:
    return {Decimal(one.replace(",", "")) for one in re.findall(r"−?\d[\d,]*(?:\.\d+)?", words.replace("−", "-"))}


def test_every_chart_shows_what_the_file_says_for_every_key():
    checked, every = 0, series()
    for key, values in every.items():
        known = {year: value for year, value in values.items() if value is not None}
        plotly = of_plotly(key)
        assert {year: value for year, value in plotly.items() if value is not None} == known, key
        assert all(plotly[year] is None for year in values if year not in known and year in plotly), key
        drawn = Drawn(key)
        assert drawn.is_there == bool(known), key
        if known:
            assert len(drawn.marks) == len(known), key
            for (_x, y), (year, value) in zip(drawn.marks, sorted(known.items()), strict=True):
                assert abs(drawn.y(value) - y) <= PX, (key, year)
            last, first = known[max(known)], known[min(known)]
            assert any(number(label) == last for label in drawn.labels if re.search(r"\d", label)), key
            assert {first, last} <= numbers_read_out(drawn.said), (key, drawn.said)
        checked += len(values)
    assert checked == sum(map(len, every.values())) > 3500


def test_a_withheld_figure_has_no_number_in_any_chart():
    hidden: list[Key] = [key for key, row in from_csv("/data/figures.csv").items() if row[3] == "suppressed"]
    for indicator, place, group, year in hidden[:: max(1, len(hidden) // 40)]:
        assert of_plotly((indicator, place, group)).get(int(year)) is None
