"""Releases, what was done with them, and every figure that is or was public."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export import fields, resources

from metrics.intake.resources import PublishedCellResource, as_printed
from metrics.models import PublishedCell, Release, ReleaseAct

from .cells import is_withheld
from .lists import ReadOnlyAdmin, by_name
from .release_desk import ReleaseDesk
from .release_desk.words import DONE, name_of


@admin.register(Release)
class ReleaseAdmin(ReleaseDesk):
    """Every release, public or not. It is made at the desk, step by step, and never edited afterwards."""

    change_list_template = "admin/metrics/release/change_list.html"
    list_display = ("called", "state", "summary", "published_by", "published_at")
    list_filter = ("state",)
    list_select_related = ("published_by",)
    search_fields = ("summary", "=number")

    @admin.display(description=gettext_lazy("release"), ordering="number")
    def called(self, release: Release) -> str:
        return name_of(release)


class ReleaseActResource(resources.ModelResource):
    """Who did what with which release, and when."""

    release = fields.Field("release__number", "release")
    who = fields.Field("by__username", "who")

    class Meta:
        model = ReleaseAct
        fields = export_order = ("release", "verb", "before", "after", "who", "at", "comment")


@admin.register(ReleaseAct)
class ReleaseActAdmin(ReadOnlyAdmin):
    """What was done with releases, newest first. Written with each step, for ever."""

    resource_classes = (ReleaseActResource,)
    list_display = ("at", "who", "what", "of", "comment")
    list_filter = (("by", admin.RelatedOnlyFieldListFilter),)
    list_select_related = ("release", "by")
    search_fields = ("comment", "by__username", "=release__number")
    ordering = ("-pk",)
    fields = ("release", "what", by_name("by", gettext_lazy("who")), "at", "before", "after", "comment")

    @admin.display(description=gettext_lazy("who"), ordering="by__username")
    def who(self, act: ReleaseAct) -> str:
        return str(act.by)

    @admin.display(description=gettext_lazy("act"), ordering="verb")
    def what(self, act: ReleaseAct) -> str:
        return str(DONE.get(act.verb, act.verb))

    @admin.display(description=gettext_lazy("release"), ordering="release__number")
    def of(self, act: ReleaseAct) -> str:
        return name_of(act.release)


class ShownFilter(admin.SimpleListFilter):
    """Figures that are shown now, or those that a later release replaced."""

    title = gettext_lazy("whether it is shown")
    parameter_name = "shown"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Shown now")), ("no", _("Replaced by a later release"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() is None else queryset.filter(last_release__isnull=self.value() == "yes")


@admin.register(PublishedCell)
class PublishedCellAdmin(ReadOnlyAdmin):
    """Every figure the public can see or could ever see, as published."""

    resource_classes = (PublishedCellResource,)
    list_display = (
        "figure_of",
        "place_name",
        "group_name",
        "period",
        "figure",
        "status_in_words",
        "first_release",
        "last_release",
    )
    list_filter = (ShownFilter, "status", "observation__indicator")
    list_select_related = ("observation__indicator", "observation__place", "observation__group")
    search_fields = (
        "observation__indicator__name", "observation__place__name", "=place", "observation__group__name", "=period",
    )  # fmt: skip

    @admin.display(description=gettext_lazy("indicator"), ordering="indicator")
    def figure_of(self, cell: PublishedCell) -> str:
        return str(cell.observation.indicator)

    @admin.display(description=gettext_lazy("place"), ordering="place")
    def place_name(self, cell: PublishedCell) -> str:
        return str(cell.observation.place)

    @admin.display(description=gettext_lazy("student group"), ordering="group")
    def group_name(self, cell: PublishedCell) -> str:
        return str(cell.observation.group)

    @admin.display(description=gettext_lazy("status"), ordering="status")
    def status_in_words(self, cell: PublishedCell) -> str:
        return _("withheld here") if is_withheld(cell) else cell.get_status_display()

    @admin.display(description=gettext_lazy("value"), ordering="value")
    def figure(self, cell: PublishedCell) -> str:
        return as_printed(cell.value, cell.observation.indicator)
