"""What programs reach: the steps on the way from high school through college; and who shared for which year."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Generic, Protocol, TypeVar

from .roles import lasts


class WayStep(StrEnum):
    """The steps on a young person's way that a program may serve, in their order."""

    HIGH_SCHOOL = "high_school"
    APPLYING = "applying"
    SUMMER = "summer"
    FIRST_YEAR = "first_year"
    COMPLETING = "completing"
    CAREER = "career"


#: A school year begins in July of the calendar year before the one that names it: 2026 stands for 2025-26.
FIRST_MONTH = 7


def school_year(day: date) -> int:
    """The school year that a day lies in, by the calendar year it ends in."""
    return day.year + (day.month >= FIRST_MONTH)


def year_words(year: int) -> str:
    """A school year as both of its calendar years name it: 2025–26, of 2026."""
    return f"{year - 1}–{year % 100:02}"


def runs_in(since: date | None, until: date | None, year: int) -> bool:
    """Whether a program runs on any day of the school year. A beginning nobody knows lies in the past."""
    begun = since is None or school_year(since) <= year
    return begun and (until is None or year <= school_year(until))


class Runs(Protocol):
    """A program: who provides it, from when to when, which steps it serves, for which years it shared figures."""

    @property
    def organization(self) -> str: ...

    @property
    def since(self) -> date | None: ...

    @property
    def until(self) -> date | None: ...

    @property
    def steps(self) -> tuple[WayStep, ...]: ...

    @property
    def shared(self) -> tuple[int, ...]: ...


P = TypeVar("P", bound=Runs)


@dataclass(frozen=True, slots=True)
class Cover(Generic[P]):
    """One step on the way and the programs that serve it."""

    step: WayStep
    programs: tuple[P, ...]

    @property
    def providers(self) -> int:
        return len({program.organization for program in self.programs})

    @property
    def is_gap(self) -> bool:
        """No program serves this step."""
        return not self.programs

    @property
    def overlaps(self) -> bool:
        """Two providers or more serve this step; two programs of one provider are its own affair."""
        return self.providers > 1


def coverage(programs: Iterable[P], on: date) -> tuple[Cover[P], ...]:
    """Every step on the way, in its order, with the programs that run on the day `on`."""
    running = [program for program in programs if lasts(program.since, program.until, on)]
    return tuple(Cover(step, tuple(one for one in running if step in one.steps)) for step in WayStep)


class Sharing(StrEnum):
    """Whether a program's figures for a year were shared and accepted."""

    SHARED = "shared"
    NOT_SHARED = "not_shared"
    NOT_RUNNING = "not_running"
    NO_PROMISE = "no_promise"  # nothing was shared, and nothing bound its provider to share
    UNKNOWN = "unknown"  # nothing was shared, and nobody has said whether the program had begun


@dataclass(frozen=True, slots=True)
class SharingRow(Generic[P]):
    program: P
    cells: tuple[Sharing, ...]


@dataclass(frozen=True, slots=True)
class SharingTable(Generic[P]):
    """Programs × years, oldest year first. Every row has one cell for each of `years`."""

    years: tuple[int, ...]
    rows: tuple[SharingRow[P], ...]


def sharing(programs: Iterable[P], due: int, promised: Callable[[P, int], bool]) -> SharingTable[P]:
    """Who shared for which school year: from the first year of any program to `due`, the last year that is due, which
    is always among them, or on to the last one that was shared.

    `promised` says of a program and year whether its provider had promised to share; who had not owes nothing.
    """
    programs = tuple(programs)
    begun = {year for one in programs for year in (*one.shared, *([school_year(one.since)] if one.since else ()))}
    through = max((due, *(year for one in programs for year in one.shared)))
    years = tuple(range(min({due, *begun}), through + 1))
    return SharingTable(
        years, tuple(SharingRow(one, tuple(_shared(one, year, promised) for year in years)) for one in programs)
    )


def _shared(program: P, year: int, promised: Callable[[P, int], bool]) -> Sharing:
    if year in program.shared:
        return Sharing.SHARED
    if not runs_in(program.since, program.until, year):
        return Sharing.NOT_RUNNING
    if not promised(program, year):
        return Sharing.NO_PROMISE
    if program.since is not None:
        return Sharing.NOT_SHARED
    return Sharing.NOT_SHARED if any(earlier < year for earlier in program.shared) else Sharing.UNKNOWN
