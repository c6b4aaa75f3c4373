"""The board's figures and definitions: whole, consistent, and equal to what the publishers printed.

The first half needs nothing but the repository. The second half reads the publishers' files, which are
kept beside the repository and not in it; where they are missing those tests are skipped, and say so.
"""

import csv
import json
import re
from collections import Counter
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest

ROOT = Path(__file__).parents[2]
FIGURES = ROOT / "fixtures" / "figures"
DEFINITIONS = ROOT / "fixtures" / "definitions"
SOURCES = ROOT.parent / "shared" / "data"
needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the publishers' files are not beside this repository: figures NOT compared with them"
)

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


# ---------------------------------------------------------------- the fixtures by themselves


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
    assert known("indicator") - {row["indicator"] for row in rows()} == {"enrollment-launch"}


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


# ---------------------------------------------------------------- the fixtures beside the publishers' files

Printed = Iterator[tuple[Key, Figure]]
SUPPRESSED = Figure(status="suppressed")
NOT_APPLICABLE = Figure(status="not_applicable")


def table(path: str) -> tuple[list[str], list[list[str]]]:
    """The header (first cell District or Organization) and the rows of a state export, formulas undone."""
    with (SOURCES / path).open(encoding="ascii", newline="") as file:
        lines = [[re.sub(r'^="?|"$', "", cell) for cell in line] for line in csv.reader(file) if line]
    start = next(i for i, line in enumerate(lines) if line[0] in ("District", "Organization", "Type"))
    return lines[start], lines[start + 1 :]


def group(label: str) -> str:
    spellings = {alias["spelling"].casefold(): alias["group"][0] for alias in defined("groupalias")}
    return str(spellings[label.casefold()])


def place(line: list[str], header: list[str]) -> str | None:
    """The code of Hartford or the state; None for everywhere else."""
    if line[0] in ("State of Connecticut", "State"):
        return STATE
    return HARTFORD if "0640011" in line[:2] else None


def year_of(path: str) -> str:
    found = re.search(r"__20\d\d-(\d\d)[_.]", path)
    assert found
    return f"20{found[1]}"


def names(pattern: str) -> list[str]:
    found = [str(path.relative_to(SOURCES)) for path in sorted(SOURCES.glob(pattern))]
    assert found
    return [path for path in found if "trend" not in path and "NOCODE" not in path]


def codes() -> dict[str, str]:
    found = {GOODWIN[0]: GOODWIN[1]}
    for row in read(SOURCES / "derived" / "ct_districts.csv"):
        for name in (row["name_latest_seen"], row["other_names_seen"]):
            if name and row["district_code"]:
                assert found.setdefault(name, row["district_code"]) == row["district_code"]
    return found


def printed(value: str, numerator: str = "", denominator: str = "") -> Figure:
    counts = [count if count.isdigit() else "" for count in (numerator, denominator)]
    if value == "*":
        return Figure(denominator=counts[1], status="suppressed")
    return NOT_APPLICABLE if value == "N/A" else Figure(value, *counts)


def graduation_to_2019() -> Printed:
    for path in names("edsight_raw/four_year_grad_district/four-year-graduation-rates__*"):
        if "nongrad" in path:
            continue
        header, lines = table(path)
        for line in lines:
            where = place(line, header) or line[1]
            if "all-students" in path:
                yield ("graduation-4yr", where, ALL, year_of(path)), printed(line[-1], line[-2], line[-3])
            elif where in (HARTFORD, STATE):
                yield ("graduation-4yr", where, group(line[-4]), year_of(path)), printed(line[-1], line[-2], line[-3])


