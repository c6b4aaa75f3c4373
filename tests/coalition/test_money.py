"""Money adds up: every way of sorting it gives the same total, to the cent, and unknown is never 0."""

from dataclasses import dataclass
from decimal import Decimal as D
from functools import reduce
from operator import add, attrgetter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.rules.money import Kind, Totals, grouped, total

AXES = ("organization", "team", "goal", "kind", "year")


@dataclass(frozen=True)
class Row:
    organization: str = "a"
    team: str = ""
    goal: str = ""
    kind: Kind = Kind.FISCAL
    year: int = 2026
    promised: D | None = None
    delivered: D | None = None


amounts = st.none() | st.decimals(min_value=0, max_value=10**9, places=2, allow_nan=False, allow_infinity=False)
rows = st.lists(
    st.builds(
        Row,
        organization=st.sampled_from("abcdefg"),
        team=st.sampled_from(["", "one", "two"]),
        goal=st.sampled_from(["", "graduation", "enrollment", "completion"]),
        kind=st.sampled_from(Kind),
        year=st.integers(2016, 2030),
        promised=amounts,
        delivered=amounts,
    ),
    max_size=60,
)

#: A year of four members, worked by hand.
YEAR = (
    Row("bank", "melt", "enrollment", Kind.FISCAL, 2026, D("20000.00"), D("20000.00")),
    Row("bank", "", "", Kind.IN_KIND, 2026, D("5400.00"), None),
    Row("school", "melt", "enrollment", Kind.IN_KIND, 2026, None, None),
    Row("city", "data", "", Kind.FISCAL, 2025, D("1000.10"), D("1500.25")),
    Row("college", "data", "completion", Kind.IN_KIND, 2026, None, D("0.00")),
)


class TestReconciliation:
    @pytest.mark.parametrize("axis", AXES)
    @given(rows=rows)
    def test_every_grouping_adds_up_to_the_same_total_exactly(self, axis, rows):
        groups = grouped(rows, attrgetter(axis))
        assert reduce(add, groups.values(), Totals()) == total(rows)
        assert set(groups) == {getattr(row, axis) for row in rows}

    @given(rows=rows)
    def test_the_sums_are_those_of_whole_cents(self, rows):
        cents = sum(int(row.promised * 100) for row in rows if row.promised is not None)
        assert total(rows).promised * 100 == cents

    @given(rows=rows)
    def test_every_row_is_in_a_sum_or_counted_as_unknown(self, rows):
        found = total(rows)
        assert found.count == len(rows)
        assert found.promised_unknown == sum(row.promised is None for row in rows)
        assert found.delivered_unknown == sum(row.delivered is None for row in rows)
        assert found.unvalued <= min(found.promised_unknown, found.delivered_unknown)

    @given(rows=rows)
    def test_the_order_of_the_rows_changes_no_total(self, rows):
        assert total(reversed(rows)) == total(rows)
        assert grouped(list(reversed(rows)), attrgetter("team")) == grouped(rows, attrgetter("team"))


class TestWorkedByHand:
    def test_the_total(self):
        # promised 20,000 + 5,400 + 1,000.10; delivered 20,000 + 1,500.25 + 0
        assert total(YEAR) == Totals(D("26400.10"), D("21500.25"), 1, 5, 2, 2)

    def test_by_team_those_for_the_whole_coalition_are_a_group_of_their_own(self):
        assert grouped(YEAR, attrgetter("team")) == {
            "melt": Totals(D("20000.00"), D("20000.00"), 1, 2, 1, 1),
            "": Totals(D("5400.00"), D(0), 0, 1, 0, 1),
            "data": Totals(D("1000.10"), D("1500.25"), 0, 2, 1, 0),
        }

    def test_by_kind_and_year(self):
        assert {kind: one.promised for kind, one in grouped(YEAR, attrgetter("kind")).items()} == {
            Kind.FISCAL: D("21000.10"),
            Kind.IN_KIND: D("5400.00"),
        }
        assert {year: one.delivered for year, one in grouped(YEAR, attrgetter("year")).items()} == {
            2026: D("20000.00"),
            2025: D("1500.25"),
        }

    def test_groups_come_in_the_order_of_the_rows(self):
        assert list(grouped(YEAR, attrgetter("organization"))) == ["bank", "school", "city", "college"]

    def test_more_may_be_delivered_than_was_promised(self):
        city = grouped(YEAR, attrgetter("organization"))["city"]
        assert city.delivered > city.promised

    def test_a_sum_of_nothing_known_says_so_and_a_known_zero_does_not(self):
        by_organization = grouped(YEAR, attrgetter("organization"))
        school, college = by_organization["school"], by_organization["college"]
        assert (school.says_promised, school.says_delivered, school.unvalued) == (False, False, 1)
        assert (college.says_promised, college.says_delivered, college.unvalued) == (False, True, 0)

    def test_no_rows_are_no_money_and_no_claim(self):
        assert total([]) == Totals()
        assert not Totals().says_promised
        assert grouped([], attrgetter("team")) == {}
