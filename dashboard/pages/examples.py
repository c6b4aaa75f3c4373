"""How to read the charts: every state that a chart can be in, on invented figures that are marked as examples."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from dashboard.charts import svg, words
from metrics.calc.cells import Cell, Known, Withheld, YearAxis
from metrics.calc.standing import standing
from metrics.calc.verdicts import Promise

from . import drawings
from .parts import Drawing

#: An invented rate: from here to there, and the calendar years in which the examples are read.
RATE = Promise("example", Decimal("71.5"), 2014, Decimal(95), 2025)
ABSENCE = Promise("example", Decimal(24), 2014, Decimal(12), 2025, higher_is_better=False)
OTHER = Promise("another definition", Decimal("71.5"), 2014, Decimal(95), 2025)
DURING, AFTER = 2020, 2030

WITHHELD = Withheld()
Years = Mapping[int, Cell]


@dataclass(frozen=True, slots=True)
class Example:
    """One state: its badge, its two charts, its sentence, and where it applies a word more."""

    badge: words.Badge
    far: Drawing
    path: Drawing
    sentence: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class HowToRead:
    examples: tuple[Example, ...]


def how_to_read() -> HowToRead:
    withheld = {**_line("71.5 72.4 73.9"), 2017: WITHHELD, 2018: WITHHELD}
    return HowToRead(
        (
            _example("met", RATE, _line("71.5 73.6 75.8 77.9 80.6 82.3 85.0 87.4 89.9 92.0 93.8 95.4"), AFTER),
            _example("late", RATE, _line("71.5 72.9 75 76.1 78 77.5 79.2 80 82.2 84.1 85 86.3 90.2 95.2"), AFTER),
            _example("missed", RATE, _line("71.5 72 74.5 76 77.5 79 77.5 78 80 81 82.5 84"), AFTER),
            _example("due", RATE, _line("71.5 72 73.1 74.2 75 75.8 76.9 78 79.1"), AFTER),
            _example("on", RATE, _line("71.5 73.8 76.4 78.1 80.8 83.1"), DURING),
            _example("behind", RATE, _line("71.5 72.6 74 75.5 76.9 78.9"), DURING),
            _example("far", RATE, _line("71.5 71.9 72.8 73.4 74.8 75.6"), DURING),
            _example("away", RATE, _line("71.5 71 70.2 69.8 68.9 68.4"), DURING),
            _example("same", RATE, _line("71.5 71.1 72 71.4 72.4 72.3"), DURING),
            _example("lower", ABSENCE, _line("24 22.8 21.9 20.4 19.2 17.9"), DURING, more=_("Lower is better.")),
            _example("restated", RATE, _line("71.5 72.6 74 75.5 76.9 78.9"), DURING, old_start=Decimal(62)),
            _example("withheld", RATE, {**withheld, 2025: WITHHELD}, AFTER),
            _example("silent", RATE, _line("71.5"), DURING),
            _example("nothing", RATE, {}, DURING),
            _example("other", OTHER, _line("71.5 72.6 74 75.5 76.9 78.9"), DURING),
        )
    )


def _example(
    key: str, promise: Promise, cells: Years, as_of: int, *, old_start: Decimal | None = None, more: str = ""
) -> Example:
    """A state as the same rules and the same drawings give it that the real figures go through."""
    about = words.Subject(key, _("Example rate"), YearAxis.CLASS)
    judged = standing(promise, "example", cells, as_of)
    badge, said = words.badge(judged, about), words.sentence(judged, about)
    if old_start is not None:
        badge = words.restated_badge()
        old, new = words.Stated("launch", "", old_start), words.Stated("compact", "", promise.baseline_value)
        said = f"{words.restated(new, (old,), about)} {words.measured_from(new, about)}"
    return Example(
        badge,
        drawings.distance(key, judged, about, old_start=old_start),
        drawings.trajectory(key, judged, about, cells, size=svg.Size.SHEET, old_start=old_start),
        said,
        more,
    )


def _line(values: str) -> dict[int, Cell]:
    """One figure a year, from the year of the start on."""
    return {2014 + index: Known(Decimal(value)) for index, value in enumerate(values.split())}
