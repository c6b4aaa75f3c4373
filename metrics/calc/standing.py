"""Where a goal stands: from a promise and its readings to one verdict.

Values are the published ones, nothing is rounded in between, and percentages move in a straight
line. The order of the tests is that of the methods page: comparability, evidence, deadline, pace.
"""

from collections.abc import Mapping
from dataclasses import replace
from decimal import ROUND_CEILING, Decimal

from .cells import Cell, Known, Withheld
from .method import card
from .rates import HUNDRED
from .trend import RULE_OF_THUMB_SHARE, detectable, two_proportion_z, wilson
from .verdicts import Change, Line, Promise, Reading, Standing, Verdict

__all__ = ["FAR_BEHIND", "ON_TRACK", "Change", "Line", "Promise", "Reading", "Standing", "Verdict", "standing"]

#: Pace made ÷ pace needed: on track from here on …
ON_TRACK = Decimal("0.95")
#: … and far behind below here. Choices of the board, named on the methods page.
FAR_BEHIND = Decimal("0.60")


def standing(promise: Promise, indicator: str, cells: Mapping[int, Cell], as_of: int) -> Standing:
    """Where `promise` stands, judged on `cells` (year → cell) of `indicator`, in the calendar year `as_of`.

    A promise is judged only against figures in its own definition; a promise without a year for its
    start cannot be judged either (`Verdict.NOT_COMPARABLE`).
    """
    if indicator != promise.indicator or promise.baseline_year is None:
        return Standing(promise, Verdict.NOT_COMPARABLE)
    known = {year: Reading(year, cell) for year, cell in sorted(cells.items()) if isinstance(cell, Known)}
    later = [reading for year, reading in known.items() if year > promise.baseline_year]
    start = known.get(promise.baseline_year)
    if isinstance(cells.get(promise.target_year), Withheld):
        return Standing(promise, Verdict.WITHHELD, start=start)
    settling = next((reading for reading in later if reading.year >= promise.target_year), None)
    if settling is not None:
        return _settled(promise, start, settling, later)
    if as_of > promise.target_year:
        return _measured(promise, Verdict.DUE, start, later[-1] if later else start)
    if later:
        return _under_way(promise, start, later[-1])
    if any(isinstance(cell, Withheld) for year, cell in cells.items() if year > promise.baseline_year):
        return Standing(promise, Verdict.WITHHELD, start=start)
    return Standing(promise, Verdict.BASELINE_ONLY if start else Verdict.NO_DATA, start=start)


def _settled(promise: Promise, start: Reading | None, settling: Reading, later: list[Reading]) -> Standing:
    """The target year's own figure decides, or, where it was never reported, the first one after it.

    A target reached in a later year is met late; one never reached is missed by the deciding figure.
    """
    if settling.year == promise.target_year and promise.reached(settling.value):
        return _measured(promise, Verdict.MET, start, settling)
    late = next((r for r in later if r.year > promise.target_year and promise.reached(r.value)), None)
    if late is not None:
        return _measured(promise, Verdict.MET_LATE, start, late)
    return _measured(promise, Verdict.MISSED, start, settling)


def _under_way(promise: Promise, start: Reading | None, reading: Reading) -> Standing:
    """Before the deadline the pace decides, but a change that may be chance outranks every adjective."""
    if promise.reached(reading.value):
        return _measured(promise, Verdict.MET, start, reading)
    measured = _measured(promise, Verdict.NO_DETECTABLE_CHANGE, start, reading, deadline_ahead=True)
    return replace(measured, verdict=_adjective(measured)) if _is_real(measured) else measured


def _adjective(measured: Standing) -> Verdict:
    if measured.pace is None or measured.pace < 0:  # no way to go: any change leads away from the target
        return Verdict.MOVING_AWAY
    if measured.pace >= ON_TRACK:
        return Verdict.ON_TRACK
    return Verdict.BEHIND if measured.pace >= FAR_BEHIND else Verdict.FAR_BEHIND


def _is_real(measured: Standing) -> bool:
    """Tested on the counts; without counts by a rule of thumb."""
    if measured.z is not None:
        return detectable(measured.z)
    gained = measured.since_start or Decimal(0)
    return abs(gained) >= RULE_OF_THUMB_SHARE * abs(measured.promise.distance) and gained != 0


def _measured(
    promise: Promise,
    verdict: Verdict,
    start: Reading | None,
    reading: Reading | None,
    *,
    deadline_ahead: bool = False,
) -> Standing:
    """A standing with all its sums; without a reading there is nothing to compute."""
    if reading is None or promise.baseline_year is None:
        return Standing(promise, verdict, start=start)
    way, gained, short = promise.distance, promise.gained(reading.value), promise.short(reading.value)
    elapsed = reading.year - promise.baseline_year
    span, left = promise.target_year - promise.baseline_year, promise.target_year - reading.year
    z = _z(start, reading)
    measured = Standing(
        promise,
        verdict,
        reading,
        start,
        short=short,
        since_start=gained,
        journey=gained / way if way else None,
        pace=gained * span / (way * elapsed) if deadline_ahead and way else None,
        behind_path=promise.sign * (promise.required(reading.year) - reading.value),
        needed_per_year=short / left if deadline_ahead else None,
        people_left=_people(short, reading.known.denominator),
        interval=_interval(reading),
        z=z,
        change=Change.RULE_OF_THUMB if z is None else Change.TESTED,
    )
    return replace(measured, card=card(measured))


def _people(short: Decimal, denominator: int | None) -> int | None:
    """Whole young people: part of a person is one more person."""
    if not denominator or short <= 0:
        return None
    return int((short * denominator / HUNDRED).to_integral_value(ROUND_CEILING))


def _interval(reading: Reading) -> tuple[float, float] | None:
    known = reading.known
    return wilson(known.numerator, known.denominator) if known.numerator is not None and known.denominator else None


def _z(start: Reading | None, reading: Reading) -> float | None:
    if start is None or start.year == reading.year:
        return None
    before, after = start.known, reading.known
    if before.numerator is None or not before.denominator or after.numerator is None or not after.denominator:
        return None
    return two_proportion_z(before.numerator, before.denominator, after.numerator, after.denominator)
