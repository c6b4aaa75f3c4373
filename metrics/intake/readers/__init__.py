"""From bytes to rows of text and entries. Nothing is looked up here, and nothing is written anywhere."""

import gzip
import io
import re
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice

from ..layouts import FAMILIES, PROVIDER, TIDY, Layout
from ..layouts.declared import plain
from . import own, persons, text, workbook
from .melt import ENTRY, Entry, Item, LeftOut, Trouble, melt
from .melt import count as count_of
from .own import Row
from .recognise import HEAD, Plan, one_table, recognise
from .refusals import Remark, UnreadableFile, gettext_noop
from .text import Line
from .workbook import Sheet

__all__ = [
    "ENTRY", "MAX_BYTES", "Entry", "Item", "LeftOut", "Remark", "Row", "Table", "Trouble",
    "UnreadableFile", "check_size", "figures", "gettext_noop", "read", "tables", "unpacked",
]  # fmt: skip

#: A larger file is refused before it is read. The state's largest export is below 2 MB; a million figures have 100.
MAX_BYTES = 160 * 1024 * 1024
MAX_ROWS = 1_200_000
#: Different names that are remembered of a file; its lines are then no longer about one of them each.
MANY = 10_000
WHOLE = ENTRY.index("denominator")

ZIP_MAGIC = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
GZIP_MAGIC = b"\x1f\x8b"
OLE_MAGIC = b"\xd0\xcf\x11\xe0"
#: However its letters are kept: marks at the beginning and NULs are taken out before.
WEB_PAGE = re.compile(rb"\s*<(?:!doctype|!--|html|head|body|meta|table|\?xml)", re.IGNORECASE)
NO_LETTERS = b"\x00\xef\xbb\xbf\xff\xfe"

NO_HEADER = gettext_noop("The file has no header line with column names.")
NOT_KNOWN = gettext_noop(
    "This is not a table of figures that the board knows: no export of EdSight, CTData or data.ct.gov, and its first "
    "line does not name the columns {columns}."
)
NO_FIGURES = gettext_noop("The file has a header and no figures under it.")
TWO_SHEETS = gettext_noop("Sheets {first} and {second} both hold figures; send each of them as a file of its own.")
ONE_SHEET = gettext_noop("Sheet {number} was read; what stands in the others ({others}) was not.")
A_PROVIDER_S = gettext_noop(
    "This is the sheet of a program provider, and it does not say of which program and year; send it from the "
    "program’s own page."
)


@dataclass(frozen=True, slots=True)
class Table:
    """One table of a file: a visible sheet of a workbook with its number, or all of a text file."""

    lines: Iterator[Line]
    remarks: tuple[Remark, ...] = ()
    number: int = 0
    others: tuple[Sheet, ...] = ()


@dataclass(slots=True)
class Found:
    """What a file is: its layout and what there is to say of it; `entries` are read from it one by one."""

    layout: str
    words: str
    entries: Iterator[Item]
    count: "Count"
    remarks: list[Remark] = field(default_factory=list)


@dataclass(slots=True)
class Count:
    """Lines under the header that hold anything, as far as they are read."""

    rows: int = 0

    def over(self, lines: Iterator[Line]) -> Iterator[Line]:
        for line, cells in lines:
            if any(cells):
                self.rows += 1
                yield line, cells


