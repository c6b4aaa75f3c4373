"""What happens to the figures of programs: the template goes out, a filled one comes in, the staff decide."""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Protocol, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from coalition.models import Contact, Program, Upload
from coalition.rules.programs import runs_in, year_words

from .errors import CoalitionError
from .recording import unless_taken

#: Letters of the staff's comment, at most.
COMMENT_LENGTH = 600


class Read(Protocol):
    """What became of a file: a batch with so many lines, or problems (line, sentence; line 0: the whole file)."""

    @property
    def batch(self) -> int: ...
    @property
    def rows(self) -> int: ...
    @property
    def problems(self) -> tuple[tuple[int, str], ...]: ...


class Intake(Protocol):
    """The room of figures, as `settings.PROVIDER_INTAKE` names it. Plain types only: the rooms share no tables.

    Whatever it cannot do it says with `Refused`, whose message is one sentence for the person who asked.
    """

    Refused: type[Exception]

    def open_place(self, *, code: str, program: str, provider: str) -> int: ...
    def columns(self) -> Sequence[tuple[str, str]]: ...
    def template(self, *, kind: str, program: str, year: int) -> bytes: ...
    def receive(self, *, code: str, year: int, name: str, data: bytes, by: User) -> Read: ...
    def accept(self, *, batch: int, by: User, reason: str) -> int: ...
    def discard(self, *, batch: int, by: User) -> None: ...
    def rows(self, *, batch: int) -> Sequence[tuple[int, str, str, str, str, str]]: ...


def _intake() -> Intake:
    return cast(Intake, import_module(settings.PROVIDER_INTAKE))


class FileProblems(CoalitionError):
    """A file was refused whole, and nothing of it was kept. `problems` are (line, sentence); line 0: the whole file."""

    def __init__(self, problems: tuple[tuple[int, str], ...]) -> None:
        sentence = ngettext(
            "The file was not taken: it has {n} problem. Nothing of it was kept.",
            "The file was not taken: it has {n} problems. Nothing of it was kept.",
            len(problems),
        )
        super().__init__(sentence.format(n=len(problems)), field="file")
        self.problems = problems


@dataclass(frozen=True, slots=True)
class UploadRow:
    """One figure of an upload in words; `stands` is what accepting it would replace, or empty."""

    line: int
    group: str
    stage: str
    figure: str
    stands: str
    outcome: str


def template(*, program: Program, year: int, kind: str) -> bytes:
    """A file to fill in, `kind` “csv” or “xlsx”. Raises CoalitionError for a year the program has no figures of."""
    _check_year(program, year)
    return _intake().template(kind=kind, program=program.name, year=year)


@transaction.atomic
def send_figures(*, program: Program, year: int, name: str, data: bytes, by: User) -> Upload:
    """Hands a filled template to the staff. A file with any problem is refused whole and nothing of it is kept.

    Raises FileProblems with everything that is wrong with it, CoalitionError when `by` does not speak for the
    provider, the year is none of the program's, or figures of that year are under review.
    """
    intake = _intake()
    program = Program.objects.select_for_update(of=("self",)).select_related("organization").get(pk=program.pk)
    _check_sender(program, by)
    _check_year(program, year)
    under_review = _("Figures of {program} for {year} are under review already; wait for the answer to them.").format(
        program=program, year=year
    )
    if program.uploads.filter(year=year, state=Upload.State.SENT).exists():
        raise CoalitionError(under_review, field="year")
    if program.place_id is None:
        program.place_id = _open_place(program)
        program.save(update_fields=["place"])
    read = intake.receive(code=_code(program), year=year, name=name, data=data, by=by)
    if read.problems:
        raise FileProblems(read.problems)
    upload = Upload(
        program=program,
        year=year,
        number=program.uploads.filter(year=year).count() + 1,
        batch_id=read.batch,
        file_name=name.encode("utf-8", "replace").decode()[:200],
        rows=read.rows,
        sent_by=by,
        sent_at=timezone.now(),
    )
    with unless_taken(under_review):
        upload.save(force_insert=True)
    return upload


@transaction.atomic
def accept_upload(*, upload: Upload, by: User, reason: str = "") -> Upload:
    """Makes figures of an upload; they are public with the next release of figures.

    Raises CoalitionError when it was decided before, when figures that stand would change and no reason is given
    (the public reads it), or when they changed meanwhile.
    """
    intake, upload = _intake(), _waiting(upload)
    _open_place(upload.program)  # its name of today
    try:
        intake.accept(batch=upload.batch_id, by=by, reason=reason)
    except intake.Refused as refused:
        raise CoalitionError(str(refused), field="reason") from None
    return _decide(upload, Upload.State.ACCEPTED, by)


@transaction.atomic
def return_upload(*, upload: Upload, comment: str, by: User) -> Upload:
    """Gives an upload back with a comment for the provider; its rows are put away, and no figure changes.

    Raises CoalitionError when it was decided before, or the comment is missing or too long.
    """
    intake, upload = _intake(), _waiting(upload)
    upload.comment = comment.strip()
    if not upload.comment:
        raise CoalitionError(_("Say what the provider should correct; it reads the comment."), field="comment")
    if len(upload.comment) > COMMENT_LENGTH:
        sentence = _("The comment is longer than {most} letters.")
        raise CoalitionError(sentence.format(most=COMMENT_LENGTH), field="comment")
    try:
        intake.discard(batch=upload.batch_id, by=by)
    except intake.Refused as refused:
        raise CoalitionError(str(refused)) from None
    return _decide(upload, Upload.State.RETURNED, by)


def columns() -> Sequence[tuple[str, str]]:
    """The columns of a provider's sheet, each with what it counts."""
    return _intake().columns()


def rows_of(upload: Upload) -> tuple[UploadRow, ...]:
    """The figures of an upload beside what stands; none once it was returned. One query."""
    return tuple(UploadRow(*row) for row in _intake().rows(batch=upload.batch_id))


def _code(program: Program) -> str:
    """What files call the program's place. It names nobody."""
    return f"program-{program.pk}"


def _open_place(program: Program) -> int:
    return _intake().open_place(code=_code(program), program=program.name, provider=program.organization.name)


def _check_sender(program: Program, by: User) -> None:
    """Its provider's contacts send a program's figures, and the staff for them."""
    own = Contact.objects.current().filter(organization=program.organization_id, user=by)
    if not by.is_staff and not own.exists():
        raise CoalitionError(
            _("Only a contact of {organization} can send them.").format(organization=program.organization)
        )


def _check_year(program: Program, year: int) -> None:
    if year > timezone.localdate().year:
        raise CoalitionError(
            _("{year} lies ahead; figures are taken of years that have begun.").format(year=year), field="year"
        )
    if not runs_in(program.since, program.until, year):
        sentence = _("{program} did not run in the school year {year}; it has no figures for it.")
        raise CoalitionError(sentence.format(program=program, year=year_words(year)), field="year")


def _waiting(upload: Upload) -> Upload:
    """The upload as it stands, kept as it is until the transaction ends. Raises when it was decided before."""
    found = Upload.objects.select_for_update(of=("self",)).select_related("program__organization")
    standing: Upload = found.get(pk=upload.pk)
    if standing.state != Upload.State.SENT:
        sentence = _("This upload was decided before ({state}); nothing was done.")
        raise CoalitionError(sentence.format(state=standing.get_state_display()))
    return standing


def _decide(upload: Upload, state: Upload.State, by: User) -> Upload:
    upload.state, upload.decided_by, upload.decided_at = state, by, timezone.now()
    upload.save(update_fields=["state", "decided_by", "decided_at", "comment"])
    return upload
