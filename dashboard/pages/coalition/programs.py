"""What programs reach: the steps they serve, where nobody works or several do, and who shared for which year."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from coalition.roster import Edition, Program, Role, WayStep
from coalition.rules.programs import Cover, Sharing, coverage, sharing
from coalition.rules.roles import lasts
from dashboard.charts.words import programs as said

from .giving import Names, school_year
from .parts import Text, as_of, held_to, in_english, told
from .teams import Link


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
    """One school year of a program. `look`: that of its Sharing, or ahead; `url` of its figures."""

    look: str
    year: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class ProgramLine:
    """`steps`: for each step of the way whether it is served, None: nobody has said; `years`, newest first."""

    key: str
    program: Link
    what: Text
    is_over: bool
    steps: tuple[tuple[str, bool | None], ...]
    years: tuple[Square, ...]


@dataclass(frozen=True, slots=True)
class Provider:
    """An organization and its programs, whether it holds the role of a provider or not."""

    organization: Link
    programs: tuple[ProgramLine, ...]


@dataclass(frozen=True, slots=True)
class ProgramsPage:
    answer: str
    as_of: date | None
    way: tuple[Step, ...]
    providers: tuple[Provider, ...]
    sharing: str
    ahead: tuple[str, ...]


def programs_page(edition: Edition) -> ProgramsPage:
    coalition, day = edition.coalition, as_of(edition)
    programs, names = coalition.programs, Names(edition.coalition)
    running = [one for one in programs if lasts(one.since, one.until, day)]
    covers = coverage(programs, day)
    all_say = all(one.steps for one in running)  # who does not say which steps it serves may serve any of them
    due = last_due(day)
    table = sharing(programs, due, promised(edition))
    columns = dict(zip(table.years, zip(*(row.cells for row in table.rows), strict=True), strict=False))
    ran = [cell for cell in columns.get(due, ()) if cell is not Sharing.NOT_RUNNING]
    of_due = [cell for cell in ran if cell is not Sharing.NO_PROMISE]
    lines = {row.program.slug: squares(row.program, table.years, row.cells, due) for row in table.rows}
    return ProgramsPage(
        answer=said.programs_sentence(
            len(programs),
            len(running),
            len({one.organization for one in running}),
            sum(one.is_gap for one in covers) if all_say else 0,
            sum(one.overlaps for one in covers),
        ),
        as_of=day if edition.published_at else None,
        way=tuple(_step(number, one, is_known=bool(programs) and all_say) for number, one in enumerate(covers, 1)),
        providers=tuple(_providers(programs, lines, names, day)),
        sharing=said.shared_heading(of_due.count(Sharing.SHARED), len(of_due), school_year(due), ran=bool(ran)),
        ahead=tuple(
            said.ahead_words(cells.count(Sharing.SHARED), school_year(year))
            for year, cells in columns.items()
            if year > due and Sharing.SHARED in cells
        ),
    )


def last_due(day: date) -> int:
    """The school year that is due, by the year it ends in: it is judged when that year is over."""
    return day.year - 1


def promised(edition: Edition) -> Callable[[Program, int], bool]:
    """Whether a program's provider was bound to share its figures of a year: it had signed, as a provider."""
    by_slug = {one.slug: one for one in edition.coalition.organizations}

    def bound(program: Program, year: int) -> bool:
        provider = by_slug.get(program.organization)
        roles = held_to(provider, year, as_of(edition))[1] if provider else frozenset()
        return {Role.SIGNATORY, Role.PROGRAM_PROVIDER} <= roles

    return bound


def program_link(program: Program) -> Link:
    return Link(in_english(program.name), reverse("coalition:program", args=[program.slug]))


def squares(program: Program, years: Iterable[int], cells: Iterable[Sharing], due: int) -> tuple[Square, ...]:
    """The school years of a program, newest first: on a small screen they break, and no year is out of sight."""
    url = program_link(program).url
    found = [_square(year, cell, url, is_due=year <= due) for year, cell in zip(years, cells, strict=True)]
    return tuple(reversed(found))


def year_key(year: int) -> str:
    """The place of a year on the program's page."""
    return f"y{year}"


def _step(number: int, cover: Cover[Program], *, is_known: bool) -> Step:
    if cover.is_gap:
        words = said.gap_words() if is_known else said.unknown_words()
        return Step(number, said.way_step(cover.step), "gap" if is_known else "unknown", words, ())
    return Step(
        number,
        said.way_step(cover.step),
        "overlap" if cover.overlaps else "served",
        said.served_words(len(cover.programs), cover.providers) if len(cover.programs) > 1 else "",
        tuple(program_link(one) for one in cover.programs),
    )


def _providers(
    programs: Iterable[Program], years: dict[str, tuple[Square, ...]], names: Names, day: date
) -> Iterable[Provider]:
    """The organizations in the order in which their programs come."""
    found: dict[str, list[ProgramLine]] = {}
    for one in programs:
        found.setdefault(one.organization, []).append(_line(one, years[one.slug], day))
    for slug, lines in found.items():
        yield Provider(names.organization(slug), tuple(lines))


def _line(program: Program, years: tuple[Square, ...], day: date) -> ProgramLine:
    return ProgramLine(
        key=program.slug,
        program=program_link(program),
        what=told(program.what),
        is_over=not lasts(program.since, program.until, day),
        steps=tuple((said.way_step(step), step in program.steps if program.steps else None) for step in WayStep),
        years=years,
    )


def _square(year: int, cell: Sharing, page: str, *, is_due: bool) -> Square:
    is_ahead = not is_due and cell in (Sharing.NOT_SHARED, Sharing.UNKNOWN)
    return Square(
        "ahead" if is_ahead else cell.value,
        school_year(year),
        said.sharing_words(cell, is_due=is_due),
        f"{page}#{year_key(year)}" if cell is Sharing.SHARED else "",
    )
