"""The methods page: every formula with the board's own numbers in it, and the trap of two starts worked through."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse

from dashboard.charts import words
from dashboard.charts.words import methods as said
from metrics.calc.other_methods import Judged
from metrics.published import Board, GoalReading, SourceInfo, Trap, trap, worked_gap, worked_rates

from .parts import measured, subject


@dataclass(frozen=True, slots=True)
class GoalSums:
    """The sums behind one goal's verdict; without a figure none."""

    key: str
    name: str
    url: str
    badge: words.Badge
    evidence: str
    card: tuple[words.CardLine, ...]
    counted: tuple[str, ...]
    sources: tuple[SourceInfo, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one method makes of the figure, from one start."""

    badge: words.Badge
    formula: tuple[words.Piece, ...]
    numbers: str
    result: str


@dataclass(frozen=True, slots=True)
class MethodRow:
    """One method with its two answers; `is_turned`: they differ."""

    name: str
    about: str
    document: str
    url: str
    answers: tuple[Answer, Answer]
    is_turned: bool


@dataclass(frozen=True, slots=True)
class TrapPart:
    heading: str
    intro: str
    supposed: str
    starts: tuple[str, str]
    rows: tuple[MethodRow, ...]
    lesson: str
    ours: tuple[tuple[str, words.Badge, str], ...]
    what_we_do: str
    url: str
    sources: tuple[SourceInfo, ...]


@dataclass(frozen=True, slots=True)
class Example:
    """A formula with the figures of one indicator and year in it."""

    name: str
    url: str
    year: str
    lines: tuple[words.CardLine, ...]


@dataclass(frozen=True, slots=True)
class MethodsPage:
    updated: datetime | None
    steps: tuple[tuple[str, str], ...]
    rounding: str
    letters: tuple[words.Piece, ...]
    goals: tuple[GoalSums, ...]
    trap: TrapPart | None
    examples: tuple[Example, ...]


def methods_page(board: Board) -> MethodsPage:
    """The page; before the first release it has the rules and no numbers."""
    found = trap(board.goals)
    return MethodsPage(
        updated=board.release.published_at if board.release else None,
        steps=said.steps(),
        rounding=said.rounding(),
        letters=words.letters(),
        goals=tuple(_sums(reading) for reading in board.goals),
        trap=_trap(found) if found else None,
        examples=_examples(board.goals),
    )


def _sums(reading: GoalReading) -> GoalSums:
    about, indicator = subject(reading), reading.current.indicator
    return GoalSums(
        key=about.slug,
        name=about.name,
        url=reverse("dashboard:goal", args=[about.slug]),
        badge=words.badge(reading.standing, about),
        evidence=words.evidence(reading.standing, about),
        card=words.method_card(reading.standing, about),
        counted=words.counted(indicator.numerator, indicator.denominator),
        sources=reading.series.sources,
    )


def _trap(found: Trap) -> TrapPart:
    goal = found.goal
    about, current, other = subject(goal), goal.current, found.other.statement
    start, other_start = current.baseline_value, other.baseline_value
    rows = [_row(one, two) for one, two in zip(found.by_current, found.by_other, strict=True)]
    return TrapPart(
        heading=said.trap_heading(about.name),
        intro=said.trap_intro(about, start, other_start, current.document, other.document),
        supposed=said.trap_supposed(about, current.baseline_year or 0, found.reading.value, found.reading.year),
        starts=(said.from_start(about, start), said.from_start(about, other_start)),
        rows=tuple(rows),
        lesson=said.trap_lesson(found.opposite, len(rows)),
        ours=tuple(
            (one.statement.document, words.badge(one.standing, about), words.evidence(one.standing, about))
            for one in (goal.statements[0], found.other)
        ),
        what_we_do=said.what_we_do(),
        url=reverse("dashboard:goal", args=[about.slug]),
        sources=goal.series.sources,
    )


def _row(one: Judged, two: Judged) -> MethodRow:
    document, url = said.DOCUMENTS.get(one.method, ("", ""))
    answers = (_answer(one), _answer(two))
    return MethodRow(
        said.name(one.method), said.about(one.method), document, url, answers, one.outcome is not two.outcome
    )


def _answer(one: Judged) -> Answer:
    return Answer(said.verdict(one), words.pieces(one.line.formula), words.sums(one.line.numbers), said.result(one))


def _examples(goals: tuple[GoalReading, ...]) -> tuple[Example, ...]:
    gap = worked_gap(goals)
    return tuple(
        Example(
            one.indicator.name,
            reverse("dashboard:indicator", args=[one.indicator.slug]),
            ": ".join(
                part for part in (words.year_label(one.indicator.year_axis, one.year), said.pair(one.groups)) if part
            ),
            words.card_lines(one.lines, measured(one.indicator)),
        )
        for one in (*worked_rates(goals), *((gap,) if gap else ()))
    )
