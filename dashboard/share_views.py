"""Charts and cards as files, the frame for other sites, and oEmbed, by which they ask for it."""

from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.utils.translation import override

from dashboard import pictures
from dashboard.charts import svg
from dashboard.delivery import View, for_programs, public
from dashboard.mounts import vantage
from dashboard.pages import explore, oembeds, sharing
from metrics import published

SVG, PNG = "image/svg+xml; charset=utf-8", "image/png"
#: A drawing brings its style with it, and nothing else.
DRAWING = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'"
#: A frame may stand on any site. It loads our style and letters, runs nothing and sends nothing.
FRAMED = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors *"


def taken(view: View) -> View:
    """A file that other sites may show."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return public(answered)


@taken
def goal_svg(request: HttpRequest, slug: str) -> HttpResponse:
    return _drawing(sharing.goal_picture(_goal(request, slug)), f"{slug}.svg")


@taken
def goal_png(request: HttpRequest, slug: str) -> HttpResponse:
    return _png(sharing.goal_picture(_goal(request, slug)), f"{slug}.png")


@taken
def goal_card(request: HttpRequest, slug: str) -> HttpResponse:
    return HttpResponse(pictures.card(sharing.goal_card(_goal(request, slug))), content_type=PNG)


@taken
def indicator_svg(request: HttpRequest, slug: str) -> HttpResponse:
    return _drawing(_asked(request, slug), f"{slug}.svg")


@taken
def indicator_png(request: HttpRequest, slug: str) -> HttpResponse:
    return _png(_asked(request, slug), f"{slug}.png")


@taken
def indicator_card(request: HttpRequest, slug: str) -> HttpResponse:
    asked = explore.asking(request.GET.__class__())
    return HttpResponse(pictures.card(sharing.indicator_card(_reading(request, slug, asked), asked)), content_type=PNG)


@taken
def embed(request: HttpRequest, slug: str) -> HttpResponse:
    response = render(request, "embed/goal.html", {"page": sharing.frame(_goal(request, slug))})
    response["Content-Security-Policy"] = FRAMED
    response.xframe_options_exempt = True  # Django's own mark
    return response


@for_programs
def oembed(request: HttpRequest) -> HttpResponse:
    asked = oembeds.asked(request.GET)
    if asked.format not in ("", "json"):
        return JsonResponse({"error": "Only JSON is answered."}, status=HTTPStatus.NOT_IMPLEMENTED)
    with override(asked.language):
        return JsonResponse(sharing.oembed(_goal(request, asked.goal), asked.width, asked.height))


def _goal(request: HttpRequest, slug: str) -> published.GoalPage:
    page = published.goal_page(slug, vantage(request))
    if page is None:
        raise Http404
    return page


def _reading(request: HttpRequest, slug: str, asked: explore.Asking) -> published.IndicatorReading:
    reading = published.indicator_page(slug, asked.of, vantage(request))
    if reading is None:
        raise Http404
    return reading


def _asked(request: HttpRequest, slug: str) -> svg.Picture:
    asked = explore.asking(request.GET)
    picture = sharing.indicator_picture(_reading(request, slug, asked), asked)
    if picture is None:
        raise Http404
    return picture


def _drawing(picture: svg.Picture, name: str) -> HttpResponse:
    headers = {"Content-Security-Policy": DRAWING, "Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pictures.as_svg(picture), content_type=SVG, headers=headers)


def _png(picture: svg.Picture, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'inline; filename="{name}"'}
    return HttpResponse(pictures.as_png(pictures.as_svg(picture)), content_type=PNG, headers=headers)
