"""Percentages and the one rounding rule."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from metrics.calc.rates import agrees, percent, plain, published


@pytest.mark.parametrize(
    ("numerator", "denominator", "printed"),
    [
        (980, 1370, "71.5"),  # Hartford, class of 2014 (FACTS 3a)
        (1019, 1194, "85.3"),  # class of 2025
        (970, 1413, "68.6"),  # class of 2020: 68.648…
        (814, 1103, "73.8"),  # class of 2022: 73.798…
        (0, 20, "0.0"),
        (20, 20, "100.0"),
        (1, 16, "6.3"),  # 6.25: half goes up
    ],
)
def test_a_rate_is_printed_rounded_half_up(numerator, denominator, printed):
    assert str(published(percent(numerator, denominator), 1)) == printed


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 0), (1, 0), (-1, 5), (6, 5), (1, -1)])
def test_a_rate_without_anybody_or_with_impossible_counts_is_refused(numerator, denominator):
    with pytest.raises(ValueError, match="denominator"):
        percent(numerator, denominator)


def test_rounding_has_the_decimals_asked_for_and_no_others():
    assert str(published(Decimal("63.65"), 1)) == "63.7"
    assert str(published(Decimal("63.5"), 0)) == "64"
    assert str(published(Decimal("95"), 1)) == "95.0"


@pytest.mark.parametrize(
    ("value", "numerator", "denominator", "fits"),
    [
        ("85.3", 1019, 1194, True),
        ("85.4", 1019, 1194, True),  # one unit of the last place: publishers round halves in different ways
        ("85.5", 1019, 1194, False),
        ("8.53", 1019, 1194, False),
        ("0.853", 1019, 1194, False),
    ],
)
def test_a_printed_rate_must_be_possible_with_its_counts(value, numerator, denominator, fits):
    assert agrees(Decimal(value), numerator, denominator, 1) is fits


@pytest.mark.parametrize(("stored", "printed"), [("71.50", "71.5"), ("95.00", "95"), ("50", "50"), ("0", "0")])
def test_a_promised_figure_is_printed_as_its_document_gives_it(stored, printed):
    assert str(plain(Decimal(stored))) == printed


@given(st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_what_is_printed_always_agrees_with_the_counts_it_came_from(counts):
    assert agrees(published(percent(*counts), 1), *counts, 1)
