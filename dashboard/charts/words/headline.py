"""The headline over all goals: a resident's question, the answer, and how many targets were met."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from metrics.calc.verdicts import Standing, Verdict

from .numbers import first_letter_up, number_word

MET = frozenset({Verdict.MET, Verdict.MET_LATE})
#: The target year is still ahead and there is a reading on the way.
UNDER_WAY = frozenset(
    {Verdict.ON_TRACK, Verdict.BEHIND, Verdict.FAR_BEHIND, Verdict.MOVING_AWAY, Verdict.NO_DETECTABLE_CHANGE}
)


@dataclass(frozen=True, slots=True)
class Headline:
    question: str
    answer: str
    tone: str  # good: all is met · bad: something is missing · void: it cannot be said


def headline(standings: Sequence[Standing]) -> Headline:
    """The question a resident would ask, and the answer in a word or two."""
    verdicts = [standing.verdict for standing in standings]
    question = _("Are we there?")
    if verdicts and all(verdict in MET for verdict in verdicts):
        return Headline(question, pgettext("answer", "Yes."), "good")
    if any(verdict in MET for verdict in verdicts):
        return Headline(question, pgettext("answer", "In part."), "bad")
    if any(standing.reading is not None for standing in standings):
        return Headline(question, pgettext("answer", "Not yet."), "bad")
    return Headline(question, pgettext("answer", "We cannot say yet."), "void")


def lead(target_year: int, goals: int, *, over: bool) -> str:
    if over:
        text = ngettext(
            "In {year} the ALL IN! Coalition meant to celebrate one achievement for Hartford’s young people. "
            "That year is over.",
            "In {year} the ALL IN! Coalition meant to celebrate {number} achievements for Hartford’s young people. "
            "That year is over.",
            goals,
        )
    else:
        text = ngettext(
            "In {year} the ALL IN! Coalition means to celebrate one achievement for Hartford’s young people.",
            "In {year} the ALL IN! Coalition means to celebrate {number} achievements for Hartford’s young people.",
            goals,
        )
    return text.format(year=target_year, number=number_word(goals))


def counting(standings: Sequence[Standing]) -> str:
    """Under the headline: how many targets were met, were missed, are due, are on the way."""
    verdicts = [standing.verdict for standing in standings]
    met = sum(verdict in MET for verdict in verdicts)
    missed, due = verdicts.count(Verdict.MISSED), verdicts.count(Verdict.DUE)
    on_path = verdicts.count(Verdict.ON_TRACK)
    off_path = sum(verdict in UNDER_WAY for verdict in verdicts) - on_path
    rest = len(verdicts) - met - missed - due - on_path - off_path
    year = standings[0].promise.target_year if standings else ""
    said = [
        (met, ngettext("One target was met.", "{number} targets were met.", met)),
        (missed, ngettext("One target was missed.", "{number} targets were missed.", missed)),
        (
            due,
            ngettext("One has no {year} result yet.", "{number} have no {year} result yet.", due),
        ),
        (on_path, ngettext("One is on the path.", "{number} are on the path.", on_path)),
        (off_path, ngettext("One is not on the path.", "{number} are not on the path.", off_path)),
        (rest, ngettext("About one, nothing can be said yet.", "About {number}, nothing can be said yet.", rest)),
    ]
    return " ".join(first_letter_up(text.format(number=number_word(n), year=year)) for n, text in said if n)
