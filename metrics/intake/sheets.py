"""A provider's sheet: from its wide lines to figures, and everything that is wrong with it in one sentence each."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from metrics.calc.cells import Status, Unit
from metrics.calc.rates import percent, published
from metrics.models import Group, Indicator, Observation, Place, Source
from metrics.models.definitions import ALL_STUDENTS

from .cells import COUNT, PersonalDataError, Refused, harmless, look_up, on_line, refuse_odd_cells, refuse_persons
from .checks import Figure, Trouble
from .layouts.stages import OVERLAPS, STAGES, Stage
from .readers import Row
from .registry import Nearest

#: What a cell may hold in place of a number. An empty cell is no figure at all, and 0 is a number.
MARKS = {"*": Status.SUPPRESSED, "n/a": Status.NOT_APPLICABLE}
COLUMNS = frozenset(stage.column for stage in STAGES)
#: More lines than any table of groups has: one for each student.
MOST_LINES = 300
#: What lists of single students hold beside a name, where a table of groups holds a count.
OF_ONE = {"0", "1", "x", "y", "n", "yes", "no", "true", "false"}
#: A number of a student in place of the name of a group.
NUMBERED = re.compile(r"^\W*\d{3,}\W*$|\d{5,}", re.ASCII)
#: Decimals that a rate is kept with; its counts stand beside it.
DECIMALS = 1

#: A number of students, a mark, or nothing.
Count = int | Status | None


@dataclass(frozen=True, slots=True)
class Line:
    """One group of the sheet, by column."""

    line: int
    group: Group
    counts: Mapping[str, Count]

    def number(self, column: str) -> int | None:
        count = self.counts.get(column)
        return count if isinstance(count, int) else None


@dataclass(frozen=True, slots=True)
class Sheet:
    """Whose sheet it is, and what the board knows of it so far."""

    place: Place
    source: Source
    year: int
    indicators: Mapping[str, Indicator]
    groups: Mapping[str, Group]
    nearest: Nearest

    def read(self, rows: Iterable[Row], standing: Iterable[Observation]) -> tuple[list[Figure], list[Trouble]]:
        """The figures of the sheet, and what is wrong with it. `standing` are the program's figures for the year.

        Raises PersonalDataError when a line looks like it tells about a single student.
        """
        lines, troubles = self._lines(rows)
        wrong = {trouble.line for trouble in troubles}
        for line in lines:
            troubles += _within(line)
        troubles += _all_students(lines, wrong)
        troubles += _overlaps(lines)
        troubles += _sums(lines, whole=not troubles)
        if not troubles:
            troubles += _left_out(lines, standing)
        figures = [] if troubles else [figure for line in lines for figure in self._figures(line)]
        return figures, sorted(troubles, key=lambda trouble: trouble.line)

    def _lines(self, rows: Iterable[Row]) -> tuple[list[Line], list[Trouble]]:
        """The lines that say anything, one for each group, and what is wrong with the others."""
        lines: dict[str, Line] = {}
        troubles = []
        for number, row in enumerate(rows, start=1):
            refuse_persons(row)
            if number > MOST_LINES:
                raise PersonalDataError(row.line)
            try:
                line, refusals = self._line(row)
            except Refused as refused:
                refusals = [refused]
            if refusals:
                _refuse_single_student(row, known=False)
                troubles += [Trouble(row.line, one.column, on_line(row.line, one.sentence)) for one in refusals]
                continue
            if all(count is None for count in line.counts.values()):
                continue
            if line.group.slug in lines:
                _refuse_single_student(row, known=True)
                sentence = _("repeats line {line}; remove one of the two.")
                earlier = lines[line.group.slug].line
                troubles.append(Trouble(row.line, "group", on_line(row.line, sentence.format(line=earlier))))
            else:
                lines[line.group.slug] = line
        return list(lines.values()), troubles

    def _line(self, row: Row) -> tuple[Line, list[Refused]]:
        """The line, and each of its cells that is no number. Raises Refused for a line that cannot be read at all."""
        refuse_odd_cells(row.cells, numeric=COLUMNS)
        cells = {**row.cells, "group": row.cells["group"].removeprefix("'")}  # as the template guards a formula
        group = look_up("group", cells["group"], self.groups, self.nearest)
        counts: dict[str, Count] = {}
        refusals = []
        for stage in STAGES:
            try:
                counts[stage.column] = _count(cells, stage.column)
            except Refused as refused:
                refusals.append(refused)
        return Line(row.line, group, counts), refusals

    def _figures(self, line: Line) -> Iterator[Figure]:
        served = line.number("served")
        for stage in STAGES:
            count = line.counts[stage.column]
            if count is None:
                continue
            status = count if isinstance(count, Status) else Status.FINAL
            value: Decimal | None = None
            numerator = denominator = None
            if stage.unit is Unit.STUDENTS:
                value = Decimal(count) if isinstance(count, int) else None
            elif isinstance(count, int) and served:
                value, numerator, denominator = published(percent(count, served), DECIMALS), count, served
            elif isinstance(count, int):  # none of none
                status = Status.NOT_APPLICABLE
            yield Figure(
                line.line,
                self.indicators[stage.column],
                self.place,
                line.group,
                self.year,
                self.source,
                status,
                value,
                numerator,
                denominator,
                note="",
            )


def _count(cells: Mapping[str, str], column: str) -> Count:
    cell = cells.get(column, "")
    if not cell or cell.lower() in MARKS:
        return MARKS.get(cell.lower())
    if not COUNT.fullmatch(cell) or len(cell) > 7:
        sentence = _(
            "{cell} in “{column}” is no number of students; write it like 1194, “*” if you withhold it, or “N/A”."
        )
        raise Refused(column, sentence, cell=harmless(cell))
    return int(cell)


def _refuse_single_student(row: Row, *, known: bool) -> None:
    """A line of nobody's or a second time somebody's group that counts no more than one: a student and not a group."""
    cells = [cell.lower() for column, cell in row.cells.items() if column != "group" and cell]
    of_one = bool(cells) and all(cell in OF_ONE for cell in cells)
    if of_one or (not known and NUMBERED.search(row.cells["group"])):
        raise PersonalDataError(row.line)


def _within(line: Line) -> Iterator[Trouble]:
    """No stage without those served, and none above what it is a part of."""
    for stage in STAGES:
        if stage.within and line.counts[stage.column] is not None and line.counts["served"] is None:
            yield _trouble(line, stage, _("there is a figure in “{column}” and none in “served”."))
        number = line.number(stage.column)
        if number is None:
            continue
        if stage.within and isinstance(line.counts["served"], Status):
            yield _trouble(line, stage, _("there is a number in “{column}” and none in “served”."))
        for column in stage.within:
            whole = line.number(column)
            if whole is not None and number > whole:
                sentence = _("{number} in “{column}” is above {whole} in “{of}”.")
                yield _trouble(line, stage, sentence, number=number, whole=whole, of=column)


def _trouble(line: Line, stage: Stage, sentence: str, **values: object) -> Trouble:
    return Trouble(line.line, stage.column, on_line(line.line, sentence.format(column=stage.column, **values)))


def _all_students(lines: list[Line], wrong: set[int]) -> Iterator[Trouble]:
    """All students are needed: without them nobody can say whether the groups are whole."""
    everybody = next((line for line in lines if line.group.slug == ALL_STUDENTS), None)
    if everybody is not None and everybody.number("served") is None:
        sentence = _("the number served is needed of all students; it is what the groups are parts of.")
        yield Trouble(everybody.line, "served", on_line(everybody.line, sentence))
    elif everybody is None and not wrong:
        yield Trouble(
            0, "group", _("There is no line “All Students” with the number served; the groups are parts of it.")
        )


def _overlaps(lines: list[Line]) -> Iterator[Trouble]:
    """Groups that count the same students, so that their difference is a group by itself."""
    by_slug = {line.group.slug: line for line in lines}
    for slug, others in OVERLAPS.items():
        clash = next((line for line in lines if line.group.slug in others), None)
        if slug in by_slug and clash is not None:
            sentence = _("“{group}” and “{other}” in line {line} count the same students; send one of the two.")
            line = by_slug[slug]
            said = sentence.format(group=line.group, other=clash.group, line=clash.line)
            yield Trouble(line.line, "group", on_line(line.line, said))


def _sums(lines: list[Line], *, whole: bool) -> Iterator[Trouble]:
    """The groups of a breakdown are parts of all students. `whole`: every line was read, so what is left counts too."""
    everybody = next((line for line in lines if line.group.slug == ALL_STUDENTS), None)
    breakdowns: dict[object, list[Line]] = defaultdict(list)
    for line in lines:
        if line is not everybody:
            breakdowns[line.group.dimension].append(line)
    for breakdown, groups in breakdowns.items() if everybody else ():
        too_many = False
        for stage in STAGES:
            total = everybody.number(stage.column) if everybody else None
            numbers = [number for group in groups if (number := group.number(stage.column)) is not None]
            if total is not None and sum(numbers) > total:
                sentence = _("the groups of “{breakdown}” have {sum} in “{column}” together, all students {total}.")
                yield _trouble(groups[-1], stage, sentence, breakdown=breakdown, sum=sum(numbers), total=total)
                too_many = True
        if whole and not too_many and everybody:
            yield from _rest(everybody, groups, str(breakdown))


def _rest(everybody: Line, groups: list[Line], breakdown: str) -> Iterator[Trouble]:
    """Who is in no group cannot have come to a stage more often than there are of them."""
    for stage in STAGES:
        left = [_left(everybody, groups, column) for column in (*stage.within[:1], stage.column)]
        if stage.within and left[0] is not None and left[1] is not None and left[1] > left[0]:
            sentence = _(
                "the groups of “{breakdown}” leave {whole} of all students over in “served” and {number} in “{column}”."
            )
            yield _trouble(groups[-1], stage, sentence, breakdown=breakdown, whole=left[0], number=left[1])


def _left(everybody: Line, groups: list[Line], column: str) -> int | None:
    """All students less the groups; None where any of the numbers is not there."""
    total = everybody.number(column)
    numbers = [0 if group.number("served") == 0 else group.number(column) for group in groups]
    known = [number for number in numbers if number is not None]
    return None if total is None or len(known) < len(numbers) else total - sum(known)


def _left_out(lines: list[Line], standing: Iterable[Observation]) -> Iterator[Trouble]:
    """A sheet is the whole year: what stands and is not in it would stay beside figures it does not fit."""
    standing_of: dict[int, dict[str, Observation]] = defaultdict(dict)
    for figure in standing:
        if figure.status != Status.NOT_APPLICABLE:
            standing_of[figure.group_id][figure.indicator.slug] = figure
    by_group = {line.group.pk: line for line in lines}
    for pk, figures in standing_of.items():
        line = by_group.get(pk)
        if line is None:
            sentence = _("“{group}” is missing, and its figures stand; add its line, with “N/A” if it has none.")
            yield Trouble(0, "group", sentence.format(group=next(iter(figures.values())).group))
            continue
        for stage in STAGES:
            if stage.slug in figures and line.counts[stage.column] is None:
                yield _trouble(line, stage, _("“{column}” is empty, and its figure stands; write it, “*” or “N/A”."))
