"""A release as the public knows it: its number, its time, its sentence, and what it defines."""

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from metrics.models import Release

from .definitions import Definitions, thaw, worded


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """One release. `published_at` is Hartford's time: its year decides whether a target year is over."""

    number: int
    published_at: datetime
    summary: str
    content_sha256: str


def newest() -> tuple[ReleaseInfo, Definitions] | None:
    """The release that is public now with its definitions, in one query; None before the first one."""
    release = Release.objects.published().select_related("definitions").first()
    if release is None:
        return None
    if release.definitions is None:  # a check constraint forbids it
        raise ValueError(f"{release} was published without definitions")
    return release_info(release), thaw(release.definitions.body)


def release_info(release: Release) -> ReleaseInfo:
    if release.published_at is None or release.number is None:  # a check constraint forbids it
        raise ValueError(f"{release} was published without a number and a date")
    published_at = timezone.localtime(release.published_at)
    summary = worded(release.summary, release.summary_es)
    return ReleaseInfo(release.number, published_at, summary, release.content_sha256)
