"""What people do with incoming figures: receive a file, accept or discard it, enter one figure by hand."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.models import Batch, Observation, Problem, SourceFile, StagedRow

from .checks import Figure, PersonalDataError, Trouble, check
from .layouts import PROVIDER, TIDY
from .readers import Row, UnreadableFile, gettext_noop, read
from .registry import Registry

#: Letters of a public reason, at most.
REASON_LENGTH = 400
#: Rows written with one statement.
CHUNK = 1000

Key = tuple[int, int, int, int]


class IntakeError(Exception):
    """Something cannot be done. The message is one sentence for the person who asked for it."""


class ReasonMissing(IntakeError):
    """A figure that stands would change, and nobody said why."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file. `known` says that the same bytes had been received before: nothing was done."""

    batch: Batch
    known: bool


def receive(*, name: str, data: bytes, by: User) -> Received:
    """Reads a file into a batch that waits for review. The bytes themselves are not kept.

    Everything is read and checked before the first row is written. Raises UnreadableFile when the
    whole file is refused; then nothing is stored.
    """
    sha256 = hashlib.sha256(data).hexdigest()
    batches = Batch.objects.filter(source_file__sha256=sha256).exclude(state=Batch.State.DISCARDED)
    earlier = batches.first()  # the latest
    if earlier is not None and earlier.state == Batch.State.WAITING:
        return Received(earlier, known=True)
    rows = read(data, TIDY)
    try:
        figures, troubles = check(rows, Registry.load(), timezone.localdate().year)
    except PersonalDataError as found:
        template = gettext_noop(
            "Line {line} looks like it tells about a single person (a Social Security number, an e-mail address or "
            "a full date); such a file is not taken."
        )
        raise UnreadableFile(template, line=found.line) from None
    if earlier is not None and not troubles and all_stand(figures):
        return Received(earlier, known=True)
    file = SourceFile(sha256=sha256, name=file_name(name), size=len(data), layout=TIDY.name, received_by=by)
    try:
        batch = store(file, len(rows), figures, troubles)
    except IntegrityError:  # the same file, sent twice at once: the other one was first
        return Received(batches[0], known=True)
    return Received(batch, known=False)


def all_stand(figures: list[Figure]) -> bool:
    """Whether exactly these figures stand already."""
    standing = _standing(figures)
    return all(_outcome(figure, standing.get(figure.key)) == StagedRow.Outcome.UNCHANGED for figure in figures)


def file_name(name: str) -> str:
    """A name that any database and any page can hold."""
    return name.encode("utf-8", "replace").decode()[:200]


@transaction.atomic
def store(file: SourceFile, rows_read: int, figures: list[Figure], troubles: list[Trouble]) -> Batch:
    """Writes everything that was read, or nothing. A file that was discarded before keeps its first row."""
    file.received_at = timezone.now()
    before = SourceFile.objects.filter(sha256=file.sha256).first()
    if before is None:
        file.save(force_insert=True)
    batch = Batch.objects.create(source_file=before or file, rows_read=rows_read)
    _stage(batch, figures)
    _list_problems(batch, troubles)
    return batch


def accept(*, batch: Batch, by: User, reason: str = "") -> int:
    """Makes observations of the batch's good rows, all or none, and says how many.

    A reason is needed when a figure that stands would change. Raises IntakeError when it is missing,
    the batch was decided before, a figure changed since the file was read, or a provider sent it.
    """
    _check_ours(batch)
    return record(batch=batch, by=by, reason=reason)


def discard(*, batch: Batch, by: User, reason: str = "") -> None:
    """Puts a batch away unused. Raises IntakeError when it was decided before, or a provider sent it."""
    _check_ours(batch)
    put_away(batch=batch, by=by, reason=reason)


def _check_ours(batch: Batch) -> None:
    """A provider's sheet is decided where the provider hears of it, so that both sides say the same."""
    if batch.source_file.layout == PROVIDER.name:
        raise IntakeError(
            _("A program provider sent these figures; accept or return them among the uploads of providers.")
        )


@transaction.atomic
def record(*, batch: Batch, by: User, reason: str = "") -> int:
    """What `accept` does, whoever sent the batch."""
    _check_reason(reason)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.WAITING:
        raise IntakeError(_("This batch was {state} before; nothing was done.").format(state=batch.get_state_display()))
    rows = list(batch.rows.exclude(outcome=StagedRow.Outcome.UNCHANGED).select_related("replaces__superseded_by"))
    changes = [row for row in rows if row.replaces is not None]
    if changes and not reason.strip():
        sentence = ngettext(
            "{n} figure that stands would change: say why. The reason is shown to the public.",
            "{n} figures that stand would change: say why. The reason is shown to the public.",
            len(changes),
        )
        raise IntakeError(sentence.format(n=len(changes)))
    for row in changes:
        if hasattr(row.replaces, "superseded_by"):
            sentence = _("Line {line} was changed by somebody else meanwhile; discard the batch and send it again.")
            raise IntakeError(sentence.format(line=row.line))
    observations = [_observation(row, batch.source_file, by, reason) for row in rows]
    try:
        with transaction.atomic():
            Observation.objects.bulk_create(observations, batch_size=CHUNK)
    except IntegrityError:
        sentence = _("A figure was entered by somebody else meanwhile; discard the batch and send it again.")
        raise IntakeError(sentence) from None
    _decide(batch, Batch.State.ACCEPTED, by, reason)
    return len(observations)