def check_size(size: int, most: int = MAX_BYTES) -> None:
    """Raises UnreadableFile for a file of `size` bytes that is not worth opening."""
    if size == 0:
        raise UnreadableFile(gettext_noop("The file is empty."))
    if size > most:
        raise UnreadableFile(
            gettext_noop("The file has {size} MB; files over {most} MB are not read."),
            size=-(-size // (1024 * 1024)),
            most=most // 1024 // 1024,
        )


def tables(data: bytes) -> Iterator[Table]:
    """The tables of a file that is not packed. Raises UnreadableFile when its bytes are none, also while it is read."""
    if data.startswith(OLE_MAGIC):
        raise UnreadableFile(gettext_noop("This is an old or protected Excel file (.xls); save it as .xlsx or as CSV."))
    if data.startswith(ZIP_MAGIC):
        book = list(workbook.sheets(data, MAX_ROWS))
        for sheet in book:
            if sheet.visible:
                others = tuple(one for one in book if one is not sheet)
                yield Table(sheet.lines(), sheet.remarks, sheet.number, others)
        return
    if WEB_PAGE.match(data[:1000].translate(None, NO_LETTERS)):
        raise UnreadableFile(
            gettext_noop("This is not a table of figures but a web page; download the file the page offers.")
        )
    encoding, remarks = text.encoding_of(data)
    head = text.head_of(data, encoding)
    delimiter = text.delimiter_of(head)
    if delimiter != ",":
        mark = text.MARK_NAMES.get(delimiter, delimiter)
        remarks.append(Remark(text.DIVIDED, {"mark": mark}))
    lines = text.lines(data, encoding, delimiter, MAX_ROWS)
    if text.SEPARATOR_LINE.match(head):
        next(lines, None)
    yield Table(lines, tuple(remarks))


def unpacked(data: bytes) -> bytes:
    """A file as it was before it was gzipped, if it was. Raises UnreadableFile when it is damaged or too large."""
    check_size(len(data))
    if not data.startswith(GZIP_MAGIC):
        return data
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            whole = packed.read(MAX_BYTES + 1)
    except (OSError, EOFError, zlib.error):
        raise UnreadableFile(gettext_noop("The file is damaged: it cannot be unpacked (gzip).")) from None
    check_size(len(whole))
    if whole.startswith(GZIP_MAGIC):
        raise UnreadableFile(gettext_noop("The file is packed twice (gzip); unpack it once and send what comes out."))
    return whole


def read(data: bytes, layout: Layout) -> list[Row]:
    """The rows of a file in one of our own layouts; of a workbook, of the first sheet that has it.

    Raises UnreadableFile when the bytes are no table, the columns are not those of the layout, or there is no row
    under the header.
    """
    first: UnreadableFile | None = None
    for table in tables(unpacked(data)):
        lines = _from_header(table.lines)
        head = next(lines, None)
        if head is None:
            continue
        if not table.number or set(own.words(head[1])) >= set(layout.required):
            found = list(own.rows(chain([head], lines), layout))
            if not found:
                raise UnreadableFile(NO_FIGURES)
            persons.screen_sheets(table.others)
            return found
        try:
            own.columns(head[1], layout)
        except UnreadableFile as refusal:
            first = first or refusal
    raise first or UnreadableFile(NO_HEADER)


def _from_header(lines: Iterator[Line]) -> Iterator[Line]:
    """The lines from the first one on that is not empty; a header alone in the first line is none."""
    for line, cells in lines:
        if any(cell.strip() for cell in cells):
            yield line, cells
            yield from lines


def figures(data: bytes, file_name: str = "") -> Found:
    """What a file of figures is, and its entries: in our own tidy layout or of a family that is known.

    The name serves where a file does not say its year, and for nothing else. Raises UnreadableFile when it is no such
    file, here or while the entries are read.
    """
    refusal: UnreadableFile | None = None
    read: tuple[Table, Found] | None = None
    for table in tables(unpacked(data)):
        try:
            head = list(islice(table.lines, HEAD + 1))
            found = _found(table, head, file_name)
        except UnreadableFile as problem:
            refusal = refusal or problem
            continue
        if read is not None:
            raise UnreadableFile(TWO_SHEETS, first=read[0].number, second=table.number)
        read = table, found
    if read is None:
        raise refusal or UnreadableFile(NO_HEADER)
    table, found = read
    beside = persons.screen_sheets(table.others)
    if beside:
        found.remarks.insert(0, Remark(ONE_SHEET, {"number": table.number, "others": ", ".join(map(str, beside))}))
    found.remarks[:0] = table.remarks
    return found


def _found(table: Table, head: list[Line], file_name: str) -> Found:
    first = next((cells for _line, cells in head if any(cell.strip() for cell in cells)), [])
    names = own.words(first)
    if not any(names):
        raise UnreadableFile(NO_HEADER)
    persons.screen_head(head)
    lines, count = chain(head, table.lines), Count()
    if "indicator" in names or len(set(names) & set(TIDY.columns)) >= 4:
        return Found(TIDY.name, TIDY.name, _whole(_tidy(_from_header(lines), count)), count)
    if set(PROVIDER.required) <= set(names) <= {*PROVIDER.columns, ""}:
        raise UnreadableFile(A_PROVIDER_S)
    plan = recognise(head, FAMILIES, file_name)
    if plan is not None:
        unread = _unread(plan)
        under = count.over(
            persons.screened(one_table((one for one in lines if one[0] > plan.header), FAMILIES), unread)
        )
        entries = _whole(_groups_only(melt(plan, under)))
        return Found(plan.family.name, plan.family.words, entries, count, list(plan.remarks))
    widest = max((own.words(cells) for _line, cells in head), key=lambda cells: sum(map(bool, cells)))
    own.refuse_personal([name for name in widest if name], [name for name in widest if name])
    raise UnreadableFile(NOT_KNOWN, columns=", ".join(TIDY.columns))


def _groups_only(items: Iterator[Item]) -> Iterator[Item]:
    """What a table tells, as long as it is about groups."""
    ones = entries = 0
    for item in items:
        if isinstance(item, list):
            entries += 1
            ones += item[WHOLE] == "1"
        yield item
    persons.refuse_one_each(ones, entries)


def _unread(plan: Plan) -> Sequence[int]:
    pattern = plan.family.ignored
    return [at for at, name in enumerate(plan.names) if pattern and re.fullmatch(pattern, plain(name))]


def _tidy(lines: Iterator[Line], count: Count) -> Iterator[Entry]:
    """The lines of our own layout as entries."""
    header, names = next(lines)
    columns = own.columns(names, TIDY)
    width = len(columns)
    order = [columns.index(name) if name in columns else width for name in ENTRY[1:-1]]
    whole = columns.index("denominator") if "denominator" in columns else width
    counts = [columns.index(name) for name in ("numerator", "denominator") if name in columns]
    noted = columns.index("note") if "note" in columns else width
    names_noted: set[str] = set()
    ones = 0
    for line, cells in persons.screened(lines):
        padded = own.padded(line, cells, header, width)
        if not any(padded):
            continue
        padded.append("")
        count.rows += 1
        for at in counts:
            if padded[at] and not padded[at].isdigit():
                padded[at] = count_of(padded[at])
        ones += padded[whole] == "1"
        yield [line, *[padded[at] for at in order], ""]
        if noted < width and padded[noted] and persons.NAME.fullmatch(padded[noted]) and len(names_noted) < MANY:
            names_noted.add(padded[noted])
    persons.refuse_one_each(ones, count.rows)
    persons.refuse_one_each(len(names_noted), count.rows)


def _whole(entries: Iterator[Item]) -> Iterator[Item]:
    """The entries, of which there is at least one."""
    first = next(entries, None)
    if first is None:
        raise UnreadableFile(NO_FIGURES)
    yield first
    yield from entries
