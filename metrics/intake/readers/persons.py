"""Signs that a table tells about single persons. It is refused whole then, before anything of it is written."""

import re
from collections.abc import Iterator, Sequence

from .refusals import PERSONAL, UnreadableFile, gettext_noop
from .text import Line
from .workbook import Sheet

#: Names of columns that only a list of single students has.
PERSONAL_COLUMN = re.compile(
    r"\bids?\b|\b(student|pupil|child)(?!s| (?:group|count|population))|^names?$|birth|\bdob\b"
    r"|(first|middle|last|full|sur|given|family) ?name|\bssn\b|social ?security|sasid|e-?mail|phone|address|\bmother"
    r"|\bfather|\bparent|guardian|unique identifier|lasid"
    r"|\bnombre|apellido|nacimiento|\bestudiante\b|correo|tel[eé]fono"
)
MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
#: A Social Security number, an e-mail address, a telephone number.
NUMBERS = (
    r"(?<!\d)\d{3}(?P<sign>[-–._ ])\d{2}(?P=sign)\d{4}(?!\d)|[^\s@]@[^\s@]+\.\w"
    r"|(?<!\d)\(?\d{3}\)?[ .-]\d{3}[.-]\d{4}(?!\d)|^\s*(?:\+?1[ .-])?\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}\s*$"
)
#: A full date: anywhere as 2008-05-12 or 5/12/2008, alone or of a birth also as May 12, 2008.
DATES = (
    r"(?<!\d)(?:19|20)\d{2}(?P<mark>[-/.])(?:0?[1-9]|1[0-2])(?P=mark)(?:0?[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<![\d/])\d{1,2}/\d{1,2}/\d{2,4}(?![\d/])"
    r"|(?<![\d.-])\d{1,2}(?P<point>[.-])\d{1,2}(?P=point)(?:19|20)\d{2}(?![\d.-])"
    rf"|(?:^\s*|\b(?:born|birth|dob)\b.*)"
    rf"(?:{MONTH}[ -]\d{{1,2}}(?:st|nd|rd|th)?,?[ -]|\d{{1,2}}[ -]{MONTH},?[ -])\d{{4}}\s*$"
)
#: Nine or ten digits: a Social Security number or the state's number of a student; no count is so large.
DIGITS = r"(?<![\d.,])\d{9,10}(?![\d,]|\.\d*[1-9])"
SIGNS = re.compile(f"{NUMBERS}|{DATES}|{DIGITS}", re.ASCII | re.IGNORECASE)
#: What may stand nowhere. A date may in a column that is left unread or in a note below the table; a long code too.
STRONG_SIGNS = re.compile(NUMBERS, re.ASCII | re.IGNORECASE)
#: What can be somebody's name and nothing else in a note: Maria Rodriguez; Rodriguez, Maria L.
NAME = re.compile(r"[^\W\d_a-z][\w'’-]+,?(?: [^\W\d_a-z]\.?)?,? [^\W\d_a-z][\w'’-]+(?: [^\W\d_a-z]\.?)?")
#: A cell without one of these has no sign in it.
NEEDED = re.compile(r"@|\d.*\d.*\d", re.ASCII | re.DOTALL)
#: Different cells that are remembered as harmless.
MOST_CELLS = 50_000
#: Lines of a sheet that is not read, among which the header of a list would stand.
HEAD = 25
ONE_EACH = gettext_noop(
    "Most lines of this file are about one student each; no student-level data is taken, whoever it is about."
)
OTHER_SHEET = gettext_noop(
    "Line {line} of sheet {number} looks like it tells about a single person; such a workbook is not taken."
)
LIST = gettext_noop("Sheet {number} looks like a list of single students; such a workbook is not taken.")


def screened(lines: Iterator[Line], unread: Sequence[int] = ()) -> Iterator[Line]:
    """The lines, as long as none tells about a person. In columns that are `unread` dates and codes may stand."""
    harmless: set[str] = set()  # cells come again and again; each is looked at once
    for line, cells in lines:
        for at, cell in enumerate(cells):
            if cell in harmless:
                continue
            if NEEDED.search(cell) and _is_sign(cell, strong=at in unread or is_note(cells)):
                raise UnreadableFile(PERSONAL, line=line)
            if len(harmless) < MOST_CELLS and at not in unread:
                harmless.add(cell)
        yield line, cells


def _is_sign(cell: str, *, strong: bool) -> bool:
    return (STRONG_SIGNS if strong else SIGNS).search(cell) is not None


def is_note(cells: Sequence[str]) -> bool:
    """Whether a line of a table is a sentence below it and no line of it."""
    first = cells[0].strip() if cells else ""
    return bool(first) and not any(cell.strip() for cell in cells[1:]) and NOTE.match(first) is not None


#: How sentences below a table begin; a name of a district has no more than eight words.
NOTE = re.compile(
    r"\*+\s*\w|\(?\d\)\s|(?:notes?|sources?|data|report|updated|generated|exported|printed|retrieved|as of)\b"
    r"|(?:\S+\s+){9}",
    re.IGNORECASE,
)


def screen_head(lines: Sequence[Line]) -> None:
    """Raises UnreadableFile when a line above the figures holds what may stand nowhere."""
    for line, cells in lines:
        if any(NEEDED.search(cell) and _is_sign(cell, strong=True) for cell in cells):
            raise UnreadableFile(PERSONAL, line=line)


def screen_sheets(sheets: Sequence[Sheet]) -> list[int]:
    """Which of the sheets hold anything. Raises UnreadableFile when one of them tells about single persons.

    They are not read; but who sends such a workbook should know what is in it.
    """
    return [sheet.number for sheet in sheets if _holds_anything(sheet)]


def _holds_anything(sheet: Sheet) -> bool:
    anything = False
    for line, cells in sheet.lines(as_figures=False):
        filled = [cell for cell in cells if cell.strip()]
        anything = anything or bool(filled)
        if any(NEEDED.search(cell) and _is_sign(cell, strong=len(filled) == 1) for cell in filled):
            raise UnreadableFile(OTHER_SHEET, line=line, number=sheet.number)
        if line <= HEAD and len(filled) > 1 and is_list(filled):
            raise UnreadableFile(LIST, number=sheet.number)
    return anything


def is_list(names: Sequence[str]) -> bool:
    """Whether these can be the columns of a list of students: short names, and one of them such a list's."""
    plain = [name.strip().lower().replace("_", " ") for name in names]
    return all(len(name) <= 40 for name in plain) and any(PERSONAL_COLUMN.search(name) for name in plain)


def refuse_one_each(ones: int, lines: int) -> None:
    """Raises UnreadableFile when most lines have one student as their whole."""
    if lines >= 3 and ones * 2 > lines:
        raise UnreadableFile(ONE_EACH)
