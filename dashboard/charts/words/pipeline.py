"""The pipeline in words: of a hundred ninth-graders, how many came how far, and out of whom the other figures are."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Cell, NotApplicable, Withheld
from metrics.calc.pipeline import Step
from metrics.calc.verdicts import Standing

from .numbers import Subject, count, points
from .withholding import withheld


def heading(year: str) -> str:
    return _("Of 100 ninth-graders, {year}").format(year=year)


def lead(numbers: Sequence[int | None]) -> str:
    """How far a hundred came, where each step is known."""
    if any(one is None for one in numbers) or len(numbers) != 3:
        return _("Of 100 students who began, so many came to each step.")
    first, second, third = numbers
    return _(
        "Of 100 students who began, {first} came to the first step, {second} to the second and {third} to the third."
    ).format(first=first, second=second, third=third)


def of_hundred(step: Step, cell: Cell) -> str:
    """79 of 100; where it is not known: why."""
    if step.of_hundred is not None:
        return _("{number} of 100").format(number=step.of_hundred)
    if isinstance(cell, Withheld):
        return withheld()
    return _("does not apply") if isinstance(cell, NotApplicable) else _("not known")


def drawing(name: str, step: Step, cell: Cell) -> str:
    """What the drawing of a step says to who does not see it."""
    return f"{name}: {of_hundred(step, cell)}"


def fewer(step: Step, *, is_first: bool) -> str:
    if step.fewer is None:
        return ""
    if is_first:
        return ngettext("{number} did not", "{number} did not", step.fewer).format(number=count(step.fewer))
    text = ngettext("{number} fewer than the step before", "{number} fewer than the step before", step.fewer)
    return text.format(number=count(step.fewer))


def began(students: int | None) -> str:
    """How many a hundred stands for."""
    if students is None:
        return _("How many students began is not published.")
    return _("{number} students began.").format(number=count(students))


def students(number: int | None) -> str:
    """How many began, in a table."""
    return _("not published") if number is None else count(number)


def not_known() -> str:
    return _(
        "A degree is missing here: nobody has published how many of these same students finished one. The figures "
        "below are out of other students, so none of them can be put at the end of this row."
    )


def in_people(standing: Standing, subject: Subject) -> tuple[str, str]:
    """The distance to the target: a number of young people and what it is of, or why there is none."""
    reading = standing.reading
    if reading is None or standing.short is None:
        return _("Not known"), _("There is no figure to measure from.")
    year = subject.the_year(reading.year)
    if standing.short <= 0:
        return _("None"), _("The target is reached, by the figure for {year}.").format(year=year)
    if standing.people_left is None:
        text = _("{points} short by the figure for {year}. Nobody published how many students it is out of.")
        return _("Not known"), text.format(points=points(standing.short), year=year)
    text = _("{points} short by the figure for {year}, out of {size} students.")
    return count(standing.people_left), text.format(
        points=points(standing.short), year=year, size=count(reading.known.denominator or 0)
    )
