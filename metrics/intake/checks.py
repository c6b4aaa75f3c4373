"""What a row must be before it may become an observation: one sentence for each thing it is not."""

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TypeVar

from django.utils.translation import gettext as _

from metrics.calc.cells import WITH_VALUE, Status, Unit, YearAxis
from metrics.calc.rates import agrees, percent, published
from metrics.models import Group, Indicator, Place, Source

from .readers import Row
from .registry import Nearest, Registry

NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
COUNT = re.compile(r"\d+", re.ASCII)
YEAR = re.compile(r"(\d{4})(?:-(\d{4}|\d{2}))?", re.ASCII)

#: What files print where there is no number. Four different things, kept apart.
MARKS = {
    "*": Status.SUPPRESSED,
    "-9999": Status.SUPPRESSED,  # CTData
    "-6666": Status.NOT_YET_AVAILABLE,  # CTData: missing
    "n/a": Status.NOT_APPLICABLE,
}
FIRST_YEAR = 1990
#: What a spreadsheet program takes for the beginning of a formula.
FORMULA = ("=", "+", "-", "@")
#: A sign before a number is no formula; a column of numbers has a better sentence for what is none.
NUMERIC_FORMULA = ("=", "@")
NUMERIC_COLUMNS = frozenset({"period", "value", "numerator", "denominator"})
#: Unicode's control, format and separator letters: no file or page needs them, and some break both.
INVISIBLE = {"Cc", "Cf", "Zl", "Zp"}
#: Signs of a single person: a Social Security number, an e-mail address, a full date.
PERSONAL = re.compile(r"\b\d{3}-\d{2}-\d{4}\b|\S@\S+\.\w|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}/\d{1,2}/\d{2,4}\b", re.ASCII)
#: A cell that can be repeated in a sentence: nothing but a number and the signs people write around one.
NUMERIC = re.compile(r"[-+\d.,%eE_ */]{1,20}", re.ASCII)

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Trouble:
    """Why a line was refused. `column` is empty when the line as a whole is wrong."""

    line: int
    column: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A checked row: what it says of which indicator, place, group and period."""

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
        return self.indicator.pk, self.place.pk, self.group.pk, self.period

    @property
    def content(self) -> tuple[object, ...]:
        """Everything that makes a later figure a change."""
        return self.value, self.numerator, self.denominator, self.status.value, self.source.pk, self.note


class PersonalDataError(Exception):
    """The file may tell about a person. It is refused whole, before anything is written; `line` says where."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class Refused(Exception):
    """A row is refused for what stands in `column`; the sentence is a translated template and its values.

    Sentences are kept. They repeat a cell only where it is a number or close to a name the board knows,
    so that what somebody put into a wrong column by mistake is not kept with them.
    """

    def __init__(self, column: str, sentence: str, **values: object) -> None:
        self.column, self.sentence = column, sentence.format(column=column, **values)


def harmless(cell: str) -> str:
    """The cell where it is harmless to repeat, else a word for it."""
    return cell if NUMERIC.fullmatch(cell) else _("this cell")


def on_line(line: int, sentence: str) -> str:
    return _("Line {line}: {sentence}").format(line=line, sentence=sentence)


def refuse_persons(row: Row) -> None:
    """Raises PersonalDataError when a cell looks like a person's number, address or date."""
    if any(PERSONAL.search(cell) for cell in row.cells.values()):
        raise PersonalDataError(row.line)


def refuse_odd_cells(cells: Mapping[str, str], numeric: Collection[str] = NUMERIC_COLUMNS) -> None:
    """Raises Refused for a formula, or a letter that cannot be seen. `numeric` names the columns of numbers."""
    for column, cell in cells.items():
        if cell.startswith(NUMERIC_FORMULA if column in numeric else FORMULA):
            raise Refused(column, _("this cell is a formula; paste the value itself."))
        if any(unicodedata.category(letter) in INVISIBLE for letter in cell):
            raise Refused(column, _("this cell has a letter that cannot be seen; type the text anew."))


def check(rows: Iterable[Row], registry: Registry, this_year: int) -> tuple[list[Figure], list[Trouble]]:
    """The good rows as figures, and what is wrong with the others. Every row ends up in exactly one list's lines.

    Raises PersonalDataError when a cell looks like a person's number, address or date.
    """
    figures, troubles = [], []
    for row in rows:
        refuse_persons(row)
        try:
            figures.append(_figure(row, registry, this_year))
        except Refused as refused:
            troubles.append(Trouble(row.line, refused.column, on_line(row.line, refused.sentence)))
    kept, doubled = _without_doubles(figures)
    return kept, sorted(troubles + doubled, key=lambda trouble: trouble.line)


def _without_doubles(figures: list[Figure]) -> tuple[list[Figure], list[Trouble]]:
    """A repeated line is refused once; lines that contradict each other are all refused, since none can be believed."""
    by_key: dict[tuple[int, int, int, int], list[Figure]] = {}
    for figure in figures:
        by_key.setdefault(figure.key, []).append(figure)
    kept, troubles = [], []
    for same in by_key.values():
        first, *others = same
        if all(other.content == first.content for other in others):
            kept.append(first)
            for other in others:
                sentence = _("repeats line {line}; remove one of the two.").format(line=first.line)
                troubles.append(Trouble(other.line, "", on_line(other.line, sentence)))
            continue
        for figure in same:
            lines = ", ".join(str(other.line) for other in same if other is not figure)
            sentence = _("contradicts line {lines} about the same figure; keep one.").format(lines=lines)
            troubles.append(Trouble(figure.line, "", on_line(figure.line, sentence)))
    return sorted(kept, key=lambda figure: figure.line), troubles


