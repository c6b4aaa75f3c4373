"""What a provider's workbook says beside its empty table: an example, and how to fill the table in."""

from collections.abc import Mapping
from dataclasses import dataclass

from .stages import OVERLAPS, STAGES, Stage

EXAMPLE_NOTICE = (
    "Invented round figures of no program, to show what a filled-in table looks like. Nothing here is read."
)
#: Over the remarks of the example. No layout has such a column, so that its figures are never taken for anybody's.
REMARKS = "what the line says"


@dataclass(frozen=True, slots=True)
class ExampleLine:
    """A filled-in line: the group by its short name, a cell for each stage, and what they say."""

    group: str
    cells: tuple[str, ...]
    remark: str


#: Every kind of cell once, in a table that the intake would take as it is.
EXAMPLE = (
    ExampleLine(
        "all-students",
        ("200", "150", "120", "100", "60"),
        "200 students in the year; 60 of them completed college. This line is always needed.",
    ),
    ExampleLine("female", ("110", "85", "70", "60", "35"), "A part of all students."),
    ExampleLine(
        "male",
        ("90", "65", "50", "40", "25"),
        "Another part. With the group above it is in no column more than all students.",
    ),
    ExampleLine(
        "english-learners",
        ("40", "30", "20", "", ""),
        "Two empty cells: the program does not count these stages for this group.",
    ),
    ExampleLine(
        "special-education",
        ("*", "*", "*", "*", "*"),
        "Withheld by the provider, the number served and so the whole line.",
    ),
    ExampleLine(
        "grade-12",
        ("100", "80", "60", "n/a", "n/a"),
        "They have only just left school: nobody can have come back to a college or completed it yet.",
    ),
)


@dataclass(frozen=True, slots=True)
class Advice:
    """A heading, and under it what to say about what."""

    heading: str
    lines: tuple[tuple[str, str], ...]


def message_for(stage: Stage) -> str:
    """What shows beside a cell of the column while it is filled in; spreadsheet programs show 255 letters."""
    needed = " The first line needs a number here." if not stage.within else ""
    return f"{stage.numerator}.{needed} A whole number, * to withhold it, n/a where the stage does not apply, or empty."


def advice(groups: Mapping[str, str], *, table: str) -> tuple[Advice, ...]:
    """How to fill in the sheet called `table`, in which groups (by short name) are called as in `groups`."""
    everybody = next(iter(groups.values()))
    return (
        Advice(
            "What one line is",
            (
                ("One line", "One group of students in your program, in one school year. Each group has one line."),
                (everybody, "Always needed, with the number served. All other groups are parts of it."),
                ("Other groups", "Fill in those you count. Leave the lines of the others empty, or delete them."),
                (
                    "Sums",
                    "Groups of one kind, such as all genders or all grades, are together never more than the line "
                    f"“{everybody}”. A student is in one group of each kind.",
                ),
                (
                    "No single students",
                    "Totals of groups only: no names, no student numbers, no dates of birth, no line for one student. "
                    "A file with any of them is refused, and nothing of it is kept.",
                ),
            ),
        ),
        Advice("What the columns count", tuple((stage.column, _counted(stage)) for stage in STAGES)),
        Advice(
            "What to write in a cell",
            (
                ("A whole number", "So many students. 0 is a number and means none of them. No percent, no decimals."),
                ("Empty", "You do not count this. Do not write 0 for it."),
                (
                    "*",
                    "You know the number and withhold it. Withhold “served” only with the whole line, and never in the "
                    f"line “{everybody}”.",
                ),
                (
                    "n/a",
                    "The stage does not apply: “completed”, for instance, where everybody is still at school.",
                ),
                (
                    "A small group",
                    "Write its numbers if you may: the board withholds small groups by its own rule before anything is "
                    "public. If you may not pass them on, write * in each cell of its line.",
                ),
            ),
        ),
        Advice(
            "Which groups not to fill in side by side",
            (
                (
                    "Why",
                    "They count some of the same students, and their difference would tell of a group that nobody "
                    "looked at. Fill in the one, or some of the others.",
                ),
                *_overlaps(groups),
            ),
        ),
        Advice(
            "When you are done",
            (
                ("Send", f"Save the workbook as .xlsx and send it whole. Only the sheet “{table}” is read."),
                (
                    "The first line",
                    "Leave the names of the columns as they are. Leave a column empty that you do not count.",
                ),
                ("A later file", "It is the whole year again: repeat the figures that have not changed."),
            ),
        ),
    )


def _counted(stage: Stage) -> str:
    within = " or ".join(f"“{column}”" for column in stage.within)
    return f"{stage.numerator}." + (f" Never more than {within}." if within else "")


def _overlaps(groups: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Of the groups that there are: a board may have fewer of them, or call them otherwise."""
    return tuple(
        (groups[slug], "not beside " + ", ".join(beside))
        for slug, others in OVERLAPS.items()
        if slug in groups and (beside := [name for other, name in groups.items() if other in others])
    )