def graduation_not_applicable() -> Printed:
    """The trend tables print N/A where a yearly table has no row."""
    code = codes() | {"State of Connecticut": STATE}
    for which, of in (("all-students", ""), ("race", ""), ("race", "_ct")):
        folder = "edsight_raw/four_year_grad_district"
        header, lines = table(f"{folder}/four-year-graduation-rates__trend_{which}_grad{of}.csv")
        first = header.index("2010-11")
        for line in lines:
            if which == "race" and line[0] not in ("Hartford School District", "State of Connecticut"):
                continue
            who = group(line[1]) if which == "race" else ALL
            for year, cell in zip(header[first:], line[first:], strict=True):
                if cell == "N/A":
                    yield ("graduation-4yr", code[line[0]], who, "20" + year[-2:]), NOT_APPLICABLE


def graduation_from_2020() -> Printed:
    """Withheld cells are empty in these files; the last row, the text of the whole page, still shows the marks."""
    code = codes()
    for path in names("edsight_2020_2025/*.csv"):
        *lines, text = read(SOURCES / path)
        at = 0
        for row in lines:
            name, year = row["District"], row["fiscal_year"]
            line = re.compile(re.escape(name) + r"\s+(\*|[\d,]+)\s+(\*|[\d,]+)\s+(\*|[\d.]+)")
            cells = line.search(text["District"], at)
            assert cells, (path, name)
            at = cells.end()
            cohort, graduates, percent = (cell.replace(",", "") for cell in cells.groups())
            for cell, mark in ((row["cohort_count"], cohort), (row["graduation_count"], graduates)):
                assert cell == ("" if mark == "*" else mark + ".0"), (path, name)
            assert row["graduation_rate"] == ("" if percent == "*" else percent)
            if (name, year) not in WITHOUT_CODE:
                yield ("graduation-4yr", code[name], ALL, year), printed(percent, graduates, cohort)


