"""Gaps in words: how far apart, how many times, what became of it, and what nobody reports."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.gaps import PairChange
from metrics.calc.rates import published

from .badges import Badge
from .numbers import POINT_DECIMALS, Subject, count, figure, first_letter_down, points
from .withholding import withheld_label


def widest(name: str, breakdown: str, distance: Decimal) -> str:
    """The widest gap of a goal, in the lead."""
    text = _("The widest gap in a goal: {name}, by {breakdown}, {points}.")
    return text.format(name=first_letter_down(name), breakdown=first_letter_down(breakdown), points=points(distance))


def tally(narrowed: int, widened: int, chance: int, untested: int) -> str:
    """Of the gaps with figures then and now: what the test says, and how many cannot be tested."""
    tested = _("Since their first figures, of the gaps with counts: {narrowed} narrowed, {widened} widened, {chance} "
               "changed by no more than chance explains.")  # fmt: skip
    text = ngettext(
        "{number} more gap has no counts, so it could not be tested.",
        "{number} more gaps have no counts, so they could not be tested.",
        untested,
    )
    said = tested.format(narrowed=count(narrowed), widened=count(widened), chance=count(chance))
    return f"{said} {text.format(number=count(untested))}" if untested else said


def times(ratio: Decimal | None) -> str:
    """1.4 times"""
    return "" if ratio is None else _("{number} times").format(number=figure(ratio))


def pair_badge(pair: PairChange | None) -> Badge:
    """What became of a gap, as a mark and a word."""
    if pair is None:
        return Badge("bar", _("No earlier figures"), "void")
    grew = published(pair.grew, POINT_DECIMALS)
    if grew == 0 or (pair.z is not None and not pair.is_detectable):
        return Badge("level", _("No detectable change"), "void")
    return Badge("up", _("Wider"), "bad") if grew > 0 else Badge("down", _("Narrower"), "good")


def pair_words(pair: PairChange | None, best: str, worst: str, subject: Subject, since: int) -> str:
    """The same two groups, then."""
    if pair is None:
        return ""
    year = subject.the_year(since)
    if pair.then < 0:
        said = _("For {year}, {worst} were ahead of {best} by {points}.")
        told = said.format(year=year, best=best, worst=worst, points=points(pair.then))
    else:
        told = _("For {year}, the same two groups were {points} apart.").format(year=year, points=points(pair.then))
    if pair.z is None:
        return f"{told} {_('There are no counts, so it could not be tested for chance.')}"
    test = _("Test of the change: z = {z}; from 1.96 on it is more than chance.")
    return f"{told} {test.format(z=figure(abs(Decimal(repr(pair.z))), 2))}"


def misleads(pair: PairChange | None) -> str:
    """Beside a gap that is wider while everybody together came nearer to the goal."""
    if pair is not None and pair.z is not None and not pair.is_detectable:
        return _("All students together got better while this gap widened; the widening can be chance.")
    return _("All students together got better while this gap widened.")


def known_until(year: str) -> str:
    """Groups are known up to a year, and everybody together has later figures."""
    return _("to {year}").format(year=year)


def withheld_cell() -> str:
    return " ".join(withheld_label())


def missing_cell() -> str:
    return _("not reported")
