"""What was published when: updates, corrections, feeds, and the verdicts of the past."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from coalition import roster
from dashboard import feeds, opendata, stories
from dashboard.delivery import public
from dashboard.pages.history import corrections as correction_pages
from dashboard.pages.history import machine
from dashboard.pages.history import story as story_pages
from dashboard.pages.history import updates as update_pages
from metrics import published


@public
def updates(request: HttpRequest) -> HttpResponse:
    told: list[update_pages.Every] = [*published.entries(), *roster.updates(), *stories.public()]
    page = update_pages.updates_page(told, published.corrected, request.GET)
    return render(request, "pages/history/updates.html", {"page": page})


@public
def story(request: HttpRequest, slug: str) -> HttpResponse:
    told = stories.story(slug)
    if told is None and (reason := stories.taken_back(slug)):
        return render(request, "410.html", {"reason": reason}, status=410)
    if told is None:
        raise Http404
    page = story_pages.story_page(told, names=story_pages.names(published.now(), roster.edition()))
    return render(request, "pages/history/story.html", {"page": page})


@public
def story_picture(request: HttpRequest, slug: str, sha256: str) -> HttpResponse:
    data = stories.picture(slug, sha256)
    if data is None:
        raise Http404
    return HttpResponse(data, content_type="image/jpeg", headers={"Cross-Origin-Resource-Policy": "cross-origin"})


@public
def corrections(request: HttpRequest) -> HttpResponse:
    definitions, counts = _today().definitions, published.counts_of_corrections()
    page = correction_pages.corrections_page(definitions, counts, request.GET)
    return render(request, "pages/history/corrections.html", {"page": page})


@public
def corrections_csv(request: HttpRequest) -> HttpResponseBase:
    at = _today()
    rows = opendata.change_rows(correction_pages.all_corrections(at.definitions, request.GET))
    return opendata.download("corrections.csv", opendata.CHANGES, rows, of=at.release)


@public
def history(request: HttpRequest) -> HttpResponse:
    page = machine.machine_page(published.past(), request.GET.get("on", ""))
    return render(request, "pages/history/machine.html", {"page": page})


@public
def atom(request: HttpRequest) -> HttpResponse:
    return HttpResponse(feeds.atom(_feed()), content_type="application/atom+xml; charset=utf-8")


@public
def json(request: HttpRequest) -> HttpResponse:
    return HttpResponse(feeds.json(_feed()), content_type="application/feed+json; charset=utf-8")


def _today() -> published.Vantage:
    """Raises Http404 before the first release."""
    at = published.now()
    if at is None:
        raise Http404
    return at


def _feed() -> feeds.Feed:
    at, newest = published.now(), published.entries()[: feeds.RELEASES]
    corrected = published.corrections(at.definitions, feeds.numbers(newest)) if at else {}
    return feeds.feed(newest, corrected, stories.public()[: feeds.RELEASES])
