"""The ledger's rules as truth tables: stages, who is bound in a year, words that follow from data, coverage."""

from datetime import date

import pytest

from coalition.rules.ledger import (
    Coverage,
    Moment,
    Stage,
    State,
    coverage,
    from_contact,
    from_data,
    from_meetings,
    held,
    last_day,
    lies_before,
    signed,
    stage,
    year_of,
)
from coalition.rules.roles import Role

LAST = date(2026, 6, 30)
BEFORE, AFTER = date(2026, 6, 29), date(2026, 7, 1)


@pytest.mark.parametrize(
    ("sent", "reply_until", "replied", "released", "on", "expected"),
    [
        (False, None, False, False, BEFORE, Stage.DRAFT),
        (True, LAST, False, False, BEFORE, Stage.WITH_ORGANIZATION),
        (True, LAST, False, False, LAST, Stage.WITH_ORGANIZATION),  # the last day still counts
        (True, LAST, False, False, AFTER, Stage.READY),
        (True, LAST, True, False, BEFORE, Stage.READY),
        (True, LAST, True, False, AFTER, Stage.READY),
        (True, LAST, False, True, AFTER, Stage.PUBLIC),
        (True, LAST, True, True, BEFORE, Stage.PUBLIC),
    ],
)
def test_where_an_assessment_is(
    *, sent: bool, reply_until: date | None, replied: bool, released: bool, on: date, expected: Stage
) -> None:
    assert stage(sent=sent, reply_until=reply_until, replied=replied, released=released, on=on) == expected


class TestWhoIsBoundInAYear:
    def test_a_year_is_looked_at_on_its_last_day_or_today_while_it_runs(self) -> None:
        assert last_day(2025, date(2026, 6, 30)) == date(2025, 12, 31)
        assert last_day(2026, date(2026, 6, 30)) == date(2026, 6, 30)

    @pytest.mark.parametrize(
        ("day", "words", "year"),
        [
            (date(2018, 3, 1), "", 2018),
            (None, "October 2016", 2016),
            (None, "the coalition’s first year, 2016-17", 2016),
            (None, "from 2017, ended in 2019", 2017),
            (None, "at the launch", None),
            (None, "room 12016", None),
        ],
    )
    def test_the_year_of_a_day_or_of_words_for_it(self, day: date | None, words: str, year: int | None) -> None:
        assert year_of(day, words) == year

    @pytest.mark.parametrize(
        ("one", "other", "before"),
        [
            ((date(2020, 5, 1), ""), (date(2020, 5, 2), ""), True),
            ((date(2020, 5, 2), ""), (date(2020, 5, 2), ""), False),
            ((None, "October 2016"), (date(2017, 1, 1), ""), True),
            ((None, "October 2016"), (date(2016, 12, 31), ""), False),  # the year may be all that is known
            ((date(2015, 1, 1), ""), (None, "fall 2016"), True),
            ((None, "1998"), (None, "October 2016"), True),
            ((None, "at the launch"), (date(2017, 1, 1), ""), False),  # words without a year prove nothing
        ],
    )
    def test_what_lies_before_by_day_or_else_by_year(self, one: Moment, other: Moment, before: bool) -> None:
        assert lies_before(one, other) is before

    @pytest.mark.parametrize(
        ("since", "words", "until", "years"),
        [
            (date(2024, 12, 31), "", None, {2024, 2025, 2026}),  # one day in the year is enough
            (date(2024, 3, 1), "", date(2025, 1, 1), {2024, 2025}),
            (None, "2025", None, {2025, 2026}),
            (None, "long ago", date(2024, 5, 1), {2023, 2024}),
        ],
    )
    def test_a_role_held_on_any_day_of_a_year_counts(
        self, since: date | None, words: str, until: date | None, years: set[int]
    ) -> None:
        period = (Role.PROGRAM_PROVIDER, since, words, until)
        assert {year for year in range(2023, 2027) if held([period], year)} == years

    @pytest.mark.parametrize(
        ("events", "on", "version"),
        [
            ([], date(2026, 1, 1), None),
            ([(1, False, None, "October 2016")], date(2015, 12, 31), None),
            ([(1, False, None, "October 2016")], date(2016, 12, 31), 1),
            ([(1, False, None, "at the launch")], date(2015, 12, 31), 1),  # nobody can date it: in the past
            ([(1, False, date(2025, 5, 2), "")], date(2025, 5, 1), None),
            ([(1, False, date(2025, 5, 2), "")], date(2025, 5, 2), 1),
            ([(1, False, date(2024, 1, 1), ""), (1, True, date(2025, 5, 2), "")], date(2025, 5, 1), 1),
            ([(1, False, date(2024, 1, 1), ""), (1, True, date(2025, 5, 2), "")], date(2025, 5, 2), None),
            # A later version takes over from the day it is signed; who withdraws from it is held to none.
            ([(1, False, date(2024, 1, 1), ""), (2, False, date(2025, 5, 2), "")], date(2025, 5, 1), 1),
            ([(1, False, date(2024, 1, 1), ""), (2, False, date(2025, 5, 2), "")], date(2025, 5, 2), 2),
            (
                [(1, False, date(2024, 1, 1), ""), (2, False, date(2025, 5, 2), ""), (2, True, date(2025, 6, 1), "")],
                date(2025, 6, 1),
                None,
            ),
            (  # Tidying up what it left behind takes nothing from what it signed since.
                [(1, False, date(2024, 1, 1), ""), (1, True, date(2025, 6, 1), ""), (2, False, date(2025, 5, 2), "")],
                date(2025, 6, 1),
                2,
            ),
        ],
    )
    def test_the_version_whose_signature_stands(
        self, events: list[tuple[int, bool, date | None, str]], on: date, version: int | None
    ) -> None:
        assert signed(events, on) == version


