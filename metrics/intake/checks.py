"""What an entry must be before it may become an observation, and why it is not one yet."""

import re
from dataclasses import dataclass
from decimal import Decimal
from difflib import get_close_matches
from typing import Any

from django.utils.translation import gettext as _

from metrics.calc.cells import WITH_VALUE, Status, Unit, YearAxis
from metrics.calc.rates import agrees, percent, published
from metrics.models import Group, Indicator, Place, Source

from .cells import (
    COUNT,
    FORMULA,
    MARKS,
    NUMERIC,
    NUMERIC_COLUMNS,
    Refused,
    harmless,
    look_up,
    on_line,
    refuse_odd_cells,
)
from .readers import ENTRY, Entry
from .readers.melt import NOT_SAID, code_of
from .registry import Registry

NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
YEAR = re.compile(r"(\d{4})(?:[-–/](\d{4}|\d{2})|\.0+)?", re.ASCII)
FIRST_YEAR = 1990
NOTE_LENGTH = 600
#: Different values that are remembered; a table of rates has about a thousand.
MOST_VALUES = 20_000
#: The columns of an entry that a file fills, in their order.
CELLS = ENTRY[1:]


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a line was refused. `column` is empty when the line as a whole is wrong.

    cell, close   a spelling that nothing is known by, as the file prints it, and the nearest one that is known
    entry         the figure, if the spelling is all that is in its way
    """

    line: int
    column: str
    sentence: str
    cell: str = ""
    close: str = ""
    entry: Entry | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A checked entry: what it says of which indicator, place, group and period."""

    line: int
    indicator: Indicator
    place: Place
    group: Group
    period: int
    source: Source
    status: Status
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    note: str

    @property
    def key(self) -> tuple[int, int, int, int]:
        return self.indicator.id, self.place.id, self.group.id, self.period


