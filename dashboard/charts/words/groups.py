"""Groups, places and cells in words: who stands how far from whom, and the four kinds of nothing."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Cell, Known, NotReported, Withheld
from metrics.calc.gaps import Gap
from metrics.calc.rates import published

from .numbers import POINT_DECIMALS, Subject, change, figure, first_letter_down, first_letter_up, number_word, points
from .withholding import withheld


def cell_words(cell: Cell, decimals: int) -> str:
    """What a table prints: the number, 0.0 included, or which kind of nothing it is."""
    return figure(cell.value, decimals) if isinstance(cell, Known) else nothing_words(cell)


def nothing_words(cell: Cell) -> str:
    if isinstance(cell, Withheld):
        return withheld()
    return _("not yet reported") if isinstance(cell, NotReported) else _("does not apply")


def groups_heading(to_target: Sequence[Decimal], subject: Subject, target: Decimal) -> str:
    """How many groups have reached the target, of those with a figure; points left, 0 or less when reached."""
    reached, goal = sum(left <= 0 for left in to_target), subject.stated(target)
    below = len(to_target) - reached
    if not to_target:
        return _("No group’s figure is known")
    if reached == 0:
        return _("Every group is short of {target} in its latest figures").format(target=goal)
    if below == 0:
        return _("Every group reached {target} in its latest figures").format(target=goal)
    text = ngettext(
        "One group reached {target} in its latest figures",
        "{number} groups reached {target} in their latest figures",
        reached,
    )
    return first_letter_up(text.format(number=number_word(reached), target=goal))


def gap_words(gap: Gap, best: str, worst: str, subject: Subject, year: int) -> str:
    """White 92.4%, Hispanic 64.3%: 28.1 points apart for the class of 2019."""
    return _("{best} {high}, {worst} {low}: {points} apart for {year}.").format(
        best=best,
        high=subject.value(gap.best_value),
        worst=worst,
        low=subject.value(gap.worst_value),
        points=points(gap.points),
        year=subject.the_year(year),
    )


def gap_change_words(
    before: Gap, grew: Decimal, subject: Subject, since: int, pair: tuple[str, str] | None = None
) -> str:
    """What became of the gap since an earlier year, for the groups known in both; `pair` names other groups then."""
    rounded = published(grew, POINT_DECIMALS)
    if rounded == 0:
        text = _("For {year} the gap was the same.")
    elif rounded > 0:
        text = _("For {year} the gap was {before}; it has grown by {points}.")
    else:
        text = _("For {year} the gap was {before}; it has narrowed by {points}.")
    was = points(before.points)
    if pair is not None:
        between = _("{points}, between {best} {high} and {worst} {low}")
        high, low = subject.value(before.best_value), subject.value(before.worst_value)
        was = between.format(points=was, best=pair[0], high=high, worst=pair[1], low=low)
    return text.format(year=subject.the_year(since), before=was, points=points(grew))


def known_twice_words(now: Decimal) -> str:
    """Where the gap of then can only be set beside that of fewer groups now."""
    return _("Among the groups with figures in both years, the gap is {now}.").format(now=points(now))


def total_up_gap_wider(subject: Subject, since: int, year: int) -> str:
    """The one case in which the figure of everybody misleads about the groups."""
    text = _("From {since} to {year} the rate for all students came nearer to the target, and these groups grew apart.")
    return text.format(since=subject.the_year(since), year=subject.the_year(year))


def to_best(distance: Decimal | None, *, higher_is_better: bool = True) -> str:
    """In the column of distances to the best group of the same set; None where no other group has a figure."""
    if distance is None:
        return _("no other figure")
    if distance == 0:
        return _("highest") if higher_is_better else _("lowest")
    return figure(distance)


def best_head(*, higher_is_better: bool) -> str:
    """Over that column."""
    return _("To highest, points") if higher_is_better else _("To lowest, points")


def best_label(*, higher_is_better: bool) -> str:
    """Behind its figures, where there is no room for heads."""
    return _("to highest") if higher_is_better else _("to lowest")


def groups_label(name: str, *, higher_is_better: bool) -> str:
    """What the table of groups is."""
    if higher_is_better:
        return _("{name} by group, distance to the highest group and to the target").format(name=name)
    return _("{name} by group, distance to the lowest group").format(name=name)


def dots_intro(*, higher_is_better: bool) -> str:
    if higher_is_better:
        return _("Each dot is a group’s rate; the thin upright line marks the highest rate of the same set.")
    return _("Each dot is a group’s rate; the thin upright line marks the lowest rate of the same set, the best one.")


def apart_heading(breakdowns: Sequence[tuple[str, Gap | None]]) -> str:
    """Over groups that are held to no target: how far apart those of the widest breakdown are."""
    known = [(gap.points, name) for name, gap in breakdowns if gap is not None]
    if not known:
        return _("No two groups’ figures are known")
    widest, name = max(known)
    return _("Up to {points} apart, by {breakdown}").format(points=points(widest), breakdown=first_letter_down(name))


def beside_state(difference: Decimal | None) -> str:
    """A group's figure minus Connecticut's of the same group; None where that is not known."""
    return _("no figure") if difference is None else change(difference)


def to_target(distance: Decimal | None) -> str:
    """In the column of distances to the target."""
    if distance is None:
        return ""
    return _("target met") if distance <= 0 else figure(distance)


def borrowed_groups(indicator: str) -> str:
    """Where the goal's own figures are not broken down and another indicator's are shown."""
    text = _("The coalition’s own figures are not broken down by group. These are the state’s: {indicator}.")
    return text.format(indicator=first_letter_down(indicator))


def no_groups_words(goal: str) -> str:
    """Where nobody has reported any group."""
    text = _("{goal} has not been reported by group, so it is not known how far apart groups of students are.")
    return text.format(goal=goal)


def groups_withheld_words(goal: str) -> str:
    """Where groups are reported, and at most one of a breakdown is shown."""
    text = _("{goal}: the figures of groups are withheld, so it is not known how far apart groups of students are.")
    return text.format(goal=goal)


def comparison_heading(first: Decimal, last: Decimal) -> str:
    """Hartford minus Connecticut, then and now, in points."""
    before, now = published(first, POINT_DECIMALS), published(last, POINT_DECIMALS)
    if now == 0:
        return _("Level with Connecticut")
    text = _("{points} above Connecticut") if now > 0 else _("{points} below Connecticut")
    heading = text.format(points=points(now))
    if before == now or before * now < 0:
        return heading
    if abs(before) > abs(now):
        return _("{heading}, down from {before}").format(heading=heading, before=figure(abs(before)))
    return _("{heading}, up from {before}").format(heading=heading, before=figure(abs(before)))


def comparison_words(subject: Subject, years: tuple[int, int], first: Decimal, last: Decimal) -> str:
    """The difference in the first and the last year that both have reported."""
    return _("Hartford was {before} for {first_year} and {now} for {last_year}.").format(
        before=_difference(first),
        first_year=subject.the_year(years[0]),
        now=_difference(last),
        last_year=subject.the_year(years[1]),
    )


def changes_words(hartford: Decimal, state: Decimal) -> str:
    """What each of the two did in between."""
    text = _("Between those years, Hartford’s rate {ours} and the state’s {theirs}.")
    return text.format(ours=_moved(hartford), theirs=_moved(state))


def rank_words(place_from_last: int, of: int, year: str) -> str:
    """Hartford among the town districts, counted from the lowest rate."""
    ordinals = {
        1: _("the lowest rate"),
        2: _("the second lowest rate"),
        3: _("the third lowest rate"),
        4: _("the fourth lowest rate"),
        5: _("the fifth lowest rate"),
        6: _("the sixth lowest rate"),
        7: _("the seventh lowest rate"),
        8: _("the eighth lowest rate"),
        9: _("the ninth lowest rate"),
        10: _("the tenth lowest rate"),
    }
    text = _("For {year}, Hartford had {place} among {of} town districts.")
    if place_from_last not in ordinals:
        text = _("For {year}, Hartford’s rate was number {place} of {of} town districts, counted from the lowest.")
    return text.format(year=year, place=ordinals.get(place_from_last, place_from_last), of=of)


def derived_words(subject: Subject, since: int) -> str:
    """Where the state's line is a sum made here."""
    return _(
        "From {year} on, the rate for Connecticut is added up here from its districts’ counts; "
        "the state’s own figure was not found."
    ).format(year=subject.the_year(since))


def _difference(value: Decimal) -> str:
    rounded = published(value, POINT_DECIMALS)
    if rounded == 0:
        return _("level with the state")
    text = _("{points} above the state") if rounded > 0 else _("{points} below the state")
    return text.format(points=points(rounded))


def _moved(value: Decimal) -> str:
    rounded = published(value, POINT_DECIMALS)
    if rounded == 0:
        return _("did not change")
    text = _("rose by {points}") if rounded > 0 else _("fell by {points}")
    return text.format(points=points(rounded))
