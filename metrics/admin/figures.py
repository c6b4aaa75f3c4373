"""Figures: every one that was ever recorded, entry by hand, and the file that comes in."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from import_export.admin import ImportExportMixin

from metrics.intake import actions, by_hand, jobs
from metrics.intake.layouts import FAMILIES, TIDY
from metrics.intake.resources import ObservationResource, as_printed
from metrics.models import Group, Observation, Reading

from .forms import FigureForm, UploadForm
from .lists import ListAdmin, by_name, key, person


class StandsFilter(admin.SimpleListFilter):
    """Figures that stand, or those that a correction replaced."""

    title = gettext_lazy("whether it stands")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, Any]]:
        return [("yes", _("Stands")), ("no", _("Replaced by a correction"))]

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:
        return queryset if self.value() is None else queryset.filter(superseded_by__isnull=self.value() == "yes")


@admin.register(Observation)
class ObservationAdmin(ImportExportMixin, ListAdmin):
    """Every figure ever recorded. Rows are never edited: a correction is a new row that says why."""

    resource_classes = (ObservationResource,)
    import_form_class = UploadForm
    import_template_name = "admin/metrics/observation/upload.html"
    form = FigureForm
    change_form_template = "admin/metrics/observation/change_form.html"
    list_display = ("indicator", "place", "group", "period", "figure", "status", "stands", "recorded_by", "recorded_at")
    list_display_links = ("indicator", "period")
    list_filter = (StandsFilter, "status", "place__kind", "indicator")
    list_select_related = ("indicator", "place", "group", "source", "recorded_by", "superseded_by")
    search_fields = ("indicator__name", "place__name", "=place__code", "group__name", "=period", "source__title")
    fieldsets = (
        (gettext_lazy("Which figure"), {"fields": ("indicator", "place", "group", "period")}),
        (
            gettext_lazy("What it says"),
            {
                "fields": ("status", "value", ("numerator", "denominator"), "source", "note", "reason", "seen"),
                "description": gettext_lazy("Nothing is public until the next release is published."),
            },
        ),
    )

    @admin.display(description=gettext_lazy("value"), ordering="value")
    def figure(self, observation: Observation) -> str:
        """The value with the decimals its publisher prints."""
        return as_printed(observation.value, observation.indicator)

    @admin.display(boolean=True, description=gettext_lazy("stands"))
    def stands(self, observation: Observation) -> bool:
        return not hasattr(observation, "superseded_by")

    def has_import_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("metrics.add_batch")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        if obj is None:
            return self.fieldsets
        which, _says = self.fieldsets
        says = ("status", "figure", ("numerator", "denominator"), "source", "note")
        history = (
            by_name("recorded_by", _("recorded by")),
            "recorded_at",
            "source_file",
            "line",
            "supersedes",
            "reason",
        )
        return (
            which,
            (_("What it says"), {"fields": says}),
            (_("Where it comes from"), {"fields": history}),
        )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("figure",) if obj else ()

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A correction starts from the figure it corrects (?corrects=ID)."""
        asked = request.GET.get("corrects", "")
        corrected = Observation.objects.filter(pk=key(asked)).first()
        if corrected is None:
            everybody = Group.objects.filter(slug="all-students").first()
            return {"status": "final", "group": everybody, **super().get_changeform_initial_data(request)}
        names = ("indicator", "place", "group", "source")
        same = ("period", "status", "numerator", "denominator", "note")
        return {
            **{name: getattr(corrected, f"{name}_id") for name in names},
            **{name: getattr(corrected, name) for name in same},
            "value": as_printed(corrected.value, corrected.indicator),
            "seen": corrected.pk,
        }

    def save_model(self, request: HttpRequest, obj: Observation, form: FigureForm, change: bool) -> None:
        reason, seen = form.cleaned_data["reason"], form.cleaned_data["seen"]
        recorded = by_hand.enter(cells=form.cells(), by=person(request), reason=reason, seen=seen)
        obj.__dict__.update(recorded.__dict__)  # the admin goes on to say what was recorded

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        """The form checks first; who was a moment later than somebody else is told so and starts anew."""
        title = {"title": _("Correct a figure")} if request.GET.get("corrects") else {}
        try:
            return super().add_view(request, form_url, {**title, **(extra_context or {})})
        except actions.IntakeError as problem:
            messages.error(request, str(problem))
            return HttpResponseRedirect(request.path)

    def get_export_queryset(self, request: HttpRequest) -> Any:
        """The figures that stand: what was replaced would contradict them when the file comes back."""
        return super().get_export_queryset(request).filter(superseded_by__isnull=True)

    def get_urls(self) -> list[URLPattern]:
        reading = self.admin_site.admin_view(self.reading)
        return [path("import/<uuid:key>/", reading, name="metrics_observation_reading"), *super().get_urls()]

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Takes a file and leads to its review. Unlike the library's own preview it keeps no copy of the file."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_import_form(request)
        if request.method != "POST" or not form.is_valid():
            return self._upload_page(request, form)
        upload = form.cleaned_data["import_file"]
        try:
            reading = jobs.read(name=upload.name, data=upload.read(), by=person(request))
        except jobs.Busy as problem:
            return self._upload_page(request, form, str(problem))
        return self._went_on(request, reading)

    def reading(self, request: HttpRequest, key: Any) -> HttpResponse:
        """How far a file has been read, for who sent it; then on to its review."""
        return self._went_on(request, get_object_or_404(Reading, pk=key, by=person(request)))

    def _went_on(self, request: HttpRequest, reading: Reading) -> HttpResponse:
        """Where a reading leads: to the bar, to the review, or back to the form with what is wrong."""
        if jobs.is_alive(reading):
            return self._bar(request, reading)
        stopped = reading.state == Reading.State.WORKING
        if reading.batch_id is None:
            again = _("The reading stopped before its end; nothing was taken. Send the file again.")
            return self._upload_page(request, self.create_import_form(request), again if stopped else reading.sentence)
        if stopped:
            again = _("The work stopped before its end; nothing was recorded. Accept the figures again.")
            messages.error(request, again)
        elif reading.sentence:
            tell = messages.info if reading.state == Reading.State.DONE else messages.error
            tell(request, reading.sentence)
        return HttpResponseRedirect(reverse("admin:metrics_batch_change", args=[reading.batch_id]))

    def _bar(self, request: HttpRequest, reading: Reading) -> HttpResponse:
        here = reverse("admin:metrics_observation_reading", args=[reading.pk])
        if request.path != here:
            return HttpResponseRedirect(here)
        context = {
            **self.admin_site.each_context(request),
            "title": _("The file is being read"),
            "opts": self.opts,
            "reading": reading,
        }
        return TemplateResponse(request, "admin/metrics/observation/reading.html", context)

    def _upload_page(self, request: HttpRequest, form: Any, problem: str = "") -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            **self.get_import_context_data(),
            "title": _("Import figures"),
            "form": form,
            "problem": problem,
            "opts": self.opts,
            "media": self.media + form.media,
            "fields_list": [(_("Columns"), ObservationResource.Meta.fields)],
            "layout": TIDY,
            "families": [family.words for family in FAMILIES],
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The library's second step has no place here: a batch is accepted on its review page."""
        raise Http404
