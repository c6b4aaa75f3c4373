"""What a provider reported of its program, as the public may see it: year by year, stage by stage, group by group."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from metrics.models import Place, PublishedCell, Release
from metrics.models.definitions import ALL_STUDENTS, PROGRAM_STAGES

from .definitions import Definitions, GroupInfo, IndicatorInfo, SourceInfo
from .releases import release_info
from .series import Point, series_point
from .vantage import Vantage, now


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """One group of students at each of the stages, in their order; None where the report has no figure."""

    group: GroupInfo
    points: tuple[Point | None, ...]

    @property
    def told(self) -> tuple[Point, ...]:
        return tuple(point for point in self.points if point is not None)


@dataclass(frozen=True, slots=True)
class ProgramYear:
    """The figures of one school year; `release` is the last one that changed any of them."""

    year: int
    everybody: ProgramLine
    groups: tuple[ProgramLine, ...]
    release: int
    published_at: datetime

    @property
    def lines(self) -> tuple[ProgramLine, ...]:
        return self.everybody, *self.groups

    @property
    def points(self) -> tuple[Point, ...]:
        return tuple(point for line in self.lines for point in line.told)

    @property
    def sources(self) -> tuple[SourceInfo, ...]:
        return tuple(dict.fromkeys(point.source for point in self.points))

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why figures were corrected after they were first published, each reason once."""
        return tuple(dict.fromkeys(point.reason for point in self.points if point.revised))


@dataclass(frozen=True, slots=True)
class ProgramFigures:
    """Everything public of one program: the stages with their definitions, and the years, newest first."""

    stages: tuple[IndicatorInfo, ...]
    years: tuple[ProgramYear, ...]


def program_figures(place: str, at: Vantage | None = None) -> ProgramFigures | None:
    """The figures of the program that stands at `place`, now or as seen `at`, in three queries.

    None before a release shows a figure of it, and for a place that is no program's.
    """
    at = at or now()
    if at is None:
        return None
    known = at.definitions.places.get(place)
    if known is None or known.kind != Place.Kind.PROGRAM:
        return None
    by_year: dict[int, list[PublishedCell]] = {}
    for row in at.shown(Q(place=place, indicator__in=PROGRAM_STAGES)):
        by_year.setdefault(row.period, []).append(row)
    began = {row.first_release for rows in by_year.values() for row in rows}
    public = Release.objects.filter(number__in=began, published_at__isnull=False)
    dates = {at.release.number: at.release.published_at}
    for one in public.only("number", "published_at", "summary", "summary_es", "content_sha256"):
        dates[one.number or 0] = release_info(one).published_at
    definitions = at.definitions
    stages = tuple(slug for slug in PROGRAM_STAGES if slug in definitions.indicators)
    years = tuple(_year(year, stages, by_year[year], dates, definitions) for year in sorted(by_year, reverse=True))
    return ProgramFigures(tuple(definitions.indicators[slug] for slug in stages), years) if years else None


def _year(
    year: int,
    stages: tuple[str, ...],
    rows: Iterable[PublishedCell],
    dates: Mapping[int, datetime],
    definitions: Definitions,
) -> ProgramYear:
    points: dict[str, dict[str, Point]] = {ALL_STUDENTS: {}}
    for row in rows:
        points.setdefault(row.group, {})[row.indicator] = series_point(definitions, row)
    lines = {
        slug: ProgramLine(group, tuple(points[slug].get(stage) for stage in stages))
        for slug, group in definitions.groups.items()
        if slug in points
    }
    everybody = lines.pop(ALL_STUDENTS)
    number = max(row.first_release for row in rows)
    return ProgramYear(year, everybody, tuple(lines.values()), number, dates[number])
