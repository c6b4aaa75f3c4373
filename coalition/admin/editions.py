"""Editions: what the next one would change for the public, publishing it, and what is public."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from coalition import editions
from coalition.models import Edition

from .lists import ReadOnlyAdmin, by_name, columns, person
from .sections import Button
from .words import Speaker

#: Differences that the page lists; the count above them is complete.
SHOWN = 300


class PublishForm(forms.Form):
    """The public sentence of an edition, and the mark of what its publisher looked at."""

    seen = forms.CharField(widget=forms.HiddenInput())
    summary = forms.CharField(
        label=gettext_lazy("What does this edition change?"),
        max_length=editions.SUMMARY_LENGTH,
        help_text=gettext_lazy("One sentence. It is shown to everybody in the list of updates."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )


@admin.register(Edition)
class EditionAdmin(ReadOnlyAdmin):
    """The public history of the coalition's pages. An edition is made on its own page and never edited afterwards."""

    lead = gettext_lazy("What was public, from when on. Nothing of the coalition is public before an edition shows it.")
    resource_classes = columns(Edition, "number", "summary", "published_at", "sha256")
    list_display = ("number", "summary", "published_by", "published_at")
    list_display_links = ("number", "summary")
    list_select_related = ("published_by",)
    search_fields = ("summary",)
    fields = ("number", "summary", by_name("published_by", gettext_lazy("published by")), "published_at", "sha256")

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).defer("content")

    def get_urls(self) -> list[URLPattern]:
        own = [path("next/", self.admin_site.admin_view(self.next_edition), name="coalition_edition_next")]
        return own + super().get_urls()

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> Any:
        look = [Button(_("Next edition"), reverse("admin:coalition_edition_next"))]
        return super().changelist_view(request, {"buttons": look, **(extra_context or {})})

    def next_edition(self, request: HttpRequest) -> HttpResponse:
        """What the public would see change and, for those who may, the button that shows it to them."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        may_publish = request.user.has_perm("coalition.publish_edition")
        if request.method == "POST" and not may_publish:
            raise PermissionDenied
        form = PublishForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                edition = editions.publish(
                    by=person(request), summary=form.cleaned_data["summary"], seen=form.cleaned_data["seen"]
                )
            except editions.EditionError as problem:
                form.add_error(None, str(problem))
            else:
                messages.success(request, _("%(edition)s is public.") % {"edition": edition})
                return HttpResponseRedirect(reverse("admin:coalition_edition_changelist"))
        difference = editions.compare()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Next edition"),
            "opts": self.opts,
            "form": form,
            "difference": difference,
            "changes": Speaker().changes(difference.lines[:SHOWN]),
            "shown": SHOWN,
            "may_publish": may_publish,
        }
        return TemplateResponse(request, "admin/coalition/edition/next.html", context)
