"""The whole public board at another address: as a release showed it (`/releases/3/…`), or would (`/preview/…`).

A mount takes its prefix off the address, so that the same views and templates answer, and makes it Django's script
prefix, so that every link on the page stays within it. Which figures and which edition they show the views ask
here.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import get_script_prefix, reverse, set_script_prefix
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from coalition import roster
from metrics import published

#: What may be seen through a mount. Everything else lives at one address only.
PUBLIC = {"dashboard", "coalition", "record", "data"}
MAY_PREVIEW = "metrics.preview_release"

_PREFIX = re.compile(r"/(?:releases/(?P<number>[1-9]\d{0,8})|preview)(?=/)")
_CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_IF_MATCH", "HTTP_IF_UNMODIFIED_SINCE")


@dataclass
class Mount:
    """Where a page is mounted.

    number    of the release that is shown; None: the one on its way
    live      the address of the same page of today
    outside   the script prefix of the live board
    """

    number: int | None
    live: str
    outside: str

    @cached_property
    def vantage(self) -> published.Vantage:
        """Raises Http404 where there is no such release."""
        found = published.proposed() if self.number is None else published.as_of(self.number)
        if found is None:
            raise Http404
        return found

    def look(self) -> None:
        """Raises Http404 where there is no such release, whatever the page would have said of it."""
        _found = self.vantage

    @property
    def is_preview(self) -> bool:
        return self.number is None


def vantage(request: HttpRequest) -> published.Vantage | None:
    """From where this page looks at the figures; None: the board as it is."""
    mount = getattr(request, "mount", None)
    return mount.vantage if mount else None


def moment(request: HttpRequest) -> datetime | None:
    """As of when this page shows the coalition: the end of the release's time; None: now."""
    seen = vantage(request)
    return seen.until if seen else None


def edition(request: HttpRequest) -> roster.Edition:
    """The coalition as this page shows it."""
    return roster.edition(moment(request))


def measures(request: HttpRequest) -> Callable[[Iterable[published.Target]], tuple[published.Measure | None, ...]]:
    """The door to targets, seen from where this page looks."""
    return partial(published.measures, at=vantage(request))


def program_figures(request: HttpRequest) -> Callable[[str], published.ProgramFigures | None]:
    """The door to programs, seen from where this page looks."""
    return partial(published.program_figures, at=vantage(request))


def address(name: str, *args: object, release: int | None = None) -> str:
    """A page as `release` showed it, or as it is today: the same address wherever it is asked for."""
    prefix = get_script_prefix()
    outside, inside = _PREFIX.sub("", prefix), reverse(name, args=args).removeprefix(prefix)
    return f"{outside}releases/{release}/{inside}" if release else f"{outside}{inside}"


def leave(request: HttpRequest) -> None:
    """From here on the page is one of the live board: its links lead there, and no banner is on it."""
    mount: Mount | None = getattr(request, "mount", None)
    if mount:
        set_script_prefix(mount.outside)
        request.mount = None  # type: ignore[attr-defined]


class Mounts:
    """Answers below a mount as at the root."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        found = _PREFIX.match(request.path_info)
        if found is None:
            return self.get_response(request)
        number = found["number"]
        rest = request.path_info[found.end() :]
        request.path_info = rest
        outside = get_script_prefix()
        request.mount = Mount(int(number) if number else None, rest, outside)  # type: ignore[attr-defined]
        set_script_prefix(f"{outside.rstrip('/')}{found[0]}/")
        try:
            response = self.get_response(request)
        finally:
            set_script_prefix(outside)
        if not number:
            _keep_to_oneself(response)
        return response

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lets in who may look, before any view is asked."""
        mount: Mount | None = getattr(request, "mount", None)
        if mount is None:
            return None
        if request.resolver_match is None or not PUBLIC & set(request.resolver_match.namespaces):
            return HttpResponseRedirect(mount.live)  # it led to a view, so it is an address of this server
        refusal = _only_who_may(request) if mount.is_preview else None
        if refusal is None and mount.number and (reason := published.withdrawn(mount.number)):
            leave(request)
            return render(request, "410.html", {"number": mount.number, "reason": reason}, status=410)
        if refusal is None:
            mount.look()
        return refusal


def _only_who_may(request: HttpRequest) -> HttpResponse | None:
    """Nobody learns whether there is a release on its way without being allowed to see it."""
    if not request.user.is_authenticated:
        leave(request)
        return redirect_to_login(request.get_full_path())
    if not request.user.has_perm(MAY_PREVIEW):
        raise Http404
    for condition in _CONDITIONS:
        request.META.pop(condition, None)  # what is under way is sent whole, each time
    return None


def _keep_to_oneself(response: HttpResponseBase) -> None:
    """No cache on the way keeps a page of the preview, no search engine lists it, no other site reads it."""
    for name in (
        "ETag",
        "Last-Modified",
        "Cache-Control",
        "Access-Control-Allow-Origin",
        "Content-Security-Policy",
        "Cross-Origin-Resource-Policy",
    ):
        response.headers.pop(name, None)
    response.xframe_options_exempt = False  # type: ignore[attr-defined]
    add_never_cache_headers(response)
    patch_vary_headers(response, ["Cookie"])
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
