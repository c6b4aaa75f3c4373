"""The lines that were asked for, for readers who explore them: the same figures and names, as plotly.js takes them."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from dashboard.charts import figures, svg, words
from dashboard.charts.words import explore as said
from dashboard.pages.drawings import plot_points
from dashboard.pages.parts import measured
from metrics.calc.cells import Unit
from metrics.published import IndicatorReading, Series

from .asking import MOST, Asking
from .lines import names, span


def figure(reading: IndicatorReading, asked: Asking) -> dict[str, Any]:
    """Each place with each group that was asked for, and the target where a goal is stated in the indicator."""
    series = reading.chosen[:MOST]
    years, about = span(asked, series), measured(reading.indicator)
    lines = [
        _line(one, name, years, number) for number, (one, name) in enumerate(zip(series, names(series), strict=True))
    ]
    values = [point.value for line in lines for point in line.points if point.value is not None]
    target = reading.goal.current.target_value if reading.goal else None
    middle = next((one for one in (target, *values) if one is not None), Decimal(0))
    most = Decimal(100) if reading.indicator.unit is Unit.PERCENT else None
    window = svg.fitted(values=values, target=middle, start=middle, most=most)
    return figures.trajectory(
        lines=lines,
        start=None,
        start_year=None,
        target=target,
        target_year=reading.goal.current.target_year if reading.goal else None,
        floor=window.floor,
        ceiling=window.ceiling,
        words=figures.FigureWords(
            title=said.measure(reading.indicator.name, reading.indicator.unit),
            target="" if target is None else words.stated_target_label(about, target),
            estimated=_("estimated here"),
            withheld=words.withheld(),
            unit=words.axis_unit(about),
        ),
    )


def _line(one: Series, name: str, years: tuple[int, int], number: int) -> figures.Line:
    points = tuple(point for point in plot_points(one) if years[0] <= point.year <= years[1])
    return figures.Line(name=name, points=points, main=number == 0)
