"""From bytes to lines of cells, where the file is text: its letters, its delimiter, its quotes."""

import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice

from .refusals import Remark, UnreadableFile, gettext_noop

#: Lines that tell how the columns are divided.
FIRST_LINES = 60
MOST_LETTERS = 100_000
DELIMITERS = (",", ";", "\t", "|")
#: What Excel writes to itself in the first line.
SEPARATOR_LINE = re.compile(r"\ufeff*sep=([,;\t|^~:])\r?\n")
#: The marks at the beginning of a file that say how its letters are kept.
MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
#: What Windows-1252 has between words. Inside a word they are letters of another alphabet, read wrongly.
TYPOGRAPHY = set("‘’“”–—…•™©®°·§¶«»€£ ")
#: A letter as UTF-8 keeps it. In a file of another kind two such letters hardly ever stand side by side.
UTF_8_LETTER = re.compile(rb"[\xc3-\xdf][\x80-\xbf]|\xc2[\xa0-\xbf]|[\xe0-\xef][\x80-\xbf]{2}")

Line = tuple[int, list[str]]

READ_AS_WINDOWS = gettext_noop(
    "Line {line} has letters that are not UTF-8; the file was read as Windows-1252 ({letters}). See whether names are "
    "spelled right."
)
READ_AS_UNICODE_TEXT = gettext_noop("The file is kept as “Unicode text” ({encoding}); it was read so.")
DIVIDED = gettext_noop("The columns are divided by {mark}; the file was read so.")
MARK_NAMES = {";": gettext_noop("semicolons"), "\t": gettext_noop("tabs"), "|": gettext_noop("bars")}


def encoding_of(data: bytes) -> tuple[str, list[Remark]]:
    """How the file's letters are kept, and what had to be concluded to know. Raises UnreadableFile when not certain."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            try:
                _refuse_nul("\x00" in data.decode(encoding))
            except UnicodeDecodeError:
                template = gettext_noop("The letters of this file are damaged; save the table as “CSV UTF-8”.")
                raise UnreadableFile(template) from None
            return encoding, [] if encoding == "utf-8-sig" else [_unicode_text(encoding)]
    for encoding, nuls in (("utf-16-le", data[1:200:2]), ("utf-16-be", data[:200:2])):
        if nuls and nuls.count(0) == len(nuls) and len(data) % 2 == 0:
            with suppress(UnicodeDecodeError):
                _refuse_nul("\x00" in data.decode(encoding))
                return encoding, [_unicode_text(encoding)]
    _refuse_nul(b"\x00" in data)
    if data.isascii():
        return "ascii", []
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return "cp1252", [_windows(data, data[: error.start].count(b"\n") + 1)]
    return "utf-8", []


def _unicode_text(encoding: str) -> Remark:
    return Remark(READ_AS_UNICODE_TEXT, {"encoding": encoding[: len("utf-16")].upper()})


def _refuse_nul(has_nul: bool) -> None:
    if has_nul:
        raise UnreadableFile(
            gettext_noop("This is not a text file or an Excel workbook; save the table as CSV (UTF-8) or .xlsx.")
        )


def _windows(data: bytes, line: int) -> Remark:
    """Windows-1252, if every letter of it makes sense there: a mark inside a word is a letter of another alphabet.

    Ž, Š and Œ are what é, ä and œ of old Macintosh and DOS files turn into; here they are in no name.
    """
    template = gettext_noop("Line {line} has a letter that is not UTF-8; save the file as “CSV UTF-8”.")
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        raise UnreadableFile(template, line=line) from None
    if UTF_8_LETTER.search(data):  # UTF-8 for the most part, and one letter of it is broken
        raise UnreadableFile(template, line=line)
    letters = set()
    for match in re.finditer(r"[^\x00-\x7f]", text):
        before, letter, after = text[match.start() - 1 : match.start()], match[0], text[match.end() : match.end() + 1]
        sensible = letter.isalpha() and letter <= "ý" and letter not in "ªºðæ"
        if not sensible and (letter not in TYPOGRAPHY or (before.isalpha() and after.isalpha() and letter != "’")):
            raise UnreadableFile(template, line=line)
        letters.add(letter)
    return Remark(READ_AS_WINDOWS, {"line": line, "letters": " ".join(sorted(letters))[:40]})


def head_of(data: bytes, encoding: str) -> str:
    """The first lines as text."""
    with io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="") as file:
        return "".join(islice(file, FIRST_LINES))[:MOST_LETTERS]


def lines(data: bytes, encoding: str, delimiter: str, most: int) -> Iterator[Line]:
    """Every line with the number an editor gives it; a cell may span lines. The text is never in memory as a whole."""
    file = io.TextIOWrapper(io.BytesIO(data), encoding=encoding, newline="")
    reader = csv.reader(file, delimiter=delimiter, strict=True)
    try:
        before = 0
        for count, cells in enumerate(reader):
            if count > most:
                raise UnreadableFile(gettext_noop("The file has more than {most} lines; divide it."), most=most)
            if count == 0 and cells:
                cells[0] = cells[0].lstrip("\ufeff")  # some programs put their mark before the mark of another
            yield before + 1, cells
            before = reader.line_num
    except csv.Error as error:
        raise UnreadableFile(
            gettext_noop("Line {line} cannot be read as CSV: {error}."), line=reader.line_num, error=error
        ) from None


def delimiter_of(head: str) -> str:
    """What divides the columns: the mark that makes most of the first lines equally long tables."""
    told = SEPARATOR_LINE.match(head)
    if told:
        return told[1]
    best, most = ",", (0, 0)
    for delimiter in DELIMITERS:
        try:
            found = csv.reader(io.StringIO(head, newline=""), delimiter=delimiter)
            widths = [len(cells) for cells in found if len(cells) > 1]  # titles and blank lines tell nothing
        except csv.Error:
            continue
        usual = max(sorted(set(widths), reverse=True), key=widths.count, default=0)
        score = (widths.count(usual), usual)
        if score > most:
            best, most = delimiter, score
    return best


def rejoined(cells: list[str]) -> list[str]:
    """A text formula without quotes around it, ="A, B", was cut at its comma; here it is one cell again."""
    if not any(cell.startswith('="') and not cell.endswith('"') for cell in cells):
        return cells
    whole: list[str] = []
    for cell in cells:
        if whole and whole[-1].startswith('="') and not whole[-1].endswith('"'):
            whole[-1] += f",{cell}"
        else:
            whole.append(cell)
    return whole
