"""Badges: a verdict, or why there is none, as a shape, a word and a tone."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from metrics.calc.cells import Cell, NotReported, Withheld
from metrics.calc.verdicts import Standing, Verdict

from .numbers import Subject, short_year
from .withholding import withheld_sentence


@dataclass(frozen=True, slots=True)
class Badge:
    """A verdict at a glance: a shape (parts/glyph.html draws it), a word, and a tone that repeats both in colour."""

    shape: str
    word: str
    tone: str  # good · bad · void


def badge(standing: Standing, subject: Subject) -> Badge:
    year = short_year(subject.axis, standing.promise.target_year)
    late = short_year(subject.axis, standing.late_year) if standing.late_year else ""
    return {
        Verdict.MET: Badge("check", _("Target met"), "good"),
        Verdict.MET_LATE: Badge("check", _("Target met late, in {year}").format(year=late), "good"),
        Verdict.ON_TRACK: Badge("up", _("On the path"), "good"),
        Verdict.BEHIND: Badge("half", _("Behind the path"), "bad"),
        Verdict.FAR_BEHIND: Badge("down", _("Far behind the path"), "bad"),
        Verdict.MOVING_AWAY: Badge("away", _("Moving away from the target"), "bad"),
        Verdict.NO_DETECTABLE_CHANGE: Badge("level", _("No detectable change"), "bad"),
        Verdict.MISSED: Badge("cross", _("Target missed"), "bad"),
        Verdict.DUE: Badge("clock", _("{year} not yet reported").format(year=year), "void"),
        Verdict.WITHHELD: withheld_badge(),
        Verdict.BASELINE_ONLY: Badge("bar", _("Nothing since the start"), "void"),
        Verdict.NO_DATA: Badge("bar", _("No data yet"), "void"),
        Verdict.NOT_COMPARABLE: Badge("unequal", _("Not comparable"), "void"),
    }[standing.verdict]


def restated_badge() -> Badge:
    """Beside any verdict: the start is no longer the one first announced."""
    return Badge("unequal", _("Starting point restated"), "void")


def nothing_badge(cell: Cell) -> Badge:
    """The mark of a group without a figure."""
    if isinstance(cell, Withheld):
        return withheld_badge()
    if isinstance(cell, NotReported):
        return Badge("clock", _("Not yet reported"), "void")
    return Badge("bar", _("Does not apply"), "void")


def withheld_badge() -> Badge:
    """The one mark of whatever is withheld."""
    return Badge("veil", withheld_sentence(), "void")


def no_groups() -> Badge:
    return Badge("bar", _("No figures by group"), "void")
