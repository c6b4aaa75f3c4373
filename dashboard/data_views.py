"""Open files and the interface under /api/: the same figures as on the pages, for programs."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from dashboard import opendata
from dashboard.delivery import for_programs, public
from dashboard.mounts import vantage
from dashboard.opendata import answers
from dashboard.pages import data as pages
from metrics import published

JSON = "application/json; charset=utf-8"
WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@public
def data(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/data.html", {"page": pages.data_page(vantage(request) or published.now())})


@public
def robots(request: HttpRequest) -> HttpResponse:
    return render(request, "robots.txt", {"site": settings.SITE_URL}, content_type="text/plain; charset=utf-8")


@for_programs
def figures_csv(request: HttpRequest) -> HttpResponseBase:
    at, rows = _asked(request)
    head, query = opendata.FIGURES.names, request.GET.urlencode()
    return opendata.download(f"figures-{at.release.number}.csv", head, rows, of=at.release, asked=query)


@for_programs
def figures_json(request: HttpRequest) -> HttpResponseBase:
    at, rows = _asked(request)
    lines = opendata.as_json(opendata.FIGURES, rows, at.release)
    return opendata.sent(f"figures-{at.release.number}.json", lines, JSON, of=at.release, asked=request.GET.urlencode())


@for_programs
def figures_xlsx(request: HttpRequest) -> HttpResponseBase:
    at, rows = _asked(request)
    name, book = f"figures-{at.release.number}.xlsx", opendata.as_workbook(opendata.FIGURES, rows, at.release)
    return opendata.sent(name, [book], WORKBOOK, of=at.release, asked=request.GET.urlencode())


@for_programs
def bundle(request: HttpRequest) -> HttpResponseBase:
    at = _seen(request)
    name = f"allin-hartford-{at.release.number}.zip"
    return opendata.sent(name, [opendata.bundle(at)], "application/zip", of=at.release)


@for_programs
def dictionary(request: HttpRequest) -> HttpResponseBase:
    at = _seen(request)
    return opendata.download("dictionary.csv", opendata.DICTIONARY, opendata.dictionary(), of=at.release)


@for_programs
def package(request: HttpRequest) -> HttpResponse:
    return _json(opendata.description(_seen(request).release))


@for_programs
def on_the_web(request: HttpRequest) -> HttpResponse:
    return _json(opendata.on_the_web(_seen(request).release))


@for_programs
def api(request: HttpRequest) -> HttpResponse:
    return _json(answers.index())


@for_programs
def openapi(request: HttpRequest) -> HttpResponse:
    return _json(opendata.openapi())


@for_programs
def api_table(request: HttpRequest, name: str) -> HttpResponse:
    table = answers.table_named(name)
    if table is None:
        raise Http404
    return _json(answers.answer(table, _seen(request), request.GET))


def _json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content, json_dumps_params={"ensure_ascii": False})


def _asked(request: HttpRequest) -> tuple[published.Vantage, Any]:
    """From where the file looks, and the figures that are asked for."""
    at = _seen(request)
    rows = opendata.figures(at, opendata.only(request.GET, at.definitions))
    return at, opendata.csv_rows(rows) if request.path.endswith(".csv") else rows


def _seen(request: HttpRequest) -> published.Vantage:
    """Raises Http404 before the first release."""
    at = vantage(request) or published.now()
    if at is None:
        raise Http404
    return at
