"""The verdict time machine: what the board said of each goal on a day of the past, or would have said."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from dashboard.charts import words
from dashboard.charts.words import history as said
from dashboard.mounts import address
from dashboard.pages.coalition.parts import day_words
from dashboard.pages.parts import measured
from metrics.calc.history import turns
from metrics.published import GoalInfo, Past, PastRelease, Said


class Origin(StrEnum):
    """Whether the board said it, or would have; or nobody may be told any more."""

    FACT = "fact"
    RECONSTRUCTED = "reconstructed"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Word:
    """What the board said of one goal, and where it says so."""

    name: str
    url: str
    badge: words.Badge
    sentence: str


@dataclass(frozen=True, slots=True)
class Sight:
    """The board on one day; `url` leads to it where there was one, `reason` says why it was taken back."""

    day: str
    origin: Origin
    account: str
    reason: str
    url: str
    goals: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class YearEnd:
    """The last word of a year."""

    year: str
    origin: Origin
    badge: words.Badge
    sentence: str


@dataclass(frozen=True, slots=True)
class TurnLine:
    """A release that changed the verdict; `before` None: the first one."""

    release: int
    url: str
    day: str
    before: words.Badge | None
    after: words.Badge


@dataclass(frozen=True, slots=True)
class GoalPast:
    """One goal through the years; `silence` says why there is nothing before the first release."""

    name: str
    slug: str
    years: tuple[YearEnd, ...]
    silence: str
    turns: tuple[TurnLine, ...]


@dataclass(frozen=True, slots=True)
class MachinePage:
    """`day` is what stands in the form, `problem` what is wrong with what was asked for."""

    day: str
    latest: str
    problem: str
    sight: Sight | None
    goals: tuple[GoalPast, ...]


def machine_page(past: Past, asked: str) -> MachinePage:
    today = timezone.localdate()
    day, problem = _day(asked, today)
    return MachinePage(
        day=asked if problem else day.isoformat(),
        latest=today.isoformat(),
        problem=problem,
        sight=_sight(past, day) if past.releases and not problem else None,
        goals=tuple(_goal(past, goal, today) for goal in past.goals),
    )


def _day(asked: str, today: date) -> tuple[date, str]:
    """The day that was asked for, or what is wrong with it; today where none was."""
    try:
        day = parse_date(asked) if asked else today
    except ValueError:  # the 31st of February
        day = None
    if day is None:
        return today, _("This is not a day. Write it like 2026-11-28.")
    return (today, _("This day has not come yet.")) if day > today else (day, "")


def _sight(past: Past, day: date) -> Sight:
    release = past.on(day)
    if release is None:
        goals = past.before(day)
        return Sight(day_words(day), Origin.RECONSTRUCTED, said.reconstructed(), "", "", tuple(map(_word, goals)))
    since = day_words(release.published_at)
    if release.taken_back:
        account = said.was_taken_back(release.number, since)
        return Sight(day_words(day), Origin.TAKEN_BACK, account, release.taken_back, "", ())
    return Sight(
        day_words(day),
        Origin.FACT,
        said.was_the_board(release.number, since),
        "",
        address("dashboard:home", release=release.number),
        tuple(_word(one, release) for one in release.goals),
    )


def _word(one: Said, release: PastRelease | None = None) -> Word:
    badge, sentence = _verdict(one)
    url = address("dashboard:goal", one.goal.slug, release=release.number) if release else ""
    return Word(one.goal.name, url, badge, sentence)


def _verdict(one: Said) -> tuple[words.Badge, str]:
    if one.standing is None:
        return said.unsaid_badge(), said.no_lag()
    about = measured(one.goal.current.indicator, one.goal.slug, one.goal.name)
    return words.badge(one.standing, about), words.evidence(one.standing, about)


def _goal(past: Past, goal: GoalInfo, today: date) -> GoalPast:
    months = goal.current.indicator.lag_months
    return GoalPast(
        goal.name,
        goal.slug,
        tuple(_years(past, goal, today)),
        said.no_lag() if months is None else said.lag(months),
        tuple(_turns(past, goal)),
    )


def _years(past: Past, goal: GoalInfo, today: date) -> Iterator[YearEnd]:
    """The last day of each year since the start, and today."""
    first = goal.current.baseline_year or today.year
    for day in (*(date(year, 12, 31) for year in range(first, today.year)), today):
        release = past.on(day)
        one = _of(goal, release.goals if release else past.before(day))
        if one is not None and one.standing is not None:
            label = _("Today") if day == today else str(day.year)
            yield YearEnd(label, Origin.FACT if release else Origin.RECONSTRUCTED, *_verdict(one))


def _turns(past: Past, goal: GoalInfo) -> Iterator[TurnLine]:
    readings = [
        ((release, one), one.standing.verdict)
        for release in past.releases
        if (one := _of(goal, release.goals)) is not None and one.standing is not None
    ]
    before: words.Badge | None = None
    for turn in turns(readings):
        release, one = turn.at
        after, _sentence = _verdict(one)
        url = address("dashboard:goal", goal.slug, release=release.number)
        yield TurnLine(release.number, url, day_words(release.published_at), before, after)
        before = after


def _of(goal: GoalInfo, said_of: tuple[Said, ...]) -> Said | None:
    return next((one for one in said_of if one.goal.slug == goal.slug), None)
