"""What is withheld, in words: the same ones everywhere, whoever withheld it and for whatever reason."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from .numbers import Subject, first_letter_up, short_year


def withheld() -> str:
    """In place of a figure."""
    return _("withheld to protect students’ privacy")


def withheld_sentence() -> str:
    """The same at the beginning of a line, without a stop."""
    return first_letter_up(withheld())


def withheld_label() -> tuple[str, ...]:
    """In a hatched stretch of a chart, which has no room for more; the words beside the chart say the rest."""
    return tuple(_("withheld").split(" ", 1))


def withheld_rule() -> str:
    """The rule in two sentences; the privacy page has all of it."""
    return _(
        "A figure is withheld when it, or what could be worked out from it, could reveal something about a student. "
        "The state’s figures are shown as the state published them; what it withheld is withheld here too."
    )


def with_withheld(said: str, subject: Subject, years: Sequence[int]) -> str:
    """What a chart shows, and after it the years that it does not.

    … Withheld to protect students’ privacy: 2011, 2014 to 2016.
    """
    if not years:
        return said
    told = ", ".join(_from_to(subject, first, last) for first, last in _stretches(years))
    return f"{said} {withheld_sentence()}: {told}.".strip()


def _from_to(subject: Subject, first: int, last: int) -> str:
    if first == last:
        return short_year(subject.axis, first)
    return _("{first} to {last}").format(first=short_year(subject.axis, first), last=short_year(subject.axis, last))


def _stretches(years: Sequence[int]) -> list[tuple[int, int]]:
    """First and last of the years that follow each other."""
    found: list[tuple[int, int]] = []
    for year in sorted(years):
        if found and found[-1][1] == year - 1:
            found[-1] = (found[-1][0], year)
        else:
            found.append((year, year))
    return found
