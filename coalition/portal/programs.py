"""The programs of one organization, and what it sent of each for which year."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from coalition.models import Organization, Program, Upload
from coalition.rules.programs import school_year, year_words

#: Years that are listed, at most, and those of a program of which nobody has said when it began.
MOST_YEARS = 10
USUAL_YEARS = 3


@dataclass(frozen=True, slots=True)
class YearLine:
    """What was sent for one year, newest first. `due`: the year is over, and no figures are in or under way."""

    program: Program
    year: int
    uploads: tuple[Upload, ...]
    due: bool

    @property
    def school_year(self) -> str:
        """Figures are those of the school year that ends in `year`."""
        return year_words(self.year)

    @property
    def latest(self) -> Upload | None:
        return self.uploads[0] if self.uploads else None

    @property
    def returned(self) -> bool:
        return self.latest is not None and self.latest.state == Upload.State.RETURNED


@dataclass(frozen=True, slots=True)
class ProgramPage:
    program: Program
    years: tuple[YearLine, ...]


def program_pages(organization: Organization, on: date) -> tuple[ProgramPage, ...]:
    """Every program of the organization with its years, newest first. Two queries."""
    sent: dict[int, dict[int, list[Upload]]] = defaultdict(lambda: defaultdict(list))
    for upload in Upload.objects.filter(program__organization=organization).order_by("-pk"):
        sent[upload.program_id][upload.year].append(upload)
    return tuple(
        ProgramPage(program, tuple(_line(program, year, sent[program.pk][year], on) for year in _years(program, on)))
        for program in organization.programs.order_by("name")
    )


def program_page(organization: Organization, slug: str, on: date) -> ProgramPage | None:
    """One program; None where the organization has none of this name, whoever else may have it."""
    return next((page for page in program_pages(organization, on) if page.program.slug == slug), None)


def year_line(organization: Organization, slug: str, year: int, on: date) -> YearLine | None:
    """One year of one program; None where the program is not the organization's, or did not run then."""
    page = program_page(organization, slug, on)
    return next((line for line in page.years if line.year == year), None) if page else None


def _years(program: Program, on: date) -> range:
    """The years that figures are taken for, newest first; the one that runs comes last of the programs' year."""
    last = min(on.year, school_year(program.until)) if program.until else on.year
    first = school_year(program.since) if program.since else last - USUAL_YEARS + 1
    return range(last, max(first, last - MOST_YEARS + 1) - 1, -1)


def _line(program: Program, year: int, uploads: list[Upload], on: date) -> YearLine:
    under_way = bool(uploads) and uploads[0].state != Upload.State.RETURNED
    return YearLine(program, year, tuple(uploads), due=year == on.year - 1 and not under_way)
