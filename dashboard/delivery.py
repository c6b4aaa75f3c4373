"""How a public page travels: anybody may keep it, and it is sent again only when its content has changed."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.views.decorators.gzip import gzip_page
from django.views.decorators.http import conditional_page, require_safe

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

    return require_safe(gzip_page(conditional_page(answer)))
