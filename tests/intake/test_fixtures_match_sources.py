"""The board's figures beside what the publishers printed. Their files are kept next to the repository, not in it.

Where they are missing these tests are skipped, and say so.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import pytest

from tests.intake.fixture_rows import (
    ALL,
    GOODWIN,
    HARTFORD,
    REST,
    SOURCES,
    STATE,
    WITHOUT_CODE,
    Figure,
    Key,
    defined,
    figures,
    key,
    rate,
    read,
    rows,
)

needs_sources = pytest.mark.skipif(
    not SOURCES.is_dir(), reason="the publishers' files are not beside this repository: figures NOT compared with them"
)

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
def test_schools_are_hartfords_high_schools_under_every_name_they_had() -> None:
    listed = read(SOURCES / "derived" / "hartford_high_schools_as_published.csv")
    names = {(row["school_code"], row["school_name_as_published"]) for row in listed}
    schools = {fields["code"]: fields["name"] for fields in defined("place") if fields["kind"] == "school"}
    aliases = {(fields["place"][0], fields["spelling"]) for fields in defined("placealias")}
    assert {*schools.items(), *((code, name) for code, name in aliases if code in schools)} == names


def test_places_are_the_districts_seen_and_the_states_own() -> None:
    listed = [row for row in read(SOURCES / "derived" / "ct_districts.csv") if row["district_code"]]  # no "Total"
    expected = {row["district_code"]: row["name_latest_seen"] for row in listed}
    expected |= {STATE: "Connecticut", REST: "Connecticut without Hartford", GOODWIN[1]: GOODWIN[0]}
    assert {fields["code"]: fields["name"] for fields in defined("place") if fields["kind"] != "school"} == expected
    goodwin = read(SOURCES / "other_raw" / "ctopendata_district_attendance_2019-2023.csv")
    assert {row["District code"] for row in goodwin if row["District name"] == GOODWIN[0]} == {GOODWIN[1]}
