"""What is kept of a release: what it changed, and each of its figures."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render

from dashboard import opendata
from dashboard.delivery import public
from dashboard.mounts import vantage
from dashboard.pages.history import changes as change_pages
from dashboard.pages.history import figure as figure_pages
from metrics import published


@public
def changes(request: HttpRequest) -> HttpResponse:
    at, entry = _of_release(request)
    page = change_pages.changes_page(at, entry, published.tally(entry.number), request.GET)
    return render(request, "pages/history/changes.html", {"page": page})


@public
def changes_csv(request: HttpRequest) -> HttpResponseBase:
    at, entry = _of_release(request)
    rows = opendata.change_rows(*change_pages.all_changes(at))
    return opendata.download(f"changes-{entry.number}.csv", opendata.CHANGES, rows, of=at.release)


@public
def figure(request: HttpRequest, indicator: str, place: str, group: str, year: int) -> HttpResponse:
    key = (indicator, place, group, year)
    found = published.figure_history(*key, vantage(request))
    if found is None:
        raise Http404
    return render(request, "pages/history/figure.html", {"page": figure_pages.figure_page(found, key)})


def _seen(request: HttpRequest) -> published.Vantage:
    """From where the page looks. Raises Http404 before the first release."""
    at = vantage(request) or published.now()
    if at is None:
        raise Http404
    return at


def _of_release(request: HttpRequest) -> tuple[published.Vantage, published.ReleaseEntry]:
    """The same with what is said of the release. Raises Http404 for one that is not public yet."""
    at = _seen(request)
    entry = published.entry(at.release.number)
    if entry is None:
        raise Http404
    return at, entry
