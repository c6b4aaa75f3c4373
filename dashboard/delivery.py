"""How a public page travels: anybody may keep it, and it is sent again only when its content has changed."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponseBase, JsonResponse
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

from dashboard.opendata import BadQueryError, TooLongError

#: Seconds for which a browser does not ask again.
FRESH = 60

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """A page that anybody may read and keep: GET and HEAD only, compressed, a short life, an ETag over its bytes.

    The ETag is made of the content, so that a release, a new member of the coalition and a new template all
    change it, and a draft changes nothing. Compressing is safe because no public page holds a secret.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH, must_revalidate=True)
        return response

    # Nothing can be sent here, so nothing can be forged: whoever tries is told 405, and not that a token is missing.
    return csrf_exempt(require_safe(gzip_page(conditional_page(answer))))


def for_programs(view: View) -> View:
    """Open data may be read from any site, and what cannot be answered is said in one sentence."""

    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            response = view(request, *args, **kwargs)
        except (BadQueryError, TooLongError) as problem:
            response = JsonResponse({"error": str(problem)}, status=HTTPStatus.BAD_REQUEST)
        except Http404:
            response = JsonResponse({"error": "There is nothing at this address."}, status=HTTPStatus.NOT_FOUND)
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return public(answered)
