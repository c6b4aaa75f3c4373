"""Which family a table belongs to, and what each of its columns holds: seen from its content, never from its name."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from ..layouts.declared import GROUPS, Family, Measure, plain
from .persons import is_list
from .refusals import Remark, UnreadableFile, gettext_noop
from .text import Line

#: Lines among which the header stands.
HEAD = 25
#: Columns of a table at most; the widest of the state's has 17.
WIDEST = 300
A_YEAR = re.compile(r"(?<!\d)(?:19|20)\d{2}\s*[-–/]\s*(?:\d{4}|\d{2})(?!\d)|(?<!\d)(?:19|20)\d{2}(?!\d)")
ROLES = ("value", "numerator", "denominator")
#: What stands above every state table beside its title.
COMMON_SCOPES = rf"alldistricts|stateofconnecticut|state|allschools|allstudents|(?:by)?(?:{GROUPS})|trend"
#: A table of one district or school names it above the header; its own column says so again.
ONE_PLACE = re.compile(r".*(?:district|school|schools|academy|council|services|system|charter)s?")
NO_RESULTS = gettext_noop(
    "The state’s site sent an error in place of a file: its query had no results. Choose again there, and export anew."
)
YEAR_FROM_NAME = gettext_noop("The file itself does not say which year it is about; its name says {year}.")
NOT_ITS = gettext_noop("This looks like a file of “{words}”, but its column “{column}” is not known.")
OF_STUDENTS = gettext_noop(
    "This looks like a file of “{words}”, but its column “{column}” may tell about single students; no student-level "
    "data is taken."
)
TWO_YEARS = gettext_noop(
    "Above its columns the file names more than one year ({years}); export each year as a file of its own."
)
ANOTHER = gettext_noop("Line {line} begins another table; send each table as a file of its own.")
#: Names of first columns; no district and no group is called so.
FIRST_COLUMNS = {
    "district", "districtcode", "districtname", "organization", "organizationcode", "type", "grade", "schoolcode",
    "indicator",
}  # fmt: skip
LONGEST_TITLE = 100
#: The day of a download in the name of a file is no school year.
DAY = re.compile(r"(?:19|20)\d{2}[-_. ]\d{2}[-_. ]\d{2}(?!\d)")
NO_HEADING = gettext_noop("The file says nothing above its columns; by them it is: {words}.")


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure of every line: where its value and its counts stand, and what the columns say of it."""

    measure: Measure
    value: int
    numerator: int | None = None
    denominator: int | None = None
    year: str = ""
    group: str = ""
    provisional: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """How to read a table of a family.

    header    the line of the header
    names     the columns as printed
    keys      where the keys stand
    figures   the figures of every line; of a long table none
    year, place   what the heading says of every line
    """

    family: Family
    header: int
    names: Sequence[str]
    keys: dict[str, int]
    figures: tuple[Figure, ...]
    year: str = ""
    place: str = ""
    remarks: tuple[Remark, ...] = ()
    nameless: tuple[int, ...] = ()


@dataclass(slots=True)
class Match:
    """How well a family's columns fit a header."""

    family: Family
    keys: dict[str, int] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    unknown: list[str] = field(default_factory=list)
    known: int = 0

    @property
    def fits(self) -> bool:
        return not self.unknown and all(key in self.keys for key in self.family.needs) and self.has_figures

    @property
    def has_figures(self) -> bool:
        return bool(self.figures) or self.family.is_long


