"""Open files: one line a figure, as plain CSV that any program reads and no spreadsheet runs."""

import csv
import hashlib
import re
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import StreamingHttpResponse

from metrics.published import ReleaseInfo

#: A cell that begins with one of these is a formula to a spreadsheet program, whoever wrote it.
FORMULA_STARTS = re.compile(r"'*[=+\-@\t\r\n]").match
#: Lines that are sent together.
_AT_ONCE = 500
#: Part of the ETag: a file whose columns change is another file.
FORMAT = 2


class _Echo:
    """What csv writes to: each line is handed on as it is made."""

    def write(self, line: str) -> str:
        return line


def download(
    name: str, head: tuple[str, ...], rows: Iterable[Iterable[Any]], *, of: ReleaseInfo, asked: str = ""
) -> StreamingHttpResponse:
    """A file as it is made, so that its length is no matter; begins with the mark by which Excel knows UTF-8.

    `of` and `asked` are the release and the query that its content is a function of.
    """
    return sent(name, lines(head, rows, start="\ufeff"), "text/csv; charset=utf-8", of=of, asked=asked)


def lines(head: tuple[str, ...], rows: Iterable[Iterable[Any]], *, start: str = "") -> Iterator[str]:
    """The text of a table, some lines at a time."""
    writer = csv.writer(_Echo())
    yield start + writer.writerow(head)
    left = iter(rows)
    while some := list(islice(left, _AT_ONCE)):
        yield "".join(writer.writerow([neutral(cell) for cell in row]) for row in some)


def sent(
    name: str, parts: Iterable[str] | Iterable[bytes], kind: str, *, of: ReleaseInfo, asked: str = ""
) -> StreamingHttpResponse:
    """Any open file of a release, as an attachment. Its ETag is known before its first line is."""
    response = StreamingHttpResponse(parts, content_type=kind)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    mark = hashlib.sha256(asked.encode()).hexdigest()[:16] if asked else "all"
    response["ETag"] = f'"{of.number}-{of.content_sha256[:32]}-{FORMAT}-{mark}"'
    return response


def neutral(cell: Any) -> Any:
    """A text that no program computes; numbers are what they are."""
    return f"'{cell}" if isinstance(cell, str) and FORMULA_STARTS(cell) else cell
