"""The figures of one program and year: what was read of them, and how a file is sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import User
from django.core.files.uploadedfile import UploadedFile

from coalition.actions.uploads import UploadRow, columns, rows_of, send_figures
from coalition.files import MEGABYTE, check_size
from coalition.models import Organization, Upload

from .programs import YearLine, year_line

#: A larger file never arrives whole; a table of groups has a few kilobytes.
MAX_FIGURES = 10 * MEGABYTE


@dataclass(frozen=True, slots=True)
class FiguresPage:
    """One year of one program, with the rows that were read of the latest file, and what each column is for."""

    line: YearLine
    rows: tuple[UploadRow, ...]
    columns: Sequence[tuple[str, str]]

    @property
    def may_send(self) -> bool:
        """Not while a file waits: the staff would judge the one before."""
        latest = self.line.latest
        return latest is None or latest.state != Upload.State.SENT


def figures_page(organization: Organization, slug: str, year: int, on: date) -> FiguresPage | None:
    """None where the program is not the organization's, or did not run in that year."""
    line = year_line(organization, slug, year, on)
    if line is None:
        return None
    return FiguresPage(line, rows_of(line.latest) if line.latest else (), columns())


def send(*, line: YearLine, file: UploadedFile, by: User) -> Upload:
    """Hands a file to the staff, in the name it came with. Raises FileProblems when a line of it is wrong."""
    check_size(file.size or 0, MAX_FIGURES)
    return send_figures(program=line.program, year=line.year, name=file.name or "", data=file.read(), by=by)
