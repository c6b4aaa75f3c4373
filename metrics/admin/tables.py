"""Definitions as tables: indicators, student groups, places and sources go out with all that files know them by."""

import re
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _
from import_export.widgets import Widget

from allin.lists.cells import Cell, Choice, Day, Number, Reference, YesNo
from allin.lists.reading import shown
from allin.lists.resource import TableResource
from metrics.models import Dimension, Group, GroupAlias, Indicator, Place, PlaceAlias, Source

# Spellings stand in one cell with a line between them; a line that is part of a spelling is written twice.
BETWEEN = re.compile(r"(?<!\|)\|(?!\|)")


class IndicatorResource(TableResource):
    """Definitions of figures, each with its source."""

    theme = Cell("theme", "theme", Choice(Indicator.Theme))
    unit = Cell("unit", "unit", Choice(Indicator.Unit))
    decimals = Cell("decimals", "decimals", Number(needed=True))
    higher_is_better = Cell("higher_is_better", "higher_is_better", YesNo())
    year_axis = Cell("year_axis", "year_axis", Choice(Indicator.YearAxis))
    source = Cell("source", "source", Reference(Source))
    lag_months = Cell("lag_months", "lag_months", Number())

    class Meta:
        model = Indicator
        fields = (
            "slug", "name", "name_es", "theme", "numerator", "numerator_es", "denominator", "denominator_es", "unit",
            "decimals", "higher_is_better", "year_axis", "source", "frequency", "lag_months", "limits", "limits_es",
        )  # fmt: skip
        export_order = import_order = fields

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.select_related("source")


class SourceResource(TableResource):
    """Publications that figures are taken from."""

    accessed = Cell("accessed", "accessed", Day())
    own_rule = Cell("own_rule", "own_rule", YesNo(needed=True))

    class Meta:
        model = Source
        fields = ("slug", "publisher", "title", "url", "licence", "accessed", "note", "note_es", "own_rule")
        export_order = import_order = fields


class Spellings(Widget):
    """All spellings of a thing in one cell."""

    def clean(self, value: Any, row: Any = None, **kwargs: Any) -> tuple[str, ...]:
        said = (one.strip().replace("||", "|") for one in BETWEEN.split(value or ""))
        return in_order(one for one in said if one)

    def render(self, value: Any, obj: Any = None, **kwargs: Any) -> str:
        return " | ".join(one.replace("|", "||") for one in value or ())


class SpellingsCell(Cell):
    """The spellings as they are kept beside a thing, and as a file would have them."""

    def get_value(self, instance: Any) -> tuple[str, ...]:
        if hasattr(instance, "spellings"):
            return tuple(instance.spellings)
        return in_order(one.spelling.strip() for one in instance.aliases.all()) if instance.pk else ()


def in_order(spellings: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(dict.fromkeys(spellings)))


class SpelledResource(TableResource):
    """Things that files know by other spellings too. A file adds spellings: figures are read by those there are.

    alias  the model of a spelling; owner: its field for the thing
    """

    alias: Any
    owner: str

    spellings = SpellingsCell("spellings", "spellings", Spellings())

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return queryset.prefetch_related("aliases")

    def load(self) -> None:
        """By every spelling, as files are read, without regard to small and large letters: whose it is."""
        super().load()
        self.spelled: dict[str, Any] = {}
        self.called: dict[str, Any] = {}
        for one in self.by_key.values():
            one.spellings = self.fields["spellings"].get_value(one)  # the copies of a record keep no rows read with it
            self.called |= {name.casefold(): one for name in (one.name, str(getattr(one, self.key)))}
            self.spelled |= {spelling.casefold(): one for spelling in one.spellings}

    def check(self, instance: Any, known: Any) -> None:
        """A spelling leads to one thing; nothing that files are read by goes away with a file."""
        cell = self.fields["spellings"]
        had, has = (cell.get_value(one) if one is not None else () for one in (known, instance))
        if gone := [one for one in had if one not in has]:
            names = cell.widget.render(gone)
            self.say(_("spellings: files are read by “{names}”; leave it in the cell.").format(names=names))
        self.called.setdefault(instance.name.casefold(), instance)
        most = self.alias._meta.get_field("spelling").max_length
        for one in sorted(set(has) - set(had)):
            owner = self.spelled.setdefault(one.casefold(), instance)
            named = self.called.get(one.casefold(), instance)
            other = next((thing for thing in (owner, named) if not _same(thing, instance, self.key)), None)
            if len(one) > most:
                sentence = _("spellings: “{spelling}” is longer than {most} letters.")
                self.say(sentence.format(spelling=shown(one), most=most))
            elif other is not None:
                self.say(_("spellings: “{spelling}” is {thing} already.").format(spelling=shown(one), thing=other))

    def write(self, new: list[Any], changed: list[Any]) -> None:
        super().write(new, changed)
        self.alias.objects.bulk_create(
            self.alias(spelling=spelling, **{self.owner: one})
            for one in (*new, *changed)
            for spelling in set(getattr(one, "spellings", ())) - self.kept(one)
        )

    def kept(self, thing: Any) -> set[str]:
        """The spellings that a thing has already."""
        known = self.by_key.get(str(getattr(thing, self.key)))
        return set(known.spellings) if known is not None else set()


def _same(one: Any, other: Any, key: str) -> bool:
    return bool(getattr(one, key) == getattr(other, key))


class GroupResource(SpelledResource):
    """Student groups with their spellings."""

    alias, owner = GroupAlias, "group"

    dimension = Cell("dimension", "dimension", Reference(Dimension))
    position = Cell("position", "position", Number(needed=True))

    class Meta:
        model = Group
        fields = ("slug", "dimension", "name", "name_es", "position", "spellings")
        export_order = import_order = fields

    def filter_export(self, queryset: Any, **kwargs: Any) -> Any:
        return super().filter_export(queryset).select_related("dimension")


class PlaceResource(SpelledResource):
    """Districts, schools, the state and programs, with their spellings. A place is known by the state's code."""

    alias, owner, key = PlaceAlias, "place", "code"
    whose = (("code",),)

    kind = Cell("kind", "kind", Choice(Place.Kind))

    class Meta:
        model = Place
        fields = ("code", "name", "name_es", "kind", "spellings")
        export_order = import_order = fields
