"""The pipeline page: of a hundred ninth-graders, how many graduate, enroll and stay, and where nobody knows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from dashboard.charts import svg, words
from dashboard.charts.words import pipeline as said
from metrics.calc.cells import Known
from metrics.published import HARTFORD, Cohort, GoalStanding, Pipeline, Series, SourceInfo, Way

from .parts import Drawing, figure_url, measured


@dataclass(frozen=True, slots=True)
class StageCell:
    name: str
    url: str
    number: str
    is_known: bool
    fewer: str
    counted: str
    chart: Drawing


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group of the class, step by step: the words and the permanent page of each figure."""

    name: str
    began: str
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class WayPart:
    heading: str
    lead: str
    began: str
    stages: tuple[StageCell, ...]
    groups: tuple[GroupRow, ...]
    not_known: str
    sources: tuple[SourceInfo, ...]


@dataclass(frozen=True, slots=True)
class GoalDistance:
    name: str
    url: str
    number: str
    sentence: str
    badge: words.Badge


@dataclass(frozen=True, slots=True)
class OtherFigure:
    name: str
    url: str
    value: str
    year: str
    counted: str
    among: str


@dataclass(frozen=True, slots=True)
class PipelinePage:
    updated: datetime | None
    ways: tuple[WayPart, ...]
    distances: tuple[GoalDistance, ...]
    others: tuple[OtherFigure, ...]


def pipeline_page(found: Pipeline | None) -> PipelinePage:
    """The page; before the first release an empty one."""
    if found is None:
        return PipelinePage(None, (), (), ())
    return PipelinePage(
        found.release.published_at,
        tuple(_way(way, number) for number, way in enumerate(found.ways, start=1)),
        tuple(_distance(one) for one in found.distances),
        tuple(_other(one) for one in found.others),
    )


def _way(way: Way, number: int) -> WayPart:
    everybody, *groups = way.cohorts
    axis = everybody.stages[0].indicator.year_axis
    return WayPart(
        heading=said.heading(words.year_words(axis, way.year)),
        lead=said.lead([one.step.of_hundred for one in everybody.stages]),
        began=said.began(everybody.students),
        stages=tuple(_stages(everybody, f"way{number}")),
        groups=tuple(_group(one, way.year) for one in (everybody, *groups)) if groups else (),
        not_known=said.not_known(),
        sources=way.sources,
    )


def _stages(cohort: Cohort, key: str) -> Iterator[StageCell]:
    for number, stage in enumerate(cohort.stages, start=1):
        name = stage.indicator.name
        yield StageCell(
            name=name,
            url=reverse("dashboard:indicator", args=[stage.indicator.slug]),
            number=said.of_hundred(stage.step, stage.cell),
            is_known=isinstance(stage.cell, Known),
            fewer=said.fewer(stage.step, is_first=number == 1),
            counted=stage.indicator.numerator,
            chart=svg.hundred(
                key=f"{key}-{number}",
                title=said.drawing(name, stage.step, stage.cell),
                count=stage.step.of_hundred,
            ),
        )


def _group(cohort: Cohort, year: int) -> GroupRow:
    return GroupRow(
        cohort.group.name,
        said.students(cohort.students),
        tuple(
            (
                said.of_hundred(stage.step, stage.cell),
                figure_url(stage.indicator.slug, HARTFORD, cohort.group.slug, year),
            )
            for stage in cohort.stages
        ),
    )


def _distance(one: GoalStanding) -> GoalDistance:
    about = measured(one.goal.current.indicator, one.goal.slug, one.goal.name)
    number, sentence = said.in_people(one.standing, about)
    url = reverse("dashboard:goal", args=[one.goal.slug])
    return GoalDistance(one.goal.name, url, number, sentence, words.badge(one.standing, about))


def _other(series: Series) -> OtherFigure:
    indicator, latest = series.indicator, series.latest
    about = measured(indicator)
    known = latest.cell if latest and isinstance(latest.cell, Known) else None
    return OtherFigure(
        indicator.name,
        reverse("dashboard:indicator", args=[indicator.slug]),
        about.value(known.value) if known else "",
        words.year_label(indicator.year_axis, latest.year) if latest else "",
        indicator.numerator,
        indicator.denominator,
    )
