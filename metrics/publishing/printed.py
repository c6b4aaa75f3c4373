"""The counts beside a state's shares, table by table: which of them are left out, because some would tell of few.

The state's reports of graduates and of those without a diploma together give away what each of them withholds
(Hartford's classes of 2018 and 2019: 25 in the cohort and 22 graduates in one, `*` for the three others in the other).
"""

import logging
from collections import defaultdict
from collections.abc import Collection, Mapping
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import F, Q, QuerySet

from metrics.calc.cells import Status, Unit
from metrics.calc.disclosure import FEW, Decision, Printed, is_few, leave_out
from metrics.calc.disclosure.printed import Key
from metrics.models import Observation, Place, PublishedCell, Release
from metrics.models.definitions import ALL_STUDENTS, CONNECTICUT, HARTFORD, REST_OF_STATE
from metrics.models.releases import CellFields

from .solver import Highs
from .told import COUNTS_LEFT_OUT, WITHHELD, ours

#: Shares of the same students: who they are out of, the year, and the place that holds all of them: a district with its
#: schools, or Connecticut with Hartford and all others.
Table = tuple[str, int, str]
#: A year and the key of a figure; two counts: of how many.
Year = tuple[int, Key]
Counts = tuple[int, int]
#: A figure of Hartford's: indicator, group, year.
Hidden = tuple[int, int, int]

#: Connecticut's students are Hartford's and all others'.
_OF_CONNECTICUT = {HARTFORD: CONNECTICUT, REST_OF_STATE: CONNECTICUT}

_HAS_COUNTS = Q(indicator__unit=Unit.PERCENT, value__isnull=False, numerator__isnull=False, denominator__gt=0)
_TELLS_OF_FEW = Q(numerator__range=(1, FEW)) | Q(denominator__gt=F("numerator"), denominator__lte=F("numerator") + FEW)

log = logging.getLogger(__name__)


def table_of(observation: Observation) -> Table:
    place = observation.place
    return _table(observation.indicator.denominator, observation.period, place.code, _district(place))


def _district(place: Place) -> str | None:
    return place.district.code if place.district else None


def _table(denominator: str, period: int, place: str, district: str | None) -> Table:
    own = district or place
    return denominator, period, _OF_CONNECTICUT.get(own, own)


def key_of(observation: Observation) -> Key:
    return observation.indicator.slug, observation.place.code, observation.group.slug


def that_tell_of_few() -> set[Table]:
    """The tables in which some counts are not to be repeated. One query."""
    few = Observation.objects.current().filter(_HAS_COUNTS & _TELLS_OF_FEW).exclude(ours())
    rows = few.values_list("indicator__denominator", "period", "place__code", "place__district__code")
    return {_table(*row) for row in rows.distinct()}


def touched_by(release: Release) -> set[Table]:
    """The tables of which a release on its way would show something else. One query."""
    names = ("indicator__denominator", "period", "place__code", "place__district__code")
    rows = release.coming.order_by().values_list(*(f"observation__{name}" for name in names))
    return {_table(*row) for row in rows.distinct()}


def withheld_of_hartford() -> set[Hidden]:
    """Hartford's figures that the state withholds: Connecticut less Hartford would give them back. One query."""
    suppressed = Observation.objects.current().filter(place__code=HARTFORD, status=Status.SUPPRESSED)
    return set(suppressed.values_list("indicator", "group", "period"))


def shares(tables: Collection[Table], withheld: Collection[Hidden]) -> dict[Table, list[Printed]]:
    """What stands in these tables and may be shown at all. Two queries."""
    told, now = _public(tables)
    found: dict[Table, list[Printed]] = defaultdict(list)
    standing = within(tables, Observation.objects.current().filter(_HAS_COUNTS).exclude(ours()), "place__code")
    for one in standing.select_related("indicator", "place__district", "group").order_by("pk").iterator():
        table, key = table_of(one), key_of(one)
        if table not in tables or _is_withheld(one, withheld):
            continue
        counts, year = (one.numerator or 0, one.denominator or 0), (one.period, key)
        found[table].append(
            Printed(
                *key[:2],
                None if one.group.slug == ALL_STUDENTS else one.group.dimension_id,
                one.group.slug,
                *counts,
                within=_district(one.place) or _OF_CONNECTICUT.get(one.place.code),
                decimals=one.indicator.decimals,
                is_school=one.place.district is not None,
                is_computed=one.place.code == REST_OF_STATE,
                is_told=(year, counts) in told,
                was=now.get(year),
            )
        )
    return found


