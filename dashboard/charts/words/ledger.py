"""The ledger of a year in words: how many of its promises are assessed, and how many of those were kept."""

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .headline import Headline
from .numbers import count, first_letter_up, number_word


def what_came_of_it(bound: int, assessed: int, kept: int) -> Headline:
    """What came of it? 34 of 59 kept.

    A promise that nobody has looked at is not a broken one: until all of them are assessed, the answer speaks of those
    that are, and its underline says that something is unknown and not that something is missing.
    """
    question = _("What came of it?")
    if not assessed:
        return Headline(question, _("Not assessed yet."), "void")
    if assessed == bound:
        answer = _("{kept} of {bound} kept.").format(kept=count(kept), bound=count(bound))
        return Headline(question, answer, "bad" if kept < bound else "good")
    if kept:
        text = ngettext("{kept} of {assessed} assessed is kept.", "{kept} of {assessed} assessed are kept.", kept)
        return Headline(question, text.format(kept=count(kept), assessed=count(assessed)), "void")
    text = ngettext("{number} of {bound} assessed so far.", "{number} of {bound} assessed so far.", assessed)
    answer = first_letter_up(text.format(number=number_word(assessed), bound=count(bound)))
    return Headline(question, answer, "void")


def what_came_of_it_lead(year: int, organizations: int, promises: int, unassessed: int) -> str:
    """How the promises of a year are counted."""
    if not organizations:
        return _("In {year} the Compact bound nobody.").format(year=year)
    text = ngettext(
        "In {year} the Compact bound one organization to {promises}.",
        "In {year} the Compact bound {number} organizations to {promises}.",
        organizations,
    )
    sentences = [text.format(year=year, number=number_word(organizations), promises=promises_words(promises))]
    if unassessed == promises:
        sentences.append(_("None has been assessed in public yet."))
    elif unassessed:
        text = ngettext("One has not been assessed yet.", "{number} have not been assessed yet.", unassessed)
        sentences.append(first_letter_up(text.format(number=number_word(unassessed))))
    return " ".join(sentences)


def shown_below(version: int) -> str:
    """When several versions bound somebody in the year: the marks are those of one of them."""
    return _("Below stand the promises of version {number}.").format(number=version)


def promises_words(number: int) -> str:
    return ngettext("one promise", "{number} promises", number).format(number=count(number))


def tally(organizations: int, promises: int) -> str:
    """8 organizations, 59 promises."""
    whose = ngettext("{number} organization", "{number} organizations", organizations).format(
        number=count(organizations)
    )
    return _("{organizations}, {promises}:").format(organizations=whose, promises=promises_words(promises))


def follow_from_data(numbers: str, how_many: int) -> str:
    """Which commitments nobody's opinion is asked about; empty when there is none."""
    if not how_many:
        return ""
    return ngettext(
        "Commitment {numbers} needs no opinion: it follows from data.",
        "Commitments {numbers} need no opinion: they follow from data.",
        how_many,
    ).format(numbers=numbers)
