"""What people do with incoming figures: receive a file, accept, discard or undo it, enter one figure by hand."""

import hashlib
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import IO, cast

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from metrics.models import Batch, ComingCell, Observation, Problem, Release, SourceFile, StagedRow

from . import bulk, confined
from .changes import large
from .checks import Trouble
from .drafts import Draft, Progress, draft, no_progress
from .layouts import PROVIDER
from .readers.persons import SIGNS
from .registry import Registry

#: Letters of a public reason, at most.
REASON_LENGTH = 400
#: Rows written with one statement.
CHUNK = 1000
#: Bytes read at a time.
PORTION = 1024 * 1024


class IntakeError(Exception):
    """Something cannot be done. The message is one sentence for the person who asked for it."""


class ReasonMissing(IntakeError):
    """A figure that stands would change, and nobody said why."""


class Unchecked(IntakeError):
    """A shown figure would change by much, and nobody said that it was checked."""


@dataclass(frozen=True, slots=True)
class Received:
    """What became of a file. `known` says that the same bytes had been received before: nothing was done."""

    batch: Batch
    known: bool


def receive(
    *,
    name: str,
    data: bytes | IO[bytes],
    by: User,
    progress: Progress = no_progress,
    registry: Registry | None = None,
) -> Received:
    """Reads a file into a batch that waits for review. The bytes themselves are not kept.

    Everything is read, checked and held against what stands before the first row is written. Raises UnreadableFile
    when the whole file is refused; then nothing is stored.
    """
    sha256 = _sha256(data)
    batches = Batch.objects.filter(source_file__sha256=sha256).exclude(state__in=Batch.WITHOUT_EFFECT)
    earlier = batches.first()  # the latest
    if earlier is not None and earlier.state == Batch.State.WAITING:
        return Received(earlier, known=True)
    made = draft(confined.figures(data, name), registry or Registry.load(), progress)
    if earlier is not None and not made.would_change:
        return Received(earlier, known=True)
    size = confined.size_of(data)
    file = SourceFile(sha256=sha256, name=file_name(name), size=size, layout=made.layout, received_by=by)
    try:
        batch = store(file, made)
    except IntegrityError:  # the same file, sent twice at once: the other one was first
        return Received(batches[0], known=True)
    return Received(batch, known=False)


def _sha256(data: bytes | IO[bytes]) -> str:
    if isinstance(data, bytes):
        return hashlib.sha256(data).hexdigest()
    found = hashlib.sha256()
    while portion := data.read(PORTION):
        found.update(portion)
    data.seek(0)
    return found.hexdigest()


def file_name(name: str) -> str:
    """A name that any database and any page can hold, and that tells about nobody."""
    plain = "".join(letter for letter in name if letter.isprintable())
    return SIGNS.sub("…", plain.encode("utf-8", "replace").decode())[:200]


@transaction.atomic
def store(file: SourceFile, made: Draft) -> Batch:
    """Writes everything that was read, or nothing. A file that was discarded before keeps its first row."""
    file.received_at = timezone.now()
    before = SourceFile.objects.filter(sha256=file.sha256).first()
    if before is None:
        file.save(force_insert=True)
    batch = Batch.objects.create(source_file=before or file, rows_read=made.rows, remarks=made.remarks)
    bulk.stage(batch, made.spool, made.left_out)
    _list_problems(batch, made.troubles)
    return batch


