"""The board's own disclosure rule: its edges worked by hand, and that nothing withheld can be worked out."""

from collections import defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.calc.disclosure import Decision, Entry, decide, may_show, moved_by_few, scale, tells_beside

WITHHELD, WITHOUT_COUNTS, WHOLE = Decision.WITHHELD, Decision.WITHOUT_COUNTS, Decision.WHOLE
SERVED, ACCEPTED, ENROLLED, PERSISTED, COMPLETED = range(5)

#: Size of the group → the smallest and the largest number that may be shown of it.
RANGES = {
    0: None,
    1: None,
    5: None,
    6: None,
    19: None,
    20: None,
    21: (6, 15),  # 6 left; 6 of 21 is 29 %
    39: (6, 33),  # 33 of 39 is 85 %, 34 leave 5
    40: (6, 34),
    99: (6, 93),  # 6 of 99 is 6.06 %, 94 leave 5
    100: (6, 94),
    299: (8, 291),  # 7 of 299 is 2.34 %, printed 2, an end; 292 of 299 is 97.66 %, printed 98
    300: (6, 294),  # from here on one decimal and ends at 1 and 99: 6 of 300 is 2.0
    600: (7, 593),  # 6 of 600 is 1.0, an end; 7 is 1.2
    1000: (11, 989),
}


@pytest.mark.parametrize(("whole", "shown"), RANGES.items())
def test_what_may_be_shown_of_a_group_of_each_size(whole, shown):
    allowed = [part for part in range(whole + 1) if may_show(part, whole)]
    assert allowed == ([] if shown is None else list(range(shown[0], shown[1] + 1)))


@pytest.mark.parametrize(("part", "whole", "is_shown"), [(4, 34, False), (31, 34, False), (28, 34, True)])
def test_a_small_group_has_wide_ends(part, whole, is_shown):
    assert may_show(part, whole) is is_shown


@pytest.mark.parametrize(("part", "whole"), [(-1, 50), (51, 50), (30, -50)])
def test_what_cannot_be_is_not_shown(part, whole):
    assert not may_show(part, whole)


@pytest.mark.parametrize(("whole", "decimals"), [(21, 0), (40, 0), (100, 0), (299, 0), (300, 1)])
def test_shares_are_rounded_by_size(whole, decimals):
    assert scale(whole).decimals == decimals


def group(name: str, breakdown: str | None, served: int | None, *parts: int | str | None) -> list[Entry]:
    """A group's line: served, then accepted, enrolled …; None is “*”, “-” is “N/A”, an empty string is no figure."""
    entries = [Entry(SERVED, breakdown, name, whole=served, is_population=True)]
    for stage, part in enumerate(parts, start=1):
        if part == "-":
            entries.append(Entry(stage, breakdown, name, is_empty=True))
        elif part is None:
            entries.append(Entry(stage, breakdown, name))
        elif isinstance(part, int):
            entries.append(Entry(stage, breakdown, name, part, served))
    return entries


def everybody(served: int | None, *parts: int | str | None) -> list[Entry]:
    return group("everybody", None, served, *parts)


def decided(*lines: list[Entry]) -> dict[str, list[Decision]]:
    entries = [entry for line in lines for entry in line]
    found: dict[str, list[Decision]] = defaultdict(list)
    for entry, decision in zip(entries, decide(entries), strict=True):
        found[str(entry.group)].append(decision)
    return found


