"""From the lines of a family's table to entries: one figure each, in the columns of the board's own layout."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from ..layouts.declared import Measure, plain
from .persons import is_note
from .recognise import Figure, Plan
from .refusals import UnreadableFile, gettext_noop
from .text import Line, rejoined

#: What an entry holds, in this order. `name` is a place's name where the entry gives its code.
ENTRY = (
    "line", "indicator", "place", "group", "period", "value", "numerator", "denominator", "status", "source", "note",
    "name",
)  # fmt: skip
Entry = list[Any]

TEXT_FORMULA = re.compile(r'="(.*)"', re.DOTALL)
THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
WHOLE = re.compile(r"(\d+)\.0+", re.ASCII)
#: What files print where there is no number.
MARKS = {"*", "n/a", "-9999", "-6666", "-9999.0", "-6666.0"}
CODE = re.compile(r"\d{1,7}(?:\.0)?", re.ASCII)
CODE_IN_NAME = re.compile(r"(.+?)\s*\((\d{7})\)", re.ASCII | re.DOTALL)
#: What stands for a place in the line of a sum.
TOTALS = {"total", "totals", "grandtotal"}
#: A cell that repeats the text of a whole page.
PAGE_LENGTH = 400
#: A part of a public note that names a column.
OPTIONAL = re.compile(r"\[([^{]*)\{(\w+)\}\]")
MONTH = re.compile(r"([A-Z][a-z]{2})-(\d{2})")

CROSSED = gettext_noop("Cells about part of a group (girls in Grade 9) were left out: the board keeps the whole group.")
NOTHING = gettext_noop("Empty cells were left out: they say nothing of their year.")
EMPTY = gettext_noop("the cell is empty, and the file does not say why; write *, N/A or the figure.")
TOTAL = gettext_noop("The total of all lines was left out: no place of the board is the sum of the districts listed.")
NOT_SAID = gettext_noop(
    "the cell says NA, and not whether the figure is withheld or missing; write *, N/A or the figure."
)
NOT_A_MEASURE = gettext_noop("what stands in the column “{column}” is not known.")
NO_GROUP = gettext_noop("the line does not say which group of students it is about.")
NO_PLACE = gettext_noop("the line does not say which district it is about.")
BELOW = gettext_noop("Lines of text below the table were left out: they hold no figures.")
PAGE = gettext_noop("A line that repeats the text of the whole page was left out: it holds no figure of its own.")


@dataclass(slots=True)
class Trouble:
    """Why a line, or one figure of it, cannot be an entry: the column, a template and its values."""

    line: int
    column: str
    template: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(slots=True)
class LeftOut:
    """A cell that by the file's own making is no figure for the board: nothing is wrong with it."""

    line: int
    template: str


#: What a cell of a table becomes.
Item = Entry | Trouble | LeftOut


def unwrapped(cell: str) -> str:
    """The text of a text formula, ="0640011"; every other cell as it is."""
    found = TEXT_FORMULA.fullmatch(cell.strip())
    return (found[1] if found else cell).strip()


def code_of(cell: str) -> str:
    """A state code as the board writes it: seven digits, whatever a spreadsheet made of them."""
    return cell.split(".", maxsplit=1)[0].zfill(7) if CODE.fullmatch(cell) else cell


def number(cell: str) -> str:
    """A number without thousands separators, a whole one without its .0; marks and words stay."""
    if THOUSANDS.fullmatch(cell):
        cell = cell.replace(",", "")
    return cell


def count(cell: str) -> str:
    """A count; where the file prints a mark, none is known."""
    if cell.lower() in MARKS or cell == "NA":
        return ""
    found = WHOLE.fullmatch(number(cell))
    return found[1] if found else number(cell)


def percent(cell: str) -> str:
    """A fraction as a percentage, moved by two places and nothing else."""
    try:
        return format(Decimal(cell).scaleb(2), "f") if cell.lower() not in MARKS else cell
    except InvalidOperation:
        return cell


def melt(plan: Plan, lines: Iterator[Line]) -> Iterator[Item]:
    """Every figure of the table, or why it cannot be one. `lines` begin under the header."""
    return _long(plan, lines) if plan.family.is_long else _wide(plan, lines)