def accept(*, batch: Batch, by: User, reason: str = "", checked: Collection[int] | None = ()) -> int:
    """Makes observations of the batch's good rows, all or none, and says how many.

    A reason is needed when a figure that stands would change. `checked` are the keys of the rows whose large change
    somebody looked at; None stands for all of them. Raises IntakeError when something is missing, the batch was decided
    before, a figure changed since the file was read, or a provider sent it.
    """
    _check_ours(batch)
    return record(batch=batch, by=by, reason=reason, checked=checked)


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
def record(*, batch: Batch, by: User, reason: str = "", checked: Collection[int] | None = None) -> int:
    """What `accept` does, whoever sent the batch."""
    check_reason(reason)
    batch = _waiting(batch)
    changes = batch.rows.filter(outcome=StagedRow.Outcome.CHANGED).count()
    if changes and not reason.strip():
        sentence = ngettext(
            "{n} figure that stands would change: say why. The reason is shown to the public.",
            "{n} figures that stand would change: say why. The reason is shown to the public.",
            changes,
        )
        raise ReasonMissing(sentence.format(n=changes))
    if checked is not None and changes:
        unchecked = [change for change in large(batch) if change.row.pk not in checked]
        if unchecked:
            sentence = ngettext(
                "{n} shown figure would change by much, in line {line}: check it against the source and tick it.",
                "{n} shown figures would change by much, the first in line {line}: check them against the source and "
                "tick them.",
                len(unchecked),
            )
            raise Unchecked(sentence.format(n=len(unchecked), line=unchecked[0].row.line))
    line = bulk.changed_meanwhile(batch)
    if line is not None:
        sentence = _("Line {line} was changed by somebody else meanwhile; discard the batch and send it again.")
        raise IntakeError(sentence.format(line=line))
    when = timezone.now()
    try:
        with transaction.atomic():
            made = bulk.record(batch, by, reason.strip(), when)
    except IntegrityError:
        sentence = _("A figure was entered by somebody else meanwhile; discard the batch and send it again.")
        raise IntakeError(sentence) from None
    _decide(batch, Batch.State.ACCEPTED, by, reason, when)
    return made


@transaction.atomic
def put_away(*, batch: Batch, by: User, reason: str = "") -> None:
    """What `discard` does, whoever sent the batch."""
    check_reason(reason)
    batch = _waiting(batch)
    bulk.clear(batch)
    _decide(batch, Batch.State.DISCARDED, by, reason, timezone.now())


@transaction.atomic
def undo(*, batch: Batch, by: User) -> int:
    """Takes the figures of an accepted batch back, all of them, and says how many.

    What they replaced stands again. Raises IntakeError when one of them was published, or replaced meanwhile, or the
    batch is not accepted: what anybody saw is corrected, not taken back.
    """
    _check_ours(batch)
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.ACCEPTED:
        raise IntakeError(
            _("This batch was {state}; there is nothing to undo.").format(state=batch.get_state_display())
        )
    figures = Observation.objects.filter(source_file=batch.source_file_id, recorded_at=cast(datetime, batch.decided_at))
    if figures.filter(published__isnull=False).exists():
        raise IntakeError(_("Figures of this file are public; correct them instead, and say why."))
    if figures.filter(superseded_by__isnull=False).exists():
        raise IntakeError(_("A figure of this file was corrected since; nothing was undone."))
    coming = ComingCell.objects.filter(observation__in=figures)
    if coming.filter(release__state__in=Release.FROZEN).exists():
        raise IntakeError(_("Figures of this file are in the release on its way; take that back to a draft first."))
    coming.delete()
    taken = figures._raw_delete(figures.db)
    batch.state, batch.undone_by, batch.undone_at = Batch.State.UNDONE, by, timezone.now()
    batch.save(update_fields=["state", "undone_by", "undone_at"])
    return taken


def _waiting(batch: Batch) -> Batch:
    """The batch, held until the end of the transaction. Raises IntakeError when it was decided before."""
    batch = Batch.objects.select_for_update().get(pk=batch.pk)
    if batch.state != Batch.State.WAITING:
        raise IntakeError(_("This batch was {state} before; nothing was done.").format(state=batch.get_state_display()))
    return batch


def check_reason(reason: str) -> None:
    """Raises IntakeError for a reason that no place is kept for."""
    if len(reason) > REASON_LENGTH:
        raise IntakeError(_("The reason is longer than {most} letters.").format(most=REASON_LENGTH))


def _list_problems(batch: Batch, troubles: list[Trouble]) -> None:
    problems = [
        Problem(
            batch=batch,
            line=trouble.line,
            column=trouble.column[:40],
            sentence=trouble.sentence[:400],
            cell=trouble.cell[:120],
            nearest=trouble.close[:160],
            entry=trouble.entry,
        )
        for trouble in troubles
    ]
    Problem.objects.bulk_create(problems, batch_size=CHUNK)


def _decide(batch: Batch, state: Batch.State, by: User, reason: str, when: datetime) -> None:
    batch.state, batch.decided_by, batch.decided_at = state, by, when
    batch.reason = reason.strip()
    batch.save(update_fields=["state", "decided_by", "decided_at", "reason"])
