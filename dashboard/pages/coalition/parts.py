"""What the coalition's pages share: texts in the reader's language, days, and who holds which role."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from coalition.roster import Coalition, Commitment, Compact, Document, Edition, Organization, Role, When, Words
from coalition.rules import ledger
from coalition.rules.roles import binding, lasts
from dashboard.charts.words.moments import in_words
from metrics.published import Untranslated

ENGLISH = "en"


@dataclass(frozen=True, slots=True)
class Text:
    """A text as it is shown. `lang` is set where it is not in the language of the page."""

    text: str
    lang: str = ""

    def __bool__(self) -> bool:
        return bool(self.text)


@dataclass(frozen=True, slots=True)
class Cited:
    """A document that something is known from. Its title stands as it is, in English."""

    title: Text
    url: str
    stated: Text


def told(words: Words) -> Text:
    """The text in the reader's language; in English where nobody has written it in Spanish."""
    if get_language() == ENGLISH or not words.en:
        return Text(words.en)
    return Text(words.es) if words.es else Text(words.en, ENGLISH)


def worded(text: str) -> Text:
    """A text of the figures' own: in the reader's language where there is one, and else marked as English."""
    return Text(text, ENGLISH if isinstance(text, Untranslated) else "")


def in_english(text: str) -> Text:
    """A text that nobody translates: the name of an organization, the title of a document, a note of the staff."""
    return told(Words(text))


def day_words(day: date) -> str:
    """November 22, 2026"""
    return date_format(day, _("F j, Y"))


def when(moment: When) -> Text:
    """The day in the reader's language, or the source's words for it: in English where we have no other."""
    if moment.day is not None:
        return Text(day_words(moment.day))
    if get_language() == ENGLISH:
        return Text(moment.text)
    told_in_words = in_words(moment.text)
    return Text(told_in_words) if told_in_words else Text(moment.text, ENGLISH)


def cited(document: Document) -> Cited:
    return Cited(in_english(document.title), document.url, told(Words(document.stated, document.stated_es)))


def organization_url(slug: str) -> str:
    return reverse("coalition:organization", args=[slug])


def as_of(edition: Edition) -> date:
    """The day an edition speaks of: that of its publishing, so that a page never changes by itself."""
    return edition.published_at.date() if edition.published_at else date.min


def current_compact(coalition: Coalition) -> Compact | None:
    return next((compact for compact in coalition.compacts if compact.is_current), None)


def version_of(organization: Organization, on: date) -> int | None:
    """The version of the Compact that it is held to on the day `on`, by the rules of the ledger."""
    events = ((line.version, line.withdrew, line.when.day, line.when.text) for line in organization.signatures)
    return ledger.signed(events, on)


def stands_by(organization: Organization, version: int, on: date) -> bool:
    """Whether it signed this version and has withdrawn neither from it nor from the Compact as a whole."""
    lines = [line for line in organization.signatures if line.version == version]
    return bool(lines) and not lines[-1].withdrew and version_of(organization, on) is not None


def roles_of(organization: Organization, on: date) -> frozenset[Role]:
    """The roles it holds on the day `on`; that of a signatory follows from its signature."""
    held = {one.role for one in organization.roles if lasts(one.since.day, one.until, on)}
    return frozenset(held if version_of(organization, on) is None else held | {Role.SIGNATORY})


def promises_of(organization: Organization, compact: Compact, on: date) -> tuple[Commitment, ...]:
    """What binds it on the day `on`, of a version that it is held to."""
    return binding(compact.commitments, roles_of(organization, on))


def held_to(organization: Organization, year: int, today: date) -> tuple[int | None, frozenset[Role]]:
    """The version of the Compact that binds it in `year`, and its roles in that year, by the rules of the ledger."""
    version = version_of(organization, ledger.last_day(year, today))
    roles = ledger.held(((one.role, one.since.day, one.since.text, one.until) for one in organization.roles), year)
    return version, roles if version is None else roles | {Role.SIGNATORY}


def signatories(edition: Edition) -> tuple[Organization, ...]:
    """Who stands by the Compact, in whichever version: a new one takes no name off the wall.

    In the order of the source of the first version, later ones after those by name.
    """
    first = min((compact.number for compact in edition.coalition.compacts), default=0)
    found = [one for one in edition.coalition.organizations if version_of(one, as_of(edition)) is not None]
    return tuple(sorted(found, key=lambda one: (*_position(one, first), one.name)))


def _position(organization: Organization, version: int) -> tuple[bool, int]:
    given = (line.position for line in organization.signatures if line.version == version)
    first = next((position for position in given if position is not None), None)
    return first is None, first or 0
