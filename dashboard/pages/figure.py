"""A goal's chart for readers who explore it: the same figures and words, as plotly.js takes them."""

from typing import Any

from django.utils.translation import gettext as _

from dashboard.charts import figures, svg, words
from metrics import published

from .drawings import last_told, plot_points
from .parts import subject


def figure(page: published.GoalPage) -> dict[str, Any]:
    """Hartford, Connecticut where it is measured alike, the required path and the target."""
    reading = page.reading
    about, standing = subject(reading), reading.standing
    promise, beside = standing.promise, reading.comparison
    lines = [figures.Line(name=words.hartford(), points=plot_points(reading.series), main=True)]
    if beside and beside.indicator == reading.current.indicator:
        lines.append(figures.Line(name=words.connecticut(), points=plot_points(beside.state)))
    span = svg.window(
        values=[point.value for line in lines for point in line.points],
        target=promise.target_value,
        start=min((promise.baseline_value, *(one.statement.baseline_value for one in reading.others))),
        higher_is_better=promise.higher_is_better,
    )
    return figures.trajectory(
        lines=lines,
        start=promise.baseline_value,
        start_year=promise.baseline_year,
        target=promise.target_value,
        target_year=promise.target_year,
        floor=span.floor,
        ceiling=span.ceiling,
        others=[
            figures.Stated(
                name=one.statement.document,
                year=one.statement.baseline_year or promise.baseline_year or promise.target_year,
                start=one.statement.baseline_value,
                target_year=one.statement.target_year,
                target=one.statement.target_value,
            )
            for one in reading.others
        ],
        words=figures.FigureWords(
            title=about.name,
            path=words.path_label(),
            target=words.target_label(standing, about),
            estimated=_("estimated here"),
            unreported="<br>".join(words.unreported_label(standing, about, last_told(reading.series.cells))),
            withheld=words.withheld(),
        ),
    )
