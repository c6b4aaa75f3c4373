"""What the public may see of the figures that stand: those of a state agency as they are, our own by our rule."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.db.models import Q

from metrics.calc.cells import WITH_VALUE, Status, Unit
from metrics.calc.disclosure import Decision, Entry, decide, scale, tells_beside
from metrics.calc.rates import percent, published
from metrics.models import Observation, Place, PublishedCell
from metrics.models.definitions import ALL_STUDENTS, PROGRAM_STAGES

#: What stands beside a figure that is not shown: data like every other note, so in one language. Which of the rule's
#: reasons it was, nobody is told.
WITHHELD = "Withheld here to protect privacy."
FROM_21_TO_39 = "From 21 to 39 students; the number itself is shown from 40 on."


def cells(standing: Iterable[Observation]) -> Iterator[PublishedCell]:
    """The figures as the public may see them."""
    ours: dict[tuple[int, int], list[Observation]] = defaultdict(list)
    for observation in standing:
        if observation.source.own_rule or observation.place.kind == Place.Kind.PROGRAM:
            ours[observation.place_id, observation.period].append(observation)
        else:
            yield _public(observation)
    earlier = _earlier_tables() if ours else {}
    for key, table in ours.items():
        entries = [_entry(one) for one in table]
        decisions = decide(entries)
        shown = [entry for entry, decision in zip(entries, decisions, strict=True) if decision is not Decision.WITHHELD]
        if tells_beside(earlier.get(key, ()), shown):
            decisions = [Decision.WITHHELD] * len(table)
        for observation, decision in zip(table, decisions, strict=True):
            yield _disclosed(observation, decision)


def _earlier_tables() -> dict[tuple[int, int], list[list[Entry]]]:
    """What was ever shown of figures of ours, by place and year, as each release showed it, oldest first. One query."""
    ours = Q(observation__source__own_rule=True) | Q(observation__place__kind=Place.Kind.PROGRAM)
    told = PublishedCell.objects.filter(ours, value__isnull=False)
    by_table: dict[tuple[int, int], list[PublishedCell]] = defaultdict(list)
    for cell in told.select_related("observation__indicator", "observation__group"):
        by_table[cell.observation.place_id, cell.period].append(cell)
    return {
        key: [
            [_entry(cell.observation) for cell in cells if _is_shown_in(cell, release)]
            for release in sorted({cell.first_release for cell in cells})
        ]
        for key, cells in by_table.items()
    }


def _is_shown_in(cell: PublishedCell, release: int) -> bool:
    return cell.first_release <= release and (cell.last_release is None or release <= cell.last_release)


def _entry(observation: Observation) -> Entry:
    """A figure of ours as the rule looks at it."""
    slug, group = observation.indicator.slug, observation.group
    stage = PROGRAM_STAGES.index(slug) if slug in PROGRAM_STAGES else len(PROGRAM_STAGES) + observation.indicator_id
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
    )


def _disclosed(observation: Observation, decision: Decision) -> PublishedCell:
    """The cell of a figure of ours. What is withheld holds nothing that somebody wrote beside it either."""
    cell = _public(observation)
    population_of_few = decision is Decision.WITHOUT_COUNTS and observation.indicator.unit == Unit.STUDENTS
    if decision is Decision.WITHHELD or population_of_few:
        cell.value = cell.numerator = cell.denominator = None
        cell.status = Status.SUPPRESSED
        cell.note, cell.reason = FROM_21_TO_39 if population_of_few else WITHHELD, ""
    elif cell.numerator is not None and cell.denominator:
        decimals = min(scale(cell.denominator).decimals, observation.indicator.decimals)
        cell.value = published(percent(cell.numerator, cell.denominator), decimals)
        if decision is Decision.WITHOUT_COUNTS:
            cell.numerator = cell.denominator = None
    return cell


def _public(observation: Observation) -> PublishedCell:
    """An observation as its source gives it. A cell without a value holds no number at all."""
    value = observation.value if observation.status in WITH_VALUE else None
    with_value = value is not None
    return PublishedCell(
        indicator=observation.indicator.slug,
        place=observation.place.code,
        group=observation.group.slug,
        period=observation.period,
        source=observation.source.slug,
        value=None if value is None else published(value, observation.indicator.decimals),
        numerator=observation.numerator if with_value else None,
        denominator=observation.denominator if with_value else None,
        status=observation.status,
        note=observation.note,
        reason=observation.reason,
        observation=observation,
    )
