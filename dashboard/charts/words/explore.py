"""Indicators in words: what they are filed under, where they stand, which way they went, and among whom."""

from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Known, Theme, Unit
from metrics.calc.direction import Direction, Movement

from .badges import Badge
from .numbers import Subject, count, first_letter_up, short_year


def theme(one: Theme) -> str:
    return {
        Theme.GRADUATION: _("Finishing high school"),
        Theme.COLLEGE: _("College: starting, staying, finishing"),
        Theme.ACHIEVEMENT: _("Student achievement"),
        Theme.ATTENDANCE: _("Attendance and discipline"),
        Theme.STUDENTS: _("Who the students are"),
        Theme.SPENDING: _("Spending"),
        Theme.OTHER: _("Other"),
    }[one]


def direction_badge(moved: Movement | None) -> Badge:
    """Which way a figure went last, as a mark and a word."""
    if moved is None:
        return Badge("bar", _("One figure only"), "void")
    return {
        Direction.IMPROVING: Badge("up" if moved.difference > 0 else "down", _("Improving"), "good"),
        Direction.WORSENING: Badge("down" if moved.difference < 0 else "up", _("Worsening"), "bad"),
        Direction.UP: Badge("up", _("Rising"), "void"),
        Direction.DOWN: Badge("down", _("Falling"), "void"),
        Direction.STEADY: Badge("level", _("No detectable change"), "void"),
    }[moved.direction]


def no_figure_badge() -> Badge:
    return Badge("bar", _("No figures yet"), "void")


def moved_words(moved: Movement | None, subject: Subject) -> str:
    """6.7 points more than for the class of 2024."""
    if moved is None:
        return ""
    year = subject.the_year(moved.since)
    if moved.difference == 0:
        return _("The same as for {year}.").format(year=year)
    text = _("{distance} more than for {year}.") if moved.difference > 0 else _("{distance} less than for {year}.")
    said = text.format(distance=subject.apart(moved.difference), year=year)
    if moved.direction is Direction.STEADY:
        return f"{said} {_('A difference this small can be chance.')}"
    if moved.z is None:
        return f"{said} {_('There are no counts, so it could not be tested for chance.')}"
    return said


def moved_short(moved: Movement | None, subject: Subject) -> str:
    """+6.7 since 2024"""
    if moved is None:
        return ""
    text = _("{change} since {year}")
    return text.format(change=subject.moved(moved.difference), year=short_year(subject.axis, moved.since))


def latest_words(subject: Subject, year: int, known: Known) -> str:
    """Hartford: 85.3% for the class of 2025."""
    return _("Hartford: {value} for {year}.").format(value=subject.value(known.value), year=subject.the_year(year))


def state_words(subject: Subject, year: int, known: Known) -> str:
    text = _("Connecticut: {value} for {year}.")
    return text.format(value=subject.value(known.value), year=subject.the_year(year))


def nothing_known(name: str) -> str:
    return _("No figure of Hartford has been published for “{name}”.").format(name=name)


def better(higher_is_better: bool | None) -> str:
    if higher_is_better is None:
        return _("Neither more nor less is better in itself.")
    return _("Higher is better.") if higher_is_better else _("Lower is better.")


def rest_of_state() -> str:
    return _("Rest of the state")


def measure(name: str, unit: Unit) -> str:
    """What the axis of values counts."""
    return {
        Unit.PERCENT: _("{name}, percent"),
        Unit.DOLLARS: _("{name}, dollars"),
        Unit.STUDENTS: _("{name}, number of students"),
    }[unit].format(name=name)


def lines_title(subject: Subject, first: int, last: int) -> str:
    """What the chart of lines is."""
    years = {"first": short_year(subject.axis, first), "last": short_year(subject.axis, last)}
    return _("{name}, {first} to {last}").format(name=subject.name, **years)


def line_description(name: str, subject: Subject, first: tuple[int, Decimal], last: tuple[int, Decimal]) -> str:
    """One line of it, in numbers."""
    if first == last:
        return _("{name}: {value} for {year}.").format(
            name=name, value=subject.value(last[1]), year=subject.the_year(last[0])
        )
    return _("{name}: from {low} for {first} to {high} for {last}.").format(
        name=name,
        low=subject.value(first[1]),
        first=subject.the_year(first[0]),
        high=subject.value(last[1]),
        last=subject.the_year(last[0]),
    )


def empty_line(name: str) -> str:
    return _("{name}: no figure in these years.").format(name=name)


def rank_heading(position: int, of: int) -> str:
    text = _("Number {position} of {of} town districts, from the highest figure down")
    return text.format(position=count(position), of=count(of))


def rank_intro(subject: Subject, year: int) -> str:
    text = _("All students, {year}. Districts whose figure is missing or withheld are left out.")
    return text.format(year=subject.the_year(year))


def position(number: int, *, shared: bool) -> str:
    """The place in an order, which equal figures share."""
    return _("{number}, shared").format(number=number) if shared else str(number)


def not_there(asked: str) -> str:
    return _("There is nothing called “{asked}” to choose here; it is left out.").format(asked=asked)


def years_swapped() -> str:
    return _("The first year was after the last one; they were exchanged.")


def too_many(most: int) -> str:
    return _("At most {most} lines fit into one chart; the first {most} are shown.").format(most=most)


def nothing_chosen() -> str:
    return _("There are no figures for this choice of places, groups and years.")


def frequency(said: str) -> str:
    """How often a figure appears; what is not one of the usual words stands as it is."""
    return {"Yearly": _("Every year"), "Once": _("Once")}.get(said, said)


def next_figure(subject: Subject, year: int, month: str) -> str:
    """When the figure after the latest is usually out."""
    return _("{year}: usually out by {month}.").format(year=first_letter_up(subject.the_year(year)), month=month)


def citation(name: str, publisher: str, release: int, day: str, url: str) -> str:
    """How to cite the page, with the release it shows."""
    text = _("ALL IN! Coalition, Hartford: “{name}”. Figures of {publisher}, release {release} of {day}. {url}")
    return text.format(name=name, publisher=publisher, release=release, day=day, url=url)


def counted_heading(number: int) -> str:
    text = ngettext("{number} indicator", "{number} indicators", number)
    return text.format(number=count(number))


def tally(improving: int, worsening: int, steady: int) -> str:
    """Of those with a direction: how many went which way last."""
    text = _("Last movement: {improving} improving, {worsening} worsening, {steady} without a detectable change.")
    return text.format(improving=improving, worsening=worsening, steady=steady)


def series_name(place: str, group: str, *, everybody: bool) -> str:
    """Hartford · Hartford, English Learners"""
    return place if everybody else f"{place}, {group}"


def facts_difference(moved: Movement, subject: Subject) -> tuple[str, str]:
    """A change set large: the number with its sign, and since when."""
    text = {
        Unit.PERCENT: _("points since {year}"),
        Unit.DOLLARS: _("dollars since {year}"),
        Unit.STUDENTS: _("students since {year}"),
    }[subject.unit]
    return subject.moved(moved.difference), text.format(year=subject.the_year(moved.since))
