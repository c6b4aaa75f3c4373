"""Who came to a meeting: commitment 7 follows from it."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import transaction

from coalition.models import Attendance, Meeting

from .checking import not_ahead


@transaction.atomic
def attend(*, meeting: Meeting, present: Mapping[int, bool], by: User) -> None:
    """Records the whole list: for the key of each organization that was asked, whether it came. Others were not asked.

    Raises CoalitionError when the meeting has not taken place yet.
    """
    meeting = Meeting.objects.select_for_update(of=("self",)).get(pk=meeting.pk)
    not_ahead(meeting.held_on, field="held_on")
    meeting.attendances.exclude(organization__in=present).delete()
    Attendance.objects.bulk_create(
        [Attendance(meeting=meeting, organization_id=key, present=came) for key, came in present.items()],
        update_conflicts=True,
        unique_fields=["meeting", "organization"],
        update_fields=["present"],
    )
