"""What programs reach: the steps they serve, where nobody works or several do, and who shared for which year."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from coalition.roster import Edition, Program, WayStep
from coalition.rules.programs import Cover, Sharing, coverage, sharing
from coalition.rules.roles import lasts
from dashboard.charts.words import programs as said

from .giving import Names
from .parts import Text, as_of, told
from .teams import Link, named


@dataclass(frozen=True, slots=True)
class Step:
    """One step on the way. `look`: gap, unknown, served or overlap."""

    number: int
    name: str
    look: str
    words: str
    programs: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Square:
    """One place of a program's row. `look`: shared, not_shared, not_running, unknown or ahead."""

    look: str
    head: str
    words: str


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """`steps`: for each step of the way whether it is served."""

    key: str
    name: Text
    what: Text
    is_over: bool
    steps: tuple[tuple[str, bool], ...]
    years: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Provider:
    organization: Link
    programs: tuple[ProgramLine, ...]


@dataclass(frozen=True, slots=True)
class ProgramsPage:
    answer: str
    as_of: date | None
    way: tuple[Step, ...]
    providers: tuple[Provider, ...]
    years: tuple[int, ...]
    sharing: str


def programs_page(edition: Edition) -> ProgramsPage:
    coalition, day = edition.coalition, as_of(edition)
    programs, names = coalition.programs, Names(edition.coalition)
    running = [one for one in programs if lasts(one.since, one.until, day)]
    covers = coverage(programs, day)
    due = day.year - 1  # a year is judged when it is over
    table = sharing(programs, max((due, *(year for one in programs for year in one.shared))))
    of_due = [
        cell
        for row in table.rows
        for year, cell in zip(table.years, row.cells, strict=True)
        if year == due and cell is not Sharing.NOT_RUNNING
    ]
    squares = {
        row.program.slug: tuple(
            _square(year, cell, is_due=year <= due) for year, cell in zip(table.years, row.cells, strict=True)
        )
        for row in table.rows
    }
    return ProgramsPage(
        answer=said.programs_sentence(
            len(programs),
            len(running),
            len({one.organization for one in running}),
            sum(one.is_gap for one in covers),
            sum(one.overlaps for one in covers),
        ),
        as_of=day if edition.published_at else None,
        way=tuple(_step(number, one, has_any=bool(programs)) for number, one in enumerate(covers, 1)),
        providers=tuple(_providers(programs, squares, names, day)),
        years=table.years,
        sharing=said.shared_heading(of_due.count(Sharing.SHARED), len(of_due), due),
    )


def _step(number: int, cover: Cover[Program], *, has_any: bool) -> Step:
    if cover.is_gap:
        words = said.gap_words() if has_any else said.unknown_words()
        return Step(number, said.way_step(cover.step), "gap" if has_any else "unknown", words, ())
    return Step(
        number,
        said.way_step(cover.step),
        "overlap" if cover.overlaps else "served",
        said.served_words(len(cover.programs), cover.providers) if len(cover.programs) > 1 else "",
        tuple(Link(named(one.name), f"#{one.slug}") for one in cover.programs),
    )


def _providers(
    programs: Iterable[Program], squares: dict[str, tuple[Square, ...]], names: Names, day: date
) -> Iterable[Provider]:
    """The providers in the order in which their programs come."""
    found: dict[str, list[ProgramLine]] = {}
    for one in programs:
        found.setdefault(one.organization, []).append(_line(one, squares[one.slug], day))
    for slug, lines in found.items():
        yield Provider(names.organization(slug), tuple(lines))


def _line(program: Program, years: tuple[Square, ...], day: date) -> ProgramLine:
    return ProgramLine(
        key=program.slug,
        name=named(program.name),
        what=told(program.what),
        is_over=not lasts(program.since, program.until, day),
        steps=tuple((said.way_step(step), step in program.steps) for step in WayStep),
        years=years,
    )


def _square(year: int, cell: Sharing, *, is_due: bool) -> Square:
    words = said.sharing_words(cell, is_due=is_due)
    is_ahead = not is_due and cell in (Sharing.NOT_SHARED, Sharing.UNKNOWN)
    return Square("ahead" if is_ahead else cell.value, str(year), words)
