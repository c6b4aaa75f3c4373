"""The board's figures and definitions by themselves: whole, consistent, and what FACTS say."""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from metrics.intake.layouts import FAMILIES
from tests.intake.fixture_rows import (
    ALL,
    FIGURES,
    HARTFORD,
    HEADER,
    PRINTED_AGAINST_COUNTS,
    REST,
    STATE,
    WITH_VALUE,
    WITHOUT_VALUE,
    Figure,
    Key,
    defined,
    figures,
    key,
    known,
    rate,
    read,
    rows,
)


@pytest.mark.parametrize("path", sorted(FIGURES.glob("*.csv")), ids=lambda path: path.stem)
def test_each_file_is_plain_and_sorted(path: Path) -> None:
    content = path.read_bytes()
    assert b"\r" not in content
    assert content.endswith(b"\n")
    assert not content.startswith(b"\xef\xbb\xbf")
    assert next(csv.reader(content.decode("utf-8").splitlines())) == HEADER
    keys = [key(row) for row in read(path)]
    assert keys == sorted(keys)
    assert keys


def test_each_figure_stands_in_one_place_only() -> None:
    assert [k for k, times in Counter(key(row) for row in rows()).items() if times > 1] == []


def test_every_slug_is_defined() -> None:
    assert {row["indicator"] for row in rows()} <= known("indicator")
    assert {row["place"] for row in rows()} <= known("place", "code")
    assert {row["group"] for row in rows()} <= known("group")
    assert {row["source"] for row in rows()} <= known("source")
    # What was announced at launch has no figure of its own; the others are read from files that staff send.
    without = known("indicator") - {row["indicator"] for row in rows()} - {"enrollment-launch"}
    assert without <= {measure.indicator for family in FAMILIES for measure in family.measures}


def faults(row: dict[str, str]) -> Iterator[str]:
    """What is wrong with one row."""
    numerator, denominator = row["numerator"], row["denominator"]
    if not re.fullmatch(r"20\d\d", row["period"]) or len(row["note"]) > 600:
        yield "period or note"
    if not re.fullmatch(r"\d*", numerator) or not re.fullmatch(r"\d*", denominator):
        yield "a count is not a whole number"
    if row["status"] in WITH_VALUE:
        indicator = next(fields for fields in defined("indicator") if fields["slug"] == row["indicator"])
        if Decimal(row["value"]).as_tuple().exponent != -indicator["decimals"]:
            yield "decimals"
        if indicator["unit"] == "percent" and not 0 <= Decimal(row["value"]) <= 100:
            yield "not a percentage"
        if numerator and denominator:
            exact = rate(int(numerator), int(denominator))
            expected = ("88.3", "88.4") if key(row) in PRINTED_AGAINST_COUNTS else (exact, exact)
            if (row["value"], exact) != expected:
                yield f"the counts give {exact}"
    elif row["status"] not in WITHOUT_VALUE or row["value"] or numerator:
        yield "a status without a figure beside a figure"
    elif denominator and row["status"] != "suppressed":
        yield "a count of what is not there"


@pytest.mark.parametrize("path", sorted(FIGURES.glob("*.csv")), ids=lambda path: path.stem)
def test_status_value_and_counts_agree(path: Path) -> None:
    assert [(key(row), fault) for row in read(path) for fault in faults(row)] == []


def test_definitions_hang_together() -> None:
    assert {fields["dimension"][0] for fields in defined("group")} <= known("dimension")
    assert {fields["group"][0] for fields in defined("groupalias")} == known("group")
    assert {fields["place"][0] for fields in defined("placealias")} <= known("place", "code")
    assert {fields["source"][0] for fields in defined("indicator")} <= known("source")
    assert {fields["indicator"][0] for fields in defined("goalstatement")} <= known("indicator")
    assert {fields["goal"][0] for fields in defined("goalstatement")} == known("goal")


@pytest.mark.parametrize(
    ("model", "field"),
    [
        *((model, "slug") for model in ("source", "dimension", "group", "indicator", "goal")),
        *((model, "spelling") for model in ("groupalias", "placealias")),
        ("place", "code"),
    ],
)
def test_names_are_unique_whatever_their_case(model: str, field: str) -> None:
    names = [fields[field].casefold() for fields in defined(model)]
    assert [name for name, times in Counter(names).items() if times > 1] == []


