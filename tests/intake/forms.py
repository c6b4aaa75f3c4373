"""Tables as somebody else would print them: a form, cells to fill it with, and what must be read from it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass, field

from hypothesis import strategies as st

from metrics.intake.layouts import FAMILIES

BY_NAME = {family.name: family for family in FAMILIES}
DISTRICTS = (("Hartford School District", "0640011"), ("Ansonia School District", "0020011"), ("Inc., Town", "0000012"))
SCHOOLS = (
    ("Bulkeley High School", "0646111"),
    ("Classical Magnet School", "0646611"),
    ("Weaver High School", "0646311"),
)
GROUPS = ("Black or African American", "Hispanic", "White", "Female", "Students With High Needs", "Two or More Races")
MARKS = ("*", "N/A")


@dataclass(frozen=True)
class Column:
    """A column: a key of the line (district, code, school, school code, group, year, by), or a role in a figure."""

    name: str
    key: str = ""
    value: str = ""
    numerators: tuple[str, ...] = ()
    denominators: tuple[str, ...] = ()
    year: str = ""
    group: str = ""
    band: str = ""
    fraction: bool = False
    provisional: bool = False
    always: str = ""


@dataclass(frozen=True)
class Form:
    """A form of a family. `by` are the things that the lines of a place are about, each with its part of the slug."""

    family: str
    columns: tuple[Column, ...]
    above: tuple[tuple[str, ...], ...] = ()
    year: str = ""
    place: str = ""
    by: dict[str, str] = field(default_factory=dict)
    name: str = ""

    def __str__(self) -> str:
        return self.name or self.family

    def at(self, key: str) -> int | None:
        return next((index for index, column in enumerate(self.columns) if column.key == key), None)


@st.composite
def lines(draw: st.DrawFn, form: Form) -> list[list[str]]:
    """Some lines of a form, no two about the same."""
    places = SCHOOLS if form.at("school") is not None else DISTRICTS
    keys = st.tuples(
        st.sampled_from(places),
        st.sampled_from(GROUPS),
        st.sampled_from(("2021", "2022")),
        st.sampled_from(list(form.by) or [""]),
    )
    about = [position for position, name in enumerate(("district", "group", "year", "by")) if form.at(name) is not None]
    drawn = draw(st.lists(keys, min_size=1, max_size=6, unique_by=lambda key: tuple(key[at] for at in about)))
    return [[draw(_cell(column, key)) for column in form.columns] for key in drawn]


def _cell(column: Column, key: tuple[tuple[str, str], str, str, str]) -> st.SearchStrategy[str]:
    (place, code), group, year, by = key
    known = {
        "district": place,
        "code": code,
        "school": place,
        "school code": code,
        "group": group,
        "year": year,
        "by": by,
    }
    if column.key:
        return st.just(known[column.key])
    if column.always:
        return st.just(column.always)
    count = st.integers(2, 99_999).map(str)
    if column.fraction:
        return st.integers(0, 9999).map(lambda number: f"0.{number:04}") | st.sampled_from(MARKS)
    if column.value.startswith(("spending", "enrollment", "{")):
        return count | st.sampled_from(MARKS)
    if column.value:
        return st.integers(0, 1000).map(lambda number: f"{number // 10}.{number % 10}") | st.sampled_from(MARKS)
    return count | st.just("*") if column.numerators or column.denominators else count


def printed(form: Form, table: Sequence[Sequence[str]], *, order: Sequence[int] | None = None) -> bytes:
    """The table as its publisher prints it, its columns in some order."""
    order = range(len(form.columns)) if order is None else order
    columns = [form.columns[index] for index in order]
    out = io.StringIO(newline="")
    write = csv.writer(out)
    write.writerows(form.above)
    if any(column.band for column in columns):
        write.writerow([column.band for column in columns])
    write.writerow([column.name for column in columns])
    for cells in table:
        write.writerow([_dressed(form.columns[index], cells[index]) for index in order])
    return out.getvalue().encode()


def _dressed(column: Column, cell: str) -> str:
    return f'="{cell}"' if "code" in column.key and column.name != "District code" else cell


def meant(form: Form, table: Sequence[Sequence[str]]) -> list[list[str]]:
    """What must be read, without the numbers of lines."""
    return [entry for cells in table for entry in _meant(form, cells)]


def _meant(form: Form, cells: Sequence[str]) -> list[list[str]]:
    family, entries = BY_NAME[form.family], []
    told = {column.key: cell for column, cell in zip(form.columns, cells, strict=True) if column.key}
    place, name = told.get("district", form.place), ""
    if "code" in told or "school code" in told:
        place, name = told.get("school code", told.get("code", "")), told.get("school", told.get("district", ""))
    for column, cell in zip(form.columns, cells, strict=True):
        if not column.value or (column.group and told.get("group")):
            continue
        slug = column.value.format(form.by.get(told.get("by", ""), ""))
        above = [c for other, c in zip(form.columns, cells, strict=True) if column.value in other.numerators]
        below = [c for other, c in zip(form.columns, cells, strict=True) if column.value in other.denominators]
        numerator, denominator = ("" if not found or found[0] in MARKS else found[0] for found in (above, below))
        marked = cell in MARKS
        early = column.provisional and not marked
        entries.append(
            [
                slug,
                place,
                column.group or told.get("group", "all-students"),
                column.year or told.get("year", form.year),
                f"{int(cell[2:4])}.{cell[4:]}" if column.fraction and not marked else cell,
                "" if marked else numerator,
                denominator,
                "provisional" if early else "",
                family.trends if column.year and family.trends else family.source,
                "Year to date, as reported in May 2023." if early else "",
                name,
            ]
        )
    return entries
