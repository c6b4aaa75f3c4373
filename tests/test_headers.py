"""Every response carries the strict headers: pages, errors, redirects, staff area, and static files."""

import re
import sys
from base64 import b64encode
from hashlib import sha256
from http import HTTPStatus
from importlib import import_module
from io import BytesIO
from pathlib import Path
from types import ModuleType
from wsgiref.util import setup_testing_defaults

import pytest
from django.contrib.auth import get_user_model
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path as url
from pytest_django import Settings

from allin import headers

pytestmark = pytest.mark.django_db


def directives(policy: str) -> dict[str, list[str]]:
    return {name: values for name, *values in (part.split() for part in policy.split(";"))}


def assert_strict(found: dict[str, str], policy: str = headers.POLICY) -> None:
    expected = {**headers.STRICT, "Content-Security-Policy": policy}
    assert {name: found.get(name) for name in expected} == expected


def test_the_policy_is_strict() -> None:
    policy = directives(headers.POLICY)
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == policy["form-action"] == ["'self'"]
    assert policy["base-uri"] == policy["frame-ancestors"] == policy["object-src"] == ["'none'"]
    assert "unsafe" not in headers.POLICY


def test_the_staff_area_is_loosened_by_one_word_only() -> None:
    public, staff = directives(headers.POLICY), directives(headers.ADMIN_POLICY)
    assert staff.pop("style-src") == ["'self'", "'unsafe-inline'"]
    assert public.pop("style-src") == ["'self'"]
    assert staff == public


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/no-such-page/", "/no-such-page", "/.git/config", "/admin/"])
@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_public_responses(client: Client, method: str, path: str) -> None:
    assert_strict(dict(getattr(client, method)(path).items()))


def test_a_page_that_breaks(client: Client, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> None:
    settings.ROOT_URLCONF = breaking = ModuleType("breaking")

    def view(request: HttpRequest) -> HttpResponse:
        raise RuntimeError("ZZCANARY")

    vars(breaking).update(urlpatterns=[url("broken/", view)], handler500="dashboard.views.server_error")
    client.raise_request_exception = False
    response = client.get("/broken/")
    assert response.status_code == HTTPStatus.INTERNAL_SERVER_ERROR
    assert b"ZZCANARY" not in response.content
    assert_strict(dict(response.items()))


def test_the_staff_area(client: Client, settings: Settings) -> None:
    response = client.get(f"/{settings.ADMIN_PATH}login/")
    assert response.status_code == HTTPStatus.OK
    assert_strict(dict(response.items()), headers.ADMIN_POLICY)
    assert "no-store" in response["Cache-Control"]


def test_nothing_is_kept_for_somebody_signed_in(client: Client) -> None:
    user = get_user_model().objects.create_user("editor")
    assert "no-store" not in client.get("/no-such-page/").get("Cache-Control", "")
    client.force_login(user)
    assert "no-store" in client.get("/no-such-page/")["Cache-Control"]


def test_plain_http_is_sent_to_https(client: Client, settings: Settings) -> None:
    settings.SECURE_SSL_REDIRECT = True
    settings.SECURE_HSTS_SECONDS = 31_536_000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    response = client.get("/no-such-page/")
    assert response.status_code == HTTPStatus.MOVED_PERMANENTLY
    assert response["Location"] == "https://testserver/no-such-page/"
    assert_strict(dict(response.items()))
    secure = client.get("/no-such-page/", secure=True)
    assert secure["Strict-Transport-Security"] == "max-age=31536000; includeSubDomains"


def test_static_files(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "page.0123456789ab.css").write_text("body { color: #141b26 }", encoding="utf-8")
    (tmp_path / "robots.txt").write_text("User-agent: *", encoding="utf-8")
    settings.STATIC_ROOT = tmp_path
    monkeypatch.delitem(sys.modules, "allin.wsgi", raising=False)
    application = import_module("allin.wsgi").application

    def get(path: str) -> tuple[str, dict[str, str]]:
        environ = {"PATH_INFO": path, "wsgi.input": BytesIO()}
        setup_testing_defaults(environ)
        answer: list[tuple[str, dict[str, str]]] = []
        body = application(environ, lambda status, found: answer.append((status, dict(found))))
        b"".join(body)
        body.close()
        return answer[0]

    status, found = get("/static/page.0123456789ab.css")
    assert status == "200 OK"
    assert_strict(found)
    assert "immutable" in found["Cache-Control"]
    assert "Access-Control-Allow-Origin" not in found

    status, found = get("/static/robots.txt")
    assert status == "200 OK"
    assert "immutable" not in found["Cache-Control"]

    status, found = get("/static/not-there.css")
    assert status == "404 Not Found"
    assert_strict(found)


def test_a_style_sheet_inside_a_page_is_known_to_the_byte():
    answer = Client().get("/")
    rules = re.search(rb"<style>(.*?)</style>", answer.content, re.DOTALL).group(1)
    digest = b64encode(sha256(rules).digest()).decode()
    assert f"style-src 'self' 'sha256-{digest}';" in answer["Content-Security-Policy"]
    assert "unsafe-inline" not in answer["Content-Security-Policy"]
    assert b"url(../" not in rules.replace(b'"', b"")
    assert b"/static/fonts/" in rules


def test_only_the_page_that_holds_one_says_so(client):
    assert "sha256" not in client.get("/privacy/")["Content-Security-Policy"]
