"""What the public would read of the goals if more figures were published: what is shown, and the same with them."""

from collections.abc import Iterable
from dataclasses import dataclass

from metrics.models import PublishedCell

from .goals import GoalReading
from .series import Point


@dataclass(frozen=True, slots=True)
class GoalOutlook:
    """A goal as it is read now and as it would be; `points` are the years of its own series that would differ."""

    before: GoalReading
    after: GoalReading
    points: tuple[tuple[Point | None, Point | None], ...]

    @property
    def differs(self) -> bool:
        return bool(self.points) or self.before.standing != self.after.standing


def with_coming(shown: Iterable[PublishedCell], coming: Iterable[PublishedCell]) -> list[PublishedCell]:
    """The cells that would be shown: each that comes takes the place of the one that is."""
    cells = {(cell.indicator, cell.place, cell.group, cell.period): cell for cell in shown}
    cells |= {(cell.indicator, cell.place, cell.group, cell.period): cell for cell in coming}
    return list(cells.values())


def goal_outlook(before: GoalReading, after: GoalReading) -> GoalOutlook:
    """Puts two readings of one goal side by side."""
    then = {point.year: point for point in before.series.points}
    now = {point.year: point for point in after.series.points}
    years = [year for year in sorted(then.keys() | now.keys()) if _cell(then.get(year)) != _cell(now.get(year))]
    return GoalOutlook(before, after, tuple((then.get(year), now.get(year)) for year in years))


def _cell(point: Point | None) -> object:
    return point.cell if point else None
