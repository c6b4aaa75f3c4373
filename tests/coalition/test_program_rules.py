"""Where programs overlap or leave gaps, and who shared for which year."""

from dataclasses import dataclass
from datetime import date

import pytest

from coalition.rules.programs import Cover, Sharing, WayStep, coverage, runs_in, sharing

TODAY = date(2026, 11, 25)
S, N, X, U = Sharing.SHARED, Sharing.NOT_SHARED, Sharing.NOT_RUNNING, Sharing.UNKNOWN


@dataclass(frozen=True)
class Program:
    organization: str = "a"
    since: date | None = None
    until: date | None = None
    steps: tuple[WayStep, ...] = ()
    shared: tuple[int, ...] = ()


def everybody(_program: Program, _year: int) -> bool:
    """Every provider had promised to share."""
    return True


def cells(*programs: Program, through: int = 2026) -> list[tuple[Sharing, ...]]:
    return [row.cells for row in sharing(programs, through, everybody).rows]


class TestCoverage:
    def test_every_step_is_there_in_its_order_also_without_any_program(self):
        found: tuple[Cover[Program], ...] = coverage([], TODAY)
        assert [one.step for one in found] == list(WayStep)
        assert all(one.is_gap and not one.overlaps and one.providers == 0 for one in found)

    def test_a_step_with_one_provider_is_neither_gap_nor_overlap(self):
        bridge = Program("a", steps=(WayStep.SUMMER, WayStep.FIRST_YEAR))
        found = {one.step: one for one in coverage([bridge], TODAY)}
        assert found[WayStep.SUMMER].programs == found[WayStep.FIRST_YEAR].programs == (bridge,)
        assert [step for step, one in found.items() if one.is_gap] == [
            WayStep.HIGH_SCHOOL, WayStep.APPLYING, WayStep.COMPLETING, WayStep.CAREER
        ]  # fmt: skip
        assert not any(one.overlaps for one in found.values())

    def test_two_programs_of_one_provider_are_no_overlap_and_of_two_they_are(self):
        ours = Program("a", steps=(WayStep.SUMMER,))
        second = Program("a", date(2020, 1, 1), steps=(WayStep.SUMMER,))
        theirs = Program("b", steps=(WayStep.SUMMER, WayStep.CAREER))
        summer = coverage([ours, second], TODAY)[2]
        assert (len(summer.programs), summer.providers, summer.overlaps) == (2, 1, False)
        summer = coverage([ours, second, theirs], TODAY)[2]
        assert (len(summer.programs), summer.providers, summer.overlaps) == (3, 2, True)

    def test_only_programs_that_run_on_the_day_count_its_last_day_included(self):
        over = Program(until=date(2026, 11, 24), steps=(WayStep.SUMMER,))
        last_day = Program(until=TODAY, steps=(WayStep.SUMMER,))
        ahead = Program(since=date(2026, 11, 26), steps=(WayStep.SUMMER,))
        assert coverage([over, last_day, ahead], TODAY)[2].programs == (last_day,)


class TestSharing:
    def test_each_program_has_a_cell_for_each_year_since_the_first_began(self):
        old = Program(since=date(2023, 9, 1), shared=(2024, 2026))
        new = Program(since=date(2025, 1, 1))
        table = sharing([old, new], 2026, everybody)
        assert table.years == (2024, 2025, 2026), "what began in September 2023 began in the school year 2023-24"
        assert [row.program for row in table.rows] == [old, new]
        assert [row.cells for row in table.rows] == [(S, N, S), (X, N, N)]

    @pytest.mark.parametrize(
        ("since", "until", "years"),
        [
            (date(2024, 6, 30), date(2024, 6, 30), {2024}),
            (date(2024, 7, 1), date(2024, 12, 31), {2025}),  # a fall is part of the school year that follows
            (date(2024, 1, 1), date(2024, 12, 31), {2024, 2025}),
            (None, date(2024, 7, 1), {2023, 2024, 2025}),
            (date(2024, 9, 1), None, {2025, 2026}),
        ],
    )
    def test_a_school_year_runs_from_july_to_june(self, since, until, years):
        assert {year for year in range(2023, 2027) if runs_in(since, until, year)} == years

    def test_a_program_that_ended_owes_nothing_afterwards(self):
        assert cells(Program(since=date(2023, 1, 1), until=date(2024, 6, 30), shared=(2023,))) == [(S, N, X, X)]

    def test_what_was_shared_is_shared_whatever_the_days_say(self):
        assert cells(Program(since=date(2024, 1, 1), until=date(2025, 1, 1), shared=(2023, 2026))) == [(S, N, N, S)]

    def test_where_nobody_knows_the_beginning_nothing_is_held_against_a_program(self):
        known = Program(since=date(2023, 1, 1))
        assert cells(known, Program(shared=(2024,)), Program()) == [(N, N, N, N), (U, S, N, N), (U, U, U, U)]

    def test_the_year_that_is_due_is_always_there_and_later_ones_once_they_are_shared(self):
        early = Program(since=date(2025, 1, 1), shared=(2025, 2027))
        assert sharing([early], 2025, everybody).years == (2025, 2026, 2027)
        first = sharing([Program(shared=(2026,))], 2025, everybody)
        assert (first.years, first.rows[0].cells) == ((2025, 2026), (U, S)), "it may have run in 2025"

    def test_who_had_promised_nothing_broke_no_promise_and_may_share_all_the_same(self):
        """It signed in 2025; what it shared before, it shared of its own accord."""
        signed_late = Program(since=date(2022, 9, 1), until=date(2025, 12, 31), shared=(2024,))
        (row,) = sharing([signed_late], 2027, lambda _program, year: year >= 2025).rows
        assert row.cells == (Sharing.NO_PROMISE, S, N, N, X)

    def test_a_program_that_has_not_begun_owes_nothing(self):
        assert cells(Program(since=date(2027, 1, 1))) == [(X,)]

    def test_without_programs_the_table_has_no_rows(self):
        assert sharing([], 2026, everybody).rows == ()