def college() -> Printed:
    pair = ("college-entrance", "college-persistence")
    for path in names("edsight_raw/college_entrance_district/*"):
        if path.endswith("ell_ct.csv"):
            continue  # "The query you have run did not contain any results."
        header, lines = table(path)
        for line in lines:
            where = place(line, header)
            if where:
                who = ALL if re.search(r"_(_ct)?\.csv$", path) else group(line[2])
                for indicator, cell in zip(pair, line[-2:], strict=True):
                    yield (indicator, where, who, year_of(path)), printed(cell)
    for which in ("race", "ell", "gender", "lunch", "sped"):
        _, lines = table(f"edsight_raw/college_entrance_district/college-entrance-and-persistence__trend_{which}.csv")
        for line in lines:
            for i, cell in enumerate(line[3:]):
                if line[1] == HARTFORD and cell == "N/A":
                    yield (pair[i % 2], HARTFORD, group(line[2]), str(2010 + i // 2)), NOT_APPLICABLE


def counted() -> Printed:
    """Chronic absence and suspension: a rate, sometimes with the number counted, never with the number of all."""
    for indicator, folder in (("chronic-absence", "chronic_absenteeism"), ("suspension", "suspension")):
        for path in names(f"edsight_raw/{folder}_district/*"):
            header, lines = table(path)
            label = next((i for i, h in enumerate(header) if i and not re.search("Code|Count|%", h)), None)
            for line in lines:
                where = place(line, header)
                if where:
                    who = group(line[label]) if label else ALL
                    count = next((line[i] for i, name in enumerate(header) if name in ("Count", "Student Count")), "")
                    yield (indicator, where, who, year_of(path)), printed(line[-1], count)


def smarter_balanced() -> Printed:
    for path in names("edsight_raw/smarter_balanced_district/*"):
        header, lines = table(path)
        scored = next(i for i, name in enumerate(header) if name.endswith("with Scored Tests"))
        subject = header.index("Subject")
        for line in lines:
            where = place(line, header)
            if where:
                who = group(line[subject + 1]) if "_race_" in path else ALL
                indicator = f"sbac-{line[subject].lower()}"
                yield (indicator, where, who, year_of(path)), printed(line[-1], line[-2], line[scored])


def spending() -> Printed:
    for path in names("edsight_raw/per_pupil_expenditures_district/*"):
        for line in table(path)[1]:
            if line[0] in ("Hartford School District", "State of Connecticut"):
                where = HARTFORD if line[0].startswith("Hartford") else STATE
                yield ("spending-per-pupil", where, ALL, year_of(path)), printed(line[-1])
    trend = table("edsight_raw/per_pupil_expenditures_district/per-pupil-expenditures__trend.csv")[1]
    start = next(i for i, line in enumerate(trend) if line[0] == "Hartford School District")
    total = next(line for line in trend[start:] if line[1] == "Total Expenditures")
    yield ("spending-per-pupil", HARTFORD, ALL, "2015"), printed(total[-1])


def attendance() -> Printed:
    for row in read(SOURCES / "other_raw" / "ctopendata_district_attendance_2019-2023.csv"):
        where = {"640011": HARTFORD, STATE: STATE}.get(row["District code"])
        for column, cell in row.items():
            if where and "attendance rate" in column:
                status = "provisional" if column.endswith("year to date") else "final"
                value = f"{Decimal(cell) * 100:.2f}"
                yield ("attendance", where, group(row["Student group"]), column[5:9]), Figure(value, status=status)


OTHER = {  # measures whose state files are not kept here: compared with the table made from them
    "five_year_grad_rate": "graduation-5yr",
    "six_year_grad_rate": "graduation-6yr",
    "sat_ELA_met_or_exceeded_pct": "sat-ela",
    "sat_Math_met_or_exceeded_pct": "sat-math",
}


def other_measures() -> Printed:
    for row in read(SOURCES / "derived" / "hartford_state_other_measures.csv"):
        if row["measure"] in OTHER:
            where = HARTFORD if row["entity"] == "Hartford" else STATE
            figure = printed(row["value_as_published"], row["numerator"], row["denominator"])
            yield (OTHER[row["measure"]], where, group(row["group"]), row["year_ending"]), figure


COALITION = {
    "enrolled_fall_after_graduation": ("enrolled-fall-nsc", ALL),
    "enrolled_within_year_after_graduation": ("enrolled-year1-nsc", ALL),
    "freshman_to_sophomore_persistence": ("persistence-nsc", ALL),
    "any_degree_within_6_years": ("completion-6yr-nsc", ALL),
} | {
    measure + of: (indicator, who)
    for measure, indicator in (
        ("graduate_in_six_years", "graduation-6yr-cohort-hps"),
        ("enroll_in_postsecondary", "enrollment-cohort-hps"),
        ("persist_to_second_year", "persistence-cohort-hps"),
    )
    for of, who in (("", ALL), ("__hartford_residents", "residents"), ("__non_residents", "non-residents"))
}


def coalition() -> Printed:
    for row in read(SOURCES / "derived" / "coalition_published_figures.csv"):
        if row["measure"] in COALITION:
            indicator, who = COALITION[row["measure"]]
            of = re.match(r"[\d,]+", row["denominator"])
            figure = Figure(row["value_pct"], denominator=of[0].replace(",", "") if of else "")
            where = (indicator, HARTFORD, who, row["year"])
            yield where, Figure(status="not_yet_available") if figure.value == "?" else figure


FAMILIES = [graduation_to_2019, graduation_not_applicable, graduation_from_2020, college, counted, smarter_balanced]
FAMILIES += [spending, attendance, other_measures, coalition]
#: Figures with no file beside the repository, from FACTS.md: 3a (class of 2025) and 3b (printed "*" by the coalition).
FROM_FACTS = {("graduation-4yr", HARTFORD, who, "2025") for who in ("high-needs", "not-high-needs")} | {
    ("persistence-nsc", HARTFORD, ALL, year) for year in ("2018", "2019")
}


@needs_sources
@pytest.mark.parametrize("family", FAMILIES, ids=lambda family: family.__name__)
def test_every_printed_figure_is_in_the_fixtures_as_printed(family: Any) -> None:
    found = list(family())
    assert found
    assert [k for k, times in Counter(k for k, _ in found).items() if times > 1] == []
    assert [(k, figures().get(k), figure) for k, figure in found if figures().get(k) != figure] == []


@needs_sources
def test_nothing_is_in_the_fixtures_that_no_publisher_printed() -> None:
    sourced = {k for family in FAMILIES for k, _ in family()}
    computed = {k for k, figure in figures().items() if figure.status == "derived"}
    assert set(figures()) == sourced | computed | FROM_FACTS
    assert len(figures()) == len(sourced) + len(computed) + len(FROM_FACTS)


@needs_sources
def test_rows_left_out_are_the_listed_ones() -> None:
    """Rows of the tables made from the files = rows here + what is left out, with the reason beside it."""
    all_students = read(SOURCES / "derived" / "grad4_all_students_all_districts_2011_2025.csv")
    trend = list(graduation_not_applicable())
    here = [k for k in figures() if k[0] == "graduation-4yr" and k[2] == ALL and k[1] != REST]
    assert len(all_students) == len(here) - sum(k[2] == ALL for k, _ in trend) + len(WITHOUT_CODE)
    by_group = read(SOURCES / "derived" / "hartford_state_grad4_by_group_2011_2019.csv")
    here = [k for k in figures() if k[0] == "graduation-4yr" and k[1] in (HARTFORD, STATE) and k[3] < "2020"]
    assert len(by_group) == len(here) - sum(k[1] in (HARTFORD, STATE) for k, _ in trend)
    measures = Counter(row["measure"] for row in read(SOURCES / "derived" / "hartford_state_other_measures.csv"))
    assert measures.pop("enrollment_pk12") == 10  # number of students: not an indicator of the board
    without_row = 1  # spending of Hartford in 2015: N/A in the trend table only
    simple = ("graduation-5yr", "graduation-6yr", "chronic", "suspension", "attendance", "sat", "sbac", "spending")
    here = [k for k in figures() if k[0].startswith(simple) and k[1] != REST and not k[0].endswith("-hps")]
    assert sum(measures.values()) == len(here) - without_row
    published = Counter(row["kind"] for row in read(SOURCES / "derived" / "coalition_published_figures.csv"))
    # 1 = degree within six years, class of 2007, from another publication and on another axis
    here = [k for k in figures() if k[0].endswith(("-nsc", "-hps"))]
    assert published["reported_value"] == len(here) - len([k for k in FROM_FACTS if k[0] == "persistence-nsc"]) + 1


@needs_sources
@pytest.mark.parametrize("year", range(2020, 2026))
def test_the_state_from_2020_is_the_sum_of_its_districts(year: int) -> None:
    lines = [row for path in names("edsight_2020_2025/*.csv") for row in read(SOURCES / path)]
    both = [row for row in lines if row["fiscal_year"] == str(year) and row["cohort_count"] and row["graduation_count"]]
    graduates, cohort = (
        sum(int(row[name].removesuffix(".0")) for row in both) for name in ("graduation_count", "cohort_count")
    )
    found = figures()["graduation-4yr", STATE, ALL, str(year)]
    assert found == Figure(rate(graduates, cohort), str(graduates), str(cohort), "derived")
    note = next(row["note"] for row in rows() if key(row) == ("graduation-4yr", STATE, ALL, str(year)))
    assert f"Sum of the {len(both)} districts" in note


@needs_sources
def test_places_are_the_districts_seen_and_the_states_own() -> None:
    listed = [row for row in read(SOURCES / "derived" / "ct_districts.csv") if row["district_code"]]  # no "Total"
    expected = {row["district_code"]: row["name_latest_seen"] for row in listed}
    expected |= {STATE: "Connecticut", REST: "Connecticut without Hartford", GOODWIN[1]: GOODWIN[0]}
    assert {fields["code"]: fields["name"] for fields in defined("place")} == expected
    goodwin = read(SOURCES / "other_raw" / "ctopendata_district_attendance_2019-2023.csv")
    assert {row["District code"] for row in goodwin if row["District name"] == GOODWIN[0]} == {GOODWIN[1]}