def recognise(lines: Sequence[Line], families: Sequence[Family], file_name: str = "") -> Plan | None:
    """How to read the table that begins with `lines`, or None when it belongs to no family.

    Raises UnreadableFile when it belongs to one and cannot be read as such.
    """
    if any("did not contain any results" in cell for _line, cells in lines[:5] for cell in cells):
        raise UnreadableFile(NO_RESULTS)
    nearly: Match | None = None
    for index, (line, cells) in enumerate(lines[:HEAD]):
        if not 2 <= sum(bool(cell.strip()) for cell in cells) <= WIDEST:
            continue
        band = _band(lines, index)
        above = [" ".join(c for c in cells if c.strip()).strip() for _l, cells in lines[: index - bool(band)]]
        heading = [text for text in above if text and not text.startswith(("*", "Notes"))]
        below = next((cells for _l, cells in lines[index + 1 :] if any(cell.strip() for cell in cells)), [])
        for family in families:
            if not _titled(family, heading):
                continue
            match = _match(family, cells, band)
            if match.fits and (not family.is_long or _speaks_of(match, below)):
                return _plan(match, line, [cell.strip() for cell in cells], heading, file_name)
            if match.known >= 2 and (heading or match.known > len(match.unknown)):
                nearly = max((m for m in (nearly, match) if m), key=lambda m: (m.known, -len(m.unknown)))
    if nearly is not None and nearly.unknown:
        personal = next((name for name in nearly.unknown if is_list([name])), "")
        raise UnreadableFile(
            OF_STUDENTS if personal else NOT_ITS, words=nearly.family.words, column=(personal or nearly.unknown[0])[:40]
        )
    return None


def _band(lines: Sequence[Line], index: int) -> list[str]:
    """The row of bands above a header, each carried over the columns it spans."""
    if index == 0:
        return []
    cells = lines[index - 1][1]
    if not cells or cells[0].strip() or not any(cell.strip() for cell in cells):
        return []
    carried, bands = "", []
    for cell in cells:
        carried = cell.strip() or carried
        bands.append("" if carried == "_" else carried)
    return bands


def _titled(family: Family, heading: Sequence[str]) -> bool:
    if not family.heading:
        return not heading
    title = plain(A_YEAR.sub("", heading[0])) if heading else ""
    return re.fullmatch(rf"(?:{family.heading})(?:trend)?", title) is not None


def _match(family: Family, header: Sequence[str], band: Sequence[str]) -> Match:
    match = Match(family)
    found: dict[tuple[int, str, str], dict[str, int]] = {}
    provisional = set()
    for index, name in enumerate(header):
        if not name.strip():
            continue
        over = plain(band[index]) if index < len(band) else ""
        names = [f"{over}>{plain(name)}"] if over else []
        if not over or not A_YEAR.fullmatch(over):
            names.append(plain(name))
        key = next((k for k, pattern in family.keys.items() if _full(pattern, names)), None)
        if key is not None and key not in match.keys:
            match.keys[key] = index
            match.known += 1
            continue
        held = list(_held(family, names))
        for number, role, year, has_group, early in held:
            group = name.strip() if has_group else ""
            places = found.setdefault((number, year, group), {})
            if role in places:
                match.unknown.append(name.strip())
            places[role] = index
            if early:
                provisional.add((number, year, group))
        if held or (family.ignored and _full(family.ignored, names)):
            match.known += 1
        else:
            match.unknown.append(name.strip())
    match.figures = tuple(_figures(family, found, provisional))
    return match


def _full(pattern: str, names: Sequence[str]) -> "re.Match[str] | None":
    return next((m for m in (re.fullmatch(pattern, name) for name in names) if m), None)


def _held(family: Family, names: Sequence[str]) -> Iterator[tuple[int, str, str, bool, bool]]:
    """What a column holds: for which measures it is the value or a count, of which year, whether of one group."""
    if family.is_long:
        return
    for number, measure in enumerate(family.measures):
        for role in ROLES:
            pattern = getattr(measure, role)
            found = _full(pattern, names) if pattern else None
            if found:
                said = found.groupdict()
                yield number, role, said.get("year") or "", bool(said.get("group")), bool(said.get("provisional"))


def _figures(
    family: Family, found: dict[tuple[int, str, str], dict[str, int]], provisional: set[tuple[int, str, str]]
) -> Iterator[Figure]:
    for (number, year, group), places in found.items():
        if "value" in places:
            yield Figure(
                family.measures[number],
                places["value"],
                places.get("numerator"),
                places.get("denominator"),
                year,
                "" if plain(group) == "total" else group,
                (number, year, group) in provisional,
            )


