"""Figures on their way in: the import, the review of a batch, and entry by hand."""

import re
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from import_export.admin import ImportExportMixin

from metrics.intake import actions, by_hand, readers
from metrics.intake.layouts import TIDY
from metrics.intake.resources import ObservationResource, as_printed
from metrics.models import Batch, Group, Observation, StagedRow

from .forms import FigureForm, ReasonForm, UploadForm
from .lists import ListAdmin, ReadOnlyAdmin, by_name, person

#: Rows of each outcome that the review page lists; the counts above them are complete.
SHOWN = 200
#: A key as an address can hold one.
PK = re.compile(r"\d{1,18}", re.ASCII)


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
        corrected = Observation.objects.filter(pk=int(asked)).first() if PK.fullmatch(asked) else None
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

    def import_action(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """Takes a file and leads to its review. Unlike the library's own preview it keeps no copy of the file."""
        if not self.has_import_permission(request):
            raise PermissionDenied
        form = self.create_import_form(request)
        if request.method == "POST" and form.is_valid():
            upload = form.cleaned_data["import_file"]
            try:
                received = actions.receive(name=upload.name, data=upload.read(), by=person(request))
            except readers.UnreadableFile as problem:
                form.add_error("import_file", problem.sentence(_))
            else:
                if received.known:
                    messages.info(request, _("Nothing new: exactly this file was received before. This is its review."))
                return HttpResponseRedirect(reverse("admin:metrics_batch_change", args=[received.batch.pk]))
        context = {
            **self.admin_site.each_context(request),
            **self.get_import_context_data(),
            "title": _("Import figures"),
            "form": form,
            "opts": self.opts,
            "media": self.media + form.media,
            "fields_list": [(_("Columns"), ObservationResource.Meta.fields)],
            "layout": TIDY,
        }
        return TemplateResponse(request, [self.import_template_name], context)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        """The library's second step has no place here: a batch is accepted on its review page."""
        raise Http404


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    """Received files. Opening one leads to its review."""

    list_display = ("source_file", "state", "rows_read", "refused", "received_by", "received_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("source_file__received_by", "decided_by")
    search_fields = ("source_file__name", "source_file__sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        queryset: QuerySet[Batch] = super().get_queryset(request)
        return queryset.annotate(refused_count=Count("problems__line", distinct=True))

    @admin.display(description=gettext_lazy("refused lines"), ordering="refused_count")
    def refused(self, batch: Any) -> int:
        return int(batch.refused_count)

    @admin.display(description=gettext_lazy("received by"), ordering="source_file__received_by")
    def received_by(self, batch: Batch) -> Any:
        return batch.source_file.received_by

    @admin.display(description=gettext_lazy("received at"), ordering="source_file__received_at")
    def received_at(self, batch: Batch) -> Any:
        return batch.source_file.received_at

    def get_urls(self) -> list[URLPattern]:
        decide = self.admin_site.admin_view(self.decide)
        own = [path("<int:pk>/decide/", decide, name="metrics_batch_decide")]
        return own + super().get_urls()

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The review page: what the file says, what it would change, what was refused."""
        batch = get_object_or_404(self.get_queryset(request), pk=int(object_id) if PK.fullmatch(object_id) else 0)
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        return self._review(request, batch, ReasonForm())

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accepts or discards a batch."""
        batch = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method != "POST" or not request.user.has_perm("metrics.accept_batch"):
            raise PermissionDenied
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._review(request, batch, form)
        reason = form.cleaned_data["reason"]
        try:
            if "discard" in request.POST:
                actions.discard(batch=batch, by=person(request), reason=reason)
                messages.success(request, _("The batch was discarded; no figure was changed."))
            elif "accept" in request.POST:
                count = actions.accept(batch=batch, by=person(request), reason=reason)
                said = ngettext("%(n)d figure recorded.", "%(n)d figures recorded.", count) % {"n": count}
                messages.success(request, said + " " + _("Nothing is public yet."))
        except actions.IntakeError as problem:
            form.add_error("reason", str(problem))
            return self._review(request, batch, form)
        return HttpResponseRedirect(reverse("admin:metrics_batch_changelist"))

    def _review(self, request: HttpRequest, batch: Any, form: ReasonForm) -> HttpResponse:
        outcome = StagedRow.Outcome
        counts = batch.rows.aggregate(**{name: Count("pk", filter=Q(outcome=name)) for name in outcome.values})
        rows = batch.rows.select_related("indicator", "place", "group", "source", "replaces")
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review of %(file)s") % {"file": batch},
            "opts": self.opts,
            "batch": batch,
            "form": form,
            "counts": counts,
            "problems": batch.problems.all()[:SHOWN],
            "problem_count": batch.problems.count(),
            "changed": rows.filter(outcome=outcome.CHANGED)[:SHOWN],
            "new": rows.filter(outcome=outcome.NEW)[:SHOWN],
            "shown": SHOWN,
            "waiting": batch.state == Batch.State.WAITING,
            "may_decide": request.user.has_perm("metrics.accept_batch"),
        }
        return TemplateResponse(request, "admin/metrics/batch/review.html", context)