class TestAllStudents:
    def test_a_large_program_is_shown_whole(self):
        assert decided(everybody(120, 100, 80, 60, 30)) == {"everybody": [WHOLE] * 5}

    def test_a_stage_with_few_is_withheld_alone(self):
        assert decided(everybody(120, 100, 80, 60, 5)) == {"everybody": [WHOLE, WHOLE, WHOLE, WHOLE, WITHHELD]}

    @pytest.mark.parametrize("served", [1, 20])
    def test_a_small_program_is_withheld_whole(self, served):
        assert decided(everybody(served, served // 2, "-")) == {"everybody": [WITHHELD] * 3}

    def test_a_program_of_21_to_39_shows_shares_and_no_counts(self):
        assert decided(everybody(39, 20)) == {"everybody": [WITHOUT_COUNTS] * 2}
        assert decided(everybody(40, 20)) == {"everybody": [WHOLE] * 2}

    def test_a_program_that_served_nobody_has_nobody_to_protect(self):
        assert decided(everybody(0, "-", "-")) == {"everybody": [WHOLE] * 3}

    def test_few_between_two_stages_hide_the_later_one(self):
        """60 enrolled and 57 persisted: three who left college."""
        assert decided(everybody(120, 100, 60, 57)) == {"everybody": [WHOLE, WHOLE, WHOLE, WITHHELD]}

    def test_a_stage_that_everybody_of_another_came_to_is_an_end(self):
        assert decided(everybody(120, 60, 60)) == {"everybody": [WHOLE, WHOLE, WITHHELD]}

    def test_a_share_of_a_small_stage_is_a_share_of_a_small_group(self):
        """18 enrolled, 9 of them persisted: a rate of 18 students, though each passes out of 120."""
        assert decided(everybody(120, "", 18, 9)) == {"everybody": [WHOLE, WHOLE, WITHHELD]}

    def test_counts_out_of_different_numbers_are_withheld_whole(self):
        entries = [*everybody(120, 60), Entry(ENROLLED, None, "everybody", 50, 117)]
        assert decide(entries) == [WITHHELD] * 3

    def test_a_rate_without_counts_cannot_be_judged(self):
        assert decide([*everybody(120), Entry(ENROLLED, None, "everybody")]) == [WHOLE, WITHHELD]

    def test_without_a_line_for_all_students_nothing_can_be_judged(self):
        assert decided(group("female", "gender", 60, 30)) == {"female": [WITHHELD] * 2}


TOTAL = everybody(120, 80, 60)


class TestBreakdowns:
    def test_a_breakdown_of_large_groups_is_shown(self):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", 50, 30, 20))
        assert found["female"] == found["male"] == [WHOLE] * 3

    def test_one_small_group_hides_the_breakdown_and_no_other(self):
        found = decided(
            TOTAL,
            group("female", "gender", 100, 65, 50),
            group("male", "gender", 20, 15, 10),
            group("learners", "language", 60, 40, 30),
            group("others", "language", 60, 40, 30),
        )
        assert found["female"] == found["male"] == [WITHHELD] * 3
        assert found["learners"] == found["others"] == [WHOLE] * 3
        assert found["everybody"] == [WHOLE] * 3

    def test_few_in_one_group_hide_the_stage_for_all_groups_and_leave_the_other_stages(self):
        found = decided(TOTAL, group("female", "gender", 70, 65, 40), group("male", "gender", 50, 15, 20))
        assert found["female"] == found["male"] == [WHOLE, WITHHELD, WHOLE]

    def test_a_stage_withheld_in_all_is_withheld_in_every_group(self):
        found = decided(everybody(120, 117), group("female", "gender", 60, 50), group("male", "gender", 60, 50))
        assert found["female"] == found["male"] == [WHOLE, WITHHELD]

    @pytest.mark.parametrize("rest", [1, 3, 20])
    def test_few_students_in_no_group_hide_the_breakdown(self, rest):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", 50 - rest, 25, 15))
        assert found["female"] == found["male"] == [WITHHELD] * 3

    def test_many_students_in_no_group_are_a_group_that_passes(self):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40))
        assert found["female"] == [WHOLE] * 3

    def test_few_of_a_stage_among_those_in_no_group_hide_the_stage(self):
        found = decided(TOTAL, group("female", "gender", 70, 77 - 20, 57 - 20), group("male", "gender", 25, 20, 20))
        assert found["female"] == [WHOLE, WITHHELD, WITHHELD]

    def test_an_empty_group_hides_nothing(self):
        found = decided(
            TOTAL,
            group("female", "gender", 70, 50, 40),
            group("male", "gender", 50, 30, 20),
            group("nonbinary", "gender", 0, "-", "-"),
        )
        assert found["nonbinary"] == [WHOLE] * 3
        assert found["male"] == [WHOLE] * 3

    def test_what_the_source_withheld_cannot_be_subtracted(self):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", 50, None, 20))
        assert found["female"] == found["male"] == [WHOLE, WITHHELD, WHOLE]

    def test_a_group_whose_size_the_source_withheld_hides_the_breakdown(self):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", None))
        assert found["female"] == [WITHHELD] * 3
        assert found["male"] == [WITHHELD]

    def test_a_stage_that_only_some_groups_report_is_withheld(self):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", 50, "-", 20))
        assert found["female"] == found["male"] == [WHOLE, WITHHELD, WHOLE]

    def test_a_stage_that_no_group_reports_says_so(self):
        found = decided(TOTAL, group("female", "gender", 70, "-", 40), group("male", "gender", 50, "-", 20))
        assert found["female"] == found["male"] == [WHOLE] * 3

    def test_a_mark_in_a_withheld_breakdown_is_withheld_too(self):
        found = decided(TOTAL, group("female", "gender", 100, "-", 50), group("male", "gender", 20, "-", 10))
        assert found["female"] == found["male"] == [WITHHELD] * 3

    def test_groups_that_add_up_to_more_than_everybody_are_withheld(self):
        found = decided(TOTAL, group("female", "gender", 100, 50, 40), group("male", "gender", 50, 30, 20))
        assert found["female"] == [WITHHELD] * 3

    def test_stages_whose_order_differs_between_groups_are_not_shown_together(self):
        found = decided(
            everybody(200, 100, 90), group("female", "gender", 100, 60, 40), group("male", "gender", 100, 40, 50)
        )
        assert found["female"] == found["male"] == [WHOLE, WHOLE, WITHHELD]

    def test_the_smaller_groups_show_shares_without_counts(self):
        total = everybody(120, 82, 60)
        found = decided(total, group("female", "gender", 85, 60, 45), group("male", "gender", 35, 22, 15))
        assert found["male"] == [WITHOUT_COUNTS] * 3
        assert found["female"] == [WHOLE] * 3