def _speaks_of(match: Match, cells: Sequence[str]) -> bool:
    """Whether the first line of a long table tells a count or rate of this family."""
    at = match.keys
    if max(at["variable"], at["unit"]) >= len(cells):
        return False
    said = f"{plain(cells[at['variable']])}>{plain(cells[at['unit']])}"
    return any(
        re.fullmatch(pattern, said)
        for measure in match.family.measures
        for pattern in (measure.value, measure.numerator, measure.denominator)
        if pattern
    )


def _plan(match: Match, line: int, names: Sequence[str], heading: Sequence[str], file_name: str) -> Plan:
    family, remarks = match.family, []
    if family.fault:
        raise UnreadableFile(family.fault)
    years = _years(" ".join(heading))
    scope = " ".join(filter(None, (A_YEAR.sub("", text).strip(", ") for text in heading[1:])))
    year = years.pop() if len(years) == 1 else ""
    grouped = "group" in match.keys or any(figure.group for figure in match.figures)
    _check_scope(family, scope, grouped=grouped)
    if not heading and "year" not in match.keys:
        remarks.append(Remark(NO_HEADING, {"words": family.words}))
    if "year" not in match.keys and not all(figure.year for figure in match.figures) and not year:
        if years:
            raise UnreadableFile(TWO_YEARS, years=", ".join(sorted(years)))
        named = _years(DAY.sub("", file_name))
        year = named.pop() if len(named) == 1 else ""
        if not year:
            raise UnreadableFile(
                gettext_noop(
                    "The file does not say which year it is about; put the year into its name, like "
                    "“suspension 2015-16.csv”."
                )
            )
        remarks.append(Remark(YEAR_FROM_NAME, {"year": year}))
    place = scope if "district" not in match.keys else ""
    if not place and "district" not in match.keys:
        raise UnreadableFile(
            gettext_noop("The file does not say which place it is about, above its columns or in one.")
        )
    nameless = tuple(at for at, name in enumerate(names) if not name)
    return Plan(family, line, names, match.keys, match.figures, year, place, tuple(remarks), nameless)


def _years(text: str) -> set[str]:
    """The years that a text names, 2020-2021 being 2020-21."""
    found = (re.sub(r"\s*[–/-]\s*", "-", year) for year in A_YEAR.findall(text))
    return {re.sub(r"-\d\d(\d\d)", r"-\1", year) for year in found}


def one_table(lines: Iterator[Line], families: Sequence[Family]) -> Iterator[Line]:
    """The lines under a header. Raises UnreadableFile where another table begins: it may be of another year."""
    titles = re.compile("|".join(f"(?:{family.heading})(?:trend)?" for family in families if family.heading))
    begins: dict[str, bool] = {}
    for line, cells in lines:
        first = cells[0] if cells else ""
        if first not in begins:
            said = plain(A_YEAR.sub("", first))[:LONGEST_TITLE]
            begins[first] = said in FIRST_COLUMNS or bool(said and titles.fullmatch(said))
        if begins[first]:
            raise UnreadableFile(ANOTHER, line=line)
        yield line, cells


def _check_scope(family: Family, scope: str, *, grouped: bool) -> None:
    """A table of some students only must say so in a column: from its heading nobody would know which figure it is."""
    said = plain(scope)
    known = "|".join(part for part in (COMMON_SCOPES, family.scopes) if part)
    rest = re.sub(rf"(?:{known})", "", said)
    if rest and not ONE_PLACE.fullmatch(rest):
        # What it says is not repeated: it may be a name.
        raise UnreadableFile(
            gettext_noop(
                "Above its columns the file says that it is about some students or places only, and no column says "
                "which; export it by group."
            )
        )
    if not grouped and re.search(rf"(?:{GROUPS})", re.sub("allgradescombined", "", said)):
        template = gettext_noop("Above its columns the file says “{scope}”, and it has no column for that.")
        raise UnreadableFile(template, scope=scope[:80])
