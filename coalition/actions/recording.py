"""How a verb writes a row: with who and when, whole or not at all, and politely when somebody else was faster."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone

from coalition.models.shared import Recorded

from .checking import complete
from .errors import CoalitionError


def stamp(row: Recorded, *, by: User) -> None:
    """Puts who and when on a new row; CoalitionError says the first thing that is wrong with it."""
    row.recorded_by, row.recorded_at = by, timezone.now()
    complete(row)


@contextmanager
def unless_taken(sentence: str) -> Iterator[None]:
    """What is written inside is written whole; when the database says that it cannot be, `sentence` is said."""
    try:
        with transaction.atomic():
            yield
    except IntegrityError:
        raise CoalitionError(sentence) from None
