"""The life of a team and of a strategy: every pair of steps, and what a team has to have."""

from decimal import Decimal as D
from itertools import product

import pytest

from coalition.rules.teams import (
    FIRST,
    NEXT,
    OVER,
    PUBLIC_STEPS,
    Need,
    Progress,
    Step,
    following,
    improves,
    is_public,
    lacks,
    may_follow,
    needs_note,
    says_why,
)

R, P, H, Y, N, A, C, E = (
    Step.REPORTED, Step.PROPOSED, Step.HEARD, Step.APPROVED, Step.DECLINED, Step.ACTIVE, Step.COMPLETED, Step.ENDED
)  # fmt: skip

#: Row: the last step. Column: the next one, in the order of Step. x: it may follow.
TABLE = {
    #      R P H Y N A C E
    None: "x x . . . . . .",
    R:    ". . . . . x x x",
    P:    ". . x . x . . .",
    H:    ". . . x x . . .",
    Y:    ". . . . . x . x",
    N:    ". x . . . . . .",
    A:    ". . . . . . x x",
    C:    ". . . . . x . .",
    E:    ". . . . . x . .",
}  # fmt: skip


class TestWhatMayFollow:
    @pytest.mark.parametrize(("last", "step"), list(product([None, *Step], Step)))
    def test_every_pair(self, last, step):
        allowed = dict(zip(Step, TABLE[last].split(), strict=True))[step] == "x"
        assert may_follow(last, step) is allowed
        assert (step in following(last)) is allowed

    def test_what_may_come_next_is_offered_in_the_order_of_a_life(self):
        assert following(None) == (R, P)
        assert following(R) == (A, C, E)
        assert following(H) == (Y, N)

    def test_every_step_can_be_reached_and_none_is_a_dead_end(self):
        assert set(NEXT) == set(Step)
        assert all(NEXT.values())
        reached = set(FIRST)
        while more := {step for last in reached for step in NEXT[last]} - reached:
            reached |= more
        assert reached == set(Step)

    def test_no_path_that_was_not_approved_or_reported_becomes_public(self):
        hidden = {P, H, N}
        for last in hidden:
            assert NEXT[last] - hidden <= {Y}
        assert set(Step) - hidden == PUBLIC_STEPS

    def test_a_team_that_is_over_comes_back_only_by_a_new_decision(self):
        assert {C, E, N} == OVER
        assert following(N) == (P,)
        assert following(C) == following(E) == (A,)


class TestWhoMayKnow:
    @pytest.mark.parametrize(
        ("life", "public"),
        [
            ((), False),
            ((P,), False),
            ((P, H), False),
            ((P, H, N), False),
            ((P, N, P, H), False),
            ((P, H, Y), True),
            ((P, H, Y, E), True),
            ((R,), True),
            ((R, A, C), True),
        ],
    )
    def test_a_proposal_is_the_committees_until_it_is_approved(self, life, public):
        assert is_public(life) is public


class TestWhyIsSaid:
    @pytest.mark.parametrize(
        ("last", "step", "needed"),
        [(P, H, False), (H, Y, False), (H, N, True), (P, N, True), (A, E, True), (A, C, False), (Y, A, False),
         (R, A, False), (E, A, True), (C, A, True), (N, P, False), (None, P, False)],
    )  # fmt: skip
    def test_when_something_stops_or_is_taken_up_again(self, last, step, needed):
        assert says_why(last, step) is needed


class TestWhatATeamLacks:
    WHOLE = ("melt", "0640011", "all-students", D(24), 2021, D(12), 2028)

    @pytest.mark.parametrize(
        ("problem", "metric", "lacking"),
        [
            ("Ninety are accepted, sixty enroll.", WHOLE, ()),
            ("", WHOLE, (Need.PROBLEM,)),
            (" \n", WHOLE, (Need.PROBLEM,)),
            ("A problem.", (), (Need.METRIC,)),
            ("A problem.", (None,) * 7, (Need.METRIC,)),
            ("A problem.", (*WHOLE[:5], None, 2028), (Need.METRIC,)),
            ("", (None,) * 7, (Need.PROBLEM, Need.METRIC)),
        ],
    )
    def test_a_problem_and_a_whole_metric(self, problem, metric, lacking):
        assert lacks(problem, metric) == lacking

    def test_a_baseline_of_zero_is_a_baseline(self):
        assert lacks("A problem.", ("melt", "0640011", "all-students", D(0), 2021, D(12), 2028)) == ()

    @pytest.mark.parametrize(
        ("baseline", "target", "higher_is_better", "better"),
        [(24, 12, False, True), (24, 30, False, False), (60, 70, True, True), (60, 50, True, False),
         (24, 24, True, False), (24, 24, False, False), (24, 24, None, False), (24, 12, None, True),
         (24, 30, None, True)],
    )  # fmt: skip
    def test_a_target_is_better_than_its_baseline(self, baseline, target, higher_is_better, better):
        assert improves(D(baseline), D(target), higher_is_better) is better


class TestAStrategysLog:
    @pytest.mark.parametrize(("last", "progress"), list(product(Progress, Progress)))
    def test_every_pair_may_be_said_and_some_need_a_note(self, last, progress):
        assert needs_note(last, progress) is (last is progress or last in {Progress.DONE, Progress.DROPPED})

    @pytest.mark.parametrize("progress", Progress)
    def test_the_first_line_needs_no_note(self, progress):
        assert not needs_note(None, progress)
