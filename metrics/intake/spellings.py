"""Lines that only a spelling kept out: the spelling is added to the board's list, and the lines come in after all."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics.models import Batch, Group, GroupAlias, Place, PlaceAlias, Problem, StagedRow

from . import bulk
from .actions import IntakeError
from .cells import on_line
from .checks import Checker, Figure, Trouble
from .drafts import hold_against, ranks
from .layouts import TIDY
from .registry import CODED, Registry, district_of, is_district


@dataclass(frozen=True, slots=True)
class Added:
    """What was added to the board's lists, and how many lines came in by it."""

    things: tuple[GroupAlias | PlaceAlias | Place, ...]
    lines: int


@transaction.atomic
def add_spelling(*, problem: Problem) -> Added:
    """Makes the spelling of a refused line another one of the nearest that is known, and takes its lines in.

    Raises IntakeError when the batch is decided, the spelling is known by now, or nothing near it is.
    """
    batch = _held(problem.batch)
    known = Registry.load().known[problem.column] if problem.column in ("group", "place") else {}
    target = known.get(problem.nearest.lower())
    if target is None or not problem.cell:
        raise IntakeError(_("There is no known spelling near this one; add it in the list of groups or places."))
    if problem.cell.lower() in known:
        raise IntakeError(_("This spelling is known by now; send the file again."))
    alias: GroupAlias | PlaceAlias
    if isinstance(target, Group):
        alias = GroupAlias.objects.create(group=target, spelling=problem.cell)
    else:
        alias = PlaceAlias.objects.create(place=target, spelling=problem.cell)
    lines = _take_in(batch, batch.problems.filter(column=problem.column, cell=problem.cell))
    return Added((alias,), lines)


def unknown_places(batch: Batch) -> list[tuple[str, str]]:
    """Places of a batch that the board does not follow: their codes and names, as the publisher's file gives them."""
    cells = batch.problems.filter(column="place", entry__isnull=False).order_by("cell").values_list("cell", flat=True)
    found = [CODED.fullmatch(cell) for cell in dict.fromkeys(cells)]
    return list({one[1]: (one[1], one[2]) for one in found if one}.values())


@transaction.atomic
def add_places(*, batch: Batch) -> Added:
    """Has the board follow every place that a publisher's file gives a code, and takes their lines in.

    Raises IntakeError when the batch is decided or names no such place.
    """
    batch = _held(batch)
    if batch.source_file.layout == TIDY.name:
        raise IntakeError(_("Only a publisher’s own file may bring places along; add them in the list of places."))
    wanted = unknown_places(batch)
    known = {
        place.code: place for place in Place.objects.filter(code__in=[district_of(code) for code, _name in wanted])
    }
    places = []
    for code, name in wanted:
        of_many = is_district(code)
        district = None if of_many else known.get(district_of(code))
        kind = Place.Kind.DISTRICT if of_many else Place.Kind.SCHOOL
        place, made = Place.objects.get_or_create(
            code=code, defaults={"name": name, "kind": kind, "district": district}
        )
        if made:
            places.append(place)
    if not wanted:
        raise IntakeError(_("No line of this file names a place by a code that the board does not know."))
    about = Q()
    for code, _name in wanted:
        about |= Q(cell__startswith=f"{code} ")
    return Added(tuple(places), _take_in(batch, batch.problems.filter(about, column="place")))


def _held(batch: Batch) -> Batch:
    batch = Batch.objects.select_for_update().select_related("source_file").get(pk=batch.pk)
    if batch.state != Batch.State.WAITING:
        raise IntakeError(_("This batch was {state} before; nothing was done.").format(state=batch.get_state_display()))
    return batch


def _take_in(batch: Batch, problems: QuerySet[Problem]) -> int:
    """Checks the lines anew that a spelling kept out. What is still wrong with one is listed in its place."""
    kept = list(problems.filter(entry__isnull=False))
    checker = Checker(Registry.load(), timezone.localdate().year, typed=batch.source_file.layout == TIDY.name)
    checked = [checker.figure(one.entry) for one in kept if one.entry]
    figures, troubles = _without_doubles(batch, [one for one in checked if isinstance(one, Figure)])
    troubles += [one for one in checked if isinstance(one, Trouble)]
    spool = bulk.Spool()
    hold_against(figures, spool, ranks())
    bulk.stage(batch, spool)
    Problem.objects.filter(pk__in=[one.pk for one in kept]).delete()
    Problem.objects.bulk_create(
        Problem(batch=batch, line=one.line, column=one.column[:40], sentence=one.sentence[:400]) for one in troubles
    )
    return len(figures)


def _without_doubles(batch: Batch, figures: Iterable[Figure]) -> tuple[list[Figure], list[Trouble]]:
    """A line that comes in late may be about a figure of which another line spoke: that one was first."""
    rows = StagedRow.objects.filter(batch=batch).values_list(*bulk.KEY, "line")
    lines = {tuple(row[:-1]): row[-1] for row in rows}
    fresh, troubles = [], []
    for figure in figures:
        if figure.key in lines:
            sentence = _("is about the same figure as line {line}; keep one.").format(line=lines[figure.key])
            troubles.append(Trouble(figure.line, "", on_line(figure.line, sentence)))
        else:
            lines[figure.key] = figure.line
            fresh.append(figure)
    return fresh, troubles
