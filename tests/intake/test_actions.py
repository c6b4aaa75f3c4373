"""A file on its way in: read, reviewed, accepted by a person, all or nothing."""

import pytest
from django.contrib.auth.models import User
from django.db import connection

from metrics.intake.actions import IntakeError, accept, discard, receive
from metrics.intake.by_hand import enter
from metrics.intake.readers import UnreadableFile
from metrics.models import Batch, Observation, Problem, SourceFile, StagedRow

pytestmark = pytest.mark.django_db

HEADER = "indicator,place,group,period,value,numerator,denominator,status,source,note"
SOURCE = "edsight-graduation-4yr"


@pytest.fixture
def clerk() -> User:
    return User.objects.create_user("clerk")


def line(
    value="", *, indicator="graduation-4yr", place="0640011", group="black", period="2025", numerator="",
    denominator="", status="", source=SOURCE, note="",
) -> str:  # fmt: skip
    return f"{indicator},{place},{group},{period},{value},{numerator},{denominator},{status},{source},{note}"


def file(*lines: str) -> bytes:
    return "\n".join([HEADER, *lines]).encode()


def send(by: User, *lines: str) -> Batch:
    return receive(name="figures.csv", data=file(*lines), by=by).batch


def outcomes(batch: Batch) -> dict[int, str]:
    return dict(batch.rows.values_list("line", "outcome"))


def refusals(batch: Batch) -> list[str]:
    return [problem.sentence for problem in batch.problems.all()]


def stands(**key) -> Observation | None:
    return Observation.objects.current().filter(indicator__slug="graduation-4yr", place__code="0640011", **key).first()


class TestReceiving:
    def test_each_line_is_new_changed_or_unchanged_against_what_stands(self, clerk):
        batch = send(
            clerk,
            line("80.1"),  # nothing stands for Black students of the class of 2025
            line("85.4", group="all-students", numerator="1019", denominator="1194"),
            line("71.5", group="all-students", period="2014", numerator="980", denominator="1370"),
        )
        assert refusals(batch) == []
        assert outcomes(batch) == {2: "new", 3: "changed", 4: "unchanged"}
        assert batch.rows_read == 3

    def test_nothing_is_a_figure_before_somebody_accepts_it(self, clerk):
        before = Observation.objects.count()
        send(clerk, line("80.1"))
        assert Observation.objects.count() == before

    def test_the_same_bytes_again_are_nothing_new(self, clerk):
        first = receive(name="a.csv", data=file(line("80.1")), by=clerk)
        again = receive(name="b.csv", data=file(line("80.1")), by=clerk)
        assert (first.known, again.known) == (False, True)
        assert again.batch == first.batch

    def test_a_discarded_file_may_come_again(self, clerk):
        first = send(clerk, line("80.1"))
        discard(batch=first, by=clerk)
        again = receive(name="a.csv", data=file(line("80.1")), by=clerk)
        assert not again.known
        assert again.batch != first
        assert SourceFile.objects.filter(batches__in=[first, again.batch]).distinct().count() == 1

    def test_groups_and_places_are_known_by_every_spelling_the_files_use(self, clerk):
        batch = send(clerk, line("80.1", group="Black or African American", place="Hartford School District"))
        assert refusals(batch) == []
        assert batch.rows.get().group.slug == "black"

    def test_a_file_refused_whole_leaves_nothing_behind(self, clerk):
        before = [model.objects.count() for model in (SourceFile, Batch, StagedRow, Problem)]
        with pytest.raises(UnreadableFile):
            receive(name="x.csv", data=b"student,birth date\nA B,2001-01-01", by=clerk)
        assert [model.objects.count() for model in (SourceFile, Batch, StagedRow, Problem)] == before

    def test_the_number_of_queries_does_not_grow_with_the_lines(self, clerk, django_assert_max_num_queries):
        many = [line("80.1", period=str(year)) for year in range(1990, 2027)]
        with django_assert_max_num_queries(
            20
        ):  # batch seen before, 6 for names, what stands, file, batch, rows, savepoints
            send(clerk, *many)


