"""What the board says of a goal: one badge and one sentence for every verdict, and the headline over them all."""

from decimal import Decimal
from typing import cast

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import Status, Unit, YearAxis
from metrics.calc.rates import published
from metrics.calc.verdicts import Change, Reading, Standing, Verdict

from .numbers import (
    POINT_DECIMALS,
    Subject,
    change,
    count,
    figure,
    number_of,
    points_unit,
    share,
    short_year,
    stated,
    stated_apart,
    with_unit,
    years_late,
)
from .withholding import withheld_sentence


def sentence(standing: Standing, subject: Subject) -> str:
    """What happened, then against what. No cause, no blame, no mood. Stands by itself."""
    opening = {
        Verdict.DUE: _("The {year} result has not been reported."),
        Verdict.WITHHELD: f"{withheld_sentence()}.",
    }.get(standing.verdict, "")
    year = short_year(subject.axis, standing.promise.target_year)
    return " ".join(part for part in (opening.format(year=year), evidence(standing, subject)) if part)


def evidence(standing: Standing, subject: Subject) -> str:
    """The same after a badge, which has said already what is missing."""
    say = {
        Verdict.MET: _met,
        Verdict.MET_LATE: _met_late,
        Verdict.ON_TRACK: _on_track,
        Verdict.BEHIND: _behind,
        Verdict.FAR_BEHIND: _behind,
        Verdict.MOVING_AWAY: _moving_away,
        Verdict.NO_DETECTABLE_CHANGE: _no_detectable_change,
        Verdict.MISSED: _missed,
        Verdict.DUE: _due,
        Verdict.WITHHELD: _withheld,
        Verdict.BASELINE_ONLY: _nothing_since,
        Verdict.NO_DATA: _nothing_since,
        Verdict.NOT_COMPARABLE: _not_comparable,
    }[standing.verdict]
    return " ".join(part for part in (say(standing, subject), _reservation(standing)) if part)


def distance(standing: Standing, subject: Subject) -> str:
    """Beside the badge: how far the reading is from the target."""
    if standing.reading is None or standing.short is None:
        return ""
    number, when = number_of(standing.short), _when(subject, standing.reading.year)
    if standing.short <= 0:
        text = _("{points} to spare")
    elif standing.verdict is Verdict.DUE:
        text = ngettext("{points} short {when}", "{points} short {when}", number)
    elif standing.verdict is Verdict.MISSED:
        text = ngettext("{points} short", "{points} short", number)
    else:
        text = ngettext("{points} to go", "{points} to go", number)
    return text.format(points=subject.apart(standing.short), when=when)


def finding(standing: Standing, unit: Unit = Unit.PERCENT) -> str:
    """Over a trajectory: how much of the way was made."""
    if standing.verdict is Verdict.NOT_COMPARABLE:
        return _("Two definitions, no distance")
    number, whole = number_of(standing.promise.distance), stated_apart(standing.promise.distance, unit)
    if standing.verdict is Verdict.WITHHELD:
        return ngettext("{whole} to go, the figure withheld", "{whole} to go, the figure withheld", number).format(
            whole=whole
        )
    if standing.since_start is None or standing.short is None:
        return ngettext("{whole} to go, none reported", "{whole} to go, none reported", number).format(whole=whole)
    if standing.short < 0:
        text = ngettext("All {whole}, and {more} more", "All {whole}, and {more} more", number)
        return text.format(whole=whole, more=_number(standing.short, unit))
    if standing.short == 0:
        return ngettext("All {whole}", "All {whole}", number).format(whole=whole)
    if standing.since_start <= 0:
        return ngettext("None of the {whole} needed", "None of the {whole} needed", number).format(whole=whole)
    text = ngettext("{made} of the {whole} needed", "{made} of the {whole} needed", number)
    return text.format(made=_number(standing.since_start, unit), whole=whole)


def change_apart(standing: Standing) -> tuple[str, str]:
    """From the start to the reading, up or down, a number and its unit."""
    moved = (standing.since_start or Decimal(0)) * standing.promise.sign
    return change(moved), points_unit(moved)


