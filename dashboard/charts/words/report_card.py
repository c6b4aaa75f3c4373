"""The report card in words: how many indicators went which way."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .numbers import count


def heading(improving: int, of: int) -> str:
    """Seven of 14 indicators improved in their latest figures."""
    text = ngettext(
        "{improving} of {of} indicator improved in its latest figure",
        "{improving} of {of} indicators improved in their latest figures",
        of,
    )
    return text.format(improving=count(improving), of=count(of))


def lead(worsening: int, steady: int, other: int) -> str:
    """What became of the others."""
    said = _("{worsening} got worse, {steady} had no detectable change.").format(
        worsening=count(worsening), steady=count(steady)
    )
    text = ngettext(
        "{number} more moved, and neither way is better.",
        "{number} more moved, and neither way is better.",
        other,
    )
    return f"{said} {text.format(number=count(other))}" if other else said


def goals_met(met: int, of: int) -> str:
    text = ngettext("{met} of {of} goal met its target.", "{met} of {of} goals met their targets.", of)
    return text.format(met=count(met), of=count(of))


def silent(number: int) -> str:
    """Indicators with a single figure, which cannot have moved."""
    text = ngettext(
        "{number} more has one figure only, so it cannot have moved.",
        "{number} more have one figure only, so they cannot have moved.",
        number,
    )
    return text.format(number=count(number)) if number else ""
