"""The public pages: what the door says, put into words, put into a template."""

from functools import partial

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from dashboard import pages, stories
from dashboard.delivery import public
from dashboard.mounts import edition, leave, moment, vantage
from dashboard.pages import explore, sharing
from dashboard.pages.history.story import teasers
from dashboard.searching import documents
from metrics import published


@public
def home(request: HttpRequest) -> HttpResponse:
    board = published.board(vantage(request))
    page = pages.home_page(board, edition(request), partial(published.measures, at=board.at))
    return render(request, "pages/home.html", {"page": page})


@public
def goal(request: HttpRequest, slug: str) -> HttpResponse:
    found = _found(request, slug)
    told = teasers(stories.of_goal(slug, moment(request)))
    context = {"page": pages.goal_page(found), "share": sharing.share_goal(found), "stories": told}
    return render(request, "pages/goal.html", context)


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
    reading = _read(request, slug, asked)
    context = {"page": explore.indicator_page(reading, asked), "share": sharing.share_indicator(reading, asked)}
    return render(request, "pages/indicator.html", context)


@public
def indicator_figure(request: HttpRequest, slug: str) -> JsonResponse:
    asked = explore.asking(request.GET)
    return JsonResponse(explore.figure(_read(request, slug, asked), asked))


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
def pipeline(request: HttpRequest) -> HttpResponse:
    page = pages.pipeline_page(published.pipeline(vantage(request)))
    return render(request, "pages/pipeline.html", {"page": page})


@public
def methods(request: HttpRequest) -> HttpResponse:
    page = pages.methods_page(published.board(vantage(request)))
    return render(request, "pages/methods.html", {"page": page})


@public
def search(request: HttpRequest) -> HttpResponse:
    every = documents(vantage(request) or published.now(), edition(request), stories.public(moment(request)))
    return render(request, "pages/search.html", {"page": pages.search_page(request.GET, every)})


@public
def glossary(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/glossary.html", {"terms": pages.terms()})


@public
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/accessibility.html", {"page": pages.accessibility()})


@public
def privacy(request: HttpRequest) -> HttpResponse:
    return render(request, "pages/privacy.html", {"page": pages.privacy()})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    leave(request)
    return render(request, "404.html", {"wanted": pages.wanted(request.path)}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(render_to_string("500.html"), status=500)


def _read(request: HttpRequest, slug: str, asked: explore.Asking) -> published.IndicatorReading:
    reading = published.indicator_page(slug, asked.of, vantage(request))
    if reading is None:
        raise Http404
    return reading


def _found(request: HttpRequest, slug: str) -> published.GoalPage:
    page = published.goal_page(slug, vantage(request))
    if page is None:
        raise Http404
    return page