def young_people(standing: Standing, subject: Subject) -> tuple[str, str] | None:
    """The distance in people: a number and what it counts; None when nobody published counts."""
    if standing.people_left is None or standing.reading is None:
        return None
    number, size = count(standing.people_left), count(standing.reading.known.denominator or 0)
    if subject.slug == "graduation":
        text = ngettext(
            "more graduate needed in a class of {size}",
            "more graduates needed in a class of {size}",
            standing.people_left,
        )
    else:
        text = ngettext(
            "more young person needed, out of {size}", "more young people needed, out of {size}", standing.people_left
        )
    return number, text.format(size=size)


def _number(value: Decimal, unit: Unit) -> str:
    """Points without the word, where the sentence says it once for two numbers."""
    return figure(abs(value)) if unit is Unit.PERCENT else with_unit(stated(abs(value)), unit)


def _reading(standing: Standing) -> Reading:
    """The figure that the verdict rests on."""
    return cast(Reading, standing.reading)


def _happened(standing: Standing, subject: Subject) -> str:
    """85.3% of the class of 2025 graduated."""
    reading = _reading(standing)
    by_class = subject.axis is YearAxis.CLASS
    if subject.slug == "graduation" and by_class:
        text = _("{value} of {year} graduated.")
    elif subject.slug == "enrollment" and by_class:
        text = _("{value} of {year} enrolled.")
    else:
        return _("{value} {when}.").format(value=subject.value(reading.value), when=_when(subject, reading.year))
    return text.format(value=subject.value(reading.value), year=subject.the_year(reading.year))


def _when(subject: Subject, year: int) -> str:
    """for the class of 2018 · in 2019"""
    if subject.axis is YearAxis.REPORT:
        return _("in {year}").format(year=year)
    return _("for {year}").format(year=subject.the_year(year))


def at(standing: Standing, subject: Subject) -> str:
    """The figure itself, where there is one: 60% for the class of 2018"""
    reading = _reading(standing)
    return _("{value} {when}").format(value=subject.value(reading.value), when=_when(subject, reading.year))


def _met(standing: Standing, subject: Subject) -> str:
    target, spare = subject.stated(standing.promise.target_value), standing.short or Decimal(0)
    text = _("The target of {target} was met.")
    if spare < 0:
        text = _("The target of {target} was met, with {points} to spare.")
    return f"{_happened(standing, subject)} {text.format(target=target, points=subject.apart(spare))}"


def _met_late(standing: Standing, subject: Subject) -> str:
    target = subject.stated(standing.promise.target_value)
    late = _reading(standing).year - standing.promise.target_year
    text = _("The target of {target} was met {late}.").format(target=target, late=years_late(late))
    return f"{_happened(standing, subject)} {text}"


def _missed(standing: Standing, subject: Subject) -> str:
    parts = [_happened(standing, subject)]
    if _reading(standing).year > standing.promise.target_year:
        year = subject.the_year(standing.promise.target_year)
        parts.append(_("No figure was reported for {year}; this is the first one after it.").format(year=year))
    target, start = subject.stated(standing.promise.target_value), _against_start(standing, subject)
    text = _("The target was {target}: {short}, and {start}.")
    parts.append(text.format(target=target, short=distance(standing, subject), start=start))
    return " ".join(parts)


def _due(standing: Standing, subject: Subject) -> str:
    if standing.reading is None or standing.reading.year == standing.promise.baseline_year:
        return _nothing_since(standing, subject)
    path = _against_path(standing, subject)
    return _("Last report: {reading}, {path}.").format(reading=at(standing, subject), path=path)


def _on_track(standing: Standing, subject: Subject) -> str:
    return " ".join((_path(standing, subject), _to_go(standing, subject)))


def _behind(standing: Standing, subject: Subject) -> str:
    gain, drop = _("{share} of the gain due by then was made."), _("{share} of the drop due by then was made.")
    made = gain if standing.promise.higher_is_better else drop
    return " ".join((_path(standing, subject), made.format(share=share(standing.pace or Decimal(0)))))


