"""The auditor's second question: can a reader work out the counts that were left out beside a state's shares?"""

import logging
from collections.abc import Collection, Mapping, Sequence
from typing import Any

from django.db.models import QuerySet

from metrics.calc.disclosure import Decision, Narrowed, Printed, narrowed_of
from metrics.calc.disclosure.printed import Key
from metrics.models import PublishedCell, Release

from . import printed
from .printed import Table
from .solver import Highs

#: What is shown of each figure: year, and its key.
Shown = Mapping[tuple[int, Key], Decision]
#: A table, how many of its counts were left out, what the release would tell of them, and what was told anyway: by
#: those before it, or by what the state prints and we leave as it is.
Judged = tuple[Table, int, list[Narrowed | None], list[Narrowed | None]]

log = logging.getLogger(__name__)


def beside_shares(release: Release | None) -> list[Judged]:
    """Every table that `release` touches (without one: every table) and that has counts to leave out. Seven queries."""
    tables = printed.that_tell_of_few()
    if release:
        tables &= printed.touched_by(release)
    if not tables:
        return []
    now = _shown(tables, PublishedCell.objects.filter(last_release=None))
    after = {**now, **_shown(tables, release.coming.all())} if release else now
    judged = list[Judged]()
    for table, shares in printed.shares(tables, printed.withheld_of_hartford()).items():
        looked_at, told = _judged(table, shares, after)
        before = _judged(table, shares, now)[1] if told else []
        anyway = {one.guarded for one in before if one}
        judged.append((table, looked_at, [one for one in told if not one or one.guarded not in anyway], before))
    return judged


def _shown(tables: Collection[Table], cells: QuerySet[Any]) -> Shown:
    return {
        (cell.period, (cell.indicator, cell.place, cell.group)): Decision.WITHHELD
        if getattr(cell, "is_gone", False)
        else printed.shown_of(cell)
        for cell in printed.within(tables, cells, "place").iterator()
    }


def _judged(table: Table, shares: Sequence[Printed], shown: Shown) -> tuple[int, list[Narrowed | None]]:
    """How many counts were left out, and those that can be narrowed; None where it could not be judged."""
    decisions = [(one, shown.get((table[1], one.key), _unseen(one))) for one in shares]
    try:
        looked_at, told = narrowed_of(decisions, solver=Highs)
    except Exception:
        log.exception("The auditor could not judge the table %s.", table)
        return 0, [None]
    return looked_at, list(told)


def _unseen(one: Printed) -> Decision:
    """What is told of a figure that is not public: the state has told its share all the same."""
    return Decision.WITHHELD if one.is_computed else Decision.WITHOUT_COUNTS