def test_a_spelling_of_one_place_is_not_the_name_or_code_of_another() -> None:
    names = {text.casefold(): p["code"] for p in defined("place") for text in (p["name"], p["code"])}
    for alias in defined("placealias"):
        assert names.get(alias["spelling"].casefold(), alias["place"][0]) == alias["place"][0]
    names = {text.casefold(): g["slug"] for g in defined("group") for text in (g["name"], g["slug"])}
    for alias in defined("groupalias"):
        assert names.get(alias["spelling"].casefold(), alias["group"][0]) == alias["group"][0]
    assert not {"n", "no", "y", "yes", "f", "r", "total"} & {a["spelling"].casefold() for a in defined("groupalias")}


def test_each_goal_has_one_current_statement_and_both_documents() -> None:
    for goal in known("goal"):
        statements = {s["slug"]: s for s in defined("goalstatement") if s["goal"] == [goal]}
        assert {slug: s["is_current"] for slug, s in statements.items()} == {"compact": True, "launch": False}
        assert {s["target_year"] for s in statements.values()} == {2025}


# FACTS.md, section 3d: what each document promised.
@pytest.mark.parametrize(
    ("goal", "document", "start", "target", "indicator"),
    [
        ("graduation", "compact", ("71.5", 2014), "95", "graduation-4yr"),
        ("graduation", "launch", ("71.5", 2014), "95", "graduation-4yr"),
        ("enrollment", "compact", ("61", 2015), "70", "enrolled-year1-nsc"),
        ("enrollment", "launch", ("50", None), "70", "enrollment-launch"),
        ("completion", "compact", ("24", 2016), "50", "completion-6yr-nsc"),
        ("completion", "launch", ("23", 2016), "50", "completion-6yr-nsc"),
    ],
)
def test_what_was_promised(
    goal: str, document: str, start: tuple[str, int | None], target: str, indicator: str
) -> None:
    (found,) = [s for s in defined("goalstatement") if s["goal"] == [goal] and s["slug"] == document]
    assert (found["baseline_value"], found["baseline_year"]) == start
    assert (found["target_value"], found["indicator"]) == (target, [indicator])
    if found["is_current"]:  # the start is an observed figure, not only a claim
        assert Decimal(figures()[indicator, HARTFORD, ALL, str(start[1])].value) == Decimal(start[0])


# Worked from FACTS.md; the section stands beside each figure.
@pytest.mark.parametrize(
    ("where", "expected"),
    [
        (("graduation-4yr", HARTFORD, ALL, "2014"), ("71.5", "980", "1370", "final")),  # 3a
        (("graduation-4yr", HARTFORD, ALL, "2019"), ("72.5", "998", "1376", "final")),  # 3a
        (("graduation-4yr", HARTFORD, ALL, "2020"), ("68.6", "970", "1413", "final")),  # 3a
        (("graduation-4yr", HARTFORD, ALL, "2025"), ("85.3", "1019", "1194", "final")),  # 3a
        (("graduation-4yr", HARTFORD, "high-needs", "2025"), ("83.6", "878", "1050", "final")),  # 3a
        (("graduation-4yr", HARTFORD, "not-high-needs", "2025"), ("97.9", "141", "144", "final")),  # 3a
        (("graduation-4yr", HARTFORD, "black", "2019"), ("75.2", "367", "488", "final")),  # 2 and 3a
        (("graduation-4yr", HARTFORD, "pacific-islander", "2019"), ("", "", "", "suppressed")),  # 3a, always *
        (("college-entrance", HARTFORD, ALL, "2014"), ("58.0", "", "", "final")),  # 3b
        (("college-persistence", STATE, ALL, "2014"), ("88.1", "", "", "final")),  # 3b
        (("enrolled-fall-nsc", HARTFORD, ALL, "2019"), ("56", "", "", "final")),  # 3b
        (("enrolled-year1-nsc", HARTFORD, ALL, "2015"), ("61", "", "", "final")),  # 3b
        (("enrolled-year1-nsc", HARTFORD, ALL, "2018"), ("60", "", "", "final")),  # 3b
        (("enrolled-year1-nsc", HARTFORD, ALL, "2019"), ("", "", "", "not_yet_available")),  # 3b, printed ?
        (("persistence-nsc", HARTFORD, ALL, "2018"), ("", "", "", "not_yet_available")),  # 3b, printed *
        (("persistence-nsc", HARTFORD, ALL, "2019"), ("", "", "", "not_yet_available")),  # 3b, printed *
        (("completion-6yr-nsc", HARTFORD, ALL, "2016"), ("24", "", "", "final")),  # 3b
        (("completion-6yr-nsc", HARTFORD, ALL, "2019"), ("25", "", "", "final")),  # 3b
        (("sat-ela", HARTFORD, ALL, "2016"), ("34.1", "396", "1162", "final")),  # 3c
        (("spending-per-pupil", HARTFORD, ALL, "2014"), ("17236", "", "", "final")),  # 3c
        (("spending-per-pupil", HARTFORD, ALL, "2015"), ("", "", "", "not_applicable")),  # 3c, missing
    ],
    ids=lambda value: "/".join(value) if len(value[0]) > 8 else None,
)
def test_pinned_facts(where: Key, expected: tuple[str, str, str, str]) -> None:
    assert figures()[where] == expected


