"""A figure, and the kinds of nothing that are not 0."""

from decimal import Decimal

import pytest

from metrics.calc.cells import Known, NotApplicable, NotReported, Status, Withheld, cell


def test_the_star_the_dash_the_empty_cell_and_zero_are_four_different_things():
    made = [
        cell(Status.SUPPRESSED),
        cell(Status.NOT_APPLICABLE),
        cell(Status.NOT_YET_AVAILABLE),
        cell(Status.FINAL, Decimal(0)),
    ]
    assert made == [Withheld(), NotApplicable(), NotReported(), Known(Decimal(0))]
    assert len(set(made)) == 4


@pytest.mark.parametrize("status", [Status.FINAL, Status.PROVISIONAL, Status.DERIVED])
def test_a_status_that_promises_a_value_needs_one(status):
    with pytest.raises(ValueError, match="needs a value"):
        cell(status)


@pytest.mark.parametrize("status", [Status.SUPPRESSED, Status.NOT_YET_AVAILABLE, Status.NOT_APPLICABLE])
def test_a_status_without_a_value_cannot_have_one(status):
    with pytest.raises(ValueError, match="cannot have a value"):
        cell(status, Decimal(5))
    with pytest.raises(ValueError, match="known figure"):
        Known(Decimal(5), status=status)


def test_a_withheld_cell_keeps_no_count():
    assert cell(Status.SUPPRESSED, None, 3, 76) == Withheld()


def test_counts_are_there_when_both_are_and_somebody_is():
    assert Known(Decimal(50), 10, 20).has_counts
    assert not Known(Decimal(50), None, 20).has_counts
    assert not Known(Decimal(50), 10, None).has_counts
    assert not Known(Decimal(0), 0, 0).has_counts