@transaction.atomic
def put_away(*, batch: Batch, by: User, reason: str = "") -> None:
    """What `discard` does, whoever sent the batch."""
    _check_reason(reason)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.WAITING:
        raise IntakeError(_("This batch was {state} before; nothing was done.").format(state=batch.get_state_display()))
    batch.rows.all().delete()
    batch.problems.all().delete()
    _decide(batch, Batch.State.DISCARDED, by, reason)


def examine(*, cells: Mapping[str, str], reason: str = "", seen: int | None = None) -> StagedRow:
    """One figure entered by hand, checked like a line of a file; nothing is written.

    `cells` are the texts of the tidy layout's columns, `seen` the key of the figure that the person looked at
    and means to replace. Raises IntakeError with the sentence of what is wrong, also when nothing would
    change, when a figure that stands would and no reason is given, or when another one stands by now.
    """
    _check_reason(reason)
    row = Row(1, {column: cells.get(column, "").strip() for column in TIDY.columns})
    try:
        figures, troubles = check([row], Registry.load(), timezone.localdate().year)
    except PersonalDataError:
        raise IntakeError(_("This looks like it tells about a single person; such a figure is not taken.")) from None
    if troubles:
        sentence = troubles[0].sentence.partition(": ")[2]  # a figure typed by hand has no line
        raise IntakeError(sentence[:1].upper() + sentence[1:])
    (figure,) = figures
    standing = _standing(figures).get(figure.key)
    staged = _staged(figure, _outcome(figure, standing), standing)
    if seen is not None and (standing is None or standing.pk != seen):
        raise IntakeError(_("Somebody else changed this figure meanwhile; look at it and try again."))
    if staged.outcome == StagedRow.Outcome.UNCHANGED:
        raise IntakeError(_("This is exactly the figure that stands; nothing was changed."))
    if staged.outcome == StagedRow.Outcome.CHANGED and not reason.strip():
        raise ReasonMissing(_("This figure stands already: say why it changes. The reason is shown to the public."))
    return staged


def enter(*, cells: Mapping[str, str], by: User, reason: str = "", seen: int | None = None) -> Observation:
    """Records one figure entered by hand. Raises IntakeError as `examine` does."""
    observation = _observation(examine(cells=cells, reason=reason, seen=seen), None, by, reason)
    try:
        with transaction.atomic():
            observation.save(force_insert=True)
    except IntegrityError:
        raise IntakeError(_("Somebody else entered this figure meanwhile; look at it and try again.")) from None
    return observation


def _check_reason(reason: str) -> None:
    if len(reason) > REASON_LENGTH:
        raise IntakeError(_("The reason is longer than {most} letters.").format(most=REASON_LENGTH))


def _stage(batch: Batch, figures: list[Figure]) -> None:
    standing = _standing(figures)
    rows = []
    for figure in figures:
        row = _staged(figure, _outcome(figure, standing.get(figure.key)), standing.get(figure.key))
        row.batch = batch
        rows.append(row)
    StagedRow.objects.bulk_create(rows, batch_size=CHUNK)


def _standing(figures: Iterable[Figure]) -> dict[Key, Observation]:
    """The observations that stand for the indicators of these figures, by key. One query."""
    indicators = {figure.indicator.pk for figure in figures}
    return {
        (row.indicator_id, row.place_id, row.group_id, row.period): row
        for row in Observation.objects.current().filter(indicator__in=indicators)
    }


def _outcome(figure: Figure, standing: Observation | None) -> StagedRow.Outcome:
    if standing is None:
        return StagedRow.Outcome.NEW
    now = (
        standing.value,
        standing.numerator,
        standing.denominator,
        standing.status,
        standing.source_id,
        standing.note,
    )
    return StagedRow.Outcome.UNCHANGED if now == figure.content else StagedRow.Outcome.CHANGED


def _staged(figure: Figure, outcome: StagedRow.Outcome, standing: Observation | None) -> StagedRow:
    return StagedRow(
        line=figure.line,
        outcome=outcome,
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
        replaces=standing,
    )


def _observation(row: StagedRow, file: SourceFile | None, by: User, reason: str) -> Observation:
    return Observation(
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
        source_file=file,
        line=row.line if file else None,
        recorded_by=by,
        recorded_at=timezone.now(),
        supersedes_id=row.replaces_id,
        reason=reason.strip() if row.replaces_id else "",
    )


def _list_problems(batch: Batch, troubles: list[Trouble]) -> None:
    problems = [Problem(batch=batch, line=t.line, column=t.column, sentence=t.sentence[:400]) for t in troubles]
    Problem.objects.bulk_create(problems, batch_size=CHUNK)


def _decide(batch: Batch, state: Batch.State, by: User, reason: str) -> None:
    batch.state, batch.decided_by, batch.decided_at = state, by, timezone.now()
    batch.reason = reason.strip()
    batch.save(update_fields=["state", "decided_by", "decided_at", "reason"])
