"""What programs reach, in words: the steps on the way, who serves them, and for which year figures were shared."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.rules.programs import Sharing, WayStep

from .numbers import first_letter_up, number_word


def way_step(step: WayStep) -> str:
    """The steps in their order, as a reader walks them."""
    return {
        WayStep.HIGH_SCHOOL: _("In high school"),
        WayStep.APPLYING: _("Applying to college"),
        WayStep.SUMMER: _("The summer before college"),
        WayStep.FIRST_YEAR: _("The first year of college"),
        WayStep.COMPLETING: _("On to a degree"),
        WayStep.CAREER: _("Into work"),
    }[step]


def programs_sentence(registered: int, programs: int, organizations: int, gaps: int, overlaps: int) -> str:
    """Seven programs of four organizations run now. One step is served by none of them. At two steps, …

    `registered` are all that are on record, `programs` those of them that run.
    """
    if registered and not programs:
        return _("No program runs now; those on record have ended.")
    if not programs:
        return _("No program has been registered yet, so it is not known which steps are served and which are not.")
    whose = _organizations(organizations)
    run = ngettext("One program of {whose} runs now.", "{number} programs of {whose} run now.", programs)
    said = [first_letter_up(run.format(number=number_word(programs), whose=whose))]
    if gaps:
        text = ngettext("One step is served by none of them.", "{number} steps are served by none of them.", gaps)
        said.append(first_letter_up(text.format(number=number_word(gaps))))
    if overlaps:
        text = ngettext(
            "At one step, more than one organization works.",
            "At {number} steps, more than one organization works.",
            overlaps,
        )
        said.append(text.format(number=number_word(overlaps)))
    return " ".join(said)


def gap_words() -> str:
    return _("No program on record")


def unknown_words() -> str:
    """Instead, while nobody has registered any program: a gap cannot be told from silence."""
    return _("Not known yet")


def served_words(programs: int, organizations: int) -> str:
    """Two programs of two organizations, said where there is more than one program."""
    text = _("{number} programs of {whose}").format(number=number_word(programs), whose=_organizations(organizations))
    return first_letter_up(text)


def _organizations(number: int) -> str:
    """Whoever runs a program, whether it holds the role of a provider or not."""
    return ngettext("one organization", "{number} organizations", number).format(number=number_word(number))


def sharing_words(sharing: Sharing, *, is_due: bool) -> str:
    """What one square of a program's years says."""
    if not is_due and sharing in (Sharing.NOT_SHARED, Sharing.UNKNOWN):
        return _("not due yet")
    return {
        Sharing.SHARED: _("shared"),
        Sharing.NOT_SHARED: _("not shared"),
        Sharing.NOT_RUNNING: _("did not run"),
        Sharing.NO_PROMISE: _("not shared, and not promised"),
        Sharing.UNKNOWN: _("not known whether it ran"),
    }[sharing]


def shared_heading(shared: int, programs: int, year: str, *, ran: bool) -> str:
    """Over the squares of all programs: the last school year that is due.

    `programs` are those whose providers had promised figures, or sent them; `ran`: whether any program ran at all.
    """
    if not programs:
        text = _("Nobody had promised figures for {year}") if ran else _("No program ran in {year}")
        return text.format(year=year)
    if not shared:
        return _("No program has shared figures for {year}").format(year=year)
    if shared == programs == 1:
        return _("The one program running then shared figures for {year}").format(year=year)
    text = ngettext(
        "One of {programs} programs shared figures for {year}",
        "{shared} of {programs} programs shared figures for {year}",
        shared,
    )
    if shared == programs:
        text = _("All {programs} programs running then shared figures for {year}")
    said = text.format(shared=number_word(shared), programs=number_word(programs), year=year)
    return first_letter_up(said)


def ahead_words(shared: int, year: str) -> str:
    """Below it, so that a square that is solid already does not contradict it."""
    text = ngettext(
        "One program has already shared figures for {year}, which are not due yet.",
        "{number} programs have already shared figures for {year}, which are not due yet.",
        shared,
    )
    return first_letter_up(text.format(number=number_word(shared), year=year))
