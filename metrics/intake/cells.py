"""What a single cell must be, and one sentence for each thing it is not."""

import re
import unicodedata
from collections.abc import Collection, Mapping
from typing import TypeVar

from django.utils.translation import gettext as _

from metrics.calc.cells import Status

from .readers import Row
from .readers.persons import SIGNS
from .registry import Nearest

COUNT = re.compile(r"\d+", re.ASCII)
#: What files print where there is no number. Four different things, kept apart.
MARKS = {
    "*": Status.SUPPRESSED,
    "-9999": Status.SUPPRESSED,  # CTData
    "-6666": Status.NOT_YET_AVAILABLE,  # CTData: missing
    "-9999.0": Status.SUPPRESSED,  # what a table program makes of a column with fractions
    "-6666.0": Status.NOT_YET_AVAILABLE,
    "n/a": Status.NOT_APPLICABLE,
}
#: What a spreadsheet program takes for the beginning of a formula; in East Asia also in full width.
FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
#: A sign before a number is no formula; a column of numbers has a better sentence for what is none.
NUMERIC_FORMULA = ("=", "@")
NUMERIC_COLUMNS = frozenset({"period", "value", "numerator", "denominator"})
#: Unicode's control, format and separator letters: no file or page needs them, and some break both.
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
#: Letters that were lost, or taken for two others, when some program read the file before: MÃ©diathÃ¨que.
GARBLED = re.compile("[ÂÃ][\u0080-\u00bf\u0152-\u2122]|â€|\ufffd")
#: A cell that can be repeated in a sentence: nothing but a number and the signs people write around one.
NUMERIC = re.compile(r"[-+\d.,%eE_ */]{1,20}", re.ASCII)

#: More marks upon one letter than any language has; on a page they run over the lines above.
PILED = re.compile("[\u0300-\u036f]{3}")

T = TypeVar("T")


class PersonalDataError(Exception):
    """The file may tell about a person. It is refused whole, before anything is written; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Refused(Exception):
    """A row is refused for what stands in `column`; the sentence is a translated template and its values.

    Sentences are kept. They repeat a cell only where it is a number or close to a name the board knows, so that what
    somebody put into a wrong column by mistake is not kept with them. `unknown` is a spelling that nothing is known
    by, `close` the nearest one that is.
    """

    def __init__(self, column: str, sentence: str, *, unknown: str = "", close: str = "", **values: object) -> None:
        self.column, self.sentence = column, sentence.format(column=column, close=close, **values)
        self.unknown, self.close = unknown, close


def harmless(cell: str) -> str:
    """The cell where it is harmless to repeat, else a word for it."""
    return cell if NUMERIC.fullmatch(cell) else _("this cell")


def on_line(line: int, sentence: str) -> str:
    return _("Line {line}: {sentence}").format(line=line, sentence=sentence)


def refuse_persons(row: Row) -> None:
    """Raises PersonalDataError when a cell looks like a person's number, address or date."""
    if any(SIGNS.search(cell) for cell in row.cells.values()):
        raise PersonalDataError(row.line)


def refuse_odd_cells(cells: Mapping[str, str], numeric: Collection[str] = NUMERIC_COLUMNS) -> None:
    """Raises Refused for a formula, or a letter that cannot be seen. `numeric` names the columns of numbers."""
    for column, cell in cells.items():
        if cell.startswith(NUMERIC_FORMULA if column in numeric else FORMULA):
            raise Refused(column, _("this cell is a formula; paste the value itself."))
        if any(unicodedata.category(letter) in INVISIBLE for letter in cell):
            raise Refused(column, _("this cell has a letter that cannot be seen; type the text anew."))
        if PILED.search(cell):
            raise Refused(column, _("this cell has marks piled upon a letter; type the text anew."))
        if GARBLED.search(cell):
            raise Refused(column, _("this cell has letters that were read wrongly before; type the text anew."))


def look_up(column: str, cell: str, known: Mapping[str, T], nearest: Nearest) -> T:
    """What a cell names. Raises Refused with the nearest known spelling when nothing is known by that name."""
    if not cell:
        raise Refused(column, _("the column “{column}” is empty."))
    found = known.get(cell.lower())
    if found is None:
        found = known.get(" ".join(cell.lower().split()))
    if found is not None:
        return found
    if not cell.isascii() and _mixes_alphabets(cell):
        raise Refused(column, _("this cell has letters of another alphabet that only look the same; type it anew."))
    close = nearest(cell.lower())
    if close is None:
        sentence = _("this {column} is not known; correct it, or have the spelling added to the board’s list.")
        raise Refused(column, sentence, unknown=cell)
    named = str(known[close])
    close = named if named.lower() == close else close  # with its own capitals
    sentence = _("the {column} “{cell}” is not known. The nearest known spelling is “{close}”.")
    raise Refused(column, sentence, cell=cell[:60], unknown=cell, close=close)


def _mixes_alphabets(cell: str) -> bool:
    """Whether the cell has letters or digits that are not Latin: Cyrillic а for a, a full-width １ for 1."""
    return any(
        not letter.isascii()
        and letter.isalnum()
        and (not unicodedata.name(letter, "").startswith("LATIN") or ord(letter) > 0x24F)
        for letter in cell
    )
