"""The counts beside a state's shares: which are left out so that none that tells of few can be worked out."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from metrics.calc.disclosure import Decision, Narrowed, Printed, leave_out, narrowed_of
from metrics.publishing.solver import Highs

WITHHELD, WITHOUT_COUNTS, WHOLE = Decision.WITHHELD, Decision.WITHOUT_COUNTS, Decision.WHOLE
#: Hartford's class of 2018 by meals (FACTS 6): 48 of 52 are four short of everybody, 966 less 637 are 329.
MEALS = {"free": (637, 966), "reduced": (48, 52), "none": (246, 298)}


def share(group: str, part: int, whole: int, *, indicator: str = "graduated", place: str = "town") -> Printed:
    within = None if place == "state" else "state"
    return Printed(indicator, place, None if group == "all" else "meals", group, part, whole, within)


def meals(**more: tuple[int, int]) -> list[Printed]:
    groups = {**MEALS, **more}
    everybody = share("all", *(sum(counts) for counts in zip(*groups.values(), strict=True)))
    return [everybody, *(share(name, *counts) for name, counts in groups.items())]


def decided(*figures: Printed) -> dict[str, Decision]:
    """By group, and by place and group where there are several places."""
    found = leave_out(figures, solver=Highs)
    return {group if place == "town" else f"{place} {group}": what for (_i, place, group), what in found.items()}


def told(*figures: Printed) -> tuple[Narrowed, ...]:
    """What a reader can narrow too far of what the rule shows."""
    found = leave_out(figures, solver=Highs)
    return narrowed_of([(one, found[one.key]) for one in figures], solver=Highs)[1]


def told_of(*figures: Printed) -> tuple[tuple[int, int], ...]:
    return tuple((one.low, one.high) for one in told(*figures))


@pytest.mark.parametrize(
    ("part", "whole", "decision"),
    [(48, 52, WITHOUT_COUNTS), (47, 52, WITHOUT_COUNTS), (46, 52, WHOLE), (5, 52, WITHOUT_COUNTS), (6, 52, WHOLE)],
)
def test_one_to_five_counted_or_left_over_are_few(part, whole, decision):
    assert decided(share("all", part, whole)) == {"all": decision}


@pytest.mark.parametrize(("part", "whole"), [(0, 52), (52, 52)])
def test_nobody_is_not_few(part, whole):
    assert decided(share("all", part, whole)) == {"all": WHOLE}


def test_where_nobody_is_few_everything_is_repeated():
    assert set(decided(*meals(reduced=(42, 52))).values()) == {WHOLE}


def test_the_other_groups_of_a_breakdown_do_not_give_the_few_back():
    """931 of 1,316 less 637 of 966 less 246 of 298 would be 48 of 52; with one of the two left the shares would do."""
    assert decided(*meals()) == {
        "all": WHOLE,
        "reduced": WITHOUT_COUNTS,
        "free": WITHOUT_COUNTS,
        "none": WITHOUT_COUNTS,
    }
    assert told_of(*meals()) == ()


def test_all_students_keep_their_counts_for_whatever_groups_sake():
    """A goal is stated in them. With them and three shares one of two groups is told whatever is left out."""
    figures = share("all", 250, 300), share("a", 52, 55), share("b", 198, 245)
    assert decided(*figures) == {"all": WHOLE, "a": WITHOUT_COUNTS, "b": WHOLE}
    assert told_of(*figures) == ((52, 52), (3, 3))


def test_all_students_who_are_few_do_not():
    assert decided(share("all", 297, 300), share("a", 252, 255), share("b", 45, 45))["all"] is WITHOUT_COUNTS


def test_the_auditor_finds_what_repeating_the_others_would_tell():
    shown = [(one, WITHOUT_COUNTS if one.group == "reduced" else WHOLE) for one in meals()]
    looked_at, told = narrowed_of(shown, solver=Highs)
    assert looked_at == 2
    assert {(one.low, one.high) for one in told} == {(48, 48), (4, 4)}


def test_an_auditor_does_not_look_for_what_an_earlier_release_told():
    shown = [(replace(one, is_told=True), WHOLE) for one in meals()]
    assert narrowed_of(shown, solver=Highs) == (0, ())


class TestConnecticutWithoutTheTown:
    """30 of 33 in the town, 630 of 800 in the state: 600 of 767 elsewhere, computed here."""

    TOWN = share("all", 30, 33)
    STATE = share("all", 630, 800, place="state")
    REST = replace(share("all", 600, 767, place="rest"), is_computed=True)

    def test_it_does_not_give_the_town_back(self):
        found = decided(self.TOWN, self.STATE, self.REST)
        assert found["all"] is WITHOUT_COUNTS
        assert {found["state all"], found["rest all"]} != {WHOLE}
        assert told_of(self.TOWN, self.STATE, self.REST) == ()

    def test_its_share_alone_may_tell_too_much_and_is_withheld_then(self):
        """27 of 29 in the town, 552 of 661 in the state: 83.1 elsewhere, with 93.1 in the town, leaves little open."""
        figures = (
            share("all", 27, 29),
            share("all", 552, 661, place="state"),
            replace(share("all", 525, 632, place="rest"), is_computed=True),
        )
        assert told_of(*figures) == ()
        assert decided(*figures)["rest all"] is WITHHELD


class TestSchoolsOfADistrict:
    """238 of 330: North 150 of 200, South 60 of 100, West 28 of 30, two of whom are left over."""

    DISTRICT = Printed("graduated", "district", None, "all", 238, 330)
    NORTH = Printed("graduated", "north", None, "all", 150, 200, "district", is_school=True)
    SOUTH = Printed("graduated", "south", None, "all", 60, 100, "district", is_school=True)
    WEST = Printed("graduated", "west", None, "all", 28, 30, "district", is_school=True)

    def test_schools_do_not_give_another_one_back(self):
        figures = (self.DISTRICT, self.NORTH, self.SOUTH, self.WEST)
        found = leave_out(figures, solver=Highs)
        assert found[self.WEST.key] is WITHOUT_COUNTS
        assert found[self.DISTRICT.key] is WHOLE
        assert {found[self.NORTH.key], found[self.SOUTH.key]} == {WITHOUT_COUNTS}
        assert told(*figures) == ()


class TestTwoReportsOfTheSameStudents:
    """The report of those without a diploma prints the same cohorts, and how many were still enrolled or had left."""

    OTHERS = [
        share("all", 200, 1316, indicator="enrolled"),
        share("free", 170, 966, indicator="enrolled"),
        share("none", 29, 298, indicator="enrolled"),
        share("all", 185, 1316, indicator="left"),
        share("free", 159, 966, indicator="left"),
        share("none", 23, 298, indicator="left"),
    ]

    def test_what_is_left_out_in_one_is_not_repeated_in_the_other(self):
        """329 of the free meals group did not graduate, 170 and 159: its cohort must go in all three indicators."""
        figures = [*meals(), *self.OTHERS]
        found = leave_out(figures, solver=Highs)
        assert found["graduated", "town", "reduced"] is WITHOUT_COUNTS
        assert {found[name, "town", "free"] for name in ("graduated", "enrolled", "left")} == {WITHOUT_COUNTS}
        assert told_of(*figures) == ()

    def test_those_of_another_size_are_other_students(self):
        other = share("reduced", 20, 53, indicator="enrolled")
        assert leave_out([*meals(), other], solver=Highs)[other.key] is WHOLE


class TestEarlierReleases:
    def test_counts_that_were_shown_stay(self):
        """Nothing hides them any more; the few are left out from now on all the same."""
        figures = [replace(one, is_told=True) for one in meals()]
        assert decided(*figures) == {"all": WHOLE, "free": WHOLE, "none": WHOLE, "reduced": WITHOUT_COUNTS}

    def test_counts_that_were_left_out_stay_so(self):
        first = leave_out(meals(), solver=Highs)
        second = [replace(one, is_told=first[one.key] is WHOLE, was=first[one.key]) for one in meals()]
        assert leave_out(second, solver=Highs) == first


COUNTS = st.integers(20, 400).flatmap(lambda whole: st.tuples(st.integers(6, whole - 1), st.just(whole)))


@settings(max_examples=80)
@given(st.lists(COUNTS, min_size=2, max_size=5), st.lists(COUNTS, min_size=2, max_size=5), st.booleans())
def test_what_the_rule_leaves_out_the_auditor_cannot_narrow(groups, elsewhere, is_told):
    both = list(zip(groups, elsewhere, strict=False))
    town = [share(f"{at}", *one) for at, (one, _other) in enumerate(both)]
    rest = [replace(share(f"{at}", *two, place="rest"), is_computed=True) for at, (_one, two) in enumerate(both)]
    state = [share(f"{at}", one[0] + two[0], one[1] + two[1], place="state") for at, (one, two) in enumerate(both)]
    places = [town, rest, state]
    for figures in places:
        sums = sum(one.part for one in figures), sum(one.whole for one in figures)
        figures.append(replace(figures[0], breakdown=None, group="all", part=sums[0], whole=sums[1]))
    if is_told:
        state[:] = [replace(one, is_told=not one.tells_of_few) for one in state]
    figures = [one for some in places for one in some]
    nothing = [(one, WITHHELD if one.is_computed else WITHOUT_COUNTS) for one in figures]
    _looked_at, anyway = narrowed_of(nothing, solver=Highs)
    by_what_stays = {one.guarded for one in anyway}
    assert {one.guarded for one in told(*figures)} <= by_what_stays, "told whatever is left out"
