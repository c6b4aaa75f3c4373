"""A provider's sheet on its way in: read whole or refused whole, and blind to every other program."""

import csv
import io
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from openpyxl import load_workbook

from metrics.intake import actions, providers
from metrics.intake.actions import IntakeError
from metrics.intake.layouts import PROVIDER
from metrics.intake.layouts.stages import OVERLAPS, STAGES
from metrics.models import Batch, Group, Indicator, Observation, Place, Problem, Source, SourceFile, StagedRow
from metrics.models.definitions import PROGRAM_STAGES

pytestmark = pytest.mark.django_db

HEADER = "group,served,accepted,enrolled,persisted,completed"
EVERYBODY = "all-students,120,100,80,60,30"
CODE, OTHER = "program-1", "program-2"


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk")


@pytest.fixture(autouse=True)
def _two_programs() -> None:
    providers.open_place(code=CODE, program="Summer bridge", provider="Provider of the first program")
    providers.open_place(code=OTHER, program="Coaching", provider="Provider of the second program")


def file(*lines: str, header: str = HEADER) -> bytes:
    return "\n".join([header, *lines]).encode()


def receive(by: User, *lines: str, code: str = CODE, year: int = 2025, header: str = HEADER) -> providers.Received:
    return providers.receive(code=code, year=year, name="sheet.csv", data=file(*lines, header=header), by=by)


def sentences(by: User, *lines: str, **more) -> list[str]:
    received = receive(by, *lines, **more)
    assert received.batch == 0, "nothing was wrong with it"
    return [sentence for _line, sentence in received.problems]


def kept() -> list[int]:
    return [model.objects.count() for model in (SourceFile, Batch, StagedRow, Problem, Observation)]


def stands(code: str = CODE, year: int = 2025) -> dict[tuple[str, str], Observation]:
    own = Observation.objects.current().filter(place__code=code, period=year).select_related("indicator", "group")
    return {(row.indicator.slug, row.group.slug): row for row in own}


class TestAGoodSheet:
    def test_each_column_becomes_an_indicator_and_each_rate_has_its_counts(self, clerk):
        received = receive(clerk, EVERYBODY, "Female,70,60,50,40,20")
        assert (received.problems, received.rows) == ((), 2)
        assert providers.accept(batch=received.batch, by=clerk) == 10
        figures = stands()
        served, enrolled = figures["program-served", "all-students"], figures["program-enrolled", "female"]
        assert (served.value, served.numerator, served.denominator) == (Decimal(120), None, None)
        assert (enrolled.value, enrolled.numerator, enrolled.denominator) == (Decimal("71.4"), 50, 70)
        assert enrolled.source.publisher == "Provider of the first program"
        assert (enrolled.line, enrolled.source_file.layout) == (3, "provider")

    def test_nothing_a_mark_no_such_thing_and_zero_are_four_different_things(self, clerk):
        received = receive(clerk, "all-students,120,,*,N/A,0")
        providers.accept(batch=received.batch, by=clerk)
        figures = {slug: (row.status, row.value) for (slug, _group), row in stands().items()}
        assert figures == {
            "program-served": ("final", 120),
            "program-enrolled": ("suppressed", None),
            "program-persisted": ("not_applicable", None),
            "program-completed": ("final", 0),
        }

    def test_none_of_nobody_is_no_rate(self, clerk):
        received = receive(clerk, EVERYBODY, "asian,0,0,,,")
        providers.accept(batch=received.batch, by=clerk)
        assert stands()["program-accepted", "asian"].status == "not_applicable"
        assert stands()["program-served", "asian"].value == 0

    def test_groups_without_a_figure_are_left_out(self, clerk):
        assert receive(clerk, EVERYBODY, "female,,,,,", "male,,,,,").rows == 1

    def test_a_column_that_a_program_does_not_track_may_be_missing(self, clerk):
        assert receive(clerk, "40,all-students", header="served,group").problems == ()

    def test_it_is_read_for_review_beside_what_stands(self, clerk):
        providers.accept(batch=receive(clerk, "all-students,120,100,,,").batch, by=clerk)
        again = receive(clerk, "all-students,120,90,,,")
        assert providers.rows(batch=again.batch) == (
            (2, "All Students", "Students served", "120", "120", "unchanged"),
            (2, "All Students", "Accepted by a college", "90 of 120 (75%)", "100 of 120 (83.3%)", "changed"),
        )

    def test_the_number_of_queries_does_not_grow_with_the_lines(self, clerk, django_assert_max_num_queries):
        groups = list(Group.objects.filter(dimension__slug="grade").values_list("slug", flat=True))
        receive(clerk, EVERYBODY, year=2024)
        with django_assert_max_num_queries(20):
            assert receive(clerk, EVERYBODY, *[f"{slug},5,4,3,2,1" for slug in groups]).problems == ()


