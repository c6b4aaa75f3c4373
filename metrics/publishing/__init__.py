"""What becomes public: the only writer of published cells.

Later steps of a release's life (review, approval, schedule) stand between `prepare` and `publish`. Every figure
passes `withholding`; there the board's own disclosure rule is applied to what no state agency published.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import User
from django.core import serializers
from django.db import IntegrityError, OperationalError, transaction
from django.db.models import Exists, Max, Model, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from metrics.models import (
    DefinitionSet,
    Dimension,
    Goal,
    GoalStatement,
    Group,
    Indicator,
    Observation,
    Place,
    PublishedCell,
    Release,
    Source,
)
from metrics.models.definitions import ALL_STUDENTS, CONNECTICUT, HARTFORD, REST_OF_STATE

from .withholding import cells

#: Letters of a release's public sentence, at most.
SUMMARY_LENGTH = 400
#: Rows written with one statement.
CHUNK = 1000
#: What a release freezes beside its figures, and what each row names by its key.
FROZEN_MODELS: dict[type[Model], tuple[str, ...]] = {
    Source: (),
    Dimension: (),
    Group: ("dimension",),
    Place: (),
    Indicator: ("source",),
    Goal: ("companion",),
    GoalStatement: ("goal", "indicator"),
}

Key = tuple[str, str, str, int]


class PublishingError(Exception):
    """A release cannot be published. The message is one sentence for the person who asked for it."""


class NothingToPublish(PublishingError):
    """What stands is what is public already."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What publishing now would do to the public board."""

    new: tuple[PublishedCell, ...]
    replaced: tuple[tuple[PublishedCell, PublishedCell], ...]  # what is shown, and what would be shown instead
    gone: tuple[PublishedCell, ...]
    new_definitions: bool

    @property
    def begin(self) -> list[PublishedCell]:
        return [*self.new, *(after for _before, after in self.replaced)]

    @property
    def end(self) -> list[PublishedCell]:
        return [*self.gone, *(before for before, _after in self.replaced)]

    @property
    def digest(self) -> str:
        """A mark of what would change, so that nobody publishes something else than what they looked at."""
        cells = [*self.new, *self.gone, *(cell for pair in self.replaced for cell in pair)]
        return content_sha256(cells, str(self.new_definitions))[:16]

    def __bool__(self) -> bool:
        return bool(self.new or self.replaced or self.gone or self.new_definitions)


@transaction.atomic
def prepare(*, by: User, summary: str) -> Release:
    """A draft of the next release. `summary` is the public sentence in the list of updates.

    Raises PublishingError when the summary is missing or too long, or a draft exists.
    """
    if len(summary) > SUMMARY_LENGTH:
        raise PublishingError(_("The sentence is longer than {most} letters.").format(most=SUMMARY_LENGTH))
    if not summary.strip():
        raise PublishingError(_("Say in one sentence what this release changes; it is shown in the list of updates."))
    if Release.objects.filter(state=Release.State.DRAFT).exists():
        raise PublishingError(_("There is a draft of the next release already; publish or delete it first."))
    last = Release.objects.aggregate(last=Max("number"))["last"] or 0
    draft = Release(number=last + 1, summary=summary.strip(), prepared_by=by, prepared_at=timezone.now())
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError:
        raise PublishingError(_("Somebody else is publishing at this moment; look again in a minute.")) from None
    return draft


@transaction.atomic
def publish(*, release: Release, by: User) -> Difference:
    """Shows the figures that stand to the public, in one act: all of them or none.

    Raises NothingToPublish when nothing would change, PublishingError when the release is public already.
    """
    release = Release.objects.select_for_update().get(pk=release.pk)
    if release.state == Release.State.PUBLISHED:
        raise PublishingError(_("{release} is public already; nothing was done.").format(release=release))
    _check_definitions()
    text = freeze()
    difference = compare(text)
    if not difference:
        raise NothingToPublish(_("What stands is what is public already; nothing was published."))
    begin = difference.begin
    for cell in begin:
        cell.first_release = release.number
    ending = [cell.pk for cell in difference.end]
    for start in range(0, len(ending), CHUNK):
        ended = PublishedCell.objects.filter(pk__in=ending[start : start + CHUNK])
        ended.update(last_release=release.number - 1)
    PublishedCell.objects.bulk_create(begin, batch_size=CHUNK)
    release.definitions = _definition_set(text)
    release.state, release.published_by, release.published_at = Release.State.PUBLISHED, by, timezone.now()
    release.content_sha256 = content_sha256(PublishedCell.objects.shown_in(release.number), text)
    release.save()
    return difference


