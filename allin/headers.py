"""The headers that every response carries, pages and static files alike. Constant, so that pages stay cacheable."""

from collections.abc import Callable
from wsgiref.headers import Headers

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import add_never_cache_headers

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
)
STYLED = "style-src 'self' "
# Django's admin writes a few style attributes of its own; it runs no inline script.
ADMIN_POLICY = POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

FEATURES_OFF = (
    "accelerometer autoplay browsing-topics camera display-capture encrypted-media fullscreen gamepad "
    "geolocation gyroscope hid identity-credentials-get idle-detection local-fonts magnetometer microphone midi "
    "payment picture-in-picture publickey-credentials-create publickey-credentials-get screen-wake-lock serial "
    "storage-access usb window-management xr-spatial-tracking"
)

STRICT = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in FEATURES_OFF.split()),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


class StrictHeaders:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.admin = f"/{settings.ADMIN_PATH}"

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if digest := getattr(request, "style_digest", ""):  # the page holds a style sheet of ours, known to the byte
            response.headers.setdefault("Content-Security-Policy", POLICY.replace("style-src 'self'", STYLED + digest))
        for name, value in STRICT.items():
            response.headers.setdefault(name, value)  # what is meant for other sites loosens its own
        if getattr(response, "xframe_options_exempt", False):  # old browsers know no list of who may frame a page
            del response.headers["X-Frame-Options"]
        if request.path.startswith(self.admin):
            response.headers["Content-Security-Policy"] = ADMIN_POLICY
        # The cookie is enough to tell: reading the session would cost a query on every public page.
        if request.path.startswith(self.admin) or settings.SESSION_COOKIE_NAME in request.COOKIES:
            response.headers.pop("Cache-Control", None)
            add_never_cache_headers(response)
        return response


def add_static_headers(headers: Headers, path: str, url: str) -> None:
    """The same for the files that WhiteNoise serves in front of Django."""
    for name, value in STRICT.items():
        headers[name] = value
    if settings.SECURE_HSTS_SECONDS:
        headers["Strict-Transport-Security"] = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains; preload"