BAD = [
    ("female,130,90,,,", "Line 3: the groups of “Gender” have 130 in “served” together, all students 120."),
    ("female,60,70,,,", "Line 3: 70 in “accepted” is above 60 in “served”."),
    ("female,60,50,40,45,", "Line 3: 45 in “persisted” is above 40 in “enrolled”."),
    ("female,60,50,20,10,25", "Line 3: 25 in “completed” is above 20 in “enrolled”."),
    ("female,,50,,,", "Line 3: there is a figure in “accepted” and none in “served”."),
    ("female,*,50,,,", "Line 3: there is a number in “accepted” and none in “served”."),
    ("femal,60,50,,,", "Line 3: the group “femal” is not known. The nearest known spelling is “Female”."),
    (
        "robotics club,60,50,,,",
        "Line 3: this group is not known; correct it, or have the spelling added to the board’s list.",
    ),
    (",60,50,,,", "Line 3: the column “group” is empty."),
    (
        "female,-60,,,,",
        "Line 3: -60 in “served” is no number of students; write it like 1194, “*” if you withhold it, or “N/A”.",
    ),
    ("female,60.5,,,,", "Line 3: 60.5 in “served” is no number of students; write"),
    ("female,sixty,,,,", "Line 3: this cell in “served” is no number of students; write"),
    ("female,=60,,,,", "Line 3: this cell is a formula; paste the value itself."),
    ("all-students,60,,,,", "Line 3: repeats line 2; remove one of the two."),
]


class TestABadSheet:
    @pytest.mark.parametrize(("line", "sentence"), BAD, ids=range(len(BAD)))
    def test_it_is_refused_whole_with_one_sentence_for_each_problem_and_nothing_is_kept(self, clerk, line, sentence):
        before = kept()
        (said,) = sentences(clerk, EVERYBODY, line)
        assert said.startswith(sentence)
        assert kept() == before

    def test_all_problems_are_listed_by_line(self, clerk):
        received = receive(clerk, EVERYBODY, "femal,60,2", "male,50,60", "asian,many,")
        assert [line for line, _sentence in received.problems] == [3, 4, 5]

    @pytest.mark.parametrize("total", ["female,60,50,,,", "all-students,N/A,,,,", "all-students,*,,,,"])
    def test_all_students_are_needed(self, clerk, total):
        (said,) = sentences(clerk, total)
        assert "All Students" in said or "is needed of all students" in said

    def test_who_is_in_no_group_cannot_have_come_to_a_stage_more_often_than_there_are_of_them(self, clerk):
        (said,) = sentences(clerk, "all-students,120,100", "female,70,60", "male,48,30", header="group,served,accepted")
        assert said == ("Line 4: the groups of “Gender” leave 2 of all students over in “served” and 10 in “accepted”.")

    def test_nobody_needs_to_be_accepted_to_enroll_or_to_persist_to_complete(self, clerk):
        assert receive(clerk, "all-students,120,20,80,30,50").problems == ()

    @pytest.mark.parametrize(
        ("group", "other"),
        [
            ("free-or-reduced-meals", "free-meals"),
            ("high-needs", "english-learners"),
            ("not-high-needs", "not-special-education"),
            ("homeless", "free-or-reduced-meals"),
            ("all-other-races", "asian"),
        ],
    )
    def test_groups_that_count_the_same_students_do_not_go_together(self, clerk, group, other):
        (said,) = sentences(clerk, EVERYBODY, f"{group},60", f"{other},50")
        assert said.endswith("in line 4 count the same students; send one of the two.")

    @pytest.mark.parametrize(
        ("year", "said"), [(1989, "1989 is not a year between 1990"), (2205, "2205 is not a year")]
    )
    def test_a_year_that_cannot_be_is_refused(self, clerk, year, said):
        assert sentences(clerk, EVERYBODY, year=year)[0].startswith(said)

    def test_an_empty_template_says_that_it_is_empty(self, clerk):
        data = providers.template(kind="csv", program="Summer bridge", year=2025)
        received = providers.receive(code=CODE, year=2025, name="t.csv", data=data, by=clerk)
        assert received.problems == (
            (0, "There is no line “All Students” with the number served; the groups are parts of it."),
        )

    @pytest.mark.parametrize("data", [b"", b"\x00\x01", b"%PDF-1.7", b"PK\x03\x04x", b"hello", b"group,served\n"])
    def test_what_is_no_table_is_refused_with_one_sentence(self, clerk, data):
        received = providers.receive(code=CODE, year=2025, name="x", data=data, by=clerk)
        assert [line for line, _sentence in received.problems] == [0]