def publish_next(*, by: User, summary: str) -> tuple[Release, Difference]:
    """Prepares the next release and publishes it, in one act.

    Raises PublishingError as the two do, and when others write for so long that the database is not to be had.
    """
    try:
        with transaction.atomic():
            release = prepare(by=by, summary=summary)
            return release, publish(release=release, by=by)
    except OperationalError:
        raise PublishingError(_("Somebody else is publishing at this moment; look again in a minute.")) from None


def compare(text: str | None = None) -> Difference:
    """What would change if the figures and definitions that stand were published now."""
    text = freeze() if text is None else text
    shown = {_key(cell): cell for cell in PublishedCell.objects.filter(last_release__isnull=True)}
    new, replaced = [], []
    standing = Observation.objects.current().select_related("indicator", "place", "group", "source")
    for cell in cells(standing.iterator(chunk_size=CHUNK)):
        before = shown.pop(_key(cell), None)
        if before is None:
            cell.reason = ""  # it was corrected before anybody outside saw it
            new.append(cell)
        elif _content(before) != _content(cell):
            replaced.append((before, cell))
    latest = Release.objects.published().select_related("definitions").first()
    known = latest.definitions.body if latest and latest.definitions else None
    return Difference(tuple(new), tuple(replaced), tuple(shown.values()), text != known)


def freeze() -> str:
    """The definitions as they stand, as canonical JSON: the same definitions always give the same text."""
    rows: list[dict[str, Any]] = []
    for model, related in FROZEN_MODELS.items():
        ordered = _told(model).select_related(*related)  # in the model's own order, which is complete
        rows += serializers.serialize("python", ordered, use_natural_foreign_keys=True, use_natural_primary_keys=True)
    return json.dumps(rows, default=str, ensure_ascii=False, separators=(",", ":"))


def _told(model: type[Model]) -> QuerySet[Model]:
    """Rows that a release may name. A program and its provider are not named before a figure of theirs was accepted."""
    rows: QuerySet[Model] = model._default_manager.all()
    if model is Place:
        return rows.filter(~Q(kind=Place.Kind.PROGRAM) | Exists(Observation.objects.filter(place=OuterRef("pk"))))
    if model is Source:
        defines = Exists(Indicator.objects.filter(source=OuterRef("pk")))
        return rows.filter(Q(own_rule=False) | defines | Exists(Observation.objects.filter(source=OuterRef("pk"))))
    return rows


def _check_definitions() -> None:
    """Raises PublishingError when the public pages could not be made of the definitions that stand."""
    for goal in Goal.objects.prefetch_related("statements"):
        current = [statement for statement in goal.statements.all() if statement.is_current]
        if len(current) != 1:
            sentence = _("The goal “{goal}” needs exactly one statement that progress is measured from.")
            raise PublishingError(sentence.format(goal=goal))
    missing = {HARTFORD, CONNECTICUT, REST_OF_STATE} - set(Place.objects.values_list("code", flat=True))
    if missing:
        raise PublishingError(_("The board cannot do without the place {codes}.").format(codes=", ".join(missing)))
    if not Group.objects.filter(slug=ALL_STUDENTS).exists():
        raise PublishingError(_("The board cannot do without the group {slug}.").format(slug=ALL_STUDENTS))


def content_sha256(cells: Iterable[PublishedCell], text: str) -> str:
    """The hash of everything a release shows: the same board always has the same hash."""
    digest = hashlib.sha256(text.encode())
    for line in sorted(_lines(cells)):
        digest.update(line.encode())
    return digest.hexdigest()


def _lines(cells: Iterable[PublishedCell]) -> Iterator[str]:
    for cell in cells:
        value, *rest = _content(cell)
        yield json.dumps([*_key(cell), None if value is None else f"{value:.4f}", *rest, cell.reason])


def _key(cell: PublishedCell) -> Key:
    return cell.indicator, cell.place, cell.group, cell.period


def _content(cell: PublishedCell) -> tuple[object, ...]:
    """What a cell says. Why it changed is not part of it: a new reason alone is no new figure."""
    return cell.value, cell.numerator, cell.denominator, cell.status, cell.source, cell.note


def _definition_set(text: str) -> DefinitionSet:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return DefinitionSet.objects.get_or_create(sha256=sha256, defaults={"body": text})[0]
