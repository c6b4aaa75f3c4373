"""Every file that was gathered, through the command: read completely, or refused for the right reason.

The files lie beside the repository and not in it; where they do not, nothing here is asked.
"""

import io
import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count

from metrics.intake.registry import Registry
from metrics.models import Batch, Observation
from tests.intake.fixture_rows import SOURCES, read

pytestmark = pytest.mark.skipif(not SOURCES.exists(), reason="the gathered files are not beside the repository")

DERIVED = SOURCES / "derived"
HARTFORD, STATE = "Hartford School District", "State of Connecticut"
#: Files that hold no figures of groups, or not in a form the board knows, and a word of the reason each is refused for.
REFUSED = {
    "college-entrance-and-persistence__2013-14_ell_ct.csv": "its query had no results",
    "four-year-graduation-rates__trend_all-students_nongrad.csv": "headings exchanged",
    "four-year-graduation-rates__trend_all-students_nongrad_ct.csv": "headings exchanged",
    "four-year-graduation-rates__trend_race_nongrad.csv": "headings exchanged",
    "four-year-graduation-rates__trend_race_nongrad_ct.csv": "headings exchanged",
    "four-year-graduation-rates__trend_all-schools_all-students_nongrad.csv": "headings exchanged",
    "synthetic_answer_key_by_student.csv": "tells about single students",
    "synthetic_sths_detail_UPPER_headers.csv": "tells about single students",
    "synthetic_sths_detail_underscore_headers.csv": "tells about single students",
    # Of our own making, in no form that anybody sends.
    **{path.name: "not a table of figures" for path in DERIVED.glob("*.csv")},
    **dict.fromkeys(("MANIFEST.csv", "nsc_detail_layout.csv", "synthetic_answer_key_aggregate.csv"), "not a table"),
}


#: Figures of files that are another file byte for byte: ten named after race hold the grades again.
TWICE = {"edsight-enrollment-state": 170}


class Told(NamedTuple):
    """What the command said at its end: the lines of its table, and why files were refused."""

    families: dict[str, list[int]]
    refused: dict[str, str]


@pytest.fixture
def told(db: None, empty_board: None) -> Told:
    out = io.StringIO()
    with pytest.raises(CommandError, match="Refused: "):
        call_command("receive", str(SOURCES), good_lines=True, checked=True, reason="As published.", stdout=out)
    said = out.getvalue()
    _files, _blank, table = said.rpartition("\nfamily")
    families = {
        line.split()[0]: [int(number.replace(",", "")) for number in line.split()[1:]]
        for line in table.splitlines()[1:]
        if not line.startswith("refused whole")
    }
    refused = dict(re.findall(r"^(\S+)\s+refused: (.+)$", said, re.MULTILINE))
    return Told(families, refused)


def stands(indicator: str, names: Registry) -> dict[tuple[str, str, int], str]:
    """What stands of an indicator, as its publisher printed it, by place, group and year."""
    rows = Observation.objects.current().filter(indicator__slug=indicator).select_related("place", "group", "indicator")
    marks = {"suppressed": "*", "not_applicable": "N/A", "not_yet_available": "-6666"}
    return {
        (row.place.code, row.group.slug, row.period): marks.get(row.status) or plain(str(row.value)) for row in rows
    }


def plain(number: str) -> str:
    return number if number in ("*", "N/A", "") else str(Decimal(number).normalize() + 0)


def of(names: Registry, place: str, group: str) -> tuple[str, str]:
    return names.places[place.lower()].code, names.groups[group.lower()].slug


@pytest.fixture
def names(told: Told) -> Registry:
    return Registry.load()


def test_every_file_is_read_completely_or_refused_for_the_right_reason_and_the_figures_are_those_printed(
    told: Told, names: Registry
) -> None:
    """One test: bringing all of them in takes minutes, and once is enough."""
    assert set(told.refused) == set(REFUSED)
    assert {name: reason for name, reason in told.refused.items() if REFUSED[name] not in reason} == {}
    check_totals(told)
    for indicator, expected in [*four_year(names), *by_group(names), *college(names), *other_measures(names)]:
        found = stands(indicator, names)
        wrong = {key: (value, found.get(key)) for key, value in expected.items() if found.get(key) != value}
        assert wrong == {}, indicator


