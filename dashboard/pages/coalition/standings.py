"""Where the action teams stand: the published figures of their metrics, judged and drawn as the goals are."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from coalition.roster import Step, Team
from dashboard.charts import svg, words
from dashboard.charts.words import teams as said
from dashboard.pages import drawings
from dashboard.pages.parts import Drawing, measured
from metrics.calc.cells import Unit
from metrics.calc.verdicts import Verdict
from metrics.published import Measure, Target

#: The door to the figures, metrics.published.measures: two queries for any number of targets.
Measures = Callable[[Iterable[Target]], tuple[Measure | None, ...]]

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Stand:
    """One team at a glance: a badge, how far in a word, a sentence, and one bar from baseline to target."""

    badge: words.Badge
    distance: str
    sentence: str
    far: Drawing
    is_withheld: bool = False


def read(teams: Iterable[Team], measures: Measures) -> dict[str, Measure]:
    """By address of the team: the measures of those that have a metric which the published figures know."""
    with_metric = [(team, team.metric) for team in teams if team.metric is not None]
    targets = (
        Target(
            metric.indicator,
            metric.place,
            metric.group,
            metric.baseline_value,
            metric.baseline_year,
            metric.target_value,
            metric.target_year,
        )
        for _team, metric in with_metric
    )
    found = measures(targets)
    return {team.slug: one for (team, _metric), one in zip(with_metric, found, strict=True) if one is not None}


def last_step(team: Team) -> Step | None:
    return team.life[-1].step if team.life else None


def badge(team: Team, measure: Measure | None) -> words.Badge:
    """Where a team stands, in a word."""
    if measure is not None:
        return words.badge(measure.standing, measured(measure.indicator))
    return said.unmeasured_badge() if team.metric is None else said.unpublished_badge()


def stand(team: Team, measure: Measure | None) -> Stand:
    word = badge(team, measure)
    if measure is not None:
        about, judged = measured(measure.indicator), measure.standing
        far = drawings.distance(team.slug, judged, about, whole=whole(measure))
        is_withheld = judged.verdict is Verdict.WITHHELD
        return Stand(word, words.distance(judged, about), words.evidence(judged, about), far, is_withheld)
    if team.metric is not None:
        return Stand(word, "", said.unpublished(), _empty(team, word, said.unpublished()))
    return Stand(word, "", said.unmeasured(last_step(team)), _empty(team, word, said.unmeasured_description()))


def whole(measure: Measure) -> Decimal:
    """The end of a team's bar: 100 percent as for the goals, or the end of its own window where that says more."""
    in_percent = measure.indicator.unit is Unit.PERCENT
    return HUNDRED if in_percent and measure.standing.promise.higher_is_better else frame(measure).ceiling


def frame(measure: Measure) -> svg.Window:
    """The window of a team's figures. No other chart stands beside them, so it fits them alone."""
    promise = measure.standing.promise
    return svg.fitted(
        values=[point.value for point in measure.series.points],
        target=promise.target_value,
        start=promise.baseline_value,
        most=HUNDRED if measure.indicator.unit is Unit.PERCENT else None,
    )


def _empty(team: Team, word: words.Badge, description: str) -> svg.Chart:
    return svg.unknown(key=f"{team.slug}-far", title=said.bar_title(team.name, word), description=description)
