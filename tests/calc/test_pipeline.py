"""Of a hundred: how many came to each step, and how many fewer than before."""

from decimal import Decimal

from metrics.calc.cells import Known, NotReported, Withheld
from metrics.calc.pipeline import Step, steps


def test_the_class_of_2016_lost_21_29_and_18_of_a_hundred():
    cells = [Known(Decimal(79)), Known(Decimal(50)), Known(Decimal(32))]
    assert steps(cells) == (Step(79, 21), Step(50, 29), Step(32, 18))


def test_a_half_is_rounded_up_and_what_is_lost_is_counted_in_whole_students():
    assert steps([Known(Decimal("79.5")), Known(Decimal("50.4"))]) == (Step(80, 20), Step(50, 30))


def test_after_a_step_that_nobody_knows_nothing_is_subtracted():
    assert steps([Known(Decimal(79)), Withheld(), Known(Decimal(32))]) == (
        Step(79, 21),
        Step(None, None),
        Step(32, None),
    )
    assert steps([NotReported()]) == (Step(None, None),)
    assert steps([]) == ()
