"""How a public page travels: it may be kept by anybody, and is sent again only when something has changed."""

import hashlib
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from metrics import published

#: Seconds for which a browser does not ask again.
FRESH = 60
#: What a page is made of, beside the published figures.
MATERIAL = ("templates", "dashboard", "static", "locale")

View = Callable[..., HttpResponseBase]


def public(view: View) -> View:
    """A page that anybody may read and keep: GET and HEAD only, an ETag, a short life."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        patch_cache_control(response, public=True, max_age=FRESH, must_revalidate=True)
        return response

    return require_safe(condition(etag_func=etag)(answer))


def etag(request: HttpRequest, *args: Any, **kwargs: Any) -> str:
    """Changes with every release, with the language, and with the files that pages are made of. One query."""
    parts = (published.version(), build(), get_language() or "", request.path)
    return f'"{_short("|".join(parts).encode())}"'


@cache
def build() -> str:
    """A mark of the templates, code, styles and translations in use; read once in the life of a process."""
    root = Path(settings.BASE_DIR)
    files = sorted(path for folder in MATERIAL for path in (root / folder).rglob("*.*") if path.suffix != ".pyc")
    return _short(b"".join(path.relative_to(root).as_posix().encode() + path.read_bytes() for path in files))


def _short(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:24]
