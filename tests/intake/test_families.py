"""Every declared family has a sample, is told from all others by its content alone, and is read as it was printed."""

from pathlib import Path

import pytest

from metrics.calc.cells import Unit
from metrics.intake import readers
from metrics.intake.layouts import FAMILIES
from metrics.intake.readers.recognise import HEAD, recognise
from tests.intake.fixture_rows import defined, known

SAMPLES = Path(__file__).parents[1] / "files" / "families"
FILES = sorted(SAMPLES.glob("*.csv"))


def family_of(sample: Path) -> str:
    return sample.name.split(".")[0]


def told(sample: Path) -> str:
    """What a sample says, one figure a line; what is refused or left out with its reason."""
    lines = []
    try:
        found = readers.figures(sample.read_bytes(), sample.name)
        lines += [f"# {remark.template.format(**remark.values)}" for remark in found.remarks]
        for item in found.entries:
            if isinstance(item, list):
                lines.append(",".join(str(cell) for cell in item))
            else:
                lines.append(f"# line {item.line}: {item.template}")
    except readers.UnreadableFile as refusal:
        lines.append(f"# refused: {refusal}")
    return "\n".join(lines) + "\n"


def test_every_family_has_a_sample() -> None:
    # The reports after five and six years have the form of the one after four; none of their files was found.
    without = {"edsight-graduation-5yr", "edsight-graduation-6yr", "edsight-enrollment-page"}
    assert {family.name for family in FAMILIES} - {family_of(file) for file in FILES} == without


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.stem)
def test_a_sample_is_of_its_own_family_and_of_no_other(sample: Path) -> None:
    (table,) = readers.tables(sample.read_bytes())
    head = list(table.lines)[: HEAD + 1]
    fitting = []
    for family in FAMILIES:
        try:
            if recognise(head, [family], sample.name):
                fitting.append(family.name)
        except readers.UnreadableFile as refusal:
            if family.fault and str(refusal) == family.fault:
                fitting.append(family.name)
    assert fitting == [family_of(sample)]


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_it_was_printed(sample: Path, pytestconfig: pytest.Config) -> None:
    expected = sample.with_suffix(".expected")
    if pytestconfig.getoption("--write-golden"):
        expected.write_text(told(sample), encoding="utf-8")
    assert told(sample) == expected.read_text(encoding="utf-8")


@pytest.mark.parametrize("sample", FILES, ids=lambda path: path.stem)
def test_the_name_of_a_file_says_nothing_of_its_family(sample: Path) -> None:
    (family,) = [family for family in FAMILIES if family.name == family_of(sample)]
    if family.fault:
        with pytest.raises(readers.UnreadableFile, match="headings exchanged"):
            readers.figures(sample.read_bytes(), "race 2015-16.csv")
    else:
        assert readers.figures(sample.read_bytes(), "race 2015-16.csv").layout == family.name


def test_every_indicator_and_source_that_a_family_names_is_defined() -> None:
    assert {measure.indicator for family in FAMILIES for measure in family.measures} <= known("indicator")
    assert {family.source for family in FAMILIES} | {f.trends for f in FAMILIES if f.trends} <= known("source")


def test_counts_belong_to_rates_and_only_to_them() -> None:
    units = {fields["slug"]: fields["unit"] for fields in defined("indicator")}
    for family in FAMILIES:
        for measure in family.measures:
            if measure.numerator or measure.denominator:
                assert units[measure.indicator] == Unit.PERCENT, measure


class TestWhatThePublishersPrint:
    """Worked by hand from the samples."""

    def entries(self, name: str) -> list[list]:
        found = readers.figures((SAMPLES / name).read_bytes(), name)
        return [item for item in found.entries if isinstance(item, list)]

    def test_a_code_is_joined_without_its_formula_and_a_group_keeps_its_label(self) -> None:
        rows = self.entries("edsight-graduation-4yr.grad-by-race.csv")
        (black,) = [e for e in rows if e[2] == "0640011" and e[3] == "Black"]
        assert black[1:6] == ["graduation-4yr", "0640011", "Black", "2018-19", "75.2"]
        assert black[6:9] == ["367", "488", ""]

    def test_an_empty_cell_is_what_the_page_prints_there(self) -> None:
        (area,) = [e for e in self.entries("edsight-graduation-page.csv") if e[2].startswith("Area")]
        assert area[5:8] == ["*", "", "18"]

    def test_a_name_with_a_comma_in_an_unquoted_formula_is_one_name(self) -> None:
        names = {e[2] for e in self.entries("edsight-spending.csv")}
        assert "New Beginnings Inc., Family Academy District" in names

    def test_a_fraction_is_a_percentage_and_the_year_to_date_is_provisional(self) -> None:
        rows = [e for e in self.entries("ctopendata-attendance.csv") if e[2] == "0640011" and e[3] == "All Students"]
        assert [(e[4], e[5], e[8]) for e in rows] == [
            ("2022-2023", "87.34", "provisional"),
            ("2021-2022", "86.52", ""),
            ("2020-2021", "83.73", ""),
            ("2019-2020", "90.82", ""),
        ]
        assert rows[0][10] == "Year to date, as reported in May 2023."

    def test_counts_and_rate_of_a_long_table_become_one_figure(self) -> None:
        rows = [e for e in self.entries("ctdata-graduation.by-ell.csv") if e[2] == "Hartford School District"]
        learners = [e for e in rows if e[3] == "English Language Learner"]
        assert [(e[1], e[5], e[6], e[7]) for e in learners] == [
            ("graduation-4yr", "59.9", "157", "262"),
            ("still-enrolled-4yr", "15.6", "41", "262"),
            ("other-leavers-4yr", "24.4", "64", "262"),
        ]

    def test_what_a_trend_repeats_is_of_a_source_that_goes_second(self) -> None:
        assert {e[9] for e in self.entries("edsight-suspension.trend.csv")} == {"edsight-trends"}
        assert {e[9] for e in self.entries("edsight-suspension.2015-16.csv")} == {"edsight-suspension"}

    def test_of_a_grade_only_all_its_students_are_a_group_of_the_board(self) -> None:
        rows = self.entries("edsight-enrollment-state.csv")
        assert [(e[3], e[5]) for e in rows] == [
            ("Grade 9", "46305"), ("Female", "272989"), ("Male", "291510"), ("all-students", "564499"),
        ]  # fmt: skip

    def test_a_table_of_suspensions_may_have_a_title_and_then_needs_no_name(self) -> None:
        title = b'"Suspension Rates, 2016-17"\n"All Districts, All Students"\n\n'
        table = b'"District","District Code","Count","%"\n"Hartford School District","=""0640011""",2500,14.1\n'
        found = readers.figures(title + table, "download.csv")
        (entry,) = [item for item in found.entries if isinstance(item, list)]
        assert entry[1:7] == ["suspension", "0640011", "all-students", "2016-17", "14.1", "2500"]
        assert found.remarks == []