BAD = [
    (
        line("80", indicator="graduation"),
        "the indicator “graduation” is not known. The nearest known spelling is “graduation-",
    ),
    (line("80", place="Hartfort"), "this place is not known; correct it, or have the spelling added"),
    (line("80", group="Grp E"), "this group is not known; correct it, or have the spelling added"),
    (line("80", source="nowhere"), "this source is not known; correct it, or have the spelling added"),
    (line("80", group=""), "the column “group” is empty"),
    (line("80", period="soon"), "this cell is not a year; write 2025, or 2024-25 for a school year"),
    (line("80", period="2205"), "2205 is not a year between 1990 and"),
    (line("80", period="2014-16"), "“2014-16” is not one school year"),
    (line("100.1"), "100.1 is outside 0 to 100 percent"),
    (line("-1"), "-1 is outside 0 to 100 percent"),
    (line("95%"), "95% is not a number; write it like 85.3 without the percent sign"),
    (line("abc"), "this cell is not a number; write it like 85.3"),
    (line("９５"), "is not a number"),
    (line("1e2"), "is not a number"),
    (line("9_5"), "is not a number"),
    (line('"85,3"'), "“85,3” has a comma; write 85.3 with a decimal point"),
    (line("85.33333"), "more than four decimals"),
    (line("85.3", numerator="1200", denominator="1194"), "the numerator 1200 is above the denominator 1194"),
    (line("58.3", numerator="1019", denominator="1194"), "58.3 contradicts its counts: 1019 of 1194 is 85.3 percent"),
    (line("0.853", numerator="1019", denominator="1194"), "0.853 contradicts its counts"),
    (line("0.95"), "0.95 looks like a fraction; write 95.0, or give both counts"),
    (line("85.3", numerator="1019", denominator="0"), "a rate out of 0 students cannot be"),
    (line("85.3", numerator="1019.5", denominator="1194"), "1019.5 is not a whole number"),
    (line("85.3", numerator='"10,19"', denominator="1194"), "10,19 is not a whole number"),
    (line(""), "there is no value; write the figure, or say in the status column why there is none"),
    (line("", status="final"), "the status final promises a value, and there is none"),
    (line("80", status="suppressed"), "the status suppressed says that there is no value, and there is 80"),
    (line("*", status="final"), "“*” means suppressed, the status column says final"),
    (line("80", status="certain"), "this status is not known; use one of final,"),
    (line("*", numerator="3", denominator="50"), "cannot have a numerator: it would give it away"),
    (line("=1+1"), "this cell is a formula; paste the value itself"),
    (line("80", note="@SUM(A1)"), "this cell is a formula"),
    (line("80", group="Balck or African American"), "The nearest known spelling is “Black or African American”"),
    (line("+80"), "+80 is not a number; write it like 85.3"),
    (line("80", note="see\u202e below"), "this cell has a letter that cannot be seen"),
    (line("80", note="see\x01 below"), "this cell has a letter that cannot be seen"),
    (line("80", note="-1+1"), "this cell is a formula"),
]


class TestBadLines:
    @pytest.mark.parametrize(("bad", "sentence"), BAD, ids=range(len(BAD)))
    def test_a_bad_line_is_refused_with_its_number_and_one_sentence_and_the_good_ones_stay(self, clerk, bad, sentence):
        batch = send(clerk, line("80.1", group="white"), bad)
        (refusal,) = refusals(batch)
        assert refusal.startswith("Line 3: ")
        assert sentence in refusal
        assert outcomes(batch) == {2: "new"}

    def test_lines_that_contradict_each_other_are_all_refused(self, clerk):
        batch = send(clerk, line("80.1"), line("80.2"), line("75", group="white"))
        assert refusals(batch) == [
            "Line 2: contradicts line 3 about the same figure; keep one.",
            "Line 3: contradicts line 2 about the same figure; keep one.",
        ]
        assert outcomes(batch) == {4: "new"}

    def test_a_repeated_line_is_refused_once(self, clerk):
        batch = send(clerk, line("80.1"), line("80.1"))
        assert refusals(batch) == ["Line 3: repeats line 2; remove one of the two."]

    def test_the_marks_of_the_sources_are_four_different_things_and_none_is_zero(self, clerk):
        marks = ["*", "-9999", "N/A", "-6666", "0"]
        batch = send(clerk, *[line(mark, period=str(2020 + i)) for i, mark in enumerate(marks)])
        rows = list(batch.rows.values_list("status", "value"))
        assert rows == [
            ("suppressed", None),
            ("suppressed", None),
            ("not_applicable", None),
            ("not_yet_available", None),
            ("final", 0),
        ]

    def test_a_small_rate_with_counts_that_confirm_it_is_no_fraction(self, clerk):
        batch = send(clerk, line("0.5", numerator="1", denominator="200"))
        assert refusals(batch) == []

    def test_a_school_year_is_the_year_it_ends_in(self, clerk):
        batch = send(clerk, line("80", period="2019-20"), line("81", period="2020-2021"), line("70", period="1999-00"))
        assert list(batch.rows.values_list("period", flat=True)) == [2020, 2021, 2000]


