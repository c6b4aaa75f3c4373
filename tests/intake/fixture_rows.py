"""The rows of the fixtures, read with nothing but the standard library, for the tests beside this file."""

import csv
import json
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "fixtures" / "figures"
DEFINITIONS = ROOT / "fixtures" / "definitions"
SOURCES = ROOT.parent / "shared" / "data"

HEADER = ["indicator", "place", "group", "period", "value", "numerator", "denominator", "status", "source", "note"]
HARTFORD, STATE, REST = "0640011", "00000CT", "00000CT-0640011"
ALL = "all-students"
WITH_VALUE = {"final", "provisional", "derived"}
WITHOUT_VALUE = {"suppressed", "not_yet_available", "not_applicable"}
#: The state prints 88.3 for its class of 2018; its own counts give 88.36. Kept as printed.
PRINTED_AGAINST_COUNTS = {("graduation-4yr", STATE, ALL, "2018")}
#: Printed by a publisher, not in the fixtures: its district has no code in any file seen.
WITHOUT_CODE = {("Regional School District 20", "2025")}
#: Its code stands in the attendance file only.
GOODWIN = ("Goodwin University Educational Services (GUES)", "2310018")

Key = tuple[str, str, str, str]


class Figure(NamedTuple):
    value: str = ""
    numerator: str = ""
    denominator: str = ""
    status: str = "final"


def read(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


@cache
def rows() -> list[dict[str, str]]:
    return [row for path in sorted(FIGURES.glob("*.csv")) for row in read(path)]


def key(row: dict[str, str]) -> Key:
    return row["indicator"], row["place"], row["group"], row["period"]


@cache
def figures() -> dict[Key, Figure]:
    return {key(r): Figure(r["value"], r["numerator"], r["denominator"], r["status"]) for r in rows()}


@cache
def defined(model: str) -> list[dict[str, Any]]:
    objects = [entry for path in sorted(DEFINITIONS.glob("*.json")) for entry in json.loads(path.read_text("utf-8"))]
    return [entry["fields"] for entry in objects if entry["model"] == f"metrics.{model}"]


def known(model: str, field: str = "slug") -> set[str]:
    return {fields[field] for fields in defined(model)}


def rate(numerator: int, denominator: int) -> str:
    return str((Decimal(numerator) * 100 / denominator).quantize(Decimal("0.1"), ROUND_HALF_UP))