STUDENTS = [
    (HEADER, ["Maria Gonzalez,1,1,0,0,0"], "Line 3 looks like it tells about a single student"),
    (HEADER, ["Maria Gonzalez,yes,no,,,"], "Line 3 looks like it tells about a single student"),
    (HEADER, ["female,yes,no,,,"], "Line 3 looks like it tells about a single student"),
    (HEADER, ["female,1,1,0,0,0", "female,1,0,0,0,0"], "Line 4 looks like it tells about a single student"),
    (HEADER, ["100234567,60,50,,,"], "Line 3 looks like it tells about a single student"),
    (HEADER, ["maria@example.org,60,50,,,"], "Line 3 looks like it tells about a single student"),
    (HEADER, ["2007-05-12,60,50,,,"], "Line 3 looks like it tells about a single student"),
    (HEADER, ["123-45-6789,1,1,,,"], "Line 3 looks like it tells about a single student"),
    (HEADER, ["female,60,50,,,"] * 400, "Line 302 looks like it tells about a single student"),
    (HEADER + ",student name", ["female,60,50,,,,Maria"], "no student-level data is taken"),
    (HEADER + ",ID", ["female,60,50,,,,7"], "no student-level data is taken"),
    (HEADER + ",date_of_birth", ["female,60,50,,,,7"], "no student-level data is taken"),
    ("Student ID,First Name,DOB", ["1,Maria,2"], "no student-level data is taken"),
]


class TestStudents:
    @pytest.mark.parametrize(("header", "lines", "said"), STUDENTS, ids=range(len(STUDENTS)))
    def test_what_tells_about_students_is_refused_whole_before_anything_is_written(self, clerk, header, lines, said):
        before = kept()
        received = receive(clerk, EVERYBODY, *lines, header=header)
        ((_line, sentence),) = received.problems
        assert said in sentence
        assert "Maria" not in sentence
        assert kept() == before

    @pytest.mark.parametrize("line", ["female,1,1,0,0,0", "Grade 12,30,20,15,10,5", "Class of 2015,60,50,,,"])
    def test_an_honest_group_is_not_taken_for_a_student(self, clerk, line):
        received = receive(clerk, EVERYBODY, line)
        assert not any("single student" in sentence for _line, sentence in received.problems)


