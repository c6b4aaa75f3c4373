"""What staff have still to say in Spanish: public words that have no Spanish beside them."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.apps import apps
from django.contrib import admin
from django.db.models import Model, Q
from django.http import HttpRequest
from django.urls import reverse

#: How the field of a Spanish text is named: after the English one.
SPANISH = "_es"
#: Records that are named for each kind of thing; all are counted.
NAMED = 50
#: Proper names, which stay as they are: what is empty here is not missing.
PROPER = {"metrics.Place"}


@dataclass(frozen=True, slots=True)
class Lack:
    """One record with the labels of its texts that are in English only."""

    name: str
    texts: tuple[str, ...]
    url: str


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of thing: how many of them lack something, and the first of them."""

    name: str
    number: int
    lacks: tuple[Lack, ...]


def pairs(model: type[Model]) -> tuple[tuple[str, str], ...]:
    """The names of its English fields with those of the Spanish ones."""
    names = {field.name for field in model._meta.fields}
    return tuple((name.removesuffix(SPANISH), name) for name in sorted(names) if name.endswith(SPANISH))


def missing(request: HttpRequest, site: admin.AdminSite) -> Iterator[Kind]:
    """Every kind of thing of which something is missing, as far as the reader may see it. Two queries a kind."""
    for model in apps.get_models():
        shown = site._registry.get(model)
        texts = pairs(model)
        if not texts or model._meta.label in PROPER or shown is None or not shown.has_view_permission(request):
            continue
        lacking = reduce(or_, (~Q(**{english: ""}) & Q(**{spanish: ""}) for english, spanish in texts))
        found = model._default_manager.filter(lacking)
        number = found.count()
        if number:
            lacks = tuple(_lack(record, texts, site) for record in found.order_by("pk")[:NAMED])
            yield Kind(str(model._meta.verbose_name_plural), number, lacks)


def _lack(record: Model, texts: tuple[tuple[str, str], ...], site: admin.AdminSite) -> Lack:
    meta = record._meta
    labels = tuple(
        str(meta.get_field(english).verbose_name)  # type: ignore[union-attr]
        for english, spanish in texts
        if getattr(record, english) and not getattr(record, spanish)
    )
    return Lack(
        str(record), labels, reverse(f"{site.name}:{meta.app_label}_{meta.model_name}_change", args=[record.pk])
    )
