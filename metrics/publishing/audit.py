"""The auditor: what a reader of everything ever published, and of a release on its way, can work out."""

import logging
from collections import defaultdict
from dataclasses import dataclass

from django.utils.translation import gettext as _

from metrics.calc import disclosure
from metrics.models import ComingCell, Observation, Place, PublishedCell, Release

from .audit_printed import beside_shares
from .judging import audited
from .told import Shown, Table, decision, entry, releases, table_of, tables_of_ours, together

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Report:
    """What was looked at, and what can be narrowed too far, a line for each.

    tables     tables that were looked at: of ours (a place and a year), and a state's with counts left out
    withheld   counts that nobody may work out
    findings   what the release on its way would tell
    public     what was told before it: no later release can take that back
    """

    tables: int
    withheld: int
    findings: tuple[str, ...]
    public: tuple[str, ...]
    rule: int = disclosure.RULE_VERSION


def audit(release: Release | None = None) -> Report:
    """Holds all releases, and `release` as it would follow them, against a reader with a linear program.

    Sixteen queries, whatever there is to look at.
    """
    before = releases()
    coming = _coming(release) if release is not None else {}
    tables = before.keys() | coming.keys()
    named = Place.objects.filter(pk__in={place for place, *_rest in tables})
    names = dict(named.values_list("pk", "name"))
    withheld, findings, public = 0, list[str](), list[str]()
    for table in tables:
        then = before.get(table, [])
        looked_at, told = _judged(table, [*then, coming[table]] if table in coming else then)
        already = _judged(table, then)[1] if told else []
        withheld += looked_at
        findings += [_line(names, table, one) for one in told if one not in already]
        public += [_line(names, table, one) for one in already]
    state = beside_shares(release)
    for (denominator, period, place), looked_at, told, already in state:
        name = f"{place} {period} ({denominator})"
        withheld += looked_at
        findings += [f"{name}: {_range(one)}" for one in told]
        public += [f"{name}: {_range(one)}" for one in already]
    return Report(len(tables) + len(state), withheld, tuple(sorted(findings)), tuple(sorted(public)))


def _judged(table: Table, shown: list[Shown]) -> tuple[int, list[disclosure.Narrowed | None]]:
    """How many withheld counts a table has, and those that can be narrowed; None where it could not be judged."""
    try:
        looked_at, found = audited(shown)
    except Exception:
        log.exception("The auditor could not judge the table %s.", table)
        return 0, [None]
    return looked_at, [*found]


def _line(names: dict[int, str], table: Table, one: disclosure.Narrowed | None) -> str:
    place, period, _of = table
    return f"{names.get(place, place)} {period}: {_range(one)}"


def _range(one: disclosure.Narrowed | None) -> str:
    return _("could not be judged") if one is None else f"{one.low}–{one.high}"


def _coming(release: Release) -> dict[Table, Shown]:
    """Every table of ours as it would be shown: what comes in place of what is shown now."""
    of_ours = tables_of_ours()
    related = ("indicator", "place", "group", "source")
    names = [f"observation__{one}" for one in related]
    shown = PublishedCell.objects.filter(together(of_ours, "observation__"), last_release=None).select_related(*names)
    coming = release.coming.filter(together(of_ours, "observation__")).select_related(*names)
    current = Observation.objects.current().filter(together(of_ours)).select_related(*related)
    standing = {_key(one): one for one in current}
    cells: dict[object, PublishedCell | ComingCell] = {_key(cell.observation): cell for cell in shown}
    cells |= {_key(cell.observation): cell for cell in coming}
    tables: dict[Table, Shown] = defaultdict(list)
    for cell in cells.values():
        if not getattr(cell, "is_gone", False) and table_of(cell.observation) in of_ours:
            counts = standing.get(_key(cell.observation), cell.observation)
            tables[table_of(cell.observation)].append((entry(counts), decision(cell)))
    return tables


def _key(observation: Observation) -> tuple[int, int, int, int]:
    return observation.indicator_id, observation.place_id, observation.group_id, observation.period
