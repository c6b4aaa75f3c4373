"""The verdict time machine: what the board said of each goal on any day, or would have said before it existed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from metrics.calc.cells import Cell
from metrics.calc.history import reconstructed
from metrics.calc.standing import Promise, Standing, standing
from metrics.models import DefinitionSet, PublishedCell, Release
from metrics.models.definitions import ALL_STUDENTS, HARTFORD

from .definitions import Definitions, GoalInfo, thaw
from .series import series_cell
from .vantage import told


@dataclass(frozen=True, slots=True)
class Said:
    """What the board says of one goal. `standing` None: nobody can say (see `Past.before`)."""

    goal: GoalInfo
    standing: Standing | None


@dataclass(frozen=True, slots=True)
class PastRelease:
    """One release as it was read while it was the board.

    taken_back   why it was withdrawn; empty where it was not. What it said is not said again: `goals` is empty then.
    """

    number: int
    published_at: datetime
    taken_back: str
    goals: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class Past:
    """Everything the board ever said of its goals.

    releases       oldest first
    goals, cells   those of today, and their figures by indicator and year
    """

    releases: tuple[PastRelease, ...]
    goals: tuple[GoalInfo, ...]
    cells: Mapping[str, Mapping[int, Cell]]

    def on(self, day: date) -> PastRelease | None:
        """The release that was the board at the end of the day, in Hartford; None before the first."""
        until = [release for release in self.releases if release.published_at.date() <= day]
        return until[-1] if until else None

    def before(self, day: date) -> tuple[Said, ...]:
        """What would have been said before the first release, by the figures of today that were usually known by then.

        Nothing of a goal whose source comes out after a time that nobody has looked up.
        """
        return tuple(Said(goal, self._reconstructed(goal, day)) for goal in self.goals)

    def _reconstructed(self, goal: GoalInfo, day: date) -> Standing | None:
        indicator = goal.current.indicator
        if indicator.lag_months is None:
            return None
        cells, lag = self.cells.get(indicator.slug, {}), indicator.lag_months
        return reconstructed(goal.current.promise, cells, axis=indicator.year_axis, lag_months=lag, on=day)


def past() -> Past:
    """Three queries, however many releases there were: the releases, what they defined, and the goals' own figures."""
    releases = list(Release.objects.exclude(number=None).order_by("number"))
    sets = DefinitionSet.objects.filter(pk__in={release.definitions_id for release in releases})
    defined = {one.pk: thaw(one.body) for one in sets.iterator()}
    if not releases:
        return Past((), (), {})
    slugs = {goal.current.indicator.slug for definitions in defined.values() for goal in definitions.goals}
    ever = PublishedCell.objects.filter(indicator__in=slugs, place=HARTFORD, group=ALL_STUDENTS).order_by("period")
    cells = list(told(ever))
    today = next(_definitions(defined, one) for one in reversed(releases) if one.state == Release.State.PUBLISHED)
    shown = [cell for cell in cells if cell.last_release is None]
    return Past(tuple(_read(releases, defined, cells)), today.goals, _by_indicator(shown, today))


def _read(
    releases: list[Release], defined: Mapping[int, Definitions], cells: list[PublishedCell]
) -> Iterator[PastRelease]:
    """Judged only where something differs from the release before: most releases leave a goal alone."""
    judged: dict[tuple[Promise, tuple[Any, ...], int], Standing] = {}
    for release in releases:
        if release.number is None or release.published_at is None:  # a check constraint forbids it
            continue
        published_at, definitions = timezone.localtime(release.published_at), _definitions(defined, release)
        goals: list[Said] = []
        if release.state == Release.State.PUBLISHED:
            shown = [cell for cell in cells if _is_shown(cell, release.number)]
            for goal in definitions.goals:
                promise = goal.current.promise
                own = [cell for cell in shown if cell.indicator == promise.indicator]
                key = (promise, tuple(cell.pk for cell in own), published_at.year)
                if key not in judged:
                    readings = _by_indicator(own, definitions).get(promise.indicator, {})
                    judged[key] = standing(promise, promise.indicator, readings, published_at.year)
                goals.append(Said(goal, judged[key]))
        yield PastRelease(release.number, published_at, release.withdrawn_reason, tuple(goals))


def _definitions(defined: Mapping[int, Definitions], release: Release) -> Definitions:
    return defined[release.definitions_id or 0]  # a check constraint forbids a public release without


def _is_shown(cell: PublishedCell, number: int) -> bool:
    return cell.first_release <= number and (cell.last_release is None or number <= cell.last_release)


def _by_indicator(cells: list[PublishedCell], definitions: Definitions) -> dict[str, dict[int, Cell]]:
    found: dict[str, dict[int, Cell]] = {}
    for cell in cells:
        known = definitions.indicators.get(cell.indicator)
        if known:
            found.setdefault(cell.indicator, {})[cell.period] = series_cell(cell, known.decimals)
    return found