def cells_of(plan: Plan, line: int, cells: Sequence[str]) -> list[str]:
    """The cells of a line, one for each column. Raises UnreadableFile when there are more."""
    whole = [unwrapped(cell) for cell in rejoined(list(cells))]
    extra = [cell for cell in whole[len(plan.names) :] if cell]
    for at in plan.nameless:
        if at < len(whole) and whole[at]:
            raise UnreadableFile(NAMELESS, line=line, column=at + 1)
    if extra:
        raise UnreadableFile(
            TOO_MANY, line=line, cells=len(plan.names) + len(extra), header=plan.header, columns=len(plan.names)
        )
    return whole[: len(plan.names)] + [""] * (len(plan.names) - len(whole))


NAMELESS = gettext_noop("Line {line} has a cell in column {column}, and the header does not name that column.")
TOO_MANY = gettext_noop(
    "Line {line} has {cells} cells, the header in line {header} has {columns}; "
    "in a CSV file a comma inside a cell needs quotes around the cell."
)


def _wide(plan: Plan, lines: Iterator[Line]) -> Iterator[Item]:
    above: dict[str, str] = {}
    waiting: list[tuple[int, list[str], Figure]] = []
    for line, raw in lines:
        if not any(cell.strip() for cell in raw):
            continue
        if plan.family.echo and len(raw[0]) > PAGE_LENGTH:
            yield from _from_page(plan, waiting, raw[0])
            waiting = []
            yield LeftOut(line, PAGE)
            continue
        if is_note(raw):
            yield LeftOut(line, BELOW)
            continue
        cells = cells_of(plan, line, raw)
        for key in plan.family.fill_down:
            at = plan.keys[key]
            cells[at] = above[key] = cells[at] or above.get(key, "")
        figures = [one for one in plan.figures if _is_meant(plan, one.measure, cells)]
        if not figures:
            yield Trouble(line, plan.names[plan.keys["by"]], NOT_A_MEASURE, {"column": plan.names[plan.keys["by"]]})
        for figure in figures:
            if plan.family.echo and not cells[figure.value]:
                waiting.append((line, cells, figure))
            else:
                yield _entry(plan, line, cells, figure)
    for line, _cells, figure in waiting:
        yield Trouble(line, plan.names[figure.value], EMPTY)


def _is_meant(plan: Plan, measure: Measure, cells: Sequence[str]) -> bool:
    return not measure.when or re.fullmatch(measure.when, plain(cells[plan.keys["by"]])) is not None


def _from_page(plan: Plan, waiting: list[tuple[int, list[str], Figure]], page: str) -> Iterator[Item]:
    """Figures whose cell is empty, as the text of the page prints them: the scraper lost the mark, the page has it."""
    for line, cells, figure in waiting:
        name = re.escape(cells[plan.keys["district"]])
        said = re.search(rf"(?:^|\s){name}((?:\s+(?:[\d,.]+|\*|N/A))+)", page)
        printed = said[1].split() if said else []
        shown = [at for at in range(len(cells)) if at not in plan.keys.values()]
        position = shown.index(figure.value)
        if len(printed) == len(shown) and printed[position].lower() in MARKS:
            filled = list(cells)
            filled[figure.value] = printed[position]
            yield _entry(plan, line, filled, figure)
        else:
            yield Trouble(line, plan.names[figure.value], EMPTY)


def _entry(plan: Plan, line: int, cells: Sequence[str], figure: Figure) -> Item:
    value = number(cells[figure.value])
    if not value and any(cells[other.value] for other in plan.figures):
        return LeftOut(line, NOTHING)
    if not value or value == "NA":
        column = plan.names[figure.value] if figure.value < len(plan.names) else plan.names[plan.keys["value"]]
        return Trouble(line, column, EMPTY if not value else NOT_SAID)
    row_group = cells[plan.keys["group"]] if "group" in plan.keys else ""
    if "group" in plan.keys and not row_group:
        return Trouble(line, plan.names[plan.keys["group"]], NO_GROUP)
    row_group = "" if plain(row_group) == "total" else row_group
    if row_group and figure.group:
        return LeftOut(line, CROSSED)
    place, name = _place(plan, cells)
    if plain(place) in TOTALS:
        return LeftOut(line, TOTAL)
    if not place:
        return Trouble(line, plan.names[plan.keys["district"]], NO_PLACE)
    marked = value.lower() in MARKS
    return [
        line,
        figure.measure.indicator,
        place,
        figure.group or row_group or "all-students",
        figure.year or (cells[plan.keys["year"]] if "year" in plan.keys else plan.year),
        percent(value) if figure.measure.fraction else value,
        "" if marked or figure.numerator is None else count(cells[figure.numerator]),
        "" if figure.denominator is None else count(cells[figure.denominator]),
        "provisional" if figure.provisional and not marked else "",
        (figure.year and plan.family.trends) or plan.family.source,
        _note(plan, cells) if figure.provisional and not marked else "",
        name,
    ]


