"""The groups of one indicator, with what they stand beside: everybody, the state, a target."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from dashboard.charts import svg, words
from metrics.published import Breakdown, GoalReading, IndicatorReading, Series

from .parts import is_borrowed, measured, subject


@dataclass(frozen=True, slots=True)
class Grouped:
    """What the parts of a page about groups are made of.

    key         prefix of the drawings' ids
    name        of what is not known where there are no groups
    about       the indicator that the groups are in
    everybody   all students, in the same indicator
    state       by group: its distance from Connecticut's figure of the same group; empty where there is none
    target      that the groups are held to, with its label and the goal's own way of stating it
    borrowed    the groups are in another indicator than the goal is
    apart       the widest breakdown, where everybody came nearer to the target while its groups grew apart
    """

    key: str
    name: str
    about: words.Subject
    breakdowns: tuple[Breakdown, ...]
    everybody: Series
    higher_is_better: bool = True
    state: Mapping[str, Decimal] = field(default_factory=dict)
    target: Decimal | None = None
    target_label: str = ""
    goal: words.Subject | None = None
    borrowed: bool = False
    apart: Breakdown | None = None

    @property
    def decimals(self) -> int:
        return self.about.decimals

    @property
    def years(self) -> list[int]:
        return [point.year for one in self.breakdowns for row in one.rows for point in row.series.points]

    @property
    def window(self) -> svg.Window:
        """The span of values that every chart of groups on the page shares."""
        values = [point.value for one in self.breakdowns for row in one.rows for point in row.series.points]
        return svg.window(values=values, target=self.target, start=None, higher_is_better=self.higher_is_better)


def of_goal(reading: GoalReading) -> Grouped:
    """The groups of a goal, in its own indicator or, where that is not broken down, in the one beside it."""
    borrowed = is_borrowed(reading)
    everybody = reading.comparison.hartford if borrowed and reading.comparison else reading.series
    return Grouped(
        key=reading.goal.slug,
        name=reading.goal.name,
        about=measured(reading.groups_in),
        breakdowns=reading.breakdowns,
        everybody=everybody,
        target=None if borrowed else reading.current.target_value,
        target_label="" if borrowed else words.target_label(reading.standing, subject(reading)),
        goal=None if borrowed else subject(reading),
        borrowed=borrowed,
        apart=reading.widest if reading.total_up_gap_wider else None,
    )


def of_indicator(reading: IndicatorReading) -> Grouped:
    """The groups of any indicator, beside Connecticut's and, where a goal is stated in it, its target."""
    goal, indicator = reading.goal, reading.indicator
    about = measured(indicator)
    return Grouped(
        key=indicator.slug,
        name=indicator.name,
        about=about,
        breakdowns=reading.breakdowns,
        everybody=reading.hartford,
        higher_is_better=indicator.higher_is_better is not False,
        state=reading.beside_state,
        target=goal.current.target_value if goal else None,
        target_label=words.stated_target_label(about, goal.current.target_value) if goal else "",
        goal=measured(indicator, goal.slug, goal.name) if goal else None,
    )