class TestWordsThatFollowFromData:
    def test_a_contact_is_named_or_it_is_not(self) -> None:
        assert from_contact(named=True, on_record=True) == State.COMPLETE
        assert from_contact(named=False, on_record=True) == State.NOT_STARTED

    def test_of_a_year_before_anything_was_recorded_nothing_is_known(self) -> None:
        assert from_contact(named=False, on_record=False) == State.NO_EVIDENCE
        assert from_contact(named=True, on_record=False) == State.COMPLETE, "who was named since then, is"

    @pytest.mark.parametrize(
        ("programs", "shared", "state"),
        [
            (0, 0, State.NO_EVIDENCE),
            (1, 0, State.NO_EVIDENCE),
            (1, 1, State.COMPLETE),
            (2, 1, State.LIMITED),  # a bare half is not most of it
            (3, 1, State.LIMITED),
            (3, 2, State.SUBSTANTIAL),
            (3, 3, State.COMPLETE),
        ],
    )
    def test_data_shared_for_some_programs_and_not_for_others(self, programs: int, shared: int, state: State) -> None:
        assert from_data(programs=programs, shared=shared) == state

    @pytest.mark.parametrize(
        ("asked", "attended", "state"),
        [
            (0, 0, None),  # never “not started”: nobody asked
            (4, 0, State.NOT_STARTED),
            (4, 1, State.LIMITED),
            (4, 2, State.LIMITED),
            (4, 3, State.SUBSTANTIAL),
            (4, 4, State.COMPLETE),
            (1, 1, State.COMPLETE),
        ],
    )
    def test_meetings_attended_of_those_it_was_asked_to(self, asked: int, attended: int, state: State | None) -> None:
        assert from_meetings(asked=asked, attended=attended) == state


class TestCoverage:
    def test_four_of_seven_kept_it_and_the_one_nobody_spoke_of_is_open(self) -> None:
        said = [
            ("a", State.COMPLETE),
            ("b", State.COMPLETE),
            ("c", State.SUBSTANTIAL),
            ("d", State.COMPLETE),
            ("e", State.NOT_STARTED),
            ("f", State.NO_EVIDENCE),
        ]
        found = coverage(said, "abcdefg")
        assert (found.bound, found.assessed, found.kept, found.open) == (7, 6, 4, 1)
        assert found.states == (
            (State.NO_EVIDENCE, 1),
            (State.NOT_STARTED, 1),
            (State.LIMITED, 0),
            (State.SUBSTANTIAL, 1),
            (State.COMPLETE, 3),
        )

    def test_a_word_on_an_organization_that_is_not_bound_counts_nowhere(self) -> None:
        assert coverage([("z", State.COMPLETE)], ["a"]) == Coverage(1, 0, 0, tuple((state, 0) for state in State))

    def test_where_nobody_is_bound_everything_is_nothing(self) -> None:
        found = coverage([], [])
        assert (found.bound, found.assessed, found.kept, found.open) == (0, 0, 0, 0)
