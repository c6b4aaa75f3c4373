"""What the public would read of the goals once a file is published, for the person who reviews it."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from dashboard.charts import words
from metrics.published import GoalOutlook, Point

from .parts import subject


@dataclass(frozen=True, slots=True)
class Changed:
    """A figure of a goal's own series as it is read now and as it would be."""

    year: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class GoalLine:
    """One goal: its badge now and then, the figures that differ, and how far it would stand from its target."""

    name: str
    before: words.Badge
    after: words.Badge
    distance: str
    figures: tuple[Changed, ...]


@dataclass(frozen=True, slots=True)
class OutlookPart:
    """Everything the public would see change; the home page's sentence only if it would be another one."""

    goals: tuple[GoalLine, ...]
    sentence: str


def outlook_part(outlook: Sequence[GoalOutlook]) -> OutlookPart:
    now = words.counting([one.before.standing for one in outlook])
    then = words.counting([one.after.standing for one in outlook])
    return OutlookPart(tuple(_line(one) for one in outlook if one.differs), then if then != now else "")


def _line(one: GoalOutlook) -> GoalLine:
    about = subject(one.after)
    return GoalLine(
        about.name,
        words.badge(one.before.standing, about),
        words.badge(one.after.standing, about),
        words.distance(one.after.standing, about),
        tuple(_changed(about, before, after) for before, after in one.points),
    )


def _changed(about: words.Subject, before: Point | None, after: Point | None) -> Changed:
    year = (after or before).year  # type: ignore[union-attr]  # one of the two is there
    return Changed(about.year(year), _said(about, before), _said(about, after))


def _said(about: words.Subject, point: Point | None) -> str:
    if point is None:
        return _("no figure")
    return words.nothing_words(point.cell) if point.value is None else about.value(point.value)
