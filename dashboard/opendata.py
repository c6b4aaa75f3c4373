"""Open files: one line a figure, as plain CSV that any program reads and no spreadsheet runs."""

import csv
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain, islice
from typing import Any

from django.http import StreamingHttpResponse

from metrics.calc.cells import Cell, Known, NotApplicable, NotReported, Status
from metrics.published import Change, Definitions, FigureLine, ReleaseInfo

#: A cell that begins with one of these is a formula to a spreadsheet program, whoever wrote it.
FORMULA_STARTS = re.compile(r"'*[=+\-@\t\r\n]").match
#: Lines that are sent together.
_AT_ONCE = 500
#: Part of the ETag: a file whose columns change is another file.
FORMAT = 1

FIGURES = (
    "release", "indicator", "indicator_name", "unit", "place", "place_name", "dimension", "group", "group_name",
    "year", "year_means", "value", "numerator", "denominator", "status", "source", "note", "reason_of_change",
    "shown_since_release",
)  # fmt: skip
CHANGES = (
    "release", "published_at", "kind", "indicator", "indicator_name", "unit", "place", "place_name", "group",
    "group_name", "year", "old_value", "old_numerator", "old_denominator", "old_status", "new_value",
    "new_numerator", "new_denominator", "new_status", "reason",
)  # fmt: skip
#: In place of the status of a figure that a withdrawn release showed, and of one that there was not.
TAKEN_BACK, NOT_SHOWN = "taken_back", "not_shown"


class _Echo:
    """What csv writes to: each line is handed on as it is made."""

    def write(self, line: str) -> str:
        return line


def download(
    name: str, head: tuple[str, ...], rows: Iterable[Iterable[Any]], *, of: ReleaseInfo
) -> StreamingHttpResponse:
    """A file as it is made, so that its length is no matter; begins with the mark by which Excel knows UTF-8.

    `of` is the release that its content is a function of: the ETag is known before the first line is.
    """
    writer = csv.writer(_Echo())

    def parts() -> Iterator[str]:
        yield "\ufeff" + writer.writerow(head)
        left = iter(rows)
        while some := list(islice(left, _AT_ONCE)):
            yield "".join(writer.writerow([neutral(cell) for cell in row]) for row in some)

    response = StreamingHttpResponse(parts(), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["ETag"] = f'"{of.number}-{of.content_sha256[:32]}-{FORMAT}"'
    return response


def neutral(cell: Any) -> Any:
    """A text that no program computes; numbers are what they are."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA_STARTS(cell) else cell


def figure_rows(definitions: Definitions, number: int, lines: Iterable[FigureLine]) -> Iterator[tuple[Any, ...]]:
    for line in lines:
        indicator, group = definitions.indicators[line.indicator], definitions.groups[line.group]
        yield (
            number, line.indicator, indicator.name, indicator.unit.value,
            line.place, definitions.places[line.place].name, group.dimension.slug, line.group, group.name,
            line.year, indicator.year_axis.value, *_numbers(line.cell), status(line.cell),
            line.source, line.note, line.reason, line.since_release,
        )  # fmt: skip


def change_rows(*lists: Iterable[Change]) -> Iterator[tuple[Any, ...]]:
    for one in chain.from_iterable(lists):
        old = TAKEN_BACK if one.taken_back else status(one.old)
        yield (
            one.release, one.published_at.isoformat(timespec="seconds"), one.kind.value,
            one.indicator, one.defined.name if one.defined else "", one.defined.unit.value if one.defined else "",
            one.place, one.place_name, one.group, one.group_name, one.year,
            *_numbers(one.old), old, *_numbers(one.new), status(one.new), one.reason,
        )  # fmt: skip


def _numbers(cell: Cell | None) -> tuple[Decimal | None, int | None, int | None]:
    """Value, numerator, denominator; three times nothing where there is no figure."""
    return (cell.value, cell.numerator, cell.denominator) if isinstance(cell, Known) else (None, None, None)


def status(cell: Cell | None) -> str:
    """How the figure stands: one of the words of `metrics.calc.cells.Status`, or that there was none."""
    if cell is None:
        return NOT_SHOWN
    if isinstance(cell, Known):
        return cell.status.value
    if isinstance(cell, NotReported):
        return Status.NOT_YET_AVAILABLE.value
    return Status.NOT_APPLICABLE.value if isinstance(cell, NotApplicable) else Status.SUPPRESSED.value
