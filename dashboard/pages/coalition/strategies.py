"""What teams do: each strategy with where it stands, its milestones as of a day, and its log."""

from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from coalition.roster import LogLine, Milestone, Progress, Strategy, When
from dashboard.charts.words import teams as said

from .parts import Text, told, when


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """`mark`: done, over (its day has passed) or ahead."""

    text: Text
    mark: str
    said: str


@dataclass(frozen=True, slots=True)
class LogEntry:
    day: date
    progress: str
    note: Text


@dataclass(frozen=True, slots=True)
class StrategyLine:
    """`mark`: its progress, which parts/teams/mark.html draws; `since`: the day of the last line of its log."""

    title: Text
    text: Text
    mark: str
    progress: str
    since: date | None
    note: Text
    milestones: tuple[MilestoneLine, ...]
    log: tuple[LogEntry, ...]


def on(day: date) -> str:
    """A day as sentences print it: November 22, 2026 / 22 de noviembre de 2026."""
    return date_format(day, _("F j, Y"))


def moment(given: When) -> Text:
    """The day in full, or the source's words for it."""
    return when(given) if given.day is None else Text(on(given.day))


def progress(strategy: Strategy) -> Progress | None:
    return strategy.log[-1].progress if strategy.log else None


def strategy_line(strategy: Strategy, as_of: date) -> StrategyLine:
    last = strategy.log[-1] if strategy.log else None
    return StrategyLine(
        title=told(strategy.title),
        text=told(strategy.text),
        mark=last.progress if last else "",
        progress=said.progress_words(progress(strategy)),
        since=last.since if last else None,
        note=told(last.note) if last else Text(""),
        milestones=tuple(_milestone(one, as_of) for one in strategy.milestones),
        log=tuple(_entry(one) for one in reversed(strategy.log)),
    )


def _milestone(milestone: Milestone, as_of: date) -> MilestoneLine:
    is_over = milestone.due_on < as_of
    mark = "done" if milestone.done_on else "over" if is_over else "ahead"
    done = on(milestone.done_on) if milestone.done_on else ""
    return MilestoneLine(told(milestone.text), mark, said.milestone_words(on(milestone.due_on), done, is_over=is_over))


def _entry(line: LogLine) -> LogEntry:
    return LogEntry(line.since, said.progress_words(line.progress), told(line.note))
