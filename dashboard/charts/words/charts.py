"""What a chart is and what it shows, in numbers: the name and the description that stand for the drawing."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Cell, Known, Unit, YearAxis
from metrics.calc.gaps import Gap
from metrics.calc.verdicts import Reading, Standing, Verdict

from .groups import nothing_words
from .numbers import Subject, figure, number_of, short_year, stated, with_unit
from .verdicts import sentence
from .withholding import withheld


def distance_title(standing: Standing, subject: Subject) -> str:
    """High school graduation: start 71.5%, 85.3% for the class of 2025, target 95%"""
    promise = standing.promise
    start, target = subject.stated(promise.baseline_value), subject.stated(promise.target_value)
    if standing.reading is None:
        return _("{name}: start {start}, target {target}").format(name=subject.name, start=start, target=target)
    return _("{name}: start {start}, {value} for {year}, target {target}").format(
        name=subject.name,
        start=start,
        value=subject.value(standing.reading.value),
        year=subject.the_year(standing.reading.year),
        target=target,
    )


def distance_description(standing: Standing, subject: Subject, whole: Decimal = Decimal(100)) -> str:
    """What the bar shows, which runs from 0 to `whole` in the figure's own unit."""
    promise = standing.promise
    target = subject.stated(promise.target_value)
    bar = _("A bar from 0 to 100 percent")
    if subject.unit is not Unit.PERCENT or whole != 100:
        bar = _("A bar from 0 to {whole}").format(whole=subject.stated(whole))
    if standing.verdict is Verdict.WITHHELD:
        return f"{bar}. {sentence(standing, subject)}"
    if standing.reading is None or standing.short is None:
        text = _("{bar}. Nothing between the start and the target at {target} is known.")
        return text.format(bar=bar, target=target)
    start, value = subject.stated(promise.baseline_value), subject.value(standing.reading.value)
    if not promise.higher_is_better:
        text = _("Lower is better. {bar}, hatched from the target at {target} to {value}, a gap of {points}.")
        if standing.short <= 0:
            text = _("Lower is better. {bar}, solid from the start, {start}, to {value}, past the target at {target}.")
    elif standing.short <= 0:
        text = _("{bar}, solid to {value}, past the target at {target}.")
    else:
        text = _("{bar}, solid to {value}, hatched from there to the target at {target}, a gap of {points}.")
    return text.format(bar=bar, start=start, value=value, target=target, points=subject.apart(standing.short))


def axis_unit(subject: Subject) -> str:
    """After the topmost number of an axis."""
    return with_unit("", subject.unit) if subject.unit is Unit.PERCENT else ""


def trajectory_title(subject: Subject, first: int, last: int) -> str:
    return _("{name}, {first} to {last}, against the required path").format(
        name=subject.name, first=short_year(subject.axis, first), last=short_year(subject.axis, last)
    )


def trajectory_description(standing: Standing, subject: Subject, first: Reading | None) -> str:
    """From where to where, what the path asks for, and where that leaves the goal."""
    promise, parts = standing.promise, []
    if first is not None and standing.reading is not None and first.year < standing.reading.year:
        parts.append(
            _("Reported: {first} for {first_year}, {last} for {last_year}.").format(
                first=subject.value(first.value),
                first_year=subject.the_year(first.year),
                last=subject.value(standing.reading.value),
                last_year=subject.the_year(standing.reading.year),
            )
        )
    if promise.baseline_year is not None:
        parts.append(
            _("The required path runs from {start} for {start_year} to {target} for {target_year}.").format(
                start=subject.stated(promise.baseline_value),
                start_year=subject.the_year(promise.baseline_year),
                target=subject.stated(promise.target_value),
                target_year=subject.the_year(promise.target_year),
            )
        )
    return " ".join((*parts, sentence(standing, subject)))


def short_label(standing: Standing) -> str:
    """Beside the hatched post at the target year: 9.7 short. Empty unless that year's result is in and short."""
    if standing.verdict is not Verdict.MISSED or standing.short is None:
        return ""
    text = ngettext("{number} short", "{number} short", number_of(standing.short))
    return text.format(number=figure(standing.short))


