"""What the review page of a file shows: what would change for the public, row by row, and what was refused and why."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Count
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.calc.cells import WITH_VALUE
from metrics.intake.changes import changes, large
from metrics.intake.layouts import FAMILIES
from metrics.intake.registry import CODED
from metrics.intake.spellings import unknown_places
from metrics.models import Batch, Observation, Problem, StagedRow
from metrics.published import GoalOutlook, outlook
from metrics.publishing import PREPARE
from metrics.publishing.outlook import coming

#: Rows of each kind that the page lists; the counts above them are complete.
SHOWN = 200
#: Lines that are named of those refused for the same reason.
NAMED = 12


@dataclass(slots=True)
class Refusal:
    """Lines refused for the same reason. `first` is the problem of one of them."""

    first: Problem
    cell: str
    reason: str
    lines: list[int]

    @property
    def named(self) -> str:
        shown = ", ".join(str(line) for line in self.lines[:NAMED])
        more = len(self.lines) - NAMED
        return (
            shown
            if more <= 0
            else ngettext("{lines} and {n} more", "{lines} and {n} more", more).format(lines=shown, n=more)
        )


def refusals(problems: Iterable[Problem]) -> list[Refusal]:
    """The refused lines, those with the same reason together, in the order of their first line."""
    found: dict[tuple[str, str, str], Refusal] = {}
    for problem in problems:
        reason = problem.sentence.partition(": ")[2] or problem.sentence
        place = CODED.fullmatch(problem.cell) if problem.column == "place" else None
        key = (problem.column, reason, "" if place else problem.cell)
        if key not in found:
            found[key] = Refusal(problem, "" if place else problem.cell, reason[:1].upper() + reason[1:], [])
        if problem.line not in found[key].lines[-1:]:
            found[key].lines.append(problem.line)
    return list(found.values())


def words_of(layout: str) -> str:
    """A layout for people."""
    own = {"tidy": _("the board’s own layout"), "provider": _("the sheet of a program provider")}
    return own.get(layout) or next((family.words for family in FAMILIES if family.name == layout), layout)


def review(request: HttpRequest, batch: Batch, marked: Sequence[int] = ()) -> dict[str, Any]:
    """Everything the page shows of a batch. `marked` are the changes that were ticked before an error came back."""
    waiting = batch.state == Batch.State.WAITING
    counts = dict(batch.rows.order_by().values_list("outcome").annotate(Count("pk")))
    rows = batch.rows.select_related("indicator", "place", "group", "source", "replaces__source")
    found = refusals(batch.problems.all())
    is_changed = bool(counts.get(StagedRow.Outcome.CHANGED))
    alarming = large(batch) if is_changed else []
    changed = changes(batch, SHOWN) if is_changed else []
    seen = coming(batch) if waiting else None
    goals: Sequence[GoalOutlook] = outlook(seen.cells) if seen else ()
    taken = rows.filter(outcome__in=StagedRow.TAKEN)
    unvalued = taken.exclude(status__in=sorted(WITH_VALUE))
    silent = unvalued.count()
    return {
        "batch": batch,
        "words": words_of(batch.source_file.layout),
        "waiting": waiting,
        "counts": {name: counts.get(name, 0) for name in ("new", "changed", "unchanged")},
        "left_count": sum(counts.get(outcome, 0) for outcome in StagedRow.LEFT),
        "taken": sum(counts.get(outcome, 0) for outcome in StagedRow.TAKEN),
        "refused_lines": len({line for one in found for line in one.lines}),
        "refusals": found[:SHOWN],
        "refusal_count": len(found),
        "unknown_places": unknown_places(batch) if waiting else (),
        "goals": goals,
        "differs": any(one.differs for one in goals),
        "changes": (alarming + [change for change in changed if not change.is_large])[:SHOWN],
        "large": alarming,
        "one_tick": len(alarming) > SHOWN,
        "marked": marked,
        "new": rows.filter(outcome=StagedRow.Outcome.NEW)[:SHOWN],
        "left": rows.filter(outcome__in=StagedRow.LEFT)[:SHOWN],
        "hidden": seen.hidden[:SHOWN] if seen else (),
        "hidden_count": len(seen.hidden) if seen else 0,
        "unvalued": unvalued[:SHOWN],
        "unvalued_count": silent,
        "not_shown": silent + (len(seen.hidden) if seen else 0),
        "shown": SHOWN,
        "may_decide": request.user.has_perm("metrics.accept_batch"),
        "may_add_group": request.user.has_perm("metrics.add_groupalias"),
        "may_add_place": request.user.has_perms(["metrics.add_placealias", "metrics.add_place"]),
        "may_prepare": request.user.has_perm(PREPARE),
        "may_undo": batch.state == Batch.State.ACCEPTED and _is_unpublished(batch),
    }


def _is_unpublished(batch: Batch) -> bool:
    figures = Observation.objects.filter(source_file=batch.source_file_id, recorded_at=batch.decided_at)  # type: ignore[misc]
    return figures.exists() and not figures.filter(published__isnull=False).exists()