PERSONAL = ["123-45-6789", "maria@example.org", "2004-05-12", "5/12/2004"]


class TestPersonalData:
    @pytest.mark.parametrize("sign", PERSONAL)
    @pytest.mark.parametrize("column", ["group", "place", "period", "value", "numerator", "note"])
    def test_a_file_that_may_tell_about_a_person_is_refused_before_anything_is_written(self, clerk, column, sign):
        before = [model.objects.count() for model in (SourceFile, Batch, StagedRow, Problem)]
        with pytest.raises(UnreadableFile, match="Line 3 looks like it tells about a single person"):
            send(clerk, line("80"), line(**{"value": "81", column: f"Maria {sign}"}))
        assert [model.objects.count() for model in (SourceFile, Batch, StagedRow, Problem)] == before

    @pytest.mark.parametrize(
        "column", ["indicator", "place", "group", "source", "period", "value", "numerator", "status"]
    )
    def test_a_name_in_a_wrong_column_is_not_kept_in_the_reason_for_refusing_it(self, clerk, column):
        batch = send(clerk, line("80.1", group="white"), line(**{"value": "80", column: "Maria Gonzalez"}))
        (refusal,) = refusals(batch)
        assert "Maria" not in refusal

    def test_discarding_leaves_neither_rows_nor_reasons(self, clerk):
        batch = send(clerk, line("80"), line("101", group="white"))
        discard(batch=batch, by=clerk)
        assert (batch.rows.count(), batch.problems.count()) == (0, 0)


def test_many_unknown_spellings_cost_no_more_than_a_few(clerk, monkeypatch):
    """Comparing with every known spelling is slow; it is done for the first different ones only."""
    from metrics.intake import registry

    compared = []

    def compare(cell, *_args, **_more):
        compared.append(cell)
        return []

    monkeypatch.setattr(registry, "get_close_matches", compare)
    send(clerk, *[line("80", place=f"Nowhere {number}") for number in range(500)])
    assert len(compared) == registry.MOST_HINTS


