"""One figure in words, before and after a release changed it."""

from dashboard.charts.words import history as words
from metrics.calc.cells import Cell
from metrics.published import Change, IndicatorInfo


def before_words(change: Change) -> str:
    return words.taken_back_words() if change.taken_back else said(change.old, change.defined)


def after_words(change: Change) -> str:
    return said(change.new, change.defined)


def said(cell: Cell | None, defined: IndicatorInfo | None) -> str:
    """With its unit, where the definitions know it."""
    return words.shown_words(cell, defined.unit if defined else None, defined.decimals if defined else None)
