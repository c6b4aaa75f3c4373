"""The port for program providers' figures: plain types in, plain types out (`settings.PROVIDER_INTAKE`).

Everything that is said about a sheet is said of its own program: no other program's places, sources, files or
figures are looked at, so that nothing of them shows in a hint, an error or its absence.
"""

import hashlib
from dataclasses import dataclass

from django.contrib.auth.models import User
from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics.calc.cells import YearAxis
from metrics.calc.rates import plain
from metrics.models import Batch, Group, Indicator, Observation, Place, Source, SourceFile, StagedRow
from metrics.models.definitions import ALL_STUDENTS

from .actions import IntakeError as Refused
from .actions import file_name, put_away, record, store
from .cells import PersonalDataError
from .checks import FIRST_YEAR
from .confined import rows as read
from .drafts import Draft, of_figures
from .layouts import PROVIDER
from .layouts.blank import as_csv
from .layouts.stages import LIMITS, LIMITS_ES, SOURCE, SOURCE_PUBLISHER, SOURCE_TITLE, STAGES
from .layouts.workbook import as_workbook
from .readers import UnreadableFile
from .registry import known_groups, nearest_of
from .sheets import Sheet

__all__ = ["Received", "Refused", "accept", "discard", "open_place", "receive", "rows", "template"]

#: How the files of a template end.
KINDS = ("csv", "xlsx")


@dataclass(frozen=True, slots=True)
class Received:
    """A batch that waits with so many lines; or problems, and nothing was kept (line 0: the whole file)."""

    batch: int = 0
    rows: int = 0
    problems: tuple[tuple[int, str], ...] = ()


@transaction.atomic
def open_place(*, code: str, program: str, provider: str) -> int:
    """The key of the place that stands for a program, made when there is none; its names are those given."""
    names = {"publisher": provider, "title": program, "own_rule": True}
    Source.objects.update_or_create(slug=_source_slug(code), defaults=names)
    place, _made = Place.objects.update_or_create(code=code, kind=Place.Kind.PROGRAM, defaults={"name": program})
    return int(place.pk)


def columns() -> tuple[tuple[str, str], ...]:
    """The columns of the sheet, each with what it counts."""
    return tuple((stage.column, stage.numerator) for stage in STAGES)


def template(*, kind: str, program: str, year: int) -> bytes:
    """A table to fill in: a header, and a line for every group the board knows, all students first.

    The workbook helps with it on further sheets, which nobody reads back.
    Raises ValueError for a `kind` that is not one of KINDS.
    """
    if kind not in KINDS:
        raise ValueError(f"a template is one of {KINDS}, not {kind!r}")
    known = known_groups()
    groups = sorted(Group.objects.select_related("dimension"), key=lambda group: group.slug != ALL_STUDENTS)
    names = {one.slug: one.name if known[one.name.lower()] == one else one.slug for one in groups}
    if kind == "xlsx":
        return as_workbook(names, title=f"{program}, school year {year - 1}–{year % 100:02}")
    return as_csv([PROVIDER.columns, *((name, *[""] * len(STAGES)) for name in names.values())])


def receive(*, code: str, year: int, name: str, data: bytes, by: User) -> Received:
    """Reads a program's sheet for `year` into a batch that waits. A sheet with any problem is refused whole.

    Everything is read and checked before the first row of it is written, and the bytes are not kept.
    """
    if not FIRST_YEAR <= year <= timezone.localdate().year:
        sentence = _("{year} is not a year between {first} and {last}.")
        return _refused(sentence.format(year=year, first=FIRST_YEAR, last=timezone.localdate().year))
    place = Place.objects.get(code=code, kind=Place.Kind.PROGRAM)
    try:
        lines = read(data, PROVIDER)
        groups = known_groups()
        source = Source.objects.get(slug=_source_slug(code))
        sheet = Sheet(place, source, year, _indicators(), groups, nearest_of(groups))
        figures, troubles = sheet.read(lines, _standing(place, year))
    except UnreadableFile as refusal:
        return _refused(refusal.sentence(_))
    except PersonalDataError as found:
        sentence = _("Line {line} looks like it tells about a single student; send figures of groups only.")
        return Received(problems=((found.line, sentence.format(line=found.line)),))
    if troubles:
        return Received(problems=tuple(dict.fromkeys((trouble.line, trouble.sentence) for trouble in troubles)))
    made = of_figures(figures, PROVIDER.name, len({figure.line for figure in figures}))
    if made.stands:
        return _refused(_("This is known: exactly these figures were accepted before."))
    return _kept(_file(code, year, name, data, by), made)