def check_totals(told: Told) -> None:
    """Every figure of every file is new, a change, said already, left out because another one stands, or refused."""
    everything = told.families.pop("all")
    assert [sum(column) for column in zip(*told.families.values(), strict=True)][:6] == everything[:6]
    assert everything[6] == len([p for p in SOURCES.rglob("*") if p.suffix in (".csv", ".gz", ".xlsx")])
    staged = dict(Batch.objects.values_list("source_file__layout").annotate(Count("rows")))
    for layout, (_rows, new, changed, same, left, _refused, _files) in told.families.items():
        assert staged[layout] + TWICE.get(layout, 0) == new + changed + same + left, layout
    standing = Observation.objects.current().count()
    assert standing == everything[1]  # each figure was new once; whatever changed it took its place
    assert Observation.objects.count() == everything[1] + everything[2]


Expected = tuple[str, dict[tuple[str, str, int], str]]


def four_year(names: Registry) -> Iterator[Expected]:
    """All districts, classes of 2011 to 2025: 2,101 rates as the state printed them."""
    expected = {}
    for row in read(DERIVED / "grad4_all_students_all_districts_2011_2025.csv"):
        if row["district_code"] in {place.code for place in names.places.values()}:
            value = "*" if row["rate_flag"] == "suppressed" else plain(row["rate_pct"])
            expected[row["district_code"], "all-students", int(row["class_year"])] = value
    yield "graduation-4yr", expected


def by_group(names: Registry) -> Iterator[Expected]:
    """Hartford and the state, classes of 2011 to 2019, every group, graduates and the others."""
    rows = read(DERIVED / "hartford_state_grad4_by_group_2011_2019.csv")
    columns = {"graduation-4yr": "grad_rate", "still-enrolled-4yr": "still_rate", "other-leavers-4yr": "other_rate"}
    for indicator, column in columns.items():
        yield (
            indicator,
            {
                (*of(names, row["district"], row["group_label_in_source"]), int(row["class_year"])): plain(row[column])
                for row in rows
                if row[column]
            },
        )


def college(names: Registry) -> Iterator[Expected]:
    """All districts, classes of 2007 to 2014, every group."""
    rows = read(DERIVED / "college_entrance_persistence_all_districts_2007_2014.csv")
    for indicator, column in {"college-entrance": "entrance_pct", "college-persistence": "persistence_pct"}.items():
        yield (
            indicator,
            {
                (*of(names, row["district_code"] or row["district"], row["group"]), int(row["class_year"])): plain(
                    row[column]
                )
                for row in rows
                if row["group"]
            },
        )


MEASURES = {
    "attendance_rate": "attendance",
    "chronic_absenteeism_rate": "chronic-absence",
    "enrollment_pk12": "enrollment",
    "per_pupil_expenditure_total_usd": "spending-per-pupil",
    "sbac_ELA_met_or_exceeded_pct": "sbac-ela",
    "sbac_Math_met_or_exceeded_pct": "sbac-math",
    "suspension_rate": "suspension",
}


def other_measures(names: Registry) -> Iterator[Expected]:
    rows = read(DERIVED / "hartford_state_other_measures.csv")
    for measure, indicator in MEASURES.items():
        yield (
            indicator,
            {
                (
                    *of(names, PLACES[row["entity"]], GROUPS.get(row["group"], row["group"])),
                    int(row["year_ending"]),
                ): plain(row["value_as_published"])
                for row in rows
                if row["measure"] == measure and row["value_as_published"]
            },
        )


PLACES = {"Hartford": HARTFORD, "Connecticut": STATE}
GROUPS = {"All": "All Students"}
