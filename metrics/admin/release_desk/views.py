"""The desk: one page for the release on its way, a small form for what needs words, and the page of each release."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _

from metrics import publishing
from metrics.models import Release
from metrics.publishing import PublishingError

from ..lists import ReadOnlyAdmin, key, person
from . import pages, words
from .forms import ASKED, PrepareForm, SeenForm, opened
from .taking import Changed, latest, take


class ReleaseDesk(ReadOnlyAdmin):
    """A list of releases, the desk of the one on its way, and a page for each that is public or was withdrawn."""

    def get_urls(self) -> list[URLPattern]:
        wrap = self.admin_site.admin_view
        return [
            path("next/", wrap(self.desk), name="metrics_release_next"),
            path("next/<slug:verb>/", wrap(self.act), name="metrics_release_act"),
            path("<int:pk>/withdraw/", wrap(self.withdraw), name="metrics_release_withdraw"),
            *super().get_urls(),
        ]

    def desk(self, request: HttpRequest) -> HttpResponse:
        """Where the release on its way stands; when there is none, the form that prepares one."""
        self._let_in(request)
        release = Release.objects.open().select_related(*pages.TAKEN_BY).first()
        if release is not None:
            shown = pages.desk(person(request), release, request.GET)
            return self._page(request, "next", _("Next release"), shown)
        corrected = Release.objects.published().filter(number=key(request.GET.get("corrects", ""))).first()
        return self._empty_desk(request, PrepareForm(initial={"amends": corrected}))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The page of a release: what it said, who took it where, what became of it."""
        self._let_in(request)
        release = get_object_or_404(Release.objects.select_related(*pages.TAKEN_BY), pk=key(object_id))
        if release.state in Release.OPEN:
            return HttpResponseRedirect(pages.address(release))
        return self._page(request, "record", words.name_of(release), pages.record(person(request), release))

    def act(self, request: HttpRequest, verb: str) -> HttpResponse:
        """One verb: what it asks for stands on a page of its own; where it asks nothing, the button was the form."""
        self._let_in(request)
        if verb == "prepare":
            return self._prepare(request)
        if verb not in words.BUTTONS or verb == "withdraw":
            raise Http404
        release = Release.objects.open().first()
        if request.method == "POST":
            return self._taken(request, verb, release, ASKED.get(verb, SeenForm)(request.POST))
        if release is None or verb not in ASKED or not publishing.may(person(request), verb, release):
            return self._to_the_desk()
        return self._question(request, verb, release, opened(verb, release, latest(release)))

    def withdraw(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Asks once more, says what it means, and wants the reason; then takes the release back."""
        self._let_in(request)
        release = get_object_or_404(Release.objects.select_related("amends"), pk=pk)
        if request.method == "POST":
            return self._taken(request, "withdraw", release, ASKED["withdraw"](request.POST))
        if not publishing.may(person(request), "withdraw", release):
            return self._refused(request, release)
        return self._question(request, "withdraw", release, opened("withdraw", release, latest(release)))

    # --- How a step is taken ------------------------------------------------------------------------------------------

    def _prepare(self, request: HttpRequest) -> HttpResponse:
        if request.method != "POST":
            return self._to_the_desk()
        by, form = person(request), PrepareForm(request.POST)
        if not pages.may_prepare(by):
            messages.error(request, _("Your account may not do this; ask a colleague who may."))
        elif not form.is_valid():
            return self._empty_desk(request, form)
        else:
            self._drafted(request, form)
        return self._to_the_desk()

    def _drafted(self, request: HttpRequest, form: PrepareForm) -> None:
        asked = {name: answer for name, answer in form.cleaned_data.items() if name != "seen"}
        try:
            draft = publishing.prepare(by=person(request), **asked)
        except PublishingError as problem:
            messages.error(request, str(problem))
        else:
            messages.success(request, words.done("prepare", draft))

    def _taken(self, request: HttpRequest, verb: str, release: Release | None, form: SeenForm) -> HttpResponse:
        """Takes the step, or says why not and leaves everything as it was."""
        by = person(request)
        if release is None:
            messages.warning(request, _("There is no release on its way any more."))
            return self._to_the_desk()
        try:
            if form.is_valid():
                done = take(verb, release, by, **form.cleaned_data)
                messages.success(request, words.done(verb, done))
                return HttpResponseRedirect(pages.address(done))
        except Changed as problem:
            messages.warning(request, str(problem))
            return HttpResponseRedirect(pages.address(Release.objects.get(pk=release.pk)))
        except PublishingError as problem:
            form.add_error(None, str(problem))
        is_allowed = publishing.may(by, verb, release)
        if verb in ASKED and is_allowed:
            return self._question(request, verb, release, form)
        for sentence in form.non_field_errors():
            messages.error(request, str(sentence))
        return HttpResponseRedirect(pages.address(release))

    def _refused(self, request: HttpRequest, release: Release) -> HttpResponse:
        messages.error(request, _("Only the newest release can be withdrawn, and only by a publisher."))
        return HttpResponseRedirect(pages.address(release))

    # --- Pages --------------------------------------------------------------------------------------------------------

    def _let_in(self, request: HttpRequest) -> None:
        if not self.has_view_permission(request):
            raise PermissionDenied

    def _to_the_desk(self) -> HttpResponse:
        return HttpResponseRedirect(reverse("admin:metrics_release_next"))

    def _empty_desk(self, request: HttpRequest, form: PrepareForm) -> HttpResponse:
        return self._page(request, "prepare", _("Next release"), pages.empty_desk(person(request), form))

    def _question(self, request: HttpRequest, verb: str, release: Release, form: SeenForm) -> HttpResponse:
        asked = pages.question(verb, release, form)
        title = _("%(act)s: %(release)s") % {"act": asked["button"].words, "release": release}
        return self._page(request, "question", title, asked)

    def _page(self, request: HttpRequest, template: str, title: Any, shown: dict[str, Any]) -> HttpResponse:
        context = {**self.admin_site.each_context(request), "title": title, "opts": self.opts, **shown}
        return TemplateResponse(request, f"admin/metrics/release/{template}.html", context)
