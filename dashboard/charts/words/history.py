"""Releases and what they changed, in words."""

from django.utils.translation import gettext as _

from metrics.calc.cells import Cell, Known, Unit

from .groups import nothing_words
from .numbers import figure, stated, with_unit


def shown_words(cell: Cell | None, unit: Unit | None, decimals: int | None) -> str:
    """A figure as a page showed it: 78.6%, the words for nothing, or that there was no such figure.

    `decimals` None: all there are.
    """
    if cell is None:
        return _("not shown")
    if not isinstance(cell, Known):
        return nothing_words(cell)
    number = stated(cell.value) if decimals is None else figure(cell.value, decimals)
    return with_unit(number, unit) if unit else number


def taken_back_words() -> str:
    """In place of a figure that only a withdrawn release showed."""
    return _("a figure that was taken back")
