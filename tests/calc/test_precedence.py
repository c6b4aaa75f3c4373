"""Two sources, one figure: which of the two stands."""

from decimal import Decimal as D

import pytest

from metrics.calc.precedence import Outcome, Said, is_large, outcome

STATE, OTHER = "State", "Collaborative"


def said(value="76", above=None, below=None, *, status="final", note="", source=1, publisher=STATE, rank=100) -> Said:
    number = None if value is None else D(value)
    return Said(number, above, below, status, note, source, publisher, rank)


KNOWN = said("76", 73, 96)
WITHHELD = said(None, None, 76, status="suppressed")


@pytest.mark.parametrize(
    ("standing", "coming", "expected"),
    [
        (None, KNOWN, Outcome.NEW),
        (KNOWN, KNOWN, Outcome.UNCHANGED),
        (KNOWN, said("77", 74, 96), Outcome.CHANGED),  # of two equal sources the later file
        (KNOWN, said("76"), Outcome.UNCHANGED),  # a trend without counts adds nothing
        (said("76"), KNOWN, Outcome.CHANGED),  # counts are added
        (KNOWN, said("76", 73, 96, note="Revised."), Outcome.CHANGED),
        (said("76", 73, 96, note="Revised."), KNOWN, Outcome.UNCHANGED),
        (KNOWN, said("76", 73, 96, source=2), Outcome.UNCHANGED),  # two equal sources agree
        (KNOWN, said("76", 73, 96, source=2, rank=110), Outcome.CHANGED),  # a better source takes over
        # What is withheld once is not shown again by another copy, whichever comes first and whatever its rank.
        (KNOWN, WITHHELD, Outcome.CHANGED),
        (WITHHELD, KNOWN, Outcome.STRICTER),
        (KNOWN, said(None, status="suppressed", rank=90), Outcome.CHANGED),
        (said(None, status="suppressed", rank=90), KNOWN, Outcome.STRICTER),
        # Another publisher's mark is no word of this one.
        (KNOWN, said(None, status="suppressed", publisher=OTHER, rank=80), Outcome.OUTRANKED),
        (said(None, status="suppressed", publisher=OTHER, rank=80), KNOWN, Outcome.CHANGED),
        (KNOWN, said("75", publisher=OTHER, rank=80), Outcome.OUTRANKED),
        (said("75", publisher=OTHER, rank=80), KNOWN, Outcome.CHANGED),
        (KNOWN, said("76", publisher=OTHER, rank=80), Outcome.UNCHANGED),
        # A file of a time before.
        (KNOWN, said("75", status="provisional"), Outcome.EARLIER),
        (said("75", status="provisional"), KNOWN, Outcome.CHANGED),
        (KNOWN, said(None, status="not_yet_available"), Outcome.EARLIER),
        (said(None, status="not_yet_available"), KNOWN, Outcome.CHANGED),
        (KNOWN, said(None, status="not_applicable"), Outcome.CHANGED),
    ],
)
def test_which_of_the_two_stands(standing: Said | None, coming: Said, expected: Outcome) -> None:
    assert outcome(standing, coming) is expected


@pytest.mark.parametrize(
    ("before", "after", "is_percent", "expected"),
    [
        ("80", "85", True, False),
        ("80", "85.1", True, True),
        ("80", "74.9", True, True),
        ("80", None, True, True),  # it would not be shown any more
        (None, "80", True, False),
        ("10000", "12000", False, False),
        ("10000", "12001", False, True),
    ],
)
def test_what_a_large_change_is(before: str | None, after: str | None, is_percent: bool, expected: bool) -> None:
    number = [None if one is None else D(one) for one in (before, after)]
    assert is_large(*number, is_percent=is_percent) is expected
