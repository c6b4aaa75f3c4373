"""What teams do: each strategy with where it stands, its milestones as of a day, and its log."""

from dataclasses import dataclass
from datetime import date

from coalition.roster import LogLine, Milestone, Progress, Strategy
from dashboard.charts.words import teams as said

from .parts import Text, day_words, told


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
    done = day_words(milestone.done_on) if milestone.done_on else ""
    due = day_words(milestone.due_on)
    return MilestoneLine(told(milestone.text), mark, said.milestone_words(due, done, is_over=is_over))


def _entry(line: LogLine) -> LogEntry:
    return LogEntry(line.since, said.progress_words(line.progress), told(line.note))