class TestAccepting:
    def test_the_good_lines_become_figures_with_their_file_line_person_and_time(self, clerk):
        batch = send(clerk, line("80.1", numerator="331", denominator="413"))
        assert accept(batch=batch, by=clerk) == 1
        figure = stands(group__slug="black", period=2025)
        assert (str(figure.value), figure.numerator, figure.denominator) == ("80.1000", 331, 413)
        assert (figure.source_file, figure.line, figure.recorded_by) == (batch.source_file, 2, clerk)
        batch.refresh_from_db()
        assert (batch.state, batch.decided_by) == (Batch.State.ACCEPTED, clerk)

    def test_a_changed_figure_needs_a_reason_and_keeps_the_old_one_behind_it(self, clerk):
        old = stands(group__slug="all-students", period=2024)
        batch = send(clerk, line("78.7", group="all-students", period="2024"))
        with pytest.raises(IntakeError, match="say why"):
            accept(batch=batch, by=clerk)
        assert stands(group__slug="all-students", period=2024) == old
        accept(batch=batch, by=clerk, reason="The state revised the class of 2024.")
        new = stands(group__slug="all-students", period=2024)
        assert (new.supersedes, new.reason) == (old, "The state revised the class of 2024.")
        old.refresh_from_db()
        assert str(old.value) == "78.6000"

    def test_unchanged_lines_write_nothing(self, clerk):
        batch = send(clerk, line("71.5", group="all-students", period="2014", numerator="980", denominator="1370"))
        before = Observation.objects.count()
        assert accept(batch=batch, by=clerk) == 0
        assert Observation.objects.count() == before

    def test_accepting_twice_makes_one_set_of_figures(self, clerk):
        batch = send(clerk, line("80.1"))
        accept(batch=batch, by=clerk)
        with pytest.raises(IntakeError, match="was accepted before"):
            accept(batch=batch, by=clerk)
        assert Observation.objects.filter(source_file=batch.source_file).count() == 1

    def test_a_figure_that_changed_meanwhile_stops_the_whole_batch(self, clerk):
        batch = send(clerk, line("78.7", group="all-students", period="2024"), line("80.1"))
        enter(cells=cells("78.8", group="all-students", period="2024"), by=clerk, reason="By phone.")
        with pytest.raises(IntakeError, match="Line 2 was changed by somebody else"):
            accept(batch=batch, by=clerk, reason="Revision.")
        assert stands(group__slug="black", period=2025) is None

    def test_a_figure_entered_meanwhile_stops_the_whole_batch_too(self, clerk):
        batch = send(clerk, line("80.1"), line("90", group="white"))
        enter(cells=cells("80.2"), by=clerk)
        with pytest.raises(IntakeError, match="entered by somebody else"):
            accept(batch=batch, by=clerk)
        assert stands(group__slug="white", period=2025) is None
        batch.refresh_from_db()
        assert batch.state == Batch.State.WAITING

    def test_a_discarded_batch_changes_nothing_and_cannot_be_accepted(self, clerk):
        batch = send(clerk, line("80.1"))
        discard(batch=batch, by=clerk)
        with pytest.raises(IntakeError, match="was discarded before"):
            accept(batch=batch, by=clerk)
        assert stands(group__slug="black", period=2025) is None


def cells(value: str, **changes: str) -> dict[str, str]:
    same = {"indicator": "graduation-4yr", "place": "0640011", "group": "black", "period": "2025", "source": SOURCE}
    return {**same, "value": value, "status": "final", **changes}


class TestEntryByHand:
    def test_one_figure_goes_through_the_same_rules_as_a_file(self, clerk):
        with pytest.raises(IntakeError, match=r"^101 is outside 0 to 100 percent\.$"):
            enter(cells=cells("101"), by=clerk)
        figure = enter(cells=cells("80.1"), by=clerk)
        assert (figure.source_file, figure.line, figure.recorded_by) == (None, None, clerk)

    def test_a_correction_needs_a_reason(self, clerk):
        with pytest.raises(IntakeError, match="stands already: say why"):
            enter(cells=cells("85.4", group="all-students"), by=clerk)

    def test_who_corrects_a_figure_that_changed_meanwhile_is_told_so(self, clerk):
        seen = stands(group__slug="all-students", period=2024).pk
        same = {"group": "all-students", "period": "2024"}
        enter(cells=cells("78.7", **same), by=clerk, reason="First.", seen=seen)
        with pytest.raises(IntakeError, match="Somebody else changed this figure meanwhile"):
            enter(cells=cells("78.8", **same), by=clerk, reason="Second.", seen=seen)

    def test_a_reason_that_does_not_fit_is_refused_and_not_cut(self, clerk):
        with pytest.raises(IntakeError, match="longer than 400 letters"):
            enter(cells=cells("80.1"), by=clerk, reason="x" * 401)

    def test_entering_what_stands_changes_nothing(self, clerk):
        enter(cells=cells("80.1"), by=clerk)
        with pytest.raises(IntakeError, match="exactly the figure that stands"):
            enter(cells=cells("80.1"), by=clerk, reason="Again.")


def test_the_database_itself_refuses_a_figure_that_contradicts_its_status(clerk):
    from django.db import IntegrityError, transaction

    figure = stands(group__slug="all-students", period=2014)
    for change in ({"value": None}, {"status": "suppressed"}, {"numerator": 2000}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Observation.objects.filter(pk=figure.pk).update(**change)
    with connection.cursor() as cursor:
        cursor.execute("SELECT value FROM metrics_observation WHERE id = %s", [figure.pk])
        assert float(cursor.fetchone()[0]) == 71.5
