"""What a release freezes beside its figures: the definitions that stand, as canonical JSON; and the hash of a board."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from typing import Any

from django.core import serializers
from django.db.models import Exists, Model, OuterRef, Q, QuerySet
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
    Source,
)
from metrics.models.definitions import ALL_STUDENTS, CONNECTICUT, HARTFORD, REST_OF_STATE

from .problems import PublishingError

#: What a release freezes, and what each row names by its key.
FROZEN_MODELS: dict[type[Model], tuple[str, ...]] = {
    Source: (),
    Dimension: (),
    Group: ("dimension",),
    Place: (),
    Indicator: ("source",),
    Goal: ("companion",),
    GoalStatement: ("goal", "indicator"),
}

#: What a published figure says, and what the hash of a board is made of.
_LINE = (
    "indicator", "place", "group", "period",
    "value", "numerator", "denominator", "status", "source", "note", "reason",
)  # fmt: skip
_CHUNK = 2000


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


def definition_set(text: str) -> DefinitionSet:
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    return DefinitionSet.objects.get_or_create(sha256=sha256, defaults={"body": text})[0]


def check_definitions() -> None:
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


def content_sha256(number: int, text: str) -> str:
    """The hash of everything release `number` shows: the same board always has the same hash."""
    digest = hashlib.sha256(text.encode())
    shown = PublishedCell.objects.shown_in(number).order_by().values_list(*_LINE)
    for line in sorted(_lines(shown.iterator(chunk_size=_CHUNK))):
        digest.update(line.encode())
    return digest.hexdigest()


def _lines(rows: Iterable[tuple[Any, ...]]) -> Iterator[str]:
    for *key, value, numerator, denominator, status, source, note, reason in rows:
        exact = None if value is None else f"{value:.4f}"
        yield json.dumps([*key, exact, numerator, denominator, status, source, note, reason])
