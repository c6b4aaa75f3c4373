"""Releases: what the next one would change, publishing it, and what is public."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics.intake.resources import PublishedCellResource, as_printed
from metrics.models import PublishedCell, Release
from metrics.publishing.told import FROM_21_TO_39, WITHHELD

from .lists import ReadOnlyAdmin, by_name

#: Figures that the page lists; the counts above them are complete.
SHOWN = 200


def is_withheld(cell: PublishedCell) -> bool:
    """Whether the board's own rule keeps the figure back; its source suppressed nothing then."""
    return cell.note in (WITHHELD, FROM_21_TO_39)


def said(cell: PublishedCell) -> str:
    """The figure for the person who publishes it."""
    return cell.note if is_withheld(cell) else cell.in_words


@admin.register(Release)
class ReleaseAdmin(ReadOnlyAdmin):
    """The public history. A release is made on its own page and never edited afterwards."""

    change_list_template = "admin/metrics/release/change_list.html"
    list_display = ("number", "state", "summary", "published_by", "published_at")
    list_filter = ("state",)
    list_select_related = ("published_by",)
    search_fields = ("summary",)
    fields = (
        "number",
        "state",
        "summary",
        by_name("prepared_by", gettext_lazy("prepared by")),
        "prepared_at",
        by_name("published_by", gettext_lazy("published by")),
        "published_at",
        "content_sha256",
    )


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