def _figure(row: Row, registry: Registry, this_year: int) -> Figure:
    cells = row.cells
    refuse_odd_cells(cells)
    indicator = look_up(cells, "indicator", registry.indicators, registry.nearest["indicator"])
    place = look_up(cells, "place", registry.places, registry.nearest["place"])
    group = look_up(cells, "group", registry.groups, registry.nearest["group"])
    source = look_up(cells, "source", registry.sources, registry.nearest["source"])
    period = _period(cells["period"], YearAxis(indicator.year_axis), this_year)
    status = _status(cells)
    value = _value(cells["value"], indicator) if status in WITH_VALUE else None
    numerator, denominator = _count(cells, "numerator"), _count(cells, "denominator")
    _check_counts(status, value, numerator, denominator, indicator)
    note = cells.get("note", "")
    if len(note) > 600:
        raise Refused("note", _("the note is longer than 600 letters."))
    return Figure(row.line, indicator, place, group, period, source, status, value, numerator, denominator, note)


def look_up(cells: Mapping[str, str], column: str, known: Mapping[str, T], nearest: Nearest) -> T:
    cell = cells[column]
    if not cell:
        raise Refused(column, _("the column “{column}” is empty."))
    found = known.get(cell.lower())
    if found is None:
        close = nearest(cell.lower())
        if close is None:
            sentence = _("this {column} is not known; correct it, or have the spelling added to the board’s list.")
            raise Refused(column, sentence)
        sentence = _("the {column} “{cell}” is not known. The nearest known spelling is “{close}”.")
        raise Refused(column, sentence, cell=cell[:60], close=close)
    return found


def _period(cell: str, axis: YearAxis, this_year: int) -> int:
    match = YEAR.fullmatch(cell)
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


def _status(cells: Mapping[str, str]) -> Status:
    """What the status column says, or the mark in place of the value; both together must not disagree."""
    word, mark = cells["status"].lower(), MARKS.get(cells["value"].lower())
    if word and word not in set(Status):
        sentence = _("this status is not known; use one of {known}.")
        raise Refused("status", sentence, known=", ".join(Status))
    status = Status(word) if word else None
    if mark is not None and status not in (None, mark):
        sentence = _("“{cell}” means {mark}, the status column says {status}.")
        raise Refused("status", sentence, cell=cells["value"], mark=mark, status=status)
    status = status or mark
    if status is None:
        if not cells["value"]:
            raise Refused(
                "value", _("there is no value; write the figure, or say in the status column why there is none.")
            )
        return Status.FINAL
    if status in WITH_VALUE and not cells["value"]:
        raise Refused("value", _("the status {status} promises a value, and there is none."), status=status)
    if status not in WITH_VALUE and cells["value"] and mark is None:
        sentence = _("the status {status} says that there is no value, and there is {cell}.")
        raise Refused("value", sentence, status=status, cell=harmless(cells["value"]))
    return status


def _value(cell: str, indicator: Indicator) -> Decimal:
    if not NUMBER.fullmatch(cell):
        if re.fullmatch(r"-?\d+,\d+", cell, re.ASCII):
            sentence = _("“{cell}” has a comma; write {point} with a decimal point.")
            raise Refused("value", sentence, cell=cell[:40], point=cell.replace(",", ".")[:40])
        sentence = _("{cell} is not a number; write it like 85.3.")
        if cell.endswith("%"):
            sentence = _("{cell} is not a number; write it like 85.3 without the percent sign.")
        raise Refused("value", sentence, cell=harmless(cell))
    value = Decimal(cell)
    if indicator.unit == Unit.PERCENT and not 0 <= value <= 100:
        raise Refused("value", _("{cell} is outside 0 to 100 percent."), cell=cell[:40])
    if value < 0 or value >= Decimal(10) ** 8:
        sentence = _("{cell} is outside what {indicator} can be.")
        raise Refused("value", sentence, cell=cell[:40], indicator=indicator.name)
    if -int(value.as_tuple().exponent) > 4:
        sentence = _("{cell} has more than four decimals; write what the publisher prints.")
        raise Refused("value", sentence, cell=cell[:40])
    return value


def _count(cells: Mapping[str, str], column: str) -> int | None:
    cell = cells.get(column, "")
    if not cell:
        return None
    if not COUNT.fullmatch(cell) or len(cell) > 9:
        sentence = _("{cell} is not a whole number of students; write it like 1194.")
        raise Refused(column, sentence, cell=harmless(cell))
    return int(cell)


def _check_counts(
    status: Status, value: Decimal | None, numerator: int | None, denominator: int | None, indicator: Indicator
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
    elif 0 < value <= 1:
        sentence = _("{value} looks like a fraction; write {percent}, or give both counts if it is right.")
        raise Refused("value", sentence, value=value, percent=published(value * 100, 1))