@st.composite
def sheets(draw) -> list[list[Entry]]:
    """A program's year: all students, and two or three groups that together are all of them."""
    lines = []
    for _number in range(draw(st.integers(2, 3))):
        served = draw(st.integers(21, 90) | st.integers(0, 25))
        parts = [draw(st.integers(0, served)) for _ in range(3)]
        lines.append([served, *parts])
    total = [sum(column) for column in zip(*lines, strict=True)]
    groups = [group(str(n), "first", line[0], *(line[1:] if line[0] else "---")) for n, line in enumerate(lines)]
    return [everybody(total[0], *(total[1:] if total[0] else "---")), *groups]


def shown(lines: list[list[Entry]]) -> dict[str, dict[int, int]]:
    """What a reader who sees through all rounding knows: the count of each group at each stage. No empty groups."""
    known: dict[str, dict[int, int]] = {str(line[0].group): {} for line in lines if line[0].whole}
    entries = [entry for line in lines for entry in line if line[0].whole]
    for entry, decision in zip(entries, decide(entries), strict=True):
        if decision is not WITHHELD:
            known[str(entry.group)][entry.stage] = (entry.whole if entry.is_population else entry.part) or 0
    return known


def ranges(known: dict[str, dict[int, int]], stage: int) -> dict[str, tuple[int, int]]:
    """From where to where each group's count at a withheld stage may lie, if its total is known.

    The reader even believes that whoever came to a stage came to every larger one.
    """
    total, *groups = known.values()
    above = min((other for other in groups[0] if total[other] > total[stage]), key=total.__getitem__)
    below = max((other for other in groups[0] if total[other] < total[stage]), key=total.__getitem__, default=None)
    least = [group[below] if below is not None else 0 for group in groups]
    most = [group[above] for group in groups]
    found = {}
    for position, name in enumerate(list(known)[1:]):
        others_least, others_most = (sum(side) - side[position] for side in (least, most))
        lower, upper = total[stage] - others_most, total[stage] - others_least
        found[name] = (max(lower, least[position]), min(upper, most[position]))
    return found


