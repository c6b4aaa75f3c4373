"""Releases, what they changed, and what the board said before, in words."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Cell, Known, Status, Unit

from . import numbers
from .badges import Badge
from .groups import nothing_words


def figure(cell: Cell | None, unit: Unit | None, decimals: int | None) -> str:
    """A figure as a page showed it: 78.6%, the words for nothing, or that there was no such figure.

    `decimals` None: all there are.
    """
    if cell is None:
        return _("not shown")
    if not isinstance(cell, Known):
        return nothing_words(cell)
    number = numbers.stated(cell.value) if decimals is None else numbers.figure(cell.value, decimals)
    return numbers.with_unit(number, unit) if unit else number


def taken_back() -> str:
    """In place of a figure that only a withdrawn release showed."""
    return _("a figure that was taken back")


def corrected(count: int) -> str:
    return ngettext("{number} corrected", "{number} corrected", count).format(number=numbers.count(count))


def ended(count: int) -> str:
    return ngettext("{number} no longer shown", "{number} no longer shown", count).format(number=numbers.count(count))


def new(count: int) -> str:
    return ngettext("{number} new", "{number} new", count).format(number=numbers.count(count))


def how_many(count: int) -> str:
    """The sum of a release, as a sentence."""
    if count == 0:
        return _("It changed no figure: only what is said about the figures, or nothing that is shown.")
    text = ngettext("It changed {number} figure.", "It changed {number} figures.", count)
    return text.format(number=numbers.count(count))


def approved(*, alone: bool) -> str:
    if alone:
        return _("Published by Achieve Hartford!; prepared and approved by one person.")
    return _("Published by Achieve Hartford!; prepared by one person and approved by another.")


def relation(corrects: int | None, takes_back: int | None) -> str:
    """What a release does to an earlier one; empty where it does nothing."""
    if takes_back:
        return _("What release {number} had replaced is shown again.").format(number=takes_back)
    return _("It corrects release {number}.").format(number=corrects) if corrects else ""


def release(number: int) -> str:
    return _("Release {number}").format(number=number)


def status(of: Status | None) -> str:
    """Beside a figure that is not simply final."""
    return (
        {
            Status.PROVISIONAL: _("provisional"),
            Status.DERIVED: _("added up here from published counts"),
        }.get(of, "")
        if of
        else ""
    )


def counts(numerator: int, denominator: int) -> str:
    return _("{numerator} of {denominator}").format(
        numerator=numbers.count(numerator), denominator=numbers.count(denominator)
    )


def citation(*, name: str, about: str, figure: str, release: int, day: str, url: str) -> str:
    return _(
        "ALL IN! Coalition of Hartford and Achieve Hartford!, {name} ({about}): {figure}. "
        "Release {release}, {day}. {url}"
    ).format(name=name, about=about, figure=figure, release=release, day=day, url=url)


def corrections_title(number: int, count: int) -> str:
    text = ngettext(
        "Release {release} corrected {number} figure", "Release {release} corrected {number} figures", count
    )
    return text.format(release=number, number=numbers.count(count))


def correction(what: str, before: str, since: str, why: str) -> str:
    """One correction in a line: what, from which figure to which, and why."""
    return _("{what}: {before}, now {since}. {why}").format(what=what, before=before, since=since, why=why)


def and_more(count: int) -> str:
    """After the first of them; empty where there are no more."""
    if count <= 0:
        return ""
    text = ngettext("And {number} more, listed at this address.", "And {number} more, listed at this address.", count)
    return text.format(number=numbers.count(count))


def was_the_board(number: int, since: str) -> str:
    """Where a verdict of the past is a fact."""
    return _("A fact: on this day release {number}, published on {since}, was the board.").format(
        number=number, since=since
    )


def was_taken_back(number: int, since: str) -> str:
    return _(
        "On this day release {number}, published on {since}, was the board. It was taken back, so what it said is "
        "not said again."
    ).format(number=number, since=since)


def reconstructed() -> str:
    """Where a verdict of the past is none that anybody read."""
    return _(
        "A reconstruction: this board did not exist yet. It judges by the goals as they stand today and by figures "
        "that are public today and had usually been published by then."
    )


def unsaid_badge() -> Badge:
    return Badge("bar", _("Cannot be said"), "void")


def no_lag() -> str:
    return _("It is not known when this figure usually comes out, and the board does not guess.")


def lag(months: int) -> str:
    """From when on a figure counts as known."""
    text = ngettext(
        "A figure counts as known {number} month after its year ended, when it is usually published.",
        "A figure counts as known {number} months after its year ended, when it is usually published.",
        months,
    )
    return text.format(number=months)
