"""Disclosure control: what may be shown of figures of students, and what a reader of all of them can work out.

A figure is judged by itself first (`rule`): no small group, no few, no end of the scale. Then by what stands beside it
(`protection`): a reader who has all releases and adds, subtracts and divides (`reader`) must not be able to narrow any
withheld count to fewer than three whole numbers or a range under six students. `programs` says which counts there are
in a table of one place and year, and how they hang together; `printed` looks at the counts beside a state's shares.
"""

from .counted import Decision, Entry, Release
from .printed import Printed, leave_out, narrowed_of
from .programs import Decided, audit, decide
from .protection import Protected
from .reader import Contradiction, Guarded, Line, Narrowed, Program, Solver, narrowed
from .rule import (
    COUNTS_FROM,
    FEW,
    MOST_IN_A_SMALL_GROUP,
    RULE_VERSION,
    SCALES,
    VALUES,
    WIDTH,
    Scale,
    is_few,
    may_count,
    may_show,
    scale,
)

__all__ = [
    "COUNTS_FROM",
    "FEW",
    "MOST_IN_A_SMALL_GROUP",
    "RULE_VERSION",
    "SCALES",
    "VALUES",
    "WIDTH",
    "Contradiction",
    "Decided",
    "Decision",
    "Entry",
    "Guarded",
    "Line",
    "Narrowed",
    "Printed",
    "Program",
    "Protected",
    "Release",
    "Scale",
    "Solver",
    "audit",
    "decide",
    "is_few",
    "leave_out",
    "may_count",
    "may_show",
    "narrowed",
    "narrowed_of",
    "scale",
]