class TestTheTemplate:
    def cells(self, kind: str) -> list[list[str]]:
        data = providers.template(kind=kind, program="Summer bridge", year=2025)
        if kind == "csv":
            return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
        sheet = load_workbook(io.BytesIO(data)).worksheets[0]
        return [["" if cell is None else str(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_it_has_the_columns_and_a_line_for_every_group_all_students_first(self, kind):
        head, first, *others = self.cells(kind)
        assert ",".join(head) == HEADER
        assert first == ["All Students", "", "", "", "", ""]
        assert len(others) == Group.objects.count() - 1

    def test_it_names_no_program_and_no_provider(self):
        data = providers.template(kind="csv", program="Summer bridge", year=2025).decode()
        assert not any(name in data for name in ("program-", "bridge", "Coaching", "Provider"))

    def test_filled_in_it_comes_back_without_a_problem(self, clerk):
        lines = self.cells("xlsx")
        lines[1][1:] = ["120", "100", "80", "60", "30"]
        data = "\n".join(",".join(f'"{cell}"' for cell in line) for line in lines).encode()
        assert providers.receive(code=CODE, year=2025, name="t.csv", data=data, by=clerk).problems == ()

    @pytest.mark.parametrize("kind", ["csv", "xlsx"])
    def test_no_group_name_runs_when_a_spreadsheet_opens_it(self, clerk, kind):
        Group.objects.filter(slug="female").update(name="=1+1")
        cells = self.cells(kind)
        assert ["'=1+1", *[""] * 5] in cells
        assert receive(clerk, EVERYBODY, "'=1+1,60,50,,,").problems == ()

    def test_another_kind_of_file_does_not_exist(self):
        with pytest.raises(ValueError, match="a template is one of"):
            providers.template(kind="pdf", program="Summer bridge", year=2025)


class TestCorrections:
    def accepted(self, clerk: User, *lines: str) -> None:
        providers.accept(batch=receive(clerk, *lines).batch, by=clerk)

    def test_a_change_needs_a_reason_and_keeps_the_old_figure_behind_it(self, clerk):
        self.accepted(clerk, "all-students,120,100,,,")
        again = receive(clerk, "all-students,120,90,,,")
        with pytest.raises(providers.Refused, match="say why"):
            providers.accept(batch=again.batch, by=clerk)
        assert providers.accept(batch=again.batch, by=clerk, reason="Late letters.") == 1
        assert stands()["program-accepted", "all-students"].supersedes.numerator == 100

    def test_exactly_what_stands_is_known(self, clerk):
        self.accepted(clerk, EVERYBODY)
        assert sentences(clerk, EVERYBODY) == ["This is known: exactly these figures were accepted before."]
        assert sentences(clerk, EVERYBODY, "female,,,,,")[0].startswith("This is known")

    def test_the_same_file_again_while_it_waits_is_known(self, clerk):
        receive(clerk, EVERYBODY)
        assert sentences(clerk, EVERYBODY) == ["This is known: the same file waits for review."]

    def test_a_file_that_was_given_back_may_come_again(self, clerk):
        first = receive(clerk, EVERYBODY)
        providers.discard(batch=first.batch, by=clerk)
        assert providers.rows(batch=first.batch) == ()
        assert receive(clerk, EVERYBODY).problems == ()

    def test_the_same_numbers_for_another_year_are_another_file(self, clerk):
        self.accepted(clerk, EVERYBODY)
        assert receive(clerk, EVERYBODY, year=2024).problems == ()

    def test_a_sheet_is_the_whole_year_so_that_nothing_old_stands_beside_it(self, clerk):
        self.accepted(clerk, EVERYBODY, "female,70,60,50,40,20", "male,50,40,30,,")
        assert sentences(clerk, "all-students,130,110,90,60,30", "female,80,60,,40,20") == [
            "“Male” is missing, and its figures stand; add its line, with “N/A” if it has none.",
            "Line 3: “enrolled” is empty, and its figure stands; write it, “*” or “N/A”.",
        ]
        gone = receive(clerk, "all-students,130,110,90,60,30", "female,80,60,50,40,20", "male,N/A,N/A,N/A,,")
        assert gone.problems == ()


class TestOtherPrograms:
    """Whatever the one program does, the other hears the same words."""

    def test_the_same_bytes_from_another_program_are_not_known(self, clerk):
        first = receive(clerk, EVERYBODY, code=OTHER)
        assert receive(clerk, EVERYBODY).problems == ()
        providers.accept(batch=first.batch, by=clerk)
        assert receive(clerk, EVERYBODY, year=2024).problems == ()

    @pytest.mark.parametrize(
        "cell",
        ["program-2", "program-22", "Coaching", "Coachin", "provider-program-2", "Provider of the second program"],
    )
    def test_no_hint_names_another_program(self, clerk, cell):
        (said,) = sentences(clerk, EVERYBODY, f"{cell},60,50,,,")
        assert "is not known; correct it" in said
        assert "oachin" not in said

    def test_what_stands_of_another_program_is_not_compared_with(self, clerk):
        other = receive(clerk, EVERYBODY, "female,70,60,50,40,20", code=OTHER)
        providers.accept(batch=other.batch, by=clerk)
        received = receive(clerk, "all-students,50,30,,,")
        assert received.problems == ()
        assert {row[4] for row in providers.rows(batch=received.batch)} == {""}
        assert {row[5] for row in providers.rows(batch=received.batch)} == {"new"}


class TestTheStaffsOwnDoor:
    def test_a_providers_batch_is_decided_where_the_provider_hears_of_it(self, clerk):
        batch = Batch.objects.get(pk=receive(clerk, EVERYBODY).batch)
        for decide in (actions.accept, actions.discard):
            with pytest.raises(IntakeError, match="among the uploads of providers"):
                decide(batch=batch, by=clerk)
        batch.refresh_from_db()
        assert batch.state == Batch.State.WAITING

    def test_the_port_decides_no_batch_of_the_staff(self, clerk):
        header = "indicator,place,group,period,value,status,source"
        line = "graduation-4yr,0640011,black,2025,80.1,,edsight-graduation-4yr"
        batch = actions.receive(name="a.csv", data=file(line, header=header), by=clerk).batch
        with pytest.raises(Batch.DoesNotExist):
            providers.accept(batch=batch.pk, by=clerk)
        assert providers.rows(batch=batch.pk) == ()


def test_a_board_without_providers_has_none_of_their_definitions(clerk):
    assert not Indicator.objects.filter(slug__startswith="program-").exists()
    receive(clerk, EVERYBODY)
    assert Indicator.objects.filter(slug__startswith="program-").count() == 5


def test_opening_a_place_again_gives_it_its_names_of_today():
    first = providers.open_place(code=CODE, program="Summer bridge", provider="One")
    assert providers.open_place(code=CODE, program="Bridge to college", provider="Two") == first
    assert Place.objects.get(pk=first).name == "Bridge to college"
    source = Source.objects.get(slug="provider-program-1")
    assert (source.publisher, source.title, source.own_rule) == ("Two", "Bridge to college", True)


def test_the_columns_the_stages_and_their_order_are_the_same_everywhere():
    assert tuple(stage.column for stage in STAGES) == PROVIDER.columns[1:]
    assert tuple(stage.slug for stage in STAGES) == PROGRAM_STAGES
    known = set(Group.objects.values_list("slug", flat=True))
    assert known >= set(OVERLAPS) | set().union(*OVERLAPS.values())
