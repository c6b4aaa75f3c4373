"""One program in words: what was shared of it for which year, what its five figures count, and why one is not shown."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Cell, Known, Unit
from metrics.calc.disclosure import COUNTS_FROM, FEW, MOST_IN_A_SMALL_GROUP

from .badges import Badge, nothing_badge
from .groups import nothing_words
from .numbers import count, figure, number_word, with_unit
from .withholding import withheld

#: What a release says beside a number of students that it does not show because it is from 21 to 39.
OF_FEW = "From 21 to 39 students; the number itself is shown from 40 on."


def shared_years(number: int) -> str:
    """Over the squares of one program: how many years are shared."""
    if not number:
        return _("No figures shared yet")
    text = ngettext("Figures shared for one school year", "Figures shared for {number} school years", number)
    return text.format(number=number_word(number))


def year_heading(year: str, served: Cell | None, *, of_few: bool) -> str:
    """2025–26: 120 students served"""
    if of_few:
        return _("{year}: from 21 to 39 students served").format(year=year)
    if not isinstance(served, Known):
        return year
    number = int(served.value)
    if not number:
        return _("{year}: no students served").format(year=year)
    text = ngettext("{year}: {number} student served", "{year}: {number} students served", number)
    return text.format(year=year, number=count(number))


def withheld_heading(year: str) -> str:
    return f"{year}: {withheld()}"


def withheld_year() -> str:
    """Who withheld them and for which reason, nobody is told."""
    return _("The figures were shared. None of them can be shown.")


def waiting_heading(year: str) -> str:
    return _("{year}: accepted, not public yet").format(year=year)


def waiting_year() -> str:
    return _("The figures were shared and accepted. They become public with the next release of figures.")


def stage_value(cell: Cell | None, unit: Unit, *, of_few: bool = False) -> str:
    """A figure of one group, or in a word or two which kind of nothing stands there. 0 is a number."""
    if isinstance(cell, Known):
        return with_unit(figure(cell.value, 0), unit)
    if of_few:
        return _("21 to 39")
    return _("not shared") if cell is None else nothing_words(cell)


def stage_counts(cell: Cell | None) -> str:
    """100 of 120; nothing where the counts are not shown."""
    if not isinstance(cell, Known) or cell.numerator is None or cell.denominator is None:
        return ""
    return _("{part} of {all}").format(part=count(cell.numerator), all=count(cell.denominator))


def stage_badge(cell: Cell | None) -> Badge:
    """In place of a figure of all students."""
    return Badge("bar", _("Not shared"), "void") if cell is None else nothing_badge(cell)


def is_of_few(note: str) -> bool:
    return note == OF_FEW


def rule() -> str:
    """The board's own disclosure rule, in a sentence for everybody."""
    return _(
        "The board withholds groups of 1 to {group} students, counts of {few} or fewer, shares near 0 or 100 percent, "
        "and whatever would let one of these be worked out; below {counts} students it shows shares without counts."
    ).format(group=MOST_IN_A_SMALL_GROUP, few=number_word(FEW), counts=COUNTS_FROM)


def release_words(number: int) -> str:
    return _("The provider’s own report, as release {number} shows it.").format(number=number)


def translated(text: str) -> str:
    """What a release says of programs, in the reader's language; nothing where it says something that we do not know.

    The words are the release's own, and whoever changes a definition changes them. Only these are translated.
    """
    return {
        "Students served": _("Students served"),
        "Accepted by a college": _("Accepted by a college"),
        "Enrolled in college": _("Enrolled in college"),
        "Persisted in college": _("Persisted in college"),
        "Completed college": _("Completed college"),
        "Students the program served in the school year, each counted once": _(
            "Students the program served in the school year, each counted once"
        ),
        "Students served who were accepted by at least one college": _(
            "Students served who were accepted by at least one college"
        ),
        "Students served who enrolled in a college": _("Students served who enrolled in a college"),
        "Students served who had enrolled in a college and came back for the following year": _(
            "Students served who had enrolled in a college and came back for the following year"
        ),
        "Students served who completed a degree or certificate": _(
            "Students served who completed a degree or certificate"
        ),
        "all students the program served in the school year": _("all students the program served in the school year"),
        "As the provider counts. Programs choose and serve different students, so their figures do not compare. "
        "Small groups are withheld by the board’s own rule.": _(
            "As the provider counts. Programs choose and serve different students, so their figures do not compare. "
            "Small groups are withheld by the board’s own rule."
        ),
    }.get(text, "")