class Checker:
    """Checks entries one by one. What is looked up once is known for the rest of the file.

    `typed`: people typed the figures, so that 0.85 may well mean 85 percent; a publisher's 0.85 is less than one.
    """

    def __init__(self, registry: Registry, this_year: int, *, typed: bool = True) -> None:
        self.registry, self.this_year, self.typed = registry, this_year, typed
        self._named: dict[tuple[str, ...], Any] = {}
        self._values: dict[tuple[str, str, str], tuple[Status, Decimal | None]] = {}

    def figure(self, entry: Entry) -> Figure | Trouble:
        """The entry as a figure, or why it is none."""
        try:
            return self._figure(entry)
        except Refused as refused:
            kept = entry if refused.unknown and self._is_figure(entry) else None
            sentence = on_line(entry[0], refused.sentence)
            cell = refused.unknown or _number_in(entry, refused.column)
            return Trouble(entry[0], refused.column, sentence, cell, refused.close, kept)

    def _figure(self, entry: Entry) -> Figure:
        line, slug, place_cell, group_cell, year, value_cell, above, below, word, source_cell, note, name = entry
        if note and (not note.isascii() or not note.isprintable() or note[0] in FORMULA or len(note) > NOTE_LENGTH):
            refuse_odd_cells({"note": note})
            if len(note) > NOTE_LENGTH:
                raise Refused("note", _("the note is longer than 600 letters."))
        if value_cell.startswith(("=", "@")) or not value_cell.isprintable():
            self._refuse_odd(entry)
        indicator = self._known("indicator", slug, entry)
        place = self._place(place_cell, name, entry)
        group = self._known("group", group_cell, entry)
        source = self._known("source", source_cell, entry)
        period = self._period(year, indicator)
        status, value = self._said(value_cell, word, indicator)
        numerator = _count(above, "numerator") if above else None
        denominator = _count(below, "denominator") if below else None
        _check_counts(status, value, numerator, denominator, indicator, typed=self.typed)
        return Figure(line, indicator, place, group, period, source, status, value, numerator, denominator, note)

    def _known(self, column: str, cell: str, entry: Entry) -> Any:
        found = self._named.get((column, cell))
        if found is None:
            self._refuse_odd(entry)
            known, nearest = self.registry.known[column], self.registry.nearest[column]
            found = self._named[column, cell] = look_up(column, cell, known, nearest)
        return found

    def _place(self, cell: str, name: str, entry: Entry) -> Any:
        found = self._named.get(("place", cell, name))
        if found is None:
            self._refuse_odd(entry)
            found = self._named["place", cell, name] = self._find_place(cell, name)
        return found

    def _find_place(self, cell: str, name: str) -> Place:
        """Files are joined on codes. A name that is somebody else's shows that the code is wrong."""
        places = self.registry.places
        if cell.lower() not in places:
            cell = code_of(cell) if code_of(cell) in places else cell
        if cell.lower() not in places:
            self._refuse_school(cell, name)
        place = look_up("place", cell, places, self.registry.nearest["place"])
        named = places.get(name.lower()) if name else None
        if named is not None and named.pk != place.pk and named.kind == place.kind:
            sentence = _("the code {code} is that of {place}, the name is that of {named}; correct one of the two.")
            raise Refused("place", sentence, code=cell, place=place.name, named=named.name)
        return place

    def _refuse_school(self, cell: str, name: str) -> None:
        """Says of a place that the board does not follow what can be said: its code, or the district it is in."""
        district, _slash, school = cell.partition(" / ")
        if name and COUNT.fullmatch(cell):
            sentence = _("this place is not among those the board follows.")
            raise Refused("place", sentence, unknown=f"{cell} {name}"[:120])
        if school and district.lower() in self.registry.places:
            known = [key for key in self.registry.places if key.startswith(f"{district.lower()} / ")]
            close = next(iter(get_close_matches(cell.lower(), known, n=1, cutoff=0.85)), "")
            sentence = _("this school of {district} is not among those the board follows.")
            raise Refused("place", sentence, district=district, unknown=cell, close=close)

    def _period(self, cell: str, indicator: Indicator) -> Any:
        found = self._named.get(("period", cell, indicator.year_axis))
        if found is None:
            found = period(cell, YearAxis(indicator.year_axis), self.this_year)
            self._named["period", cell, indicator.year_axis] = found
        return found

    def _said(self, cell: str, word: str, indicator: Indicator) -> tuple[Status, Decimal | None]:
        found = self._values.get((cell, word, indicator.unit))
        if found is None:
            status = _status(cell, word)
            found = status, _value(cell, indicator) if status in WITH_VALUE else None
            if len(self._values) < MOST_VALUES:
                self._values[cell, word, indicator.unit] = found
        return found

    def _refuse_odd(self, entry: Entry) -> None:
        refuse_odd_cells(dict(zip(CELLS, entry[1:], strict=True)))

    def _is_figure(self, entry: Entry) -> bool:
        """Whether everything but the spelling is in order: each other cell is a number, a mark or a name we know."""
        _line, slug, _place, _group, _year, value, above, below, word, source, note, _name = entry
        numbers = all(not cell or harmless(cell) == cell or cell.lower() in MARKS for cell in (value, above, below))
        known = slug.lower() in self.registry.indicators and source.lower() in self.registry.sources
        return bool(numbers and known and not note and (not word or word in set(Status)))


def _number_in(entry: Entry, column: str) -> str:
    """What stands in the column of a refused entry, where it is a number and so tells about nobody."""
    cell = str(entry[ENTRY.index(column)]) if column in NUMERIC_COLUMNS else ""
    return cell if NUMERIC.fullmatch(cell) else ""


def period(cell: str, axis: YearAxis, this_year: int) -> int:
    """The year of a period: of a school year, the one it ends in. Raises Refused when it is none, or none possible."""
    match = YEAR.fullmatch(cell)
    if not cell:
        raise Refused("period", _("the column “{column}” is empty."))
    if match is None:
        sentence = _("{cell} is not a year; write 2025, or 2024-25 for a school year.")
        raise Refused("period", sentence, cell=harmless(cell))
    year = int(match[1])
    if match[2]:
        ends = int(match[2]) if len(match[2]) == 4 else year - year % 100 + int(match[2]) + 100 * (match[2] == "00")
        if axis is YearAxis.REPORT or ends != year + 1:
            raise Refused("period", _("“{cell}” is not one school year."), cell=cell)
        year = ends
    if not FIRST_YEAR <= year <= this_year + 1:
        sentence = _("{year} is not a year between {first} and {last}.")
        raise Refused("period", sentence, year=year, first=FIRST_YEAR, last=this_year + 1)
    return year


