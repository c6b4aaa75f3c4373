"""What every release so far told of the figures that fall under the board's own rule, with the counts behind it.

A figure that is withheld may be corrected without the public noticing: the cell it sees stays as it is. So the counts
behind a release are those that stood when its figures were gathered, and not those its cells were made of.
"""

from collections import defaultdict
from collections.abc import Collection
from datetime import datetime

from django.db.models import Q

from metrics.calc.cells import Status, Unit
from metrics.calc.disclosure import Decision, Entry
from metrics.models import ComingCell, Observation, Place, PublishedCell, Release
from metrics.models.definitions import ALL_STUDENTS, PROGRAM_STAGES

#: Figures that are judged together: of a program, or a district with its schools, and a year; outside programs those
#: that are out of the same students, in words.
Table = tuple[int, int, str]
#: What one release showed of a table.
Shown = list[tuple[Entry, Decision]]

#: What stands beside a figure that is not shown: data like every other note, so in one language. Which of the rule's
#: reasons it was, nobody is told.
WITHHELD = "Withheld to protect students’ privacy."
COUNTS_LEFT_OUT = "The counts behind this share are not repeated here, to protect students’ privacy."
FROM_21_TO_39 = "From 21 to 39 students; the number itself is shown from 40 on."


def is_ours(observation: Observation) -> bool:
    """Whether the board's own rule stands between this figure and the public."""
    return observation.source.own_rule or observation.place.kind == Place.Kind.PROGRAM


def ours(prefix: str = "") -> Q:
    """The same, as a question to the database; `prefix` leads to the observation."""
    return Q(**{f"{prefix}source__own_rule": True}) | Q(**{f"{prefix}place__kind": Place.Kind.PROGRAM})


def table_of(observation: Observation) -> Table:
    of = "" if observation.indicator.slug in PROGRAM_STAGES else observation.indicator.denominator
    return observation.place.district_id or observation.place_id, observation.period, of


def tables_of_ours() -> set[Table]:
    """Every table in which a figure of ours stands, or stood. One query."""
    rows = Observation.objects.filter(ours()).select_related("indicator", "place")
    return {
        table_of(one) for one in rows.only("period", "indicator__slug", "indicator__denominator", "place__district")
    }


def together(tables: Collection[Table], prefix: str = "") -> Q:
    """Figures of ours and, where a state prints others of the same students, those too; and perhaps some more."""
    mixed = [table for table in tables if table[2]]
    if not mixed:
        return ours(prefix)
    places, periods, denominators = (set(part) for part in zip(*mixed, strict=True))
    same = {f"{prefix}indicator__denominator__in": denominators, f"{prefix}period__in": periods}
    there = Q(**{f"{prefix}place__in": places}) | Q(**{f"{prefix}place__district__in": places})
    return ours(prefix) | (Q(**same) & there)


def entry(observation: Observation) -> Entry:
    """A figure as the rule looks at it."""
    slug, group = observation.indicator.slug, observation.group
    stages = len(PROGRAM_STAGES)
    stage = PROGRAM_STAGES.index(slug) if slug in PROGRAM_STAGES else stages + observation.indicator_id
    is_population = observation.indicator.unit == Unit.STUDENTS
    part, whole = observation.numerator, observation.denominator
    if is_population:
        part, whole = None, None if observation.value is None else int(observation.value)
    elif part is None or observation.value is None:
        part = whole = None
    return Entry(
        stage,
        None if group.slug == ALL_STUDENTS else group.dimension_id,
        group.pk,
        part,
        whole,
        is_population=is_population,
        is_empty=observation.status in (Status.NOT_APPLICABLE, Status.NOT_YET_AVAILABLE),
        school=observation.place_id if observation.place.district_id else None,
        is_printed=not is_ours(observation),
    )


def releases() -> dict[Table, list[Shown]]:
    """Every release of every table of ours, oldest first, those that were withdrawn included. Four queries."""
    tables = tables_of_ours()
    related = ("indicator", "place", "group", "source")
    standing: dict[tuple[int, int, int, int], list[Observation]] = defaultdict(list)
    for one in Observation.objects.filter(together(tables)).select_related(*related).order_by("recorded_at", "pk"):
        standing[_key(one)].append(one)
    gathered = [
        (number, gathered_at or published_at)
        for number, gathered_at, published_at in Release.objects.order_by("number").values_list(
            "number", "gathered_at", "published_at"
        )
        if number is not None and published_at is not None
    ]
    by_table: dict[Table, dict[int, Shown]] = defaultdict(lambda: defaultdict(list))
    cells = PublishedCell.objects.filter(together(tables, "observation__")).select_related(
        *(f"observation__{one}" for one in related)
    )
    for cell in cells:
        key, table = _key(cell.observation), table_of(cell.observation)
        if table not in tables:
            continue
        for number, moment in gathered:
            if cell.first_release <= number and (cell.last_release is None or number <= cell.last_release):
                by_table[table][number].append((entry(_at(standing[key], moment, cell.observation)), decision(cell)))
    return {table: _that_differ(shown) for table, shown in by_table.items()}


def _that_differ(by_number: dict[int, Shown]) -> list[Shown]:
    """One release after the other, without those that said what the one before said."""
    found: list[Shown] = []
    for number in sorted(by_number):
        if not found or set(found[-1]) != set(by_number[number]):
            found.append(by_number[number])
    return found


def _at(chain: list[Observation], moment: datetime, shown: Observation) -> Observation:
    """The one that stood at this moment."""
    earlier = [one for one in chain if one.recorded_at <= moment]
    return earlier[-1] if earlier else shown


def _key(observation: Observation) -> tuple[int, int, int, int]:
    return observation.indicator_id, observation.place_id, observation.group_id, observation.period


def decision(cell: PublishedCell | ComingCell) -> Decision:
    """What was decided of a figure, as its cell tells it. What a state prints is known, with all its counts."""
    if not is_ours(cell.observation):
        return Decision.WHOLE
    if cell.status in (Status.NOT_APPLICABLE, Status.NOT_YET_AVAILABLE):
        return Decision.WHOLE
    if cell.value is None:
        return Decision.WITHOUT_COUNTS if cell.note == FROM_21_TO_39 else Decision.WITHHELD
    is_population = cell.observation.indicator.unit == Unit.STUDENTS
    return Decision.WHOLE if is_population or cell.numerator is not None else Decision.WITHOUT_COUNTS