def accept(*, batch: int, by: User, reason: str = "") -> int:
    """Makes figures of a sheet and says how many. Raises Refused as `metrics.intake.actions.accept` does."""
    return record(batch=_sheets().get(pk=batch), by=by, reason=reason)


def discard(*, batch: int, by: User) -> None:
    """Puts a sheet away; no figure changes. Raises Refused when it was decided before."""
    put_away(batch=_sheets().get(pk=batch), by=by)


def rows(*, batch: int) -> tuple[tuple[int, str, str, str, str, str], ...]:
    """What a sheet says: line, group, stage, the figure in words, what stands instead, and what accepting it does."""
    found = StagedRow.objects.filter(batch__in=_sheets().filter(pk=batch))
    return tuple(
        (
            row.line,
            row.group.name,
            row.indicator.name,
            _said(row),
            _said(row.replaces) if row.replaces else "",
            row.get_outcome_display(),
        )
        for row in found.select_related("group", "indicator", "replaces").order_by("line", "pk")
    )


def _said(figure: StagedRow | Observation) -> str:
    """The count as it stands in the sheet, and the share that follows from it."""
    if figure.numerator is None or figure.denominator is None or figure.value is None:
        return figure.in_words
    sentence = _("{count} of {all} ({share}%)")
    return sentence.format(count=figure.numerator, all=figure.denominator, share=plain(figure.value))


def _refused(sentence: str) -> Received:
    return Received(problems=((0, sentence),))


def _source_slug(code: str) -> str:
    return f"provider-{code}"


def _sheets() -> "QuerySet[Batch]":
    """Batches that providers sent, and no others."""
    return Batch.objects.filter(source_file__layout=PROVIDER.name)


def _standing(place: Place, year: int) -> list[Observation]:
    """The program's figures of the year. One query."""
    own = Observation.objects.current().filter(place=place, period=year)
    return list(own.select_related("indicator", "group"))


def _indicators() -> dict[str, Indicator]:
    """The definition of each column, made with the first sheet that comes: a board without providers needs none."""
    known = {indicator.slug: indicator for indicator in Indicator.objects.filter(slug__in=[s.slug for s in STAGES])}
    if len(known) < len(STAGES):
        names = {"publisher": SOURCE_PUBLISHER, "title": SOURCE_TITLE, "own_rule": True}
        source, _made = Source.objects.get_or_create(slug=SOURCE, defaults=names)
        for stage in STAGES:
            definition = {
                "name": stage.name,
                "name_es": stage.name_es,
                "unit": stage.unit.value,
                "decimals": 0,
                "higher_is_better": stage.higher_is_better,
                "numerator": stage.numerator,
                "numerator_es": stage.numerator_es,
                "denominator": stage.denominator,
                "denominator_es": stage.denominator_es,
                "year_axis": YearAxis.SCHOOL.value,
                "source": source,
                "frequency": "Yearly",
                "limits": LIMITS,
                "limits_es": LIMITS_ES,
            }
            known[stage.slug], _made = Indicator.objects.get_or_create(slug=stage.slug, defaults=definition)
    return {stage.column: known[stage.slug] for stage in STAGES}


def _file(code: str, year: int, name: str, data: bytes, by: User) -> SourceFile:
    """The sheet by its content, program and year: the same bytes from two programs are two files."""
    sha256 = hashlib.sha256(f"{code}/{year}\n".encode() + data).hexdigest()
    return SourceFile(sha256=sha256, name=file_name(name), size=len(data), layout=PROVIDER.name, received_by=by)


def _kept(file: SourceFile, made: Draft) -> Received:
    try:
        batch = store(file, made)
    except IntegrityError:  # the same sheet, sent twice at once: the other one was first
        return _refused(_("This is known: the same file waits for review."))
    return Received(int(batch.pk), made.rows)