def _moving_away(standing: Standing, subject: Subject) -> str:
    rate = _("The rate is {points} further from the target than the start was.")
    away = rate if subject.unit is Unit.PERCENT else _("The figure is {points} further from the target than the start.")
    return " ".join((_path(standing, subject), away.format(points=subject.apart(standing.since_start or Decimal(0)))))


def _no_detectable_change(standing: Standing, subject: Subject) -> str:
    if standing.change is Change.TESTED:
        change = _("The change since the start, {points}, is too small to tell from chance.")
    else:
        change = _(
            "The change since the start, {points}, is less than a tenth of the way to the target. In figures published "
            "without counts, that is not called a change."
        )
    parts = (
        _("{reading}.").format(reading=at(standing, subject)),
        change.format(points=subject.apart(standing.since_start or Decimal(0))),
        _to_go(standing, subject),
    )
    return " ".join(parts)


def _withheld(standing: Standing, subject: Subject) -> str:
    return _("The target is {target}.").format(target=subject.stated(standing.promise.target_value))


def _nothing_since(standing: Standing, subject: Subject) -> str:
    target = subject.stated(standing.promise.target_value)
    if standing.start is None:
        return _("No figure has been reported since the start. The target is {target}.").format(target=target)
    start = subject.value(standing.start.value)
    when = _when(subject, standing.start.year)
    text = _("No figure has been reported since the start, {start} {when}. The target is {target}.")
    return text.format(start=start, when=when, target=target)


def _not_comparable(standing: Standing, subject: Subject) -> str:
    promise = standing.promise
    if promise.baseline_year is None:
        text = _(
            "The document gives no year for its start of {start}, and it is not known whether that start counts the "
            "same thing as the figures reported since. Both are shown, but no distance between them."
        )
    else:
        text = _(
            "The start of {start} has a different definition from the figures reported since. "
            "Both are shown, but no distance between them."
        )
    return text.format(start=subject.stated(promise.baseline_value))


def _path(standing: Standing, subject: Subject) -> str:
    """85.0% for the class of 2021. The path asked for 84.6%: 0.4 points ahead."""
    asked = subject.path(standing.promise.required(_reading(standing).year))
    behind = published(standing.behind_path or Decimal(0), POINT_DECIMALS)
    if behind == 0:
        text = _("{reading}. The path asked for {asked}.")
    elif behind < 0:
        text = _("{reading}. The path asked for {asked}: {points} ahead.")
    else:
        text = _("{reading}. The path asked for {asked}: {points} behind.")
    return text.format(reading=at(standing, subject), asked=asked, points=subject.apart(behind))


def _to_go(standing: Standing, subject: Subject) -> str:
    year = short_year(subject.axis, standing.promise.target_year)
    short = standing.short or Decimal(0)
    text = ngettext("{points} to go by {year}.", "{points} to go by {year}.", number_of(short))
    return text.format(points=subject.apart(short), year=year)


def _against_path(standing: Standing, subject: Subject) -> str:
    behind = published(standing.behind_path or Decimal(0), POINT_DECIMALS)
    if behind == 0:
        return _("on the path")
    text = _("{points} behind the path") if behind > 0 else _("{points} ahead of the path")
    return text.format(points=subject.apart(behind))


def _against_start(standing: Standing, subject: Subject) -> str:
    gained = published(standing.since_start or Decimal(0), POINT_DECIMALS)
    if gained == 0:
        return _("level with the start")
    above = gained * standing.promise.sign > 0
    text = _("{points} above the start") if above else _("{points} below the start")
    return text.format(points=subject.apart(gained))


def _reservation(standing: Standing) -> str:
    """What kind of figure the verdict rests on, where it is not a final one."""
    if standing.reading is None:
        return ""
    return {
        Status.PROVISIONAL: _("The figure is provisional."),
        Status.DERIVED: _("The figure is computed here from published counts."),
    }.get(standing.reading.known.status, "")
