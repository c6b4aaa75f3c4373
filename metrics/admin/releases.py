"""Releases: what the next one would change, publishing it, and what is public."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from metrics import publishing
from metrics.intake.resources import PublishedCellResource, as_printed
from metrics.models import PublishedCell, Release
from metrics.publishing.withholding import FROM_21_TO_39, WITHHELD

from .forms import PublishForm
from .lists import ReadOnlyAdmin, by_name, person

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

    def get_urls(self) -> list[URLPattern]:
        own = [path("next/", self.admin_site.admin_view(self.next_release), name="metrics_release_next")]
        return own + super().get_urls()

    def next_release(self, request: HttpRequest) -> HttpResponse:
        """What the public would see change, and the button that shows it to them."""
        if not request.user.has_perm("metrics.publish_release"):
            raise PermissionDenied
        form = PublishForm(request.POST or None)
        difference = publishing.compare()
        if request.method == "POST" and form.is_valid():
            try:
                release = self._publish(request, form, difference)
            except publishing.PublishingError as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("%(release)s is public.") % {"release": release})
                return HttpResponseRedirect(reverse("admin:metrics_release_changelist"))
        context = {
            **self.admin_site.each_context(request),
            "title": _("Next release"),
            "opts": self.opts,
            "form": form,
            "difference": difference,
            "replaced": [(after, said(before), said(after)) for before, after in difference.replaced[:SHOWN]],
            "new": [(cell, said(cell)) for cell in difference.new[:SHOWN]],
            "gone": [(cell, said(cell)) for cell in difference.gone[:SHOWN]],
            "shown": SHOWN,
        }
        return TemplateResponse(request, "admin/metrics/release/next.html", context)

    def _publish(self, request: HttpRequest, form: PublishForm, difference: publishing.Difference) -> Release:
        """Publishes what the person looked at, and nothing else."""
        if form.cleaned_data["seen"] != difference.digest:
            raise publishing.PublishingError(_("Something changed since you opened this page; look at it again."))
        release, _difference = publishing.publish_next(by=person(request), summary=form.cleaned_data["summary"])
        return release


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
