"""What may be said of a promise: of a year that has begun, that binds the organization then, and names no person."""

import re
from collections import defaultdict
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone
from django.utils.translation import gettext as _

from coalition.models import Assessment, Reply
from coalition.promises import Promise, Standing, standings
from coalition.rules.roles import BOUND, Role

from .errors import CoalitionError

# An address or a telephone number somebody signed with would be read by everybody.
REACHES_A_PERSON = re.compile(r"[^\s@]+@[^\s@]+\.[a-z]{2,}|\(?\b\d{3}\)?[-. ]?\d{3}[-. ]?\d{4}\b", re.IGNORECASE)


def check_year(year: int) -> None:
    if year > timezone.localdate().year:
        raise CoalitionError(_("{year} lies ahead.").format(year=year), field="year")


def check_binding(promise: Promise, year: int) -> None:
    """Raises CoalitionError when the promise does not bind in `year`. Two queries."""
    found = standings(year=year, today=timezone.localdate(), organizations=[promise.organization.pk])
    _check_standing(promise, year, found.get(promise.organization.pk))


def check_still_binding(words: Iterable[Assessment]) -> None:
    """Once more, for a signature may have been withdrawn since a word was written. Two queries for each year."""
    by_year: dict[int, list[Assessment]] = defaultdict(list)
    for one in words:
        by_year[one.year].append(one)
    for year, ones in by_year.items():
        keys = {one.organization_id for one in ones}
        found = standings(year=year, today=timezone.localdate(), organizations=keys)
        for one in ones:
            _check_standing(Promise(one.organization, one.commitment), year, found.get(one.organization_id))


def _check_standing(promise: Promise, year: int, standing: Standing | None) -> None:
    organization, commitment = promise.organization, promise.commitment
    if organization.merged_into is not None:
        sentence = _("{organization} was merged into {other}; say it of that one.")
        merged = sentence.format(organization=organization, other=organization.merged_into)
        raise CoalitionError(merged, field="organization")
    if standing is not None and promise.stands(standing):
        return
    if standing is None or standing.version is None:
        why = _("no signature of it stands")
    elif standing.version != commitment.version.number:
        why = _("it is held to another version of the Compact")
    elif BOUND[promise.binds] == Role.PROGRAM_PROVIDER:
        why = _("it was no program provider")
    else:
        why = _("it was no philanthropic organization")
    sentence = _("Commitment {number} does not bind {organization} in {year}: {why}.")
    refusal = sentence.format(number=commitment.number, organization=organization, year=year, why=why)
    raise CoalitionError(refusal, field="commitment")


def check_words(field: str, text: str) -> None:
    model = Reply if field == "text" else Assessment
    most = model._meta.get_field(field).max_length or 0  # type: ignore[union-attr]
    if len(text) > most:
        raise CoalitionError(_("This is longer than {most} letters.").format(most=most), field=field)
    if REACHES_A_PERSON.search(text):
        sentence = _("This is shown to the public: take the e-mail address or telephone number out.")
        raise CoalitionError(sentence, field=field)


def check_address(url: str) -> None:
    if not url:
        return
    try:
        URLValidator(schemes=["http", "https"])(url)
    except ValidationError:
        raise CoalitionError(_("Give a whole web address, beginning with https://."), field="evidence_url") from None