def _status(cell: str, word: str) -> Status:
    """What the status column says, or the mark in place of the value; both together must not disagree."""
    mark = MARKS.get(cell.lower())
    said = KNOWN_STATUS.get(word.lower()) if word else None
    if word and said is None:
        sentence = _("this status is not known; use one of {known}.")
        raise Refused("status", sentence, known=", ".join(Status))
    if mark is not None and said not in (None, mark):
        sentence = _("“{cell}” means {mark}, the status column says {status}.")
        raise Refused("status", sentence, cell=cell, mark=mark, status=said)
    status = said or mark
    if status is None:
        if not cell:
            raise Refused(
                "value", _("there is no value; write the figure, or say in the status column why there is none.")
            )
        return Status.FINAL
    if status in WITH_VALUE and not cell:
        raise Refused("value", _("the status {status} promises a value, and there is none."), status=status)
    if status not in WITH_VALUE and cell and mark is None:
        sentence = _("the status {status} says that there is no value, and there is {cell}.")
        raise Refused("value", sentence, status=status, cell=harmless(cell))
    return status


KNOWN_STATUS = {status.value: status for status in Status}


def _value(cell: str, indicator: Indicator) -> Decimal:
    if not NUMBER.fullmatch(cell):
        if re.fullmatch(r"-?\d+,\d+", cell, re.ASCII):
            sentence = _("“{cell}” has a comma; write {point} with a decimal point.")
            raise Refused("value", sentence, cell=cell[:40], point=cell.replace(",", ".")[:40])
        sentence = _("{cell} is not a number; write it like 85.3.")
        if cell.lower() == "na":
            sentence = _(NOT_SAID)
        elif cell.endswith("%"):
            sentence = _("{cell} is not a number; write it like 85.3 without the percent sign.")
        raise Refused("value", sentence, cell=harmless(cell))
    value = Decimal(cell)
    if indicator.unit == Unit.PERCENT and not 0 <= value <= 100:
        raise Refused("value", _("{cell} is outside 0 to 100 percent."), cell=cell[:40])
    if value < 0 or value >= Decimal(10) ** 8:
        sentence = _("{cell} is outside what {indicator} can be.")
        raise Refused("value", sentence, cell=cell[:40], indicator=indicator.name)
    if len(cell.partition(".")[2]) > 4:
        sentence = _("{cell} has more than four decimals; write what the publisher prints.")
        raise Refused("value", sentence, cell=cell[:40])
    return value


def _count(cell: str, column: str) -> int:
    if not (cell.isascii() and cell.isdigit()) or len(cell) > 9:
        sentence = _("{cell} is not a whole number of students; write it like 1194.")
        raise Refused(column, sentence, cell=harmless(cell))
    return int(cell)


def _check_counts(
    status: Status,
    value: Decimal | None,
    numerator: int | None,
    denominator: int | None,
    indicator: Indicator,
    *,
    typed: bool,
) -> None:
    if status not in WITH_VALUE and numerator is not None:
        sentence = _("a figure that is {status} cannot have a numerator: it would give it away.")
        raise Refused("numerator", sentence, status=status)
    if value is None or indicator.unit != Unit.PERCENT:
        return
    if denominator == 0:
        sentence = _("a rate out of 0 students cannot be; the status would be not_applicable.")
        raise Refused("denominator", sentence)
    if numerator is not None and denominator is not None:  # some publishers print only one of the two
        if numerator > denominator:
            sentence = _("the numerator {numerator} is above the denominator {denominator}.")
            raise Refused("numerator", sentence, numerator=numerator, denominator=denominator)
        if not agrees(value, numerator, denominator, indicator.decimals):
            exact = published(percent(numerator, denominator), indicator.decimals)
            sentence = _("{value} contradicts its counts: {numerator} of {denominator} is {exact} percent.")
            raise Refused("value", sentence, value=value, numerator=numerator, denominator=denominator, exact=exact)
    elif typed and 0 < value <= 1:
        sentence = _("{value} looks like a fraction; write {percent}, or give both counts if it is right.")
        raise Refused("value", sentence, value=value, percent=published(value * 100, 1))
