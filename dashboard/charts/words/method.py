"""The method card in words: every sum behind a verdict, with its numbers, so that anybody can do it again."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.calc.cells import Unit
from metrics.calc.standing import FAR_BEHIND, ON_TRACK
from metrics.calc.trend import RULE_OF_THUMB_SHARE, Z95, detectable
from metrics.calc.verdicts import Change, Line, Standing

from .numbers import MINUS, Subject, change, count, figure, points, share, with_unit

_Result = Callable[[Decimal, Subject], str]


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a formula; `is_low` stands below the line, as the 1 of t₁ does."""

    text: str
    is_low: bool


@dataclass(frozen=True, slots=True)
class CardLine:
    """One sum: what it is, the letters, the numbers put in, and what comes out."""

    name: str
    formula: tuple[Piece, ...]
    numbers: str
    result: str


def method_card(standing: Standing, subject: Subject) -> tuple[CardLine, ...]:
    return tuple(_line(line, subject) for line in standing.card)


def card_lines(lines: Iterable[Line], subject: Subject) -> tuple[CardLine, ...]:
    """Sums that stand outside a verdict."""
    return tuple(_line(line, subject) for line in lines)


def letters() -> tuple[Piece, ...]:
    """The key to the letters of the formulas."""
    return pieces(
        _(
            "b is the start and t₀ its year; x the latest figure and t its year; T the target and t₁ its year; "
            "n the students counted; p a rate as a share of 1, of both years together; "
            "p₁ and n₁ belong to the start, p₂ and n₂ to the latest figure."
        )
    )


def pieces(text: str) -> tuple[Piece, ...]:
    """Splits off the small numbers: no typeface of the board has them, and HTML can set any number low."""
    parts = re.split("([₀-₉]+)", text)
    return tuple(Piece(part.translate(_LOW), is_low=bool(at % 2)) for at, part in enumerate(parts) if part)


_LOW = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")


def sums(numbers: str) -> str:
    """A sum as it is printed: with the sign of a minus."""
    return numbers.replace("-", MINUS)


def path_words(standing: Standing, subject: Subject) -> str:
    """How the required path is drawn."""
    promise = standing.promise
    if promise.baseline_year is None:
        return _("No path: the document gives no year for the start.")
    return _("A straight line from {start} for {first} to {target} for {last}.").format(
        start=subject.stated(promise.baseline_value),
        first=subject.the_year(promise.baseline_year),
        target=subject.stated(promise.target_value),
        last=subject.the_year(promise.target_year),
    )


def change_words(standing: Standing) -> str:
    """How it was decided whether the change since the start is more than chance; empty when nothing was decided."""
    if standing.z is not None:
        text = _(
            "The change since the start may be chance: z is {z}, and only {limit} or more counts as a real change "
            "(two-proportion test)."
        )
        if detectable(standing.z):
            text = _(
                "The change since the start is more than chance: z is {z}, and {limit} or more counts as a real change "
                "(two-proportion test)."
            )
        return text.format(z=figure(Decimal(repr(standing.z)), 2), limit=str(Z95))
    if standing.change is Change.RULE_OF_THUMB:
        text = _(
            "The source gives no counts of students, so chance cannot be tested. Rule of thumb: less than {share} of "
            "the way to the target is not called a change."
        )
        return text.format(share=share(RULE_OF_THUMB_SHARE))
    return ""


def pace_words() -> str:
    """Where the lines between the adjectives lie."""
    text = _(
        "Before the target year, a goal is on the path at {on} or more of the pace needed, behind at {far} or more, "
        "far behind at less, and moving away when it is further from the target than at the start."
    )
    return text.format(on=share(ON_TRACK), far=share(FAR_BEHIND))


def _line(line: Line, subject: Subject) -> CardLine:
    name, result = _NAMES[line.key]
    return CardLine(name(), pieces(line.formula), sums(line.numbers), result(line.result, subject))


_NAMES: dict[str, tuple[Callable[[], str], _Result]] = {
    "short": (lambda: _("Distance to the target"), lambda value, _subject: _directed(value)),
    "since_start": (lambda: _("Change since the start"), lambda value, _subject: _directed(value)),
    "journey": (lambda: _("Share of the way made"), lambda value, _subject: share(value)),
    "path": (lambda: _("What the path asked for"), lambda value, subject: subject.path(value)),
    "pace": (lambda: _("Pace so far, as a share of the pace needed"), lambda value, _subject: share(value)),
    "needed_per_year": (lambda: _("Needed each year from now on"), lambda value, _subject: points(value)),
    "people_left": (lambda: _("More young people needed, rounded up"), lambda value, _subject: count(int(value))),
    "interval_low": (
        lambda: _at_95(_("Lower end of the {level} interval (z = 1.96)")),
        lambda value, _subject: _percent(value),
    ),
    "interval_high": (
        lambda: _at_95(_("Upper end of the {level} interval (z = 1.96)")),
        lambda value, _subject: _percent(value),
    ),
    "rate": (lambda: _("A rate from its counts"), lambda value, _subject: figure(value, 3)),
    "printed": (lambda: _("The same, as it is printed"), lambda value, subject: subject.value(value)),
    "rest": (lambda: _("Connecticut without Hartford"), lambda value, _subject: _percent(value)),
    "gap": (lambda: _("Distance between two groups"), lambda value, _subject: points(value)),
    "ratio": (
        lambda: _("The higher over the lower"),
        lambda value, _subject: _("{number} times").format(number=figure(value)),
    ),
    "z": (lambda: _("Test of the change since the start (z)"), lambda value, _subject: change(value, 2)),
}


def _at_95(name: str) -> str:
    return name.format(level=share(Decimal("0.95")))


def _percent(value: Decimal) -> str:
    return with_unit(figure(value), Unit.PERCENT)


def _directed(value: Decimal) -> str:
    return points(value) if value >= 0 else f"{MINUS}{points(value)}"
