"""Behind a proxy of ours every connection is the proxy's own; who asked stands at the end of what it forwards."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase


class CallerBehindProxy:
    """Puts the caller in the place of the proxy, so that whoever counts tries or messages counts the caller's.

    Only what the proxy itself added, the last address of the list, is believed: the rest anybody can make up.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        caller = request.META.get("HTTP_X_FORWARDED_FOR", "").rpartition(",")[2].strip()
        if caller:
            request.META["REMOTE_ADDR"] = caller
        return self.get_response(request)
