"""Corrections and releases, for tests that need a history."""

from django.contrib.auth.models import User

from metrics.intake.by_hand import enter
from metrics.models import Release
from tests import releases

REASON = "The state revised the class of 2024."


def correct(value: str = "78.7", *, year: int = 2024, status: str = "final", **more: str) -> None:
    """A correction of Hartford's rate, recorded and not public yet."""
    by, _created = User.objects.get_or_create(username="entered-by")
    cells = {
        "indicator": "graduation-4yr",
        "place": "0640011",
        "group": "all-students",
        "period": str(year),
        "value": value,
        "status": status,
        "source": "edsight-graduation-4yr",
        **more,
    }
    enter(cells=cells, by=by, reason=REASON)


def corrected(value: str = "78.7", **more: str) -> Release:
    """The same, made public."""
    correct(value, **more)
    return releases.published()
