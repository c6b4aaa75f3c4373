"""The board's own disclosure rule: its edges, and small tables worked by hand. What a reader can work out of whole
tables and releases is asked in tests/publishing/test_disclosure_attack.py.
"""

from collections import defaultdict
from dataclasses import replace

import pytest

from metrics.calc.disclosure import Contradiction, Decision, Entry, Release, audit, decide, may_show, scale
from metrics.publishing.solver import Highs

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


def decided(*lines: list[Entry], earlier: list[Release] | None = None) -> dict[str, list[Decision]]:
    entries = [entry for line in lines for entry in line]
    found: dict[str, list[Decision]] = defaultdict(list)
    made = decide(entries, solver=Highs, earlier=earlier or [], within=[(PERSISTED, ENROLLED), (COMPLETED, ENROLLED)])
    assert made.protected.told == ()
    for entry, decision in zip(entries, made.decisions, strict=True):
        found[str(entry.group)].append(decision)
    return found


def as_shown(*lines: list[Entry]) -> Release:
    """A release of these lines after the rule."""
    entries = [entry for line in lines for entry in line]
    return list(zip(entries, decide(entries, solver=Highs).decisions, strict=True))


class TestAllStudents:
    def test_a_large_program_is_shown_whole(self):
        assert decided(everybody(120, 100, 80, 60, 30)) == {"everybody": [WHOLE] * 5}

    def test_a_stage_with_few_is_withheld_alone(self):
        assert decided(everybody(120, 100, 80, 60, 5)) == {"everybody": [WHOLE, WHOLE, WHOLE, WHOLE, WITHHELD]}

    @pytest.mark.parametrize("served", [1, 20])
    def test_of_a_small_program_nothing_is_shown_but_that_nobody_counted(self, served):
        assert decided(everybody(served, served // 2, "-")) == {"everybody": [WITHHELD, WITHHELD, WHOLE]}

    def test_a_program_of_21_to_39_shows_shares_and_no_counts(self):
        assert decided(everybody(39, 20)) == {"everybody": [WITHOUT_COUNTS] * 2}
        assert decided(everybody(40, 20)) == {"everybody": [WHOLE] * 2}

    def test_a_program_that_served_nobody_has_nobody_to_protect(self):
        assert decided(everybody(0, "-", "-")) == {"everybody": [WHOLE] * 3}

    def test_few_who_enrolled_and_did_not_persist_hide_one_of_the_two(self):
        """60 enrolled and 57 persisted: three who left college."""
        assert decided(everybody(120, 100, 60, 57))["everybody"].count(WITHHELD) == 1

    def test_who_was_accepted_need_not_have_enrolled(self):
        """60 accepted and 57 enrolled are no three students: others enrolled without being accepted."""
        assert decided(everybody(120, 60, 57)) == {"everybody": [WHOLE] * 3}

    def test_counts_out_of_different_numbers_are_not_judged(self):
        with pytest.raises(Contradiction):
            decided(everybody(120, 60), [Entry(ENROLLED, None, "everybody", 50, 117)])

    def test_a_rate_without_counts_cannot_be_judged(self):
        assert decided(everybody(120), [Entry(ENROLLED, None, "everybody")]) == {"everybody": [WHOLE, WITHHELD]}


TOTAL = everybody(120, 80, 60)


class TestBreakdowns:
    def test_a_breakdown_of_large_groups_is_shown(self):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", 50, 30, 20))
        assert found["female"] == found["male"] == [WHOLE] * 3

    def test_one_small_group_takes_the_other_of_two_with_it_and_no_other_breakdown(self):
        """All students less the large group would be the small one."""
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

    def test_of_three_groups_the_small_one_takes_one_other_with_it(self):
        found = decided(
            TOTAL,
            group("black", "race", 50, 30, 25),
            group("hispanic", "race", 52, 36, 26),
            group("white", "race", 18, 14, 9),
        )
        assert found["white"] == [WITHHELD] * 3
        assert [found[name][0] for name in ("black", "hispanic")].count(WITHHELD) == 1

    def test_few_at_one_stage_leave_the_other_stages(self):
        found = decided(TOTAL, group("female", "gender", 70, 65, 40), group("male", "gender", 50, 15, 20))
        assert found["female"] == found["male"] == [WHOLE, WITHHELD, WHOLE]

    @pytest.mark.parametrize("male", [(49, 30, 20), (47, 29, 19), (30, 20, 10)])
    def test_few_students_in_no_group_hide_one_of_the_groups(self, male):
        """120 less 70 and 49 is one who is in neither."""
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", *male))
        assert [found[name][0] for name in ("female", "male")].count(WHOLE) == 1

    def test_many_students_in_no_group_are_a_group_that_passes(self):
        found = decided(TOTAL, group("female", "gender", 70, 50, 40))
        assert found["female"] == [WHOLE] * 3

    def test_an_empty_group_hides_nothing(self):
        found = decided(
            TOTAL,
            group("female", "gender", 70, 50, 40),
            group("male", "gender", 50, 30, 20),
            group("nonbinary", "gender", 0, "-", "-"),
        )
        assert found["nonbinary"] == found["male"] == [WHOLE] * 3

    def test_what_the_source_withheld_is_withheld_and_hides_nothing_of_the_others(self):
        """The reader cannot take from the total what nobody here knows either."""
        found = decided(TOTAL, group("female", "gender", 70, 50, 40), group("male", "gender", 50, None, 20))
        assert found == {"everybody": [WHOLE] * 3, "female": [WHOLE] * 3, "male": [WHOLE, WITHHELD, WHOLE]}

    def test_groups_that_add_up_to_more_than_everybody_are_not_judged(self):
        with pytest.raises(Contradiction):
            decided(TOTAL, group("female", "gender", 100, 50, 40), group("male", "gender", 50, 3, 20))

    def test_the_number_of_a_smaller_group_is_not_what_is_left_of_the_total(self):
        """35 are told to be from 21 to 39; 120 less 85 would be 35."""
        found = decided(
            everybody(120, 82, 60), group("female", "gender", 85, 60, 45), group("male", "gender", 35, 22, 15)
        )
        assert found["male"] == [WITHOUT_COUNTS] * 3
        assert found["female"][0] is WITHHELD
        assert found["everybody"] == [WHOLE] * 3


class TestTwoReleases:
    FIRST = (everybody(120, 100, 80), group("a", "ab", 70, 60, 50), group("b", "ab", 50, 40, 30))

    def after(self, *lines: list[Entry]) -> dict[str, list[Decision]]:
        return decided(*lines, earlier=[as_shown(*self.FIRST)])

    def test_the_same_again_is_shown_again(self):
        assert self.after(*self.FIRST) == {"everybody": [WHOLE] * 3, "a": [WHOLE] * 3, "b": [WHOLE] * 3}

    @pytest.mark.parametrize("served", [115, 118, 119, 121, 125])
    def test_a_number_that_moved_by_one_to_five_tells_of_these_few(self, served):
        assert self.after(everybody(served, 100, 80))["everybody"] == [WITHHELD] * 3

    @pytest.mark.parametrize("served", [114, 126])
    def test_six_are_not_few(self, served):
        assert self.after(everybody(served, served - 20, served - 40))["everybody"] == [WHOLE] * 3

    def test_those_short_of_a_stage_may_have_moved_by_few_as_well(self):
        """126 less 108 are 18 who were not accepted; they were 20."""
        assert self.after(everybody(126, 108, 86))["everybody"] == [WHOLE, WITHHELD, WHOLE]

    def test_three_who_changed_the_group_hide_both_groups(self):
        found = self.after(everybody(120, 100, 80), group("a", "ab", 67, 57, 47), group("b", "ab", 53, 43, 33))
        assert found["a"] == found["b"] == [WITHHELD] * 3
        assert found["everybody"] == [WHOLE] * 3

    def test_a_group_that_is_not_named_any_more_is_still_known(self):
        """120 less the 70 of then and the 47 of now are three who are in no group."""
        found = self.after(everybody(120, 100, 80), group("a", "ab", 70, 60, 50), group("c", "ab", 47, 37, 27))
        assert found["c"][0] is WITHHELD

    def test_a_pattern_that_still_protects_is_kept(self):
        """Any of the two others could be withheld beside the small group; it stays the same one."""
        lines = (
            group("black", "race", 50, 30, 25),
            group("hispanic", "race", 52, 36, 26),
            group("white", "race", 18, 14, 9),
        )
        first = as_shown(TOTAL, *lines)
        other = [
            (entry, {"black": WITHHELD, "hispanic": WHOLE}.get(str(entry.group), decision)) for entry, decision in first
        ]
        swapped = [
            (entry, {"black": WHOLE, "hispanic": WITHHELD}.get(str(entry.group), decision)) for entry, decision in first
        ]
        for release in (other, swapped):
            now = decided(TOTAL, *lines, earlier=[release])
            then = {str(entry.group): decision for entry, decision in release if entry.is_population}
            assert {name: found[0] for name, found in now.items()} == then


class TestADistrictAndItsSchools:
    """330 students with 238 graduates; North 200 with 150, South 100 with 60, West 30 of whom two did not graduate."""

    DISTRICT = Entry(ACCEPTED, None, "everybody", 238, 330)
    NORTH = Entry(ACCEPTED, None, "everybody", 150, 200, school="North")
    SOUTH = Entry(ACCEPTED, None, "everybody", 60, 100, school="South")
    WEST = Entry(ACCEPTED, None, "everybody", 28, 30, school="West")

    def test_one_school_is_not_withheld_alone(self):
        """238 of 330 less 150 of 200 less 60 of 100 would be West."""
        district, *schools, west = decide((self.DISTRICT, self.NORTH, self.SOUTH, self.WEST), solver=Highs).decisions
        assert west is WITHHELD
        assert district is WHOLE, "the district weighs more than a school"
        assert sorted(one.value for one in schools) == ["whole", "withheld"]

    def test_the_auditor_adds_up_schools(self):
        shown = [(self.DISTRICT, WHOLE), (self.NORTH, WHOLE), (self.SOUTH, WHOLE), (self.WEST, WITHHELD)]
        looked_at, found = audit([shown], solver=Highs)
        assert looked_at == 2, "those who graduated, and those who did not"
        assert {(one.low, one.high) for one in found} == {(28, 28), (2, 2)}

    def test_the_few_who_are_in_no_school_are_nobodys_business(self):
        """Without West the schools count 300; of 303 in the district three are in none."""
        district = Entry(ACCEPTED, None, "everybody", 212, 303)
        assert set(decide((district, self.NORTH, self.SOUTH), solver=Highs).decisions) != {WHOLE}

    def test_what_a_state_prints_of_the_district_is_known_whatever_is_withheld(self):
        """Only the district's figure is the state's: both other schools would have to go, if one did not do."""
        printed = replace(self.DISTRICT, is_printed=True)
        district, *schools, west = decide((printed, self.NORTH, self.SOUTH, self.WEST), solver=Highs).decisions
        assert (district, west) == (WHOLE, WITHHELD)
        assert sorted(one.value for one in schools) == ["whole", "withheld"]

    def test_how_a_figure_of_the_states_moves_is_not_ours_to_keep(self):
        """The state corrects 238 of 330 to 240 of 332: two students more, who can be read in its own file."""
        then = [(replace(self.DISTRICT, is_printed=True), WHOLE)]
        now = Entry(ACCEPTED, None, "everybody", 240, 332, is_printed=True)
        assert audit([then, [(now, WHOLE)]], solver=Highs) == (0, ())

    def test_schools_may_count_a_student_twice(self):
        """300 at the schools and 290 in the district: they do not add up, so nothing can be subtracted."""
        district = Entry(ACCEPTED, None, "everybody", 205, 290)
        assert set(decide((district, self.NORTH, self.SOUTH), solver=Highs).decisions) == {WHOLE}


class TestTwoIndicatorsOutOfTheSameStudents:
    def test_how_many_there_are_is_told_by_either(self):
        """The small group's 3 who came are withheld; that it has 45 students the other indicator shows."""
        came = [
            Entry(1, None, "everybody", 90, 150),
            Entry(1, "ab", "a", 3, 45),
            Entry(1, "ab", "b", 87, 105),
        ]
        stayed = [
            Entry(2, None, "everybody", 75, 150),
            Entry(2, "ab", "a", 20, 45),
            Entry(2, "ab", "b", 55, 105),
        ]
        found = decide((*came, *stayed), solver=Highs).decisions
        assert found[1] is WITHHELD
        assert audit([list(zip((*came, *stayed), found, strict=True))], solver=Highs)[1] == ()

    def test_two_that_share_all_students_out_give_each_other_away(self):
        """Who came and who stayed away: 3 of 45 and 42 of 45. What is withheld in one is not shown in the other."""
        came = [Entry(1, None, "everybody", 90, 150), Entry(1, "ab", "a", 10, 45), Entry(1, "ab", "b", 80, 105)]
        away = [Entry(2, None, "everybody", 60, 150), Entry(2, "ab", "a", 35, 45), Entry(2, "ab", "b", 25, 105)]
        careless = [(entry, WITHHELD if entry in came[1:] else WHOLE) for entry in (*came, *away)]
        _looked_at, found = audit([careless], solver=Highs)
        assert {(one.low, one.high) for one in found} == {(10, 10), (35, 35), (80, 80), (25, 25)}


class TestTheAuditor:
    def test_it_finds_what_a_careless_release_tells(self):
        """Two of three groups and the total are shown: the third is 120 less 50 less 52."""
        lines = (TOTAL, group("a", "abc", 50), group("b", "abc", 52), group("c", "abc", 18))
        careless = [(entry, WITHHELD if entry.group == "c" else WHOLE) for line in lines for entry in line]
        looked_at, (found,) = audit([careless], solver=Highs)
        assert (looked_at, found.low, found.high) == (1, 18, 18)

    def test_it_finds_what_two_careful_releases_tell_side_by_side(self):
        first = [(entry, WHOLE) for entry in everybody(120, 60)]
        second = [(entry, WHOLE) for entry in everybody(122, 62)]
        _looked_at, found = audit([first, second], solver=Highs)
        assert {(one.low, one.high) for one in found} == {(2, 2)}

    def test_it_finds_nothing_in_what_the_rule_made(self):
        assert (
            audit([as_shown(TOTAL, group("a", "ab", 100, 65, 50), group("b", "ab", 20, 15, 10))], solver=Highs)[1] == ()
        )

    def test_figures_that_cannot_be_are_not_passed_over(self):
        with pytest.raises(Contradiction):
            audit([[(entry, WHOLE) for entry in (*TOTAL, *group("a", "ab", 130))]], solver=Highs)
