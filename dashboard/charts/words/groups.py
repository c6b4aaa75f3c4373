"""Groups, places and cells in words: who stands how far from whom, and the four kinds of nothing."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Cell, Known, NotReported, Withheld
from metrics.calc.gaps import Gap
from metrics.calc.rates import published

from .numbers import POINT_DECIMALS, Subject, figure, first_letter_up, number_word, points


def cell_words(cell: Cell, decimals: int) -> str:
    """What a table prints: the number, 0.0 included, or which kind of nothing it is."""
    return figure(cell.value, decimals) if isinstance(cell, Known) else nothing_words(cell)


def nothing_words(cell: Cell) -> str:
    if isinstance(cell, Withheld):
        return _("withheld to protect students’ privacy")
    return _("not yet reported") if isinstance(cell, NotReported) else _("does not apply")


def small_groups() -> str:
    """The rule under which a group is not shown."""
    return _(
        "A figure is not shown where so few students stand behind it that it could tell about one of them. "
        "The state’s own figures are shown as it published them, and what it withheld is withheld here."
    )


def groups_heading(to_target: Sequence[Decimal], subject: Subject, target: Decimal) -> str:
    """How many groups have reached the target, of those with a figure; points left, 0 or less when reached."""
    reached, goal = sum(left <= 0 for left in to_target), subject.stated(target)
    below = len(to_target) - reached
    if not to_target:
        return _("No group’s figure is known")
    if reached == 0:
        return _("Every group is short of {target}").format(target=goal)
    if below == 0:
        return _("Every group has reached {target}").format(target=goal)
    text = ngettext("One group has reached {target}", "{number} groups have reached {target}", reached)
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


def gap_change_words(before: Decimal, grew: Decimal, subject: Subject, since: int) -> str:
    """What became of the gap since an earlier year, for the groups known in both."""
    rounded = published(grew, POINT_DECIMALS)
    if rounded == 0:
        text = _("For {year} it was the same.")
    elif rounded > 0:
        text = _("For {year} it was {before}; it grew by {points}.")
    else:
        text = _("For {year} it was {before}; it narrowed by {points}.")
    return text.format(year=subject.the_year(since), before=figure(before), points=points(grew))


def known_twice_words(now: Decimal) -> str:
    """Where the gap of then can only be set beside that of fewer groups now."""
    return _("Among the groups known in both years it is {now}.").format(now=figure(now))


def total_up_gap_wider(subject: Subject, since: int, year: int) -> str:
    """The one case in which the figure of everybody misleads about the groups."""
    text = _("From {since} to {year} everybody together came nearer to the target while these groups drifted apart.")
    return text.format(since=subject.the_year(since), year=subject.the_year(year))


def to_best(distance: Decimal | None) -> str:
    """In the column of distances to the highest group of the same set."""
    if distance is None:
        return ""
    return _("highest") if distance == 0 else figure(distance)


def to_target(distance: Decimal | None) -> str:
    """In the column of distances to the target."""
    if distance is None:
        return ""
    return _("target met") if distance <= 0 else figure(distance)


def borrowed_groups(indicator: str) -> str:
    """Where the goal's own figures are not broken down and another indicator's are shown."""
    text = _("The coalition’s own figures are not broken down by group. These are the state’s: {indicator}.")
    return text.format(indicator=_in_sentence(indicator))


def no_groups_words(goal: str) -> str:
    """Where nobody has reported any group."""
    return _("Nobody has reported {goal} by group. What stands behind the one figure is not known.").format(
        goal=_in_sentence(goal)
    )


def _in_sentence(name: str) -> str:
    return name[:1].lower() + name[1:]


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
    return " ".join(
        _("For {year} Hartford stood {difference}.").format(
            year=subject.the_year(year), difference=_difference(points_)
        )
        for year, points_ in zip(years, (first, last), strict=True)
    )


def changes_words(hartford: Decimal, state: Decimal) -> str:
    """What each of the two did in between."""
    text = _("Between the two years Hartford’s rate {ours}, and the state’s {theirs}.")
    return text.format(ours=_moved(hartford), theirs=_moved(state))


def rank_words(place_from_last: int, of: int, year: str) -> str:
    """Hartford among the town districts, counted from the end."""
    if place_from_last == 1:
        return _("Last of {of} town districts for {year}.").format(of=of, year=year)
    return _("Number {place} from the end of {of} town districts for {year}.").format(
        place=place_from_last, of=of, year=year
    )


def derived_words(subject: Subject, since: int) -> str:
    """Where the state's line is a sum made here."""
    return _(
        "From {year} on, the rate for Connecticut is added up here from its districts’ counts; "
        "the state’s own was not found."
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
