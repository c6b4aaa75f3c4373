"""Recomputes where each goal stands, from goals.csv and figures.csv beside this file, with Python alone.

Every percentage is compared as published; percentages move in a straight line; nothing is rounded in between.
"""

import csv
import sys
from decimal import Decimal
from math import sqrt
from pathlib import Path


def table(name):
    with Path(__file__).with_name(name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def is_real(start, last, gained, way):
    """More than chance: |z| of two proportions is 1.96 or more; without counts, a tenth of the way was made."""
    counts = [int(row[key] or 0) for row in (start or {}, last) for key in ("numerator", "denominator") if row]
    if len(counts) < 4 or not counts[1] or not counts[3]:
        return gained != 0 and abs(gained) >= abs(way) / 10
    (k0, n0, k1, n1), pooled = counts, (counts[0] + counts[2]) / (counts[1] + counts[3])
    spread = sqrt(pooled * (1 - pooled) * (1 / n0 + 1 / n1))
    return spread > 0 and abs(k1 / n1 - k0 / n0) / spread >= 1.96


def verdict(goal, figures):
    """`figures`: year → line of the goal's own indicator, place and group."""
    if not goal["baseline_year"]:
        return "not_comparable"
    begin, due, today = (int(goal[key]) for key in ("baseline_year", "target_year", "judged_in"))
    baseline, target = Decimal(goal["baseline_value"]), Decimal(goal["target_value"])
    sign = 1 if goal["higher_is_better"] != "false" else -1
    known = {year: row for year, row in sorted(figures.items()) if row["value"]}
    later = {year: Decimal(row["value"]) for year, row in known.items() if year > begin}
    if due in figures and figures[due]["status"] == "suppressed":
        return "withheld"
    settled = [year for year in later if year >= due]
    if settled:
        reached = [year for year in settled if sign * (target - later[year]) <= 0]
        return "missed" if not reached else "met" if reached[0] == due else "met_late"
    if today > due:
        return "due"
    if not later:
        hidden = any(row["status"] == "suppressed" for year, row in figures.items() if year > begin)
        return "withheld" if hidden else "baseline_only" if begin in known else "no_data"
    last, way = max(later), sign * (target - baseline)
    gained = sign * (later[last] - baseline)
    if sign * (target - later[last]) <= 0:
        return "met"
    if not is_real(known.get(begin), known[last], gained, way):
        return "no_detectable_change"
    pace = gained * (due - begin) / (way * (last - begin)) if way else -1
    if pace < 0:
        return "moving_away"
    return "on_track" if pace >= Decimal("0.95") else "behind" if pace >= Decimal("0.60") else "far_behind"


def main():
    better = {row["indicator"]: row["higher_is_better"] for row in table("indicators.csv")}
    series: dict[tuple[str, ...], dict[int, dict[str, str]]] = {}
    for row in table("figures.csv"):
        series.setdefault((row["indicator"], row["place"], row["group"]), {})[int(row["year"])] = row
    for goal in table("goals.csv"):
        goal["higher_is_better"] = better[goal["indicator"]]
        own = verdict(goal, series.get((goal["indicator"], goal["place"], goal["group"]), {}))
        same = "the same as published" if own == goal["verdict"] else f"published as {goal['verdict']}"
        sys.stdout.write(f"{goal['goal']}, {goal['statement']}: {own} ({same})\n")


if __name__ == "__main__":
    main()
