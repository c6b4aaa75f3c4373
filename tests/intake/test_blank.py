"""A provider's workbook as it is handed out: what helps to fill it in, and that it can come back as it is."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest
from django.contrib.auth.models import User
from openpyxl import Workbook, load_workbook

from metrics.intake import providers, sheets
from metrics.intake.layouts import PROVIDER, TIDY, workbook
from metrics.intake.layouts.blank import FORMULA_STARTS
from metrics.intake.layouts.guide import EXAMPLE, advice
from metrics.intake.layouts.stages import OVERLAPS, STAGES
from metrics.intake.readers.persons import PERSONAL_COLUMN
from metrics.models import Group

pytestmark = pytest.mark.django_db

CODE = "program-1"
#: What Excel shows of a message to the person who fills in a cell. With longer ones it calls the file damaged.
LONGEST_TITLE, LONGEST_PROMPT, LONGEST_ERROR, LONGEST_FORMULA = 32, 255, 225, 255


@pytest.fixture
def clerk() -> User:
    providers.open_place(code=CODE, program="Summer bridge", provider="Provider of the program")
    return User.objects.create_user("clerk")


def handed_out(program: str = "Summer bridge") -> bytes:
    return providers.template(kind="xlsx", program=program, year=2025)


def opened(data: bytes | None = None) -> Any:
    return load_workbook(io.BytesIO(data or handed_out()))


def saved(book: Any) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def words(sheet: Any) -> list[str]:
    return [cell for row in sheet.iter_rows(values_only=True) for cell in row if isinstance(cell, str)]


def rules(sheet: Any) -> dict[str, Any]:
    """What is checked while a cell is filled in, by the column."""
    return {str(rule.sqref)[0]: rule for rule in sheet.data_validations.dataValidation}


def names() -> dict[str, str]:
    everybody, *others = Group.objects.order_by("dimension__position", "position")
    assert everybody.slug == "all-students"
    return {group.slug: group.name for group in (everybody, *others)}


def receive(by: User, data: bytes, name: str = "figures.xlsx") -> providers.Received:
    return providers.receive(code=CODE, year=2025, name=name, data=data, by=by)


class TestTheSheetToFillIn:
    def test_it_is_the_first_one_is_called_so_and_is_the_one_that_opens(self):
        book = opened()
        assert book.sheetnames == ["Fill in here", "Example", "How to fill it in", "Groups"]
        assert book.active.title == "Fill in here"

    def test_nothing_is_hidden(self):
        book = opened()
        assert {sheet.sheet_state for sheet in book} == {"visible"}
        assert not any(line.hidden for sheet in book for line in sheet.row_dimensions.values())
        assert not any(column.hidden for sheet in book for column in sheet.column_dimensions.values())

    def test_the_header_stays_in_sight_and_every_name_fits_its_column(self):
        sheet = opened().worksheets[0]
        assert sheet.freeze_panes == "B2"
        assert sheet.column_dimensions["A"].width >= max(len(name) for name in words(sheet))
        assert all(sheet.column_dimensions[letter].width >= len("persisted") + 2 for letter in "BCDEF")

    def test_the_groups_are_a_drop_down_whose_names_stand_on_a_sheet(self):
        book = opened()
        rule = rules(book.worksheets[0])["A"]
        assert (rule.type, rule.showDropDown, rule.showErrorMessage, rule.errorStyle) == ("list", False, True, None)
        sheet, cells = rule.formula1.split("!")
        listed = [cell.value for (cell,) in book[sheet][cells.replace("$", "")]]
        assert listed == list(names().values())
        assert re.fullmatch(r"Groups!\$A\$2:\$A\$\d+", rule.formula1), "a range that does not move from line to line"

    def test_every_line_that_the_intake_takes_is_helped_with(self):
        assert workbook.MOST_LINES == sheets.MOST_LINES
        asked = {str(rule.sqref) for rule in rules(opened().worksheets[0]).values()}
        assert asked == {f"{letter}2:{letter}{sheets.MOST_LINES + 1}" for letter in "ABCDEF"}

    def test_each_column_says_what_it_counts_and_what_may_stand_in_it(self):
        found = rules(opened().worksheets[0])
        for letter, stage in zip("BCDEF", STAGES, strict=True):
            rule = found[letter]
            assert (rule.type, rule.allow_blank, rule.showErrorMessage, rule.showInputMessage) == (
                "custom", True, True, True,
            )  # fmt: skip
            assert rule.promptTitle == stage.name
            assert rule.prompt.startswith(stage.numerator)
            assert all(mark in rule.error for mark in ("whole number", "*", "n/a", "empty"))
            assert f"{letter}2" in rule.formula1
            assert not set(re.findall(r"[A-Z]+(?=2\b)", rule.formula1)) - {letter}, "it looks at its own cell alone"

    def test_the_largest_number_is_the_one_that_the_intake_takes(self, clerk):
        largest = workbook.LARGEST
        assert receive(clerk, f"group,served\nall-students,{largest}".encode(), "t.csv").problems == ()
        assert receive(clerk, f"group,served\nall-students,{largest + 1}".encode(), "t.csv").problems

    def test_no_message_is_longer_than_excel_takes(self):
        for rule in rules(opened().worksheets[0]).values():
            assert max(len(rule.promptTitle), len(rule.errorTitle)) <= LONGEST_TITLE
            assert len(rule.prompt) <= LONGEST_PROMPT
            assert len(rule.error) <= LONGEST_ERROR
            assert len(rule.formula1) <= LONGEST_FORMULA

    def test_the_drop_down_is_in_the_file_as_excel_and_libreoffice_read_it(self):
        with zipfile.ZipFile(io.BytesIO(handed_out())) as parts:
            first = parts.read("xl/worksheets/sheet1.xml").decode()
        (rule,) = [one for one in re.findall(r"<dataValidation .*?</dataValidation>", first) if 'type="list"' in one]
        assert 'showErrorMessage="1"' in rule
        assert 'showDropDown="1"' not in rule, "which would hide the arrow"
        assert f"<formula1>Groups!$A$2:$A${len(names()) + 1}</formula1>" in rule


class TestTheExample:
    def test_it_says_that_it_is_invented_where_a_table_has_its_header(self):
        first = words(opened()["Example"])[0]
        assert "Invented" in first
        assert "Nothing here is read." in first

    def test_the_intake_would_take_it_as_it_is(self, clerk):
        _notice, _empty, header, *lines = opened()["Example"].iter_rows(max_col=len(PROVIDER.columns), values_only=True)
        assert header == PROVIDER.columns
        assert len(lines) == len(EXAMPLE)
        out = io.StringIO()
        csv.writer(out).writerows([header, *lines])
        received = receive(clerk, out.getvalue().encode(), "example.csv")
        assert (received.problems, received.rows) == ((), len(EXAMPLE))

    def test_it_shows_a_number_every_mark_and_an_empty_cell(self):
        cells = {cell for line in EXAMPLE for cell in line.cells}
        assert {"", *sheets.MARKS} == {cell for cell in cells if not cell.isdecimal()}
        assert all(int(cell) % 5 == 0 for cell in cells if cell.isdecimal()), "nobody takes round figures for real ones"

    def test_each_line_of_it_says_what_it_says(self):
        assert all(line.remark.endswith(".") for line in EXAMPLE)

    def test_a_group_that_a_board_does_not_have_is_not_in_it(self):
        fewer = {slug: name for slug, name in names().items() if slug != "grade-12"}
        sheet = opened(workbook.as_workbook(fewer, title="Summer bridge"))["Example"]
        assert "Grade 12" not in words(sheet)
        assert sheet.max_row == len(EXAMPLE) + 2


class TestHowToFillItIn:
    def said(self) -> str:
        return " ".join(words(opened()["How to fill it in"]))

    def test_it_says_whose_figures_of_which_year_they_are(self):
        assert "Summer bridge, school year 2024–25" in self.said()

    def test_it_says_what_each_column_counts_and_what_it_is_a_part_of(self):
        said = self.said()
        assert all(f"{stage.column} {stage.numerator}." in said for stage in STAGES)
        assert said.count("Never more than “served” or “enrolled”.") == 2

    @pytest.mark.parametrize(
        "what",
        [
            "One group of students in your program, in one school year.",
            "no line for one student",
            "A small group",
            "The stage does not apply",
            "Only the sheet “Fill in here” is read.",
        ],
    )
    def test_it_says_the_rest_in_plain_words(self, what):
        assert what in self.said()

    def test_it_names_every_group_that_does_not_go_beside_another_one(self):
        known, lines = names(), list(opened()["How to fill it in"].iter_rows(values_only=True))
        for slug, others in OVERLAPS.items():
            (beside,) = [said for name, said in lines if name == known[slug]]
            assert set(beside.removeprefix("not beside ").split(", ")) == {known[other] for other in others}

    def test_it_names_no_group_that_a_board_does_not_have(self):
        parts = advice({"all-students": "Everybody", "homeless": "Without a home"}, table="Fill in here")
        said = [name for part in parts for name, _words in part.lines]
        assert "Everybody" in said
        assert "Without a home" not in said, "there is nothing it may not stand beside"


class TestAFileThatIsHandedOut:
    def test_it_has_no_macros_no_links_no_drawings_and_no_doctype(self):
        with zipfile.ZipFile(io.BytesIO(handed_out())) as parts:
            listed = {name: parts.read(name).decode() for name in parts.namelist()}
        odd = re.compile(r"vba|external|drawing|comment|embed|connection|query", re.IGNORECASE)
        assert [name for name in listed if odd.search(name)] == []
        assert [name for name, text in listed.items() if "<!" in text or "External" in text or "macro" in text] == []

    @pytest.mark.parametrize("start", FORMULA_STARTS)
    def test_no_text_in_it_runs_when_a_spreadsheet_program_opens_it(self, start):
        Group.objects.filter(slug="female").update(name=f"{start}1+1")
        Group.objects.filter(slug="high-needs").update(name=f"{start}2+2")
        book = opened(handed_out(program=f"{start}cmd|'/c calc'!A1"))
        cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
        assert not {"f", "e"} & {cell.data_type for cell in cells}, "no formulas and no errors"
        assert not any(cell.startswith(FORMULA_STARTS) for sheet in book for cell in words(sheet))
        listed = {sheet.title for sheet in book if any("1+1" in cell for cell in words(sheet))}
        assert listed == {"Fill in here", "Example", "Groups"}

    def test_its_other_sheets_are_no_tables_of_figures_and_none_of_students(self):
        first, *others = opened().worksheets
        assert tuple(cell.value for cell in first[1]) == PROVIDER.columns
        for sheet in others:
            head = [str(cell.value).lower() for cell in sheet[1] if cell.value is not None]
            assert not {*head} & {*PROVIDER.columns, *TIDY.columns}
            assert not any(PERSONAL_COLUMN.search(cell) for cell in head)
        assert words(opened()["Example"]).count("what the line says") == 1, "no layout has this column"

    def test_a_group_that_is_called_by_a_number_keeps_its_name(self):
        Group.objects.filter(slug="grade-12").update(name="12")
        assert "12" in words(opened().worksheets[0])


def filled_in() -> Any:
    """The workbook with figures for all students and two groups, and everything else as it was."""
    book = opened()
    sheet = book.worksheets[0]
    lines = {row[0].value: row for row in sheet.iter_rows(min_row=2)}
    figures = {
        "All Students": (120, 100, 80, 60, 30),
        "Female": (70, 60, 50, "n/a", "*"),
        "Male": (50, 40, 30, None, None),
    }
    for name, numbers in figures.items():
        for cell, number in zip(lines[name][1:], numbers, strict=True):
            cell.value = number
    return book


def test_the_sheet_that_is_filled_in_comes_back_by_itself(clerk):
    alone = Workbook()
    for row in filled_in().worksheets[0].iter_rows(values_only=True):
        alone.active.append(row)
    received = receive(clerk, saved(alone))
    assert (received.problems, received.rows) == ((), 3)


def test_the_workbook_that_is_filled_in_comes_back_as_it_is(clerk):
    received = receive(clerk, saved(filled_in()))
    assert (received.problems, received.rows) == ((), 3)
    assert providers.accept(batch=received.batch, by=clerk) == 13
