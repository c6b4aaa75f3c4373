"""Signs that a table tells about single persons. It is refused whole then, before anything of it is written."""

import re
from collections.abc import Iterator, Sequence

from .refusals import PERSONAL, UnreadableFile, gettext_noop
from .text import Line

#: A Social Security number, an e-mail address, a full date, a telephone number.
SIGNS = re.compile(
    r"(?<!\d)\d{3}-\d{2}-\d{4}(?!\d)|[^\s@]@[^\s@]+\.\w|(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)"
    r"|(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])|(?<!\d)\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?!\d)",
    re.ASCII,
)
#: Different cells that are remembered as harmless.
MOST_CELLS = 50_000
ONE_EACH = gettext_noop(
    "Most lines of this file are about one student each; no student-level data is taken, whoever it is about."
)


def screened(lines: Iterator[Line], unread: Sequence[int] = ()) -> Iterator[Line]:
    """The lines, as long as none tells about a person. Columns that are `unread` anyway may hold what they want."""
    harmless: set[str] = set()  # cells come again and again; each is looked at once
    for line, cells in lines:
        for at, cell in enumerate(cells):
            if cell in harmless or at in unread:
                continue
            if SIGNS.search(cell):
                raise UnreadableFile(PERSONAL, line=line)
            if len(harmless) < MOST_CELLS:
                harmless.add(cell)
        yield line, cells


def refuse_one_each(ones: int, lines: int) -> None:
    """Raises UnreadableFile when most lines have one student as their whole."""
    if lines >= 3 and ones * 2 > lines:
        raise UnreadableFile(ONE_EACH)
