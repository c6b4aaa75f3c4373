"""What every release so far told of the figures that fall under the board's own rule, with the counts behind it.

A figure that is withheld may be corrected without the public noticing: the cell it sees stays as it is. So the counts
behind a release are those that stood when its figures were gathered, and not those its cells were made of.
"""

from collections import defaultdict
from datetime import datetime

from django.db.models import Q

from metrics.calc.cells import Status, Unit
from metrics.calc.disclosure import Decision, Entry
from metrics.models import ComingCell, Observation, Place, PublishedCell, Release
from metrics.models.definitions import ALL_STUDENTS, PROGRAM_STAGES

#: Figures that are judged together: of a program, or a district with its schools, and a year; outside programs each
#: indicator has students of its own.
Table = tuple[int, int, int | None]
#: What one release showed of a table.
Shown = list[tuple[Entry, Decision]]

#: What stands beside a figure that is not shown: data like every other note, so in one language. Which of the rule's
#: reasons it was, nobody is told.
WITHHELD = "Withheld to protect students’ privacy."
COUNTS_LEFT_OUT = "The counts behind this share are not repeated here, to protect students’ privacy."
FROM_21_TO_39 = "From 21 to 39 students; the number itself is shown from 40 on."

#: Stages of which the first lies within the second: whoever persisted or completed had enrolled.
_OUTER = PROGRAM_STAGES.index("program-enrolled")
WITHIN = tuple((PROGRAM_STAGES.index(slug), _OUTER) for slug in ("program-persisted", "program-completed"))


def is_ours(observation: Observation) -> bool:
    """Whether the board's own rule stands between this figure and the public."""
    return observation.source.own_rule or observation.place.kind == Place.Kind.PROGRAM


def ours(prefix: str = "") -> Q:
    """The same, as a question to the database; `prefix` leads to the observation."""
    return Q(**{f"{prefix}source__own_rule": True}) | Q(**{f"{prefix}place__kind": Place.Kind.PROGRAM})


def table_of(observation: Observation) -> Table:
    alone = None if observation.indicator.slug in PROGRAM_STAGES else observation.indicator_id
    return observation.place.district_id or observation.place_id, observation.period, alone


def entry(observation: Observation) -> Entry:
    """A figure of ours as the rule looks at it."""
    slug, group = observation.indicator.slug, observation.group
    stage = PROGRAM_STAGES.index(slug) if slug in PROGRAM_STAGES else len(PROGRAM_STAGES)
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
    )


def releases() -> dict[Table, list[Shown]]:
    """Every release of every table of ours, oldest first, those that were withdrawn included. Three queries."""
    related = ("indicator", "place", "group", "source")
    standing: dict[tuple[int, int, int, int], list[Observation]] = defaultdict(list)
    for one in Observation.objects.filter(ours()).select_related(*related).order_by("recorded_at", "pk"):
        standing[_key(one)].append(one)
    gathered = [
        (number, gathered_at or published_at)
        for number, gathered_at, published_at in Release.objects.order_by("number").values_list(
            "number", "gathered_at", "published_at"
        )
        if number is not None and published_at is not None
    ]
    by_table: dict[Table, dict[int, Shown]] = defaultdict(lambda: defaultdict(list))
    cells = PublishedCell.objects.filter(ours("observation__")).select_related(
        *(f"observation__{one}" for one in related)
    )
    for cell in cells:
        key, table = _key(cell.observation), table_of(cell.observation)
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
    """What was decided of a figure, as its cell tells it."""
    if cell.status in (Status.NOT_APPLICABLE, Status.NOT_YET_AVAILABLE):
        return Decision.WHOLE
    if cell.value is None:
        return Decision.WITHOUT_COUNTS if cell.note == FROM_21_TO_39 else Decision.WITHHELD
    is_population = cell.observation.indicator.unit == Unit.STUDENTS
    return Decision.WHOLE if is_population or cell.numerator is not None else Decision.WITHOUT_COUNTS
