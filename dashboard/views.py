"""The public pages: what the door says, put into words, put into a template."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from dashboard import pages
from dashboard.delivery import public
from dashboard.mounts import edition, leave, vantage
from dashboard.pages import explore
from metrics import published


@public
def home(request: HttpRequest) -> HttpResponse:
    board = published.board(vantage(request))
    page = pages.home_page(board, edition(request), partial(published.measures, at=board.at))
    return render(request, "pages/home.html", {"page": page})


@public
def goal(request: HttpRequest, slug: str) -> HttpResponse:
    return render(request, "pages/goal.html", {"page": pages.goal_page(_found(request, slug))})


@public
def figure(request: HttpRequest, slug: str) -> JsonResponse:
    return JsonResponse(pages.figure(_found(request, slug)))


@public
def indicators(request: HttpRequest) -> HttpResponse:
    page = explore.indicators_page(published.indicators(vantage(request)))
    return render(request, "pages/indicators.html", {"page": page})


@public
def indicator(request: HttpRequest, slug: str) -> HttpResponse:
    asked = explore.asking(request.GET)
    reading = published.indicator_page(slug, asked.of, vantage(request))
    if reading is None:
        raise Http404
    return render(request, "pages/indicator.html", {"page": explore.indicator_page(reading, asked)})


@public
def gaps(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/gaps.html", {"page": pages.gaps_page(published.gaps(vantage(request)))})


@public
def report_card(request: HttpRequest) -> HttpResponse:
    page = pages.report_card(published.indicators(vantage(request)))
    return render(request, "pages/report_card.html", {"page": page})


@public
def how_to_read(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/how_to_read.html", {"page": pages.how_to_read()})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"page": pages.privacy()})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    leave(request)
    return render(request, "404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)


def _found(request: HttpRequest, slug: str) -> published.GoalPage:
    page = published.goal_page(slug, vantage(request))
    if page is None:
        raise Http404
    return page
