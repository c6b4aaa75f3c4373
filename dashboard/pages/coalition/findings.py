"""What is said of a promise: the state, what it rests on, the reply beside it, and what was said before."""

from collections.abc import Iterable
from dataclasses import dataclass

from coalition.roster import Assessment, Commitment
from coalition.rules.ledger import KEPT
from dashboard.charts.words import Badge, promises

from .parts import Text, day_words, in_english, told


@dataclass(frozen=True, slots=True)
class Before:
    """What was said of the same promise and year before, why it changed, and the reply word for word."""

    badge: Badge
    said_on: str
    evidence: Text
    why: Text
    reply: Text
    replied_on: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What is said of one promise in one year. `reply` stands word for word."""

    year: int
    badge: Badge
    is_kept: bool
    evidence: Text
    url: str
    has_file: bool
    from_data: bool
    said_on: str
    reply: Text
    replied_on: str
    before: tuple[Before, ...]


@dataclass(frozen=True, slots=True)
class Promise:
    """One commitment of one organization: the latest word on it, if there is any, and those of earlier years."""

    number: str
    short: Text
    text: Text
    badge: Badge
    latest: Finding | None
    earlier: tuple[Finding, ...]


def finding(assessment: Assessment) -> Finding:
    return Finding(
        year=assessment.year,
        badge=promises.badge(assessment.state),
        is_kept=assessment.state in KEPT,
        evidence=_told(assessment.evidence, from_data=assessment.from_data),
        url=assessment.url,
        has_file=assessment.has_file,
        from_data=assessment.from_data,
        said_on=day_words(assessment.said_on),
        reply=in_english(assessment.reply),
        replied_on=day_words(assessment.replied_on) if assessment.replied_on else "",
        before=tuple(
            Before(
                badge=promises.badge(one.state),
                said_on=day_words(one.said_on),
                evidence=_told(one.evidence),
                why=_told(one.why_changed),
                reply=in_english(one.reply),
                replied_on=day_words(one.replied_on) if one.replied_on else "",
            )
            for one in assessment.history
        ),
    )


def _told(words: str, *, from_data: bool = True) -> Text:
    """What follows from data is worded in the reader's language; what somebody wrote stands as it is."""
    said = promises.from_data(words) if from_data else words
    return in_english(words) if said == words else Text(said)


def promise(commitment: Commitment, words: Iterable[Assessment]) -> Promise:
    """`words` are what is said of this organization and commitment, a year each."""
    found = sorted(words, key=lambda one: -one.year)
    latest = finding(found[0]) if found else None
    return Promise(
        commitment.number,
        told(commitment.short),
        told(commitment.text),
        latest.badge if latest else promises.badge(None),
        latest,
        tuple(finding(one) for one in found[1:]),
    )
