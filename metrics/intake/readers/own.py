"""Our own tables: a header with exactly the names we gave out, and rows under it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

from ..layouts.declared import Layout
from .melt import TOO_MANY, unwrapped
from .persons import PERSONAL_COLUMN
from .refusals import UnreadableFile, gettext_noop
from .text import Line, rejoined


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the file: its number as a text editor or Excel counts it, and its cells by column name."""

    line: int
    cells: dict[str, str]


def words(cells: Sequence[str]) -> list[str]:
    """The names of a header as they are compared."""
    return [name.strip().lower() for name in cells]


def columns(header: Sequence[str], layout: Layout) -> list[str]:
    """The header, once it is exactly the layout's columns in any order. Raises UnreadableFile when it is not."""
    names = words(header)
    while names and not names[-1]:
        names.pop()
    repeated = sorted(name for name, times in Counter(names).items() if times > 1)
    unknown = [name for name in names if name not in layout.columns]
    missing = [name for name in layout.required if name not in names]
    refuse_personal(names, unknown)
    if len(unknown) == len(names):
        raise UnreadableFile(
            gettext_noop("This is not a table of figures: the first line should name the columns {columns}."),
            columns=", ".join(layout.columns),
        )
    if repeated:
        raise UnreadableFile(
            gettext_noop("The column {columns} appears twice in the header."), columns=_quoted(repeated)
        )
    if "" in unknown:
        template = gettext_noop("Column {number} of the header has no name; name the column or remove it.")
        raise UnreadableFile(template, number=names.index("") + 1)
    if unknown:
        name, close = unknown[0], get_close_matches(unknown[0], layout.columns, n=1, cutoff=0.6)
        if close:
            template = gettext_noop("The header has a column “{name}” that is not known; did you mean “{close}”?")
            raise UnreadableFile(template, name=name[:40], close=close[0])
        raise UnreadableFile(gettext_noop("The header has a column “{name}” that is not known."), name=name[:40])
    if missing:
        raise UnreadableFile(gettext_noop("The header lacks: {columns}."), columns=_quoted(missing))
    return names


def refuse_personal(names: Sequence[str], unknown: Sequence[str]) -> None:
    """Raises UnreadableFile when a column that is not known has a name that only lists of single students have."""
    personal = next((name for name in unknown if PERSONAL_COLUMN.search(name.replace("_", " "))), None)
    if personal and len(unknown) == len(names):
        template = gettext_noop(
            "This is not a table of figures: its column “{name}” tells about single students, and no student-level "
            "data is taken."
        )
        raise UnreadableFile(template, name=personal[:40])
    if personal:
        template = gettext_noop(
            "The header has a column “{name}” that is not known. It may tell about single students; no student-level "
            "data is taken."
        )
        raise UnreadableFile(template, name=personal[:40])


def _quoted(names: Iterable[str]) -> str:
    return ", ".join(f"“{name}”" for name in names)


def rows(lines: Iterator[Line], layout: Layout) -> Iterator[Row]:
    """The rows under the header, empty lines left out. Raises UnreadableFile when this is not the layout's table."""
    header_line, header = next(lines, (0, []))
    if not any(header):
        raise UnreadableFile(gettext_noop("The file has no header line with column names."))
    names = columns(header, layout)
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            yield Row(line, dict(zip(names, padded(line, cells, header_line, len(names)), strict=True)))


def padded(line: int, cells: list[str], header: int, width: int) -> list[str]:
    """The cells of a line, one for each column. Raises UnreadableFile when there are more."""
    whole = [unwrapped(cell) for cell in rejoined(cells)] if any('="' in cell for cell in cells) else cells
    if len(whole) > width:
        extra = [cell for cell in whole[width:] if cell.strip()]
        if extra:
            raise UnreadableFile(TOO_MANY, line=line, cells=width + len(extra), header=header, columns=width)
    return [cell.strip() for cell in whole[:width]] + [""] * (width - len(whole))
