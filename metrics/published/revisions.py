"""Figures that were replaced, each with the one that replaced it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from metrics.models import PublishedCell, Release

from .definitions import GroupInfo, IndicatorInfo, PlaceInfo
from .series import Point, series_point
from .vantage import Vantage


@dataclass(frozen=True, slots=True)
class Revision:
    """A published figure that was replaced, with the figure that replaced it, and when."""

    release: int
    published_at: datetime
    indicator: IndicatorInfo
    year: int
    group: GroupInfo
    place: PlaceInfo
    old: Point
    new: Point


def revisions(at: Vantage, rows: Sequence[PublishedCell]) -> tuple[Revision, ...]:
    """Pairs of a figure that is no longer shown and the one that took its place, newest first. One query for dates."""
    begins = {(row.indicator, row.place, row.group, row.period, row.first_release): row for row in rows}
    pairs = [
        (row, new)
        for row in rows
        if row.last_release is not None
        and (new := begins.get((row.indicator, row.place, row.group, row.period, row.last_release + 1)))
    ]
    dates = dict(
        Release.objects.filter(number__in={new.first_release for _old, new in pairs}).values_list(
            "number", "published_at"
        )
    )
    found = [
        Revision(
            new.first_release,
            timezone.localtime(dates.get(new.first_release) or at.release.published_at),
            at.definitions.indicators[old.indicator],
            old.period,
            at.definitions.groups[old.group],
            at.definitions.places[old.place],
            series_point(at.definitions, old),
            series_point(at.definitions, new),
        )
        for old, new in pairs
    ]
    return tuple(sorted(found, key=lambda revision: (-revision.release, revision.year)))
