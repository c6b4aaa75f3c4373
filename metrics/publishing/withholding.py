"""What the public may see of the figures that stand: those of a state agency as they are, our own by our rule."""

import logging
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

from metrics.calc.cells import WITH_VALUE, Status, Unit
from metrics.calc.disclosure import Decision, scale
from metrics.calc.rates import percent, published
from metrics.models import Observation, PublishedCell

from .judging import judged
from .printed import Repeated
from .told import (
    COUNTS_LEFT_OUT,
    FROM_21_TO_39,
    WITHHELD,
    Shown,
    Table,
    entry,
    is_ours,
    ours,
    releases,
    table_of,
    together,
)

log = logging.getLogger(__name__)


def cells(standing: Iterable[Observation]) -> Iterator[PublishedCell]:
    """The figures as the public may see them: a state's one by one, then ours, table by table."""
    tables: dict[Table, list[Observation]] = defaultdict(list)
    repeated = Repeated()
    for observation in standing:
        if is_ours(observation):
            tables[table_of(observation)].append(observation)
        else:
            yield _of_a_state(observation, repeated.decision(observation))
    earlier = releases() if tables else {}
    beside = _beside(tables)
    for table, observations in tables.items():
        decisions = _decide([*observations, *beside.get(table, [])], earlier.get(table, []))
        for observation, decision in zip(observations, decisions, strict=False):
            yield _disclosed(observation, decision)


def _beside(tables: Collection[Table]) -> dict[Table, list[Observation]]:
    """What a state prints of the same students. One query, where there is anything of ours but programs."""
    found: dict[Table, list[Observation]] = defaultdict(list)
    if any(of for *_rest, of in tables):
        related = ("indicator", "place", "group", "source")
        for one in Observation.objects.current().filter(together(tables)).exclude(ours()).select_related(*related):
            found[table_of(one)].append(one)
    return found


def _decide(observations: Sequence[Observation], earlier: list[Shown]) -> Sequence[Decision]:
    """What may be shown of each. Whatever goes wrong, then nothing: the audit of the release says what it was."""
    entries = [entry(one) for one in observations]
    try:
        return judged(entries, earlier)
    except Exception:
        log.exception("A table of %s could not be judged; all of it is withheld.", observations[0].place.code)
        return [Decision.WITHHELD] * len(entries)


def _disclosed(observation: Observation, decision: Decision) -> PublishedCell:
    """The cell of a figure of ours."""
    if decision is Decision.WITHHELD:
        return _hidden(observation, WITHHELD)
    if decision is Decision.WITHOUT_COUNTS and observation.indicator.unit == Unit.STUDENTS:
        return _hidden(observation, FROM_21_TO_39)
    cell = _as_given(observation)
    if cell.numerator is not None and cell.denominator:
        decimals = min(scale(cell.denominator).decimals, observation.indicator.decimals)
        cell.value = published(percent(cell.numerator, cell.denominator), decimals)
        if decision is Decision.WITHOUT_COUNTS:
            cell.numerator = cell.denominator = None
    return cell


def _of_a_state(observation: Observation, decision: Decision) -> PublishedCell:
    """A state's figure as it was published, its marks included; its counts where they are repeated.

    What was computed of two of them can be withheld altogether.
    """
    if decision is Decision.WITHHELD:
        return _hidden(observation, WITHHELD)
    cell = _as_given(observation)
    if decision is not Decision.WHOLE:
        cell.numerator = cell.denominator = None
        cell.note = f"{cell.note} {COUNTS_LEFT_OUT}".strip()
    return cell


def _hidden(observation: Observation, note: str) -> PublishedCell:
    """A cell that holds nothing of the figure: no number, and nothing that somebody wrote beside it."""
    cell = _as_given(observation)
    cell.value = cell.numerator = cell.denominator = None
    cell.status, cell.note, cell.reason = Status.SUPPRESSED, note, ""
    return cell


def _as_given(observation: Observation) -> PublishedCell:
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