def unreported_label(standing: Standing, subject: Subject, known_of: int | None) -> tuple[str, ...]:
    """Beside the years up to the target year that are not in, a line each: 2019–2025 / not yet / reported

    `known_of` is the last year that was reported, whether its figure is shown or withheld.
    """
    if standing.verdict is not Verdict.DUE:
        return ()
    last = short_year(subject.axis, standing.promise.target_year)
    if standing.reading is None or known_of is None or known_of + 1 >= standing.promise.target_year:
        return last, _("not yet"), _("reported")
    first = short_year(subject.axis, known_of + 1)
    # A school year has a dash of its own.
    text = _("{first} to {last}") if subject.axis is YearAxis.SCHOOL else _("{first}–{last}")
    return text.format(first=first, last=last), _("not yet"), _("reported")


def start_label(standing: Standing) -> str:
    return _("start {number}").format(number=stated(standing.promise.baseline_value))


def restated_label(standing: Standing) -> str:
    """Where the old start has a tick of its own: 61 start, restated"""
    return _("{number} start, restated").format(number=stated(standing.promise.baseline_value))


def was_label(standing: Standing) -> str:
    """Where the two are near; the old figure follows, struck through: 24 start, was"""
    return _("{number} start, was").format(number=stated(standing.promise.baseline_value))


def path_label() -> str:
    return _("required path")


def at_launch_label() -> str:
    return _("at launch")


def silence_label(standing: Standing) -> str:
    """Over a bar without a figure."""
    if standing.verdict is Verdict.WITHHELD:
        return withheld()
    if standing.verdict is Verdict.NOT_COMPARABLE:
        return _("not comparable")
    return _("nothing reported yet")


def after_label() -> str:
    return _("after the goal year")


def connecticut() -> str:
    return _("Connecticut")


def hartford() -> str:
    return _("Hartford")


def target_label(standing: Standing, subject: Subject) -> str:
    return stated_target_label(subject, standing.promise.target_value)


def stated_target_label(subject: Subject, target: Decimal) -> str:
    return _("target {target}").format(target=subject.stated(target))


def target_label_short(standing: Standing) -> str:
    return _("target {target}").format(target=stated(standing.promise.target_value))


def comparison_title(subject: Subject, first: int, last: int) -> str:
    return _("Hartford and Connecticut, {name}, {first} to {last}").format(
        name=subject.name, first=short_year(subject.axis, first), last=short_year(subject.axis, last)
    )


def gap_title(subject: Subject, gap: Gap) -> str:
    return _("{name} by group: {low} to {high}").format(
        name=subject.name, low=subject.value(gap.worst_value), high=subject.value(gap.best_value)
    )


def gap_description(said: str, subject: Subject, total: Cell) -> str:
    """The sentence beside the strip, and the rate of everybody together."""
    if isinstance(total, Known):
        everybody = _("All students: {value}.").format(value=subject.value(total.value))
        return f"{said} {everybody}"
    return said


def spark_title(group: str, subject: Subject) -> str:
    return _("{group}, {name} over time").format(group=group, name=subject.name)


def spark_description(subject: Subject, first: tuple[int, Decimal], last: tuple[int, Decimal]) -> str:
    return _("From {first} for {first_year} to {last} for {last_year}.").format(
        first=subject.value(first[1]),
        first_year=subject.the_year(first[0]),
        last=subject.value(last[1]),
        last_year=subject.the_year(last[0]),
    )


def lowest_label() -> str:
    return _("lowest")


def not_shown(cell: Cell) -> str:
    return _("No line: {reason}.").format(reason=nothing_words(cell))


def axis_words(axis: YearAxis) -> str:
    """What the years under a chart count."""
    return {
        YearAxis.CLASS: _("Each year is a graduating class."),
        YearAxis.SCHOOL: _("Each year is a school year, named after the year it ends in."),
        YearAxis.REPORT: _("Each year is the year of a report."),
    }[axis]