def _note(plan: Plan, cells: Sequence[str]) -> str:
    by_name = {plain(name): MONTH.sub(r"\1 20\2", cell) for name, cell in zip(plan.names, cells, strict=True)}
    return OPTIONAL.sub(lambda part: f"{part[1]}{by_name[part[2]]}" if by_name.get(part[2]) else "", plan.family.note)


def _place(plan: Plan, cells: Sequence[str]) -> tuple[str, str]:
    """The place by its code and name; by its name alone where there is no code: "District / School"."""
    if "district" not in plan.keys:
        return plan.place, ""
    district = cells[plan.keys["district"]]
    if "school" not in plan.keys:
        code = code_of(cells[plan.keys["code"]]) if "code" in plan.keys else ""
        return (code, district) if code else (district, "")
    school, code = cells[plan.keys["school"]], ""
    if "school code" in plan.keys:
        code = code_of(cells[plan.keys["school code"]])
    elif found := CODE_IN_NAME.fullmatch(school):
        school, code = found[1], found[2]
    if code:
        return code, school
    return (f"{district} / {school}", "") if district and school else ("", "")


def _long(plan: Plan, lines: Iterator[Line]) -> Iterator[Item]:
    """Puts the counts and the rate of a figure together, wherever in the file they stand."""
    at = plan.keys
    about: dict[tuple[str, ...], dict[str, tuple[int, str]]] = {}
    keyed = [at[key] for key in ("district", "code", "group", "year") if key in at]
    said: dict[tuple[str, str], str] = {}
    contradicted: dict[int, int] = {}  # none of two lines that contradict each other can be believed
    for line, raw in lines:
        if not any(cell.strip() for cell in raw):
            continue
        if is_note(raw):
            yield LeftOut(line, BELOW)
            continue
        cells = cells_of(plan, line, raw)
        pair = (cells[at["variable"]], cells[at["unit"]])
        if pair not in said:
            said[pair] = _role(plan, f"{plain(pair[0])}>{plain(pair[1])}")
        if not said[pair]:
            yield Trouble(line, plan.names[at["variable"]], NOT_A_MEASURE, {"column": plan.names[at["variable"]]})
            continue
        held = about.setdefault(tuple(cells[key] for key in keyed), {})
        if said[pair] in held:
            first, cell = held[said[pair]]
            template = REPEATED if cell == cells[at["value"]] else CONTRADICTED
            yield Trouble(line, plan.names[at["value"]], template, {"line": first})
            if template is CONTRADICTED:
                contradicted.setdefault(first, line)
        else:
            held[said[pair]] = (line, cells[at["value"]])
    for key, held in about.items():
        yield from _put_together(plan, dict(zip(keyed, key, strict=True)), held, contradicted)


REPEATED = gettext_noop("repeats line {line}; remove one of the two.")
CONTRADICTED = gettext_noop("contradicts line {line} about the same figure; keep one.")


def _role(plan: Plan, said: str) -> str:
    patterns = {p for m in plan.family.measures for p in (m.value, m.numerator, m.denominator) if p}
    return next((pattern for pattern in patterns if re.fullmatch(pattern, said)), "")


def _put_together(
    plan: Plan, key: dict[int, str], held: dict[str, tuple[int, str]], contradicted: dict[int, int]
) -> Iterator[Item]:
    cells = [key.get(index, "") for index in range(len(plan.names))]
    for measure in plan.family.measures:
        if measure.value not in held:
            continue
        line, value = held[measure.value]
        parts = [held[role][0] for role in (measure.value, measure.numerator, measure.denominator) if role in held]
        other = next((contradicted[part] for part in parts if part in contradicted), None)
        if other is not None:
            yield Trouble(line, plan.names[plan.keys["value"]], CONTRADICTED, {"line": other})
            continue
        columns = (value, held.get(measure.numerator, (0, ""))[1], held.get(measure.denominator, (0, ""))[1])
        width = len(cells)
        yield _entry(plan, line, [*cells, *columns], Figure(measure, width, width + 1, width + 2))
