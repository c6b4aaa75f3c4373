"""One figure entered or corrected by hand, by the same rules as a line of a file."""

from collections.abc import Mapping

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics.models import Indicator, Observation, StagedRow

from . import bulk
from .actions import IntakeError, ReasonMissing, check_reason
from .ceilings import Ceilings
from .checks import Checker, Figure, Trouble
from .readers import ENTRY, Entry
from .readers.persons import SIGNS
from .registry import Registry


def examine(*, cells: Mapping[str, str], reason: str = "", seen: int | None = None) -> StagedRow:
    """One figure entered by hand, checked like a line of a file; nothing is written.

    `cells` are the texts of the tidy layout's columns, `seen` the key of the figure that the person looked at
    and means to replace. Raises IntakeError with the sentence of what is wrong, also when nothing would
    change, when a figure that stands would and no reason is given, or when another one stands by now.
    """
    check_reason(reason)
    entry: Entry = [1, *(cells.get(column, "").strip() for column in ENTRY[1:])]
    if any(SIGNS.search(cell) for cell in entry[1:]):
        raise IntakeError(_("This looks like it tells about a single person; such a figure is not taken."))
    figure = Checker(Registry.load(), timezone.localdate().year).figure(entry)
    if isinstance(figure, Trouble):
        sentence = figure.sentence.partition(": ")[2]  # a figure typed by hand has no line
        raise IntakeError(sentence[:1].upper() + sentence[1:])
    ceilings = Ceilings.among(Indicator.objects.all())
    ceilings.look([figure], 0)
    if impossible := ceilings.broken().get(0):
        raise IntakeError(impossible)
    standing = bulk.standing([figure.key]).get(figure.key)
    before = standing[0] if standing else None
    if seen is not None and before != seen:
        raise IntakeError(_("Somebody else changed this figure meanwhile; look at it and try again."))
    if standing and _says_the_same(figure, standing):
        raise IntakeError(_("This is exactly the figure that stands; nothing was changed."))
    if standing and not reason.strip():
        raise ReasonMissing(_("This figure stands already: say why it changes. The reason is shown to the public."))
    return _staged(figure, before)


def _says_the_same(figure: Figure, standing: tuple[object, ...]) -> bool:
    """A person who corrects a figure by hand goes before every source; only the very same is no correction."""
    now = (figure.value, figure.numerator, figure.denominator, figure.status.value, figure.note, figure.source.pk)
    return standing[1:] == now


def enter(*, cells: Mapping[str, str], by: User, reason: str = "", seen: int | None = None) -> Observation:
    """Records one figure entered by hand. Raises IntakeError as `examine` does."""
    row = examine(cells=cells, reason=reason, seen=seen)
    observation = Observation(
        indicator_id=row.indicator_id,
        place_id=row.place_id,
        group_id=row.group_id,
        period=row.period,
        source_id=row.source_id,
        value=row.value,
        numerator=row.numerator,
        denominator=row.denominator,
        status=row.status,
        note=row.note,
        recorded_by=by,
        recorded_at=timezone.now(),
        supersedes_id=row.replaces_id,
        reason=reason.strip() if row.replaces_id else "",
    )
    try:
        with transaction.atomic():
            observation.save(force_insert=True)
    except IntegrityError:
        raise IntakeError(_("Somebody else entered this figure meanwhile; look at it and try again.")) from None
    return observation


def _staged(figure: Figure, replaces: int | None) -> StagedRow:
    return StagedRow(
        line=figure.line,
        outcome=StagedRow.Outcome.CHANGED if replaces else StagedRow.Outcome.NEW,
        indicator=figure.indicator,
        place=figure.place,
        group=figure.group,
        period=figure.period,
        source=figure.source,
        value=figure.value,
        numerator=figure.numerator,
        denominator=figure.denominator,
        status=figure.status.value,
        note=figure.note,
        replaces_id=replaces,
    )
