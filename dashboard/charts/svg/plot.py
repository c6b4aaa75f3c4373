"""What a trajectory shows, before any mark is drawn: its series, its promise, its silent years, its words."""

from dataclasses import dataclass
from decimal import Decimal

from metrics.calc.standing import Verdict

from .points import Kind, Known, Stretch
from .scale import Scale

#: A start restated by less than this, in points, is told in one label.
NEAR = Decimal(6)
#: Verdicts under which every year since the last report is silent, up to the goal year.
SILENT = frozenset({Verdict.DUE, Verdict.NO_DATA, Verdict.BASELINE_ONLY})
#: Verdicts that can be given although the goal year has no figure.
OVER = frozenset({Verdict.DUE, Verdict.MISSED, Verdict.MET_LATE})


@dataclass(frozen=True, slots=True, kw_only=True)
class TrajectoryLabels:
    """Words on a trajectory, ready to print; an empty one is left out.

    start "71.5" · target "target 95" · value "84.0%" (the latest figure) · short "11.0 short" · path "required path"
    unreported ("2019–2025", "not yet", "reported") and withheld ("withheld",): line by line
    old_start "50" (struck through) · at_launch "at launch" · comparison_value "91.3" · comparison_name "Connecticut"
    after "after the goal year" · today "today" · unit "%" (follows the topmost number of the axis)
    """

    start: str = ""
    target: str = ""
    value: str = ""
    short: str = ""
    path: str = ""
    unreported: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    old_start: str = ""
    at_launch: str = ""
    comparison_value: str = ""
    comparison_name: str = ""
    after: str = ""
    today: str = ""
    unit: str = "%"


@dataclass(frozen=True, slots=True, kw_only=True)
class Plot:
    """A goal on its scale. Values are in the indicator's unit."""

    scale: Scale
    series: tuple[Known, ...]
    comparison: tuple[Known, ...]
    gaps: tuple[Stretch, ...]
    start: Decimal
    start_year: int | None
    target: Decimal
    target_year: int
    old_start: Decimal | None
    higher_is_better: bool
    verdict: Verdict
    today_year: int | None

    @property
    def last(self) -> Known | None:
        return self.series[-1] if self.series else None

    @property
    def settled(self) -> Known | None:
        """The goal year's own figure."""
        return next((point for point in self.series if point.year == self.target_year), None)

    @property
    def is_short(self) -> bool:
        """Whether the goal year's figure is short of the target; a hatched post shows by how much."""
        if self.settled is None:
            return False
        value = self.settled.value
        return value < self.target if self.higher_is_better else value > self.target

    @property
    def is_void(self) -> bool:
        """Whether the goal year is over and nothing is known of it; a grey post stands there."""
        withheld = any(gap.kind is Kind.WITHHELD and gap.first < self.target_year < gap.last for gap in self.gaps)
        return self.verdict in OVER and self.settled is None and not withheld

    @property
    def old_is_far(self) -> bool:
        """Whether the old start gets a mark of its own."""
        return self.old_start is not None and abs(self.old_start - self.start) >= NEAR

    @property
    def goes_on(self) -> bool:
        """Whether the chart runs past the goal year."""
        return self.scale.last > self.target_year

    def span(self, gap: Stretch) -> tuple[float, float]:
        """From where to where a silent stretch is hatched, in percent; what trails off ends at the goal year."""
        trailing = gap.kind is Kind.UNREPORTED and (self.last is None or gap.first > self.last.year)
        end = min(gap.last, self.target_year) if trailing and gap.first < self.target_year else gap.last
        return self.scale.x(gap.first), self.scale.x(end)

    def silent(self) -> tuple[float, float] | None:
        """The widest unreported stretch, in percent: the one that carries the words."""
        spans = [self.span(gap) for gap in self.gaps if gap.kind is Kind.UNREPORTED]
        return max(spans, key=lambda span: span[1] - span[0], default=None)
