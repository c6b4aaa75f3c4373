"""What one place in a table can hold: a known figure, or one of three kinds of nothing."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class Status(StrEnum):
    """How a figure stands. `*`, `N/A`, an empty cell and 0 are four different things."""

    FINAL = "final"
    PROVISIONAL = "provisional"
    DERIVED = "derived"  # computed here from published counts, not printed by the publisher
    SUPPRESSED = "suppressed"  # the publisher withheld it ("*")
    NOT_YET_AVAILABLE = "not_yet_available"  # the publisher says it will come
    NOT_APPLICABLE = "not_applicable"  # no such group or place ("N/A")


#: Statuses that carry a number; every other status must carry none.
WITH_VALUE = frozenset({Status.FINAL, Status.PROVISIONAL, Status.DERIVED})


class YearAxis(StrEnum):
    """What the year of a period counts."""

    CLASS = "class"  # spring of the class's fourth year of high school
    SCHOOL = "school"  # the year a school year ends in
    REPORT = "report"  # the year a report came out


class Unit(StrEnum):
    """What a value is measured in."""

    PERCENT = "percent"  # 0-100
    DOLLARS = "dollars"
    STUDENTS = "students"


class Theme(StrEnum):
    """Under which head an indicator stands, in the order of the page that lists them."""

    GRADUATION = "graduation"
    COLLEGE = "college"
    ACHIEVEMENT = "achievement"
    ATTENDANCE = "attendance"
    STUDENTS = "students"
    SPENDING = "spending"
    OTHER = ""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure. `value` is in the indicator's unit; counts are whole students."""

    value: Decimal
    numerator: int | None = None
    denominator: int | None = None
    status: Status = Status.FINAL

    def __post_init__(self) -> None:
        if self.status not in WITH_VALUE:
            raise ValueError(f"a known figure cannot have the status {self.status}")

    @property
    def has_counts(self) -> bool:
        return self.numerator is not None and bool(self.denominator)


@dataclass(frozen=True, slots=True)
class Withheld:
    """The figure exists and is protected. Nothing of it is here that could give it away."""


@dataclass(frozen=True, slots=True)
class NotReported:
    """The figure is not available yet."""


@dataclass(frozen=True, slots=True)
class NotApplicable:
    """There is no such figure: the group or place does not exist."""


Cell = Known | Withheld | NotReported | NotApplicable


def cell(
    status: Status,
    value: Decimal | None = None,
    numerator: int | None = None,
    denominator: int | None = None,
) -> Cell:
    """The cell that a stored row stands for.

    Raises ValueError when the status promises a value and there is none, or the other way round.
    """
    if status in WITH_VALUE:
        if value is None:
            raise ValueError(f"the status {status} needs a value")
        return Known(value, numerator, denominator, status)
    if value is not None:
        raise ValueError(f"the status {status} cannot have a value")
    if status is Status.SUPPRESSED:
        return Withheld()
    return NotReported() if status is Status.NOT_YET_AVAILABLE else NotApplicable()
