"""Files on their way in: the list of them, the review of one, and what is decided about it."""

from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metrics.intake import actions, jobs, spellings
from metrics.intake.layouts.blank import as_csv
from metrics.models import Batch, Reading

from .forms import ReasonForm
from .lists import ReadOnlyAdmin, key, person
from .review import review


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    """Received files. Opening one leads to its review."""

    list_display = ("source_file", "state", "rows_read", "refused", "received_by", "received_at", "decided_by")
    list_filter = ("state",)
    list_select_related = ("source_file__received_by", "decided_by")
    search_fields = ("source_file__name", "source_file__sha256")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Batch]:
        queryset: QuerySet[Batch] = super().get_queryset(request).select_related("source_file")
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
        own = {"decide": self.decide, "undo": self.undo, "spelling": self.spelling, "places": self.places}
        ways = [
            path(f"<int:pk>/{name}/", self.admin_site.admin_view(view), name=f"metrics_batch_{name}")
            for name, view in own.items()
        ]
        refused = path(
            "<int:pk>/refused.csv", self.admin_site.admin_view(self.refused_lines), name="metrics_batch_refused"
        )
        return [*ways, refused, *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The review page: what the file says, what it would change, what was refused."""
        batch = self._batch(request, key(object_id))
        return self._review(request, batch, ReasonForm())

    def decide(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Accepts or discards a batch."""
        batch = self._asked(request, pk)
        form = ReasonForm(request.POST)
        if not form.is_valid():
            return self._review(request, batch, form)
        reason = form.cleaned_data["reason"]
        try:
            if "discard" in request.POST:
                actions.discard(batch=batch, by=person(request), reason=reason)
                messages.success(request, _("The batch was discarded; no figure was changed."))
                return HttpResponseRedirect(reverse("admin:metrics_batch_changelist"))
            if "accept" in request.POST:
                return self._accepted(request, batch, form)
            return self._back(pk)
        except actions.Unchecked as problem:
            form.add_error(None, str(problem))
        except actions.IntakeError as problem:
            form.add_error("reason", str(problem))
        return self._review(request, batch, form)

    def _accepted(self, request: HttpRequest, batch: Batch, form: ReasonForm) -> HttpResponse:
        ticked = None if "checked-all" in request.POST else form.ticked(request.POST)
        done = jobs.take(batch=batch, by=person(request), reason=form.cleaned_data["reason"], checked=ticked)
        if not isinstance(done, Reading):
            messages.success(request, jobs.recorded(done))
            return HttpResponseRedirect(reverse("admin:metrics_batch_change", args=[batch.pk]))
        if done.state == Reading.State.REFUSED:
            raise actions.IntakeError(done.sentence)
        return HttpResponseRedirect(reverse("admin:metrics_observation_reading", args=[done.pk]))

    def undo(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Takes the figures of an accepted batch back, as long as nobody saw them."""
        batch = self._asked(request, pk)
        try:
            taken = actions.undo(batch=batch, by=person(request))
        except actions.IntakeError as problem:
            messages.error(request, str(problem))
        else:
            said = ngettext("%(n)d figure was taken back.", "%(n)d figures were taken back.", taken) % {"n": taken}
            messages.success(request, said + " " + _("The same file may be sent again."))
        return self._back(pk)

    def spelling(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Makes a spelling known, and takes the lines in that it kept out."""
        batch = self._asked(request, pk)
        problem = get_object_or_404(batch.problems, pk=key(request.POST.get("problem", "")))
        right = {"group": "metrics.add_groupalias", "place": "metrics.add_placealias"}.get(problem.column)
        if right is None or not request.user.has_perm(right):
            raise PermissionDenied
        return self._add(request, pk, lambda: spellings.add_spelling(problem=problem))

    def places(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Has the board follow the places that the file brings along, and takes their lines in."""
        batch = self._asked(request, pk)
        if not request.user.has_perms(["metrics.add_place", "metrics.add_placealias"]):
            raise PermissionDenied
        return self._add(request, pk, lambda: spellings.add_places(batch=batch))

    def _add(self, request: HttpRequest, pk: int, act: Any) -> HttpResponse:
        try:
            added = act()
        except actions.IntakeError as problem:
            messages.error(request, str(problem))
            return self._back(pk)
        for thing in added.things:
            self.log_addition(request, thing, _("Added in the review of a file."))
        said = ngettext("Added. %(n)d figure came in by it.", "Added. %(n)d figures came in by it.", added.lines)
        messages.success(request, said % {"n": added.lines})
        return self._back(pk)

    def refused_lines(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The refused lines with their reasons, to be corrected at the desk."""
        batch = self._batch(request, pk)
        head = (_("line"), _("column"), _("in the file"), _("why it was refused"), _("nearest known spelling"))
        lines = [(str(p.line), p.column, p.cell, p.sentence, p.nearest) for p in batch.problems.all()]
        response = HttpResponse(as_csv([head, *lines]), content_type="text/csv; charset=utf-8")
        response["Content-Disposition"] = f'attachment; filename="refused-lines-{batch.pk}.csv"'
        return response

    def _batch(self, request: HttpRequest, pk: int) -> Batch:
        batch = get_object_or_404(self.get_queryset(request), pk=pk)
        if not self.has_view_permission(request, batch):
            raise PermissionDenied
        return batch

    def _asked(self, request: HttpRequest, pk: int) -> Batch:
        """The batch that somebody who may decide about it does something with."""
        batch = get_object_or_404(self.get_queryset(request), pk=pk)
        if request.method != "POST" or not request.user.has_perm("metrics.accept_batch"):
            raise PermissionDenied
        return batch

    def _back(self, pk: int) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:metrics_batch_change", args=[pk]))

    def _review(self, request: HttpRequest, batch: Batch, form: ReasonForm) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Review of %(file)s") % {"file": batch},
            "opts": self.opts,
            "form": form,
            **review(request, batch, form.ticked(request.POST)),
        }
        return TemplateResponse(request, "admin/metrics/batch/review.html", context)