@settings(max_examples=500)
@given(sheets())
def test_no_withheld_count_of_a_group_can_be_narrowed_to_less_than_six(lines):
    known = shown(lines)
    if not known or not all(known.values()):
        groups = list(known.values())[1:]
        assert not any(groups), "the breakdown is shown or withheld as one"
        return
    total, *groups = known.values()
    assert len({frozenset(group) for group in groups}) == 1
    for stage in set(total) - set(groups[0]):
        for least, most in ranges(known, stage).values():
            assert most - least >= 6


@settings(max_examples=500)
@given(sheets())
def test_whatever_two_shown_counts_leave_is_no_few(lines):
    for counts in shown(lines).values():
        assert all(count > 5 for count in counts.values())
        assert all(abs(one - other) > 5 for a, one in counts.items() for b, other in counts.items() if a != b)
        assert counts.get(SERVED, 21) > 20


class TestTwoReleases:
    """Shown first: 120 served, 100 of them accepted, 80 enrolled; 70 and 50 of two groups."""

    FIRST = (("all", None, 120, 100, 80), ("a", "ab", 70, 60, 50), ("b", "ab", 50, 40, 30))

    @staticmethod
    def entries(*lines: tuple[str, str | None, int | None, int | None, int | None]) -> list[Entry]:
        return [entry for name, breakdown, *counts in lines for entry in group(name, breakdown, *counts)]

    @pytest.mark.parametrize(
        ("second", "tells"),
        [
            (FIRST, False),
            ((("all", None, 118, 100, 80),), True),  # two fewer were served
            ((("all", None, 115, 100, 80),), True),
            ((("all", None, 126, 106, 86),), False),  # six more, all the way: those short of each stage are the same
            ((("all", None, 126, 108, 86),), True),  # two fewer were not accepted
            ((("all", None, 140, 110, 85),), True),  # five more enrolled
            ((("all", None, 160, 126, 109),), True),  # between accepted and enrolled: 20 and now 17
            ((("all", None, 120, 100, None),), False),  # what is shown once only tells nothing of two
            (
                (("all", None, 120, 100, 80), ("a", "ab", 64, 54, 44), ("b", "ab", 56, 46, 36)),
                False,
            ),  # six changed over
            ((("all", None, 120, 100, 80), ("a", "ab", 67, 60, 50), ("b", "ab", 53, 40, 30)), True),  # three did
            ((("all", None, 130, 110, 90), ("a", "ab", 77, 67, 57), ("b", "ab", 50, 40, 30)), True),  # 3 in no group
            ((("all", None, 120, 100, 80), ("c", "cd", 61, 50, 40), ("d", "cd", 59, 50, 40)), False),  # other groups
        ],
    )
    def test_a_count_that_moved_by_one_to_five_tells_of_these_few(self, second, tells):
        assert moved_by_few(self.entries(*self.FIRST), self.entries(*second)) is tells
        assert moved_by_few(self.entries(*second), self.entries(*self.FIRST)) is tells

    @pytest.mark.parametrize(
        ("now", "tells"),
        [
            ((("all", None, 120, 100, 80),), False),  # the groups of the first release still add up to it
            ((("all", None, 120, 83, None),), True),  # 83 accepted now beside 80 enrolled then: three did not go on
            ((("all", None, 120, 100, 80), ("a", "ab", 70, 60, 50), ("c", "ab", 47, 37, 27)), True),  # 3 in no group
            ((("all", None, 200, 160, 130),), False),  # eighty students more, in none of the groups told before
            ((), False),  # nothing more is told
        ],
    )
    def test_what_was_shown_once_is_still_known_beside_what_is_shown_now(self, now, tells):
        assert tells_beside([self.entries(*self.FIRST)], self.entries(*now)) is tells

    def test_every_release_counts_not_only_the_last(self):
        first, second = self.entries(("all", None, 120, 100, 80)), self.entries(("all", None, 120, 100, None))
        now = self.entries(("all", None, 120, 86, None))
        assert not tells_beside([second], self.entries(("all", None, 120, 83, None)))
        assert tells_beside([first, second], self.entries(("all", None, 120, 83, None)))
        assert not tells_beside([first, second], now), "86 and 80 are six apart"