def _is_withheld(observation: Observation, withheld: Collection[Hidden]) -> bool:
    key = observation.indicator_id, observation.group_id, observation.period
    return observation.place.code == REST_OF_STATE and key in withheld


def _public(tables: Collection[Table]) -> tuple[set[tuple[Year, Counts]], dict[Year, Decision]]:
    """Counts that some release showed, and what the newest one leaves out of each figure."""
    told, now = set[tuple[Year, Counts]](), dict[Year, Decision]()
    for row in within(tables, PublishedCell.objects.all(), "place").iterator():
        year = row.period, (row.indicator, row.place, row.group)
        if row.numerator is not None and row.denominator is not None:
            told.add((year, (row.numerator, row.denominator)))
        if row.last_release is None and row.note.endswith((COUNTS_LEFT_OUT, WITHHELD)):
            now[year] = shown_of(row)
    return told, now


def shown_of(cell: CellFields) -> Decision:
    """What a cell tells of its counts."""
    if cell.value is None:
        return Decision.WITHHELD
    return Decision.WITHOUT_COUNTS if cell.numerator is None else Decision.WHOLE


def within(tables: Collection[Table], rows: QuerySet[Any], place: str) -> QuerySet[Any]:
    """Those of these years and places, and perhaps some more."""
    periods = {period for _denominator, period, _root in tables}
    roots = {root for *_rest, root in tables}
    roots |= {part for part, whole in _OF_CONNECTICUT.items() if whole in roots}
    places = Place.objects.filter(Q(code__in=roots) | Q(district__code__in=roots)).values("code")
    return rows.filter(**{"period__in": periods, f"{place}__in": places})


class Repeated:
    """Asked of one figure after the other. Two queries, and two for each place that is asked for and has somebody few.

    Each table is judged once.
    """

    def __init__(self) -> None:
        self._shares: dict[Table, list[Printed]] = {}
        self._decided: dict[Table, Mapping[Key, Decision]] = {}

    @cached_property
    def _with_few(self) -> set[Table]:
        return that_tell_of_few()

    @cached_property
    def _withheld(self) -> set[Hidden]:
        return withheld_of_hartford()

    def decision(self, observation: Observation) -> Decision:
        """What may be shown of a figure. Whatever goes wrong, then none of the table's counts.

        Of a figure that does not stand yet its own counts are all that is known.
        """
        if observation.place.code == REST_OF_STATE and _is_withheld(observation, self._withheld):
            return Decision.WITHHELD
        if observation.numerator is None or observation.denominator is None:
            return Decision.WHOLE
        table = table_of(observation)
        if table in self._with_few and table not in self._decided:
            if table not in self._shares:
                _denominator, _period, root = table
                self._shares = shares({one for one in self._with_few if one[2] == root}, self._withheld)
            self._decided[table] = _decide(table, tuple(self._shares[table]))
        of_itself = is_few(observation.numerator) or is_few(observation.denominator - observation.numerator)
        alone = Decision.WITHOUT_COUNTS if of_itself else Decision.WHOLE
        return self._decided.get(table, {}).get(key_of(observation), alone)


def _decide(table: Table, shares: tuple[Printed, ...]) -> Mapping[Key, Decision]:
    try:
        return _left_out(shares)
    except Exception:
        log.exception("The counts of %s could not be judged; they are left out.", table)
        return {one.key: Decision.WITHHELD if one.is_computed else Decision.WITHOUT_COUNTS for one in shares}


@lru_cache(maxsize=1024)
def _left_out(shares: tuple[Printed, ...]) -> Mapping[Key, Decision]:
    """Remembered: from one release to the next most tables stay as they are."""
    return leave_out(shares, solver=Highs)
