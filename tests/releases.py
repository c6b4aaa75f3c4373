"""Two people and a release, for tests that need one more: prepared by one, approved and published by the other."""

from django.contrib.auth.models import User
from django.db import transaction

from allin.roles import ensure_roles
from metrics import publishing
from metrics.models import ComingCell, Release


def of_role(role: str, name: str = "") -> User:
    """An account with that role; the same one each time."""
    user, _created = User.objects.get_or_create(username=name or role.replace(" ", "-"), defaults={"is_staff": True})
    user.groups.set([ensure_roles()[role]])
    return User.objects.get(pk=user.pk)  # permissions are remembered by the instance


def drafted(summary: str = "A correction.", **more: str) -> Release:
    """What stands, prepared and not handed in yet."""
    return publishing.prepare(by=of_role("data entry", "preparer"), summary=summary, **more)


def approved(summary: str = "A correction.", **more: str) -> Release:
    """What stands, prepared and approved, and not public yet."""
    publisher = of_role("publisher", "approver")
    release = drafted(summary, **more)
    publishing.submit(release=release, by=release.prepared_by)
    return publishing.approve(release=release, by=publisher)


def published(summary: str = "A correction.", **more: str) -> Release:
    """What stands, made public."""
    release = approved(summary, **more)
    return publishing.publish(release=release, by=of_role("publisher", "approver"))


def would_change() -> list[ComingCell]:
    """What a release of what stands would change; nothing is left of it."""
    with transaction.atomic():
        release = publishing.prepare(by=of_role("data entry", "preparer"), summary="Not to be.")
        cells = list(release.coming.select_related("replaces"))
        transaction.set_rollback(True)
    return cells
