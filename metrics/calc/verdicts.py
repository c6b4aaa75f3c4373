"""What a promise is, and everything the board can say of one."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from .cells import Known, Status


class Verdict(StrEnum):
    """What the board says of a goal. Named by what happened, never by a mood."""

    NOT_COMPARABLE = "not_comparable"  # stated in another definition than the readings, or without a year
    NO_DATA = "no_data"
    BASELINE_ONLY = "baseline_only"
    WITHHELD = "withheld"  # the figure that decides exists and is protected
    MET = "met"
    MET_LATE = "met_late"
    MISSED = "missed"
    DUE = "due"  # the target year is over, its figure has not been reported
    ON_TRACK = "on_track"
    BEHIND = "behind"
    FAR_BEHIND = "far_behind"
    MOVING_AWAY = "moving_away"
    NO_DETECTABLE_CHANGE = "no_detectable_change"


class Change(StrEnum):
    """How it was decided whether the change since the start is real."""

    TESTED = "tested"  # two-proportion z on the counts
    RULE_OF_THUMB = "rule_of_thumb"  # no counts: a share of the way to go


@dataclass(frozen=True, slots=True)
class Promise:
    """From where, to where, by when, in which definition. Values are in the indicator's unit."""

    indicator: str
    baseline_value: Decimal
    baseline_year: int | None
    target_value: Decimal
    target_year: int
    higher_is_better: bool = True

    @property
    def sign(self) -> int:
        """+1 where up is good, -1 where down is good."""
        return 1 if self.higher_is_better else -1

    @property
    def distance(self) -> Decimal:
        """From start to target, positive in the good direction."""
        return self.sign * (self.target_value - self.baseline_value)

    def gained(self, value: Decimal) -> Decimal:
        """From start to `value`, positive when it came nearer to the target."""
        return self.sign * (value - self.baseline_value)

    def short(self, value: Decimal) -> Decimal:
        """From `value` to the target; 0 or less when the target is reached."""
        return self.sign * (self.target_value - value)

    def reached(self, value: Decimal) -> bool:
        return self.short(value) <= 0

    def required(self, year: int) -> Decimal:
        """What the straight path asks for in `year`: the start until its year, the target from its year on.

        Raises ValueError when the year of the start is not known.
        """
        if self.baseline_year is None:
            raise ValueError("a path needs the year of the start")
        if year >= self.target_year:
            return self.target_value
        done = Decimal(max(year - self.baseline_year, 0))
        whole = self.target_value - self.baseline_value
        return self.baseline_value + whole * done / (self.target_year - self.baseline_year)


@dataclass(frozen=True, slots=True)
class Reading:
    """One year's known figure."""

    year: int
    known: Known

    @property
    def value(self) -> Decimal:
        return self.known.value


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a method card: which sum, its formula, the same with numbers, and the exact result."""

    key: str
    formula: str
    numbers: str
    result: Decimal


@dataclass(frozen=True, slots=True)
class Standing:
    """A verdict and everything it rests on. Points and shares are exact, not rounded.

    promise, verdict   what was promised, and what the board says of it
    reading            the figure the verdict is about: the one that settles it, else the latest
    start              the figure reported for the year of the start, when there is one
    short              points from the reading to the target; 0 or less when it is reached
    since_start        points from start to reading, positive when it came nearer to the target
    journey            share of the way from start to target that was made (0.59); None when there is no way to go
    pace               pace made ÷ pace needed; None after the target year, or when there is no way to go
    behind_path        points the reading is behind the straight path; negative when ahead
    needed_per_year    points a year still needed; None after the target year
    people_left        young people the reading is away from the target; None without counts or when reached
    interval           the 95 % interval of the reading, in percent; None without counts
    z, change          the test of the change since the start, and how it was decided
    card               the sums, line by line
    """

    promise: Promise
    verdict: Verdict
    reading: Reading | None = None
    start: Reading | None = None
    short: Decimal | None = None
    since_start: Decimal | None = None
    journey: Decimal | None = None
    pace: Decimal | None = None
    behind_path: Decimal | None = None
    needed_per_year: Decimal | None = None
    people_left: int | None = None
    interval: tuple[float, float] | None = None
    z: float | None = None
    change: Change | None = None
    card: tuple[Line, ...] = ()

    @property
    def late_year(self) -> int | None:
        """The year the target was first reached after the target year."""
        return self.reading.year if self.reading and self.verdict is Verdict.MET_LATE else None

    @property
    def provisional(self) -> bool:
        return self.reading is not None and self.reading.known.status is Status.PROVISIONAL
