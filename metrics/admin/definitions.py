"""Definitions: indicators, goals, groups, places, sources."""

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.forms import BaseInlineFormSet
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from metrics.models import Dimension, Goal, GoalStatement, Group, GroupAlias, Indicator, Place, PlaceAlias, Source

from .lists import ListAdmin, NamedAdmin, TableAdmin
from .tables import GroupResource, IndicatorResource, PlaceResource, SourceResource

SPELLINGS = _(
    "The column “spellings” holds all spellings of a thing, with | between them. A file adds some and takes none away."
)
ZEROS = _("Keep the codes as text: a spreadsheet takes the zeros in front of them away.")


class GoalStatementFormSet(BaseInlineFormSet):
    """Exactly one statement of a goal is the one that progress is measured from."""

    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if not form.cleaned_data.get("DELETE", False)]
        if sum(bool(data.get("is_current")) for data in kept) != 1:
            raise ValidationError(_("Tick exactly one statement as the one that progress is measured from."))


class GoalStatementInline(admin.StackedInline):
    model = GoalStatement
    formset = GoalStatementFormSet
    formfield_overrides = ListAdmin.formfield_overrides
    extra = 0
    autocomplete_fields = ("indicator",)
    fieldsets = (
        (
            None,
            {
                "fields": (
                    ("document", "document_es"),
                    ("stated", "stated_es"),
                    "url",
                    "slug",
                    "indicator",
                    "is_current",
                )
            },
        ),
        (
            _("Promise"),
            {
                "fields": (
                    ("baseline_value", "baseline_year", "baseline_year_is_reading"),
                    ("baseline_note", "baseline_note_es"),
                    ("target_value", "target_year"),
                    ("note", "note_es"),
                )
            },
        ),
    )


class GroupAliasInline(admin.TabularInline):
    model = GroupAlias
    extra = 1


class PlaceAliasInline(admin.TabularInline):
    model = PlaceAlias
    extra = 1


@admin.register(Goal)
class GoalAdmin(NamedAdmin):
    list_display = ("name", "slug", "companion", "position")
    search_fields = ("name", "slug")
    autocomplete_fields = ("companion",)
    inlines = (GoalStatementInline,)
    fieldsets = ((None, {"fields": (("name", "name_es"), "slug", "position", "companion")}),)


@admin.register(Indicator)
class IndicatorAdmin(TableAdmin):
    resource_classes = (IndicatorResource,)
    list_display = ("name", "theme", "slug", "unit", "year_axis", "higher_is_better", "source")
    list_filter = ("theme", "unit", "year_axis", "higher_is_better")
    list_select_related = ("source",)
    search_fields = ("name", "slug", "numerator", "denominator")
    autocomplete_fields = ("source", "part_of")
    fieldsets = (
        (None, {"fields": (("name", "name_es"), "slug", "theme")}),
        (
            _("Definition"),
            {
                "fields": (
                    ("numerator", "numerator_es"),
                    ("denominator", "denominator_es"),
                    ("unit", "decimals"),
                    "higher_is_better",
                    "part_of",
                    "year_axis",
                )
            },
        ),
        (_("Source"), {"fields": ("source", ("frequency", "lag_months"), ("limits", "limits_es"))}),
    )


@admin.register(Dimension)
class DimensionAdmin(NamedAdmin):
    list_display = ("name", "name_es", "slug", "position")
    search_fields = ("name", "slug")
    fieldsets = ((None, {"fields": (("name", "name_es"), "slug", "position")}),)


@admin.register(Group)
class GroupAdmin(TableAdmin):
    resource_classes = (GroupResource,)
    also_writes = ("groupalias",)
    import_lead = SPELLINGS
    list_display = ("name", "name_es", "slug", "dimension", "position")
    fieldsets = ((None, {"fields": (("name", "name_es"), "slug", "dimension", "position")}),)
    list_filter = ("dimension",)
    list_select_related = ("dimension",)
    search_fields = ("name", "slug", "aliases__spelling")
    inlines = (GroupAliasInline,)


@admin.register(Place)
class PlaceAdmin(TableAdmin):
    resource_classes = (PlaceResource,)
    also_writes = ("placealias",)
    import_lead = format_lazy("{} {}", SPELLINGS, ZEROS)
    key = "code"
    list_display = ("name", "code", "kind")
    fieldsets = ((None, {"fields": (("name", "name_es"), "code", "kind", "district")}),)
    list_filter = ("kind",)
    search_fields = ("name", "code", "aliases__spelling")
    inlines = (PlaceAliasInline,)


@admin.register(Source)
class SourceAdmin(TableAdmin):
    resource_classes = (SourceResource,)
    list_display = ("title", "publisher", "slug", "licence", "accessed")
    list_filter = ("publisher",)
    search_fields = ("title", "publisher", "slug")
    fieldsets = (
        (None, {"fields": ("publisher", "title", "slug", "url", ("licence", "accessed"), ("note", "note_es"))}),
        (_("Rules"), {"fields": ("own_rule", "precedence")}),
    )
