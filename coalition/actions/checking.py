"""What every verb asks first: is the row whole, and does the organization still stand for itself."""

from collections.abc import Callable
from datetime import date
from functools import partial

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.models import Organization
from coalition.rules.ledger import lies_before

from .errors import CoalitionError


def complete(row: models.Model) -> None:
    """Raises CoalitionError with the first thing the model's own fields and constraints find wrong with `row`."""
    _check(row, row.full_clean)


def sound(row: models.Model) -> None:
    """As `complete`, as far as the row itself can tell: for many rows at once, of which the database is not asked."""
    references = {field.name for field in row._meta.fields if field.remote_field is not None}
    _check(row, partial(row.clean_fields, exclude=references))


def _check(row: models.Model, clean: Callable[[], None]) -> None:
    try:
        clean()
        _short_enough(row)
    except ValidationError as found:
        field, sentences = next(iter(found.message_dict.items()))
        if field == NON_FIELD_ERRORS:
            raise CoalitionError(sentences[0]) from None
        label = str(row._meta.get_field(field).verbose_name)  # type: ignore[union-attr]
        sentence = _("{field}: {problem}").format(field=label[:1].upper() + label[1:], problem=sentences[0])
        raise CoalitionError(sentence, field=field) from None


def _short_enough(row: models.Model) -> None:
    """Of a text area Django leaves the length to forms."""
    for field in row._meta.fields:
        most = field.max_length if isinstance(field, models.TextField) else None
        if most is not None and len(getattr(row, field.name)) > most:
            raise ValidationError({field.name: _("This is longer than {most} letters.").format(most=most)})


def locked(organization: Organization) -> Organization:
    """The organization as it stands now, kept as it is until the transaction ends. Raises when it was merged."""
    standing: Organization = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if standing.merged_into is not None:
        sentence = _("{old} is an old address of {organization}; record it there.")
        raise CoalitionError(sentence.format(old=standing, organization=standing.merged_into), field="organization")
    return standing


def existed(organization: Organization, on: date | None, words: str = "", *, field: str) -> None:
    """Raises CoalitionError when the day, or the year that the words for it name, lies before the organization did."""
    if organization.exists_since is not None and lies_before((on, words), (organization.exists_since, "")):
        sentence = _("{organization} exists since {day}; nothing it did can lie before that.")
        raise CoalitionError(
            sentence.format(organization=organization, day=said(organization.exists_since)), field=field
        )


def existed_then(organization: Organization, *, field: str) -> None:
    """Raises CoalitionError when something it did is recorded from before the day since which it would exist."""
    locked(organization)
    recorded = [
        *organization.signatures.values_list("happened_on", "happened_text"),
        *organization.role_periods.values_list("since", "since_text"),
        *organization.team_memberships.values_list("since", "since_text"),
    ]
    for moment in recorded:
        if lies_before(moment, (organization.exists_since, "")):
            sentence = _("{organization} existed before {day}: something is recorded of it for {when}.")
            day = said(organization.exists_since)
            raise CoalitionError(sentence.format(organization=organization, day=day, when=said(*moment)), field=field)


def not_ahead(on: date | None, words: str = "", *, field: str) -> None:
    """Refuses a day or a year that has not come yet: the record says what happened."""
    if lies_before((timezone.localdate(), ""), (on, words)):
        raise CoalitionError(_("{day} has not come yet.").format(day=said(on, words.strip())), field=field)


def said(day: date | None, words: str = "") -> str:
    """The day as a sentence says it, or the words where the day is not known."""
    return words if day is None else str(date_format(day))