@pytest.mark.parametrize(
    ("indicator", "place", "group", "first", "values"),
    [  # FACTS.md, sections 3a (graduation), 3b (college) and 3c (the rest)
        ("graduation-4yr", STATE, ALL, 2011, "82.7 84.8 85.5 87.0 87.2 87.4 87.9 88.3 88.5"),
        ("graduation-4yr", STATE, ALL, 2020, "88.9 89.7 89.6 88.6 89.1 91.3"),
        ("graduation-4yr", HARTFORD, ALL, 2020, "68.6 72.3 73.8 78.4 78.6 85.3"),
        ("graduation-5yr", HARTFORD, ALL, 2011, "68.7 74.1 76.1 77.6"),
        ("graduation-6yr", STATE, ALL, 2011, "86.2 88.1 88.7"),
        ("college-entrance", HARTFORD, ALL, 2007, "52.2 56.7 62.1 57.3 56.7 57.0 61.8 58.0"),
        ("completion-6yr-nsc", HARTFORD, ALL, 2014, "24 27 24 22 24 25"),
        ("chronic-absence", HARTFORD, ALL, 2012, "26.0 24.9 26.6 25.7 22.4 22.1 25.3 25.4 27.9"),
        ("suspension", HARTFORD, ALL, 2010, "21.3 17.3 17.7 17.2 17.3 16.2 14.3"),
        ("attendance", HARTFORD, ALL, 2020, "90.82 83.73 86.52 87.34"),
    ],
)
def test_pinned_series(indicator: str, place: str, group: str, first: int, values: str) -> None:
    expected = {str(first + i): value for i, value in enumerate(values.split())}
    assert {year: figures()[indicator, place, group, year].value for year in expected} == expected


def test_the_cohort_of_2016_is_the_sum_of_its_parts() -> None:
    """FACTS.md, section 3b: 1,468 = 1,161 residents + 307 others, and the rates mix to the printed ones."""
    for indicator in ("graduation-6yr-cohort-hps", "enrollment-cohort-hps", "persistence-cohort-hps"):
        every, inside, outside = (
            figures()[indicator, HARTFORD, group, "2016"] for group in (ALL, "residents", "non-residents")
        )
        assert [int(part.denominator) for part in (every, inside, outside)] == [1468, 1161, 307]
        mixed = sum((Decimal(part.value) * int(part.denominator) for part in (inside, outside)), Decimal(0)) / 1468
        assert abs(mixed - Decimal(every.value)) <= 1


def test_derived_figures_are_only_those_computed_here() -> None:
    derived = {k for k, figure in figures().items() if figure.status == "derived"}
    sums = {("graduation-4yr", STATE, ALL, str(year)) for year in range(2020, 2026)}
    assert {k for k in derived if k[1] != REST} == sums
    assert derived - sums == {k for k in figures() if k[1] == REST}
    for indicator, _, group, year in derived - sums:
        state, hartford = (figures()[indicator, place, group, year] for place in (STATE, HARTFORD))
        numerator = int(state.numerator) - int(hartford.numerator)
        denominator = int(state.denominator) - int(hartford.denominator)
        expected = Figure(rate(numerator, denominator), str(numerator), str(denominator), "derived")
        assert figures()[indicator, REST, group, year] == expected


def test_no_state_without_hartford_is_left_out_where_both_counts_are_shown() -> None:
    for (indicator, place, group, year), figure in figures().items():
        if place == HARTFORD and indicator.startswith("graduation-") and figure.numerator:
            state = figures().get((indicator, STATE, group, year), Figure())
            assert ((indicator, REST, group, year) in figures()) == bool(state.numerator)
