"""What was promised where: the documents side by side, restated starts, and readings that are our own."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.calc.verdicts import Promise

from .numbers import Subject


@dataclass(frozen=True, slots=True)
class Stated:
    """One document's start, as the sentences need it."""

    slug: str
    document: str
    start: Decimal


def in_document(slug: str, document: str) -> str:
    """at launch · in the Compact · in “Year Two action plan”"""
    named = {"launch": _("at launch"), "compact": _("in the Compact")}
    return named.get(slug) or _("in “{document}”").format(document=document)


def restated(current: Stated, others: Sequence[Stated], subject: Subject) -> str:
    """The start was stated as 50% at launch and as 61% in the Compact. Empty when every document gives the same."""
    old = [other for other in others if other.start != current.start]
    return " ".join(
        _("The start was stated as {old} {old_document} and as {new} {new_document}.").format(
            old=subject.stated(other.start),
            old_document=in_document(other.slug, other.document),
            new=subject.stated(current.start),
            new_document=in_document(current.slug, current.document),
        )
        for other in old
    )


def reading_note(promise: Promise, subject: Subject) -> str:
    """Said wherever a start is shown whose year the document does not give."""
    if promise.baseline_year is None:
        return ""
    return _("The Compact gives no year for its start; {year} is our reading of the coalition’s own table.").format(
        year=subject.the_year(promise.baseline_year)
    )


def measured_from(current: Stated, subject: Subject) -> str:
    return _("Progress is measured from {start}. The old figure stays on the chart.").format(
        start=subject.stated(current.start)
    )


def promise_words(promise: Promise, subject: Subject) -> str:
    """From 71.5% to 95% by 2025"""
    return _("From {start} to {target} by {year}").format(
        start=subject.stated(promise.baseline_value),
        target=subject.stated(promise.target_value),
        year=promise.target_year,
    )


def start_line(promise: Promise, subject: Subject, document: str) -> str:
    """One document's starting point, as a line of the method: 61% in the Compact, for the class of 2015."""
    start = subject.stated(promise.baseline_value)
    if promise.baseline_year is None:
        return _("{document}: {start}, no year given.").format(document=document, start=start)
    year = subject.the_year(promise.baseline_year)
    return _("{document}: {start} for {year}.").format(document=document, start=start, year=year)


def counted(numerator: str, denominator: str) -> tuple[str, str]:
    """What a rate counts, and out of whom, as the definition says it."""
    return _sentence(numerator), _("Out of: {denominator}.").format(denominator=denominator.rstrip("."))


def _sentence(text: str) -> str:
    return text if text.endswith((".", "!", "?")) else f"{text}."
