"""One program's page: what it does, and what its provider reported of it, as far as a release of figures shows it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby

from coalition.roster import Edition, Program, WayStep
from coalition.rules.programs import sharing
from coalition.rules.roles import lasts
from dashboard.charts import svg, words
from dashboard.charts.words import program as said
from dashboard.charts.words.programs import way_step
from dashboard.pages.parts import Drawing
from metrics.calc.cells import Cell, Known, NotApplicable, Unit, Withheld
from metrics.published import IndicatorInfo, Point, ProgramFigures, ProgramLine, ProgramYear, SourceInfo

from .giving import Names, school_year
from .parts import Text, as_of, day_words, in_english, told, worded
from .programs import Square, last_due, promised, squares, year_key
from .teams import Link

#: The door to the figures, metrics.published.program_figures: two queries.
Figures = Callable[[str], ProgramFigures | None]

HUNDRED = Decimal(100)
SPAN = svg.Window(Decimal(0), HUNDRED)


@dataclass(frozen=True, slots=True)
class Bar:
    """One of the five figures of all students; without a `value` the badge says why. Nothing is drawn of nobody."""

    name: Text
    value: str
    counts: str
    badge: words.Badge | None
    chart: Drawing | None


@dataclass(frozen=True, slots=True)
class Place:
    """One place of the table by group; `known` is False where it says in words why there is no number."""

    head: Text
    text: str
    counts: str
    known: bool
    withheld: bool


@dataclass(frozen=True, slots=True)
class GroupRow:
    """One group; `withheld` takes the place of its figures where all of them are."""

    name: Text
    places: tuple[Place, ...]
    withheld: str


@dataclass(frozen=True, slots=True)
class GroupSet:
    name: Text
    rows: tuple[GroupRow, ...]


@dataclass(frozen=True, slots=True)
class YearPart:
    """One school year that was shared: its figures, or in `text` why there are none.

    has_withheld   something of it is withheld; all of it where there is a `text` too
    """

    key: str
    heading: str
    text: str
    has_withheld: bool = False
    bars: tuple[Bar, ...] = ()
    sets: tuple[GroupSet, ...] = ()
    sources: tuple[SourceInfo, ...] = ()
    shown_since: datetime | None = None
    release: str = ""
    reasons: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Term:
    """What one of the five words means; a number of students is out of nobody."""

    name: Text
    numerator: Text
    denominator: Text


@dataclass(frozen=True, slots=True)
class ProgramPage:
    name: Text
    what: Text
    organization: Link
    as_of: date
    is_over: bool
    since: str
    until: str
    steps: tuple[str, ...]
    sharing: str
    years: tuple[Square, ...]
    parts: tuple[YearPart, ...]
    heads: tuple[Text, ...]
    terms: tuple[Term, ...]
    limits: tuple[Text, ...]
    rule: str


def program_page(edition: Edition, figures: Figures, slug: str) -> ProgramPage | None:
    """The page of the program at this address; None when there is none."""
    coalition, day = edition.coalition, as_of(edition)
    program = next((one for one in coalition.programs if one.slug == slug), None)
    if program is None:
        return None
    found = figures(program.place) if program.place else None
    public = {one.year: one for one in found.years} if found else {}
    # What a release shows was accepted, whether an edition has said so since or not.
    program = replace(program, shared=tuple(sorted({*program.shared, *public})))
    stages = found.stages if found else ()
    return ProgramPage(
        name=in_english(program.name),
        what=told(program.what),
        organization=Names(coalition).organization(program.organization),
        as_of=day,
        is_over=not lasts(program.since, program.until, day),
        since=day_words(program.since) if program.since else "",
        until=day_words(program.until) if program.until else "",
        steps=tuple(way_step(step) for step in WayStep if step in program.steps),
        sharing=said.shared_years(len(program.shared)),
        years=_years(edition, program),
        parts=tuple(_part(year, stages, public.get(year)) for year in reversed(program.shared)),
        heads=tuple(_known(stage.name) for stage in stages),
        terms=tuple(_term(one) for one in stages),
        limits=tuple(dict.fromkeys(_known(stage.limits) for stage in stages if stage.limits)),
        rule=said.rule(),
    )


def _term(stage: IndicatorInfo) -> Term:
    out_of = Text("") if stage.unit is Unit.STUDENTS else _known(stage.denominator)
    return Term(_known(stage.name), _known(stage.numerator), out_of)


def _years(edition: Edition, program: Program) -> tuple[Square, ...]:
    due = last_due(as_of(edition))
    table = sharing([program], due, promised(edition))
    (row,) = table.rows
    return squares(program, table.years, row.cells, due)


def _part(year: int, stages: tuple[IndicatorInfo, ...], shown: ProgramYear | None) -> YearPart:
    key, name = year_key(year), school_year(year)
    if shown is None:
        return YearPart(key, said.waiting_heading(name), said.waiting_year())
    about = YearPart(
        key,
        heading="",
        text="",
        has_withheld=any(_is_withheld(point) for point in shown.points),
        sources=shown.sources,
        shown_since=shown.published_at,
        release=said.release_words(shown.release),
        reasons=tuple(_known(reason) for reason in shown.reasons),
    )
    if all(_is_withheld(point) for point in shown.points):
        return replace(about, heading=said.withheld_heading(name), text=said.withheld_year())
    everybody = dict(zip(stages, shown.everybody.points, strict=True))
    served = next((point for stage, point in everybody.items() if stage.unit is Unit.STUDENTS), None)
    return replace(
        about,
        heading=said.year_heading(name, _cell(served), of_few=_is_of_few(served)),
        bars=tuple(_bar(stage, point) for stage, point in everybody.items()),
        sets=tuple(_sets(stages, shown)),
    )


def _bar(stage: IndicatorInfo, point: Point | None) -> Bar:
    cell, of_few = _cell(point), _is_of_few(point)
    is_told = of_few or isinstance(cell, Known)
    return Bar(
        name=_known(stage.name),
        value=said.stage_value(cell, stage.unit, of_few=of_few) if is_told else "",
        counts=said.stage_counts(cell),
        badge=None if is_told else said.stage_badge(cell),
        chart=_chart(cell, stage.unit, of_few=of_few),
    )


def _chart(cell: Cell | None, unit: Unit, *, of_few: bool) -> Drawing | None:
    """Solid from 0 to the share of those served, who are the whole bar; hatched where it is withheld or not known."""
    if isinstance(cell, NotApplicable):
        return None
    if not of_few and not isinstance(cell, Known):
        return svg.dot_row(value=None, best=None, target=None, span=SPAN, withheld=isinstance(cell, Withheld))
    share = cell.value if isinstance(cell, Known) else HUNDRED
    if unit is Unit.STUDENTS:
        share = HUNDRED if share else share
    return svg.delivery(promised=Decimal(0), delivered=share, scale=HUNDRED, thick=14)


def _sets(stages: tuple[IndicatorInfo, ...], shown: ProgramYear) -> Iterable[GroupSet]:
    """All students, and the groups under the breakdown they belong to."""
    if not shown.groups:
        return
    for dimension, lines in groupby(shown.lines, key=lambda line: line.group.dimension):
        yield GroupSet(worded(dimension.name), tuple(_row(stages, line) for line in lines))


def _row(stages: tuple[IndicatorInfo, ...], line: ProgramLine) -> GroupRow:
    hidden = bool(line.told) and all(_is_withheld(point) for point in line.told)
    places = tuple(_place(stage, point) for stage, point in zip(stages, line.points, strict=True))
    withheld = words.withheld() if hidden else ""
    return GroupRow(worded(line.group.name), () if hidden else places, withheld)


def _place(stage: IndicatorInfo, point: Point | None) -> Place:
    cell, of_few = _cell(point), _is_of_few(point)
    return Place(
        _known(stage.name),
        said.stage_value(cell, stage.unit, of_few=of_few),
        said.stage_counts(cell),
        known=of_few or isinstance(cell, Known),
        withheld=point is not None and _is_withheld(point),
    )


def _cell(point: Point | None) -> Cell | None:
    return None if point is None else point.cell


def _is_of_few(point: Point | None) -> bool:
    return point is not None and isinstance(point.cell, Withheld) and said.is_of_few(point.note)


def _is_withheld(point: Point) -> bool:
    return isinstance(point.cell, Withheld) and not said.is_of_few(point.note)


def _known(text: str) -> Text:
    """What a release says, in the reader's language where it says what we know."""
    shown = worded(text)
    translated = said.translated(text) if shown.lang else ""
    return Text(translated) if translated else shown
