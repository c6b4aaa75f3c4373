"""What every test may ask for: a browser page that tells on itself, and static files without the hashing step."""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.utils import translation
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

# A slow machine is no fault of the code; how long an example takes is measured in benchmarks. What is drawn is the same
# each time, so that a change passes or fails for what it changes; `make search` draws anew.
hypothesis.settings.register_profile("house", deadline=None, derandomize=True)
hypothesis.settings.register_profile("search", deadline=None, print_blob=True)
hypothesis.settings.load_profile("house")

BROWSERS = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]
BROWSER_FLAGS = [
    "--disable-gpu",
    "--disable-quic",
    "--disable-sync",
    "--disable-background-networking",
    "--disable-component-update",
    "--no-first-run",
    "--no-proxy-server",
]


#: Fixtures by which a test asks a database.
ASKS = {"db", "transactional_db", "database_url"}

SESSIONS_OF_OTHERS = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND pid <> pg_backend_pid()"
)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-golden", action="store_true", help="write the golden files anew, to be read in a diff")


def pytest_configure() -> None:
    # The hashed names exist only after collectstatic; tests read the sources.
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    # What a test writes waits in a transaction that no other process sees; the journeys use the board as it runs.
    settings.INTAKE_APART = False
    # A password of a test is worth no third of a second; which hasher the board has is asked of its settings.
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    # SQLite in a file, as it runs: in memory, connections lock each other out in a way of their own.
    if settings.DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
        settings.DATABASES["default"].setdefault("TEST", {})["NAME"] = str(settings.STATE_DIR / "test.sqlite3")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what asks a database: the rest was asked on SQLite, and its answer would be the same."""
    if settings.DATABASES["default"]["ENGINE"] != "django.db.backends.postgresql":
        return
    asking = [
        one for one in items if one.get_closest_marker("django_db") or ASKS & set(getattr(one, "fixturenames", ()))
    ]
    config.hook.pytest_deselected(items=[one for one in items if one not in set(asking)])
    items[:] = asking


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Every test that asks for the database finds the real board in it, brought in by the real door."""
    with django_db_blocker.unblock():
        call_command("seed", "fixtures/definitions", "fixtures/coalition", verbosity=0)
        call_command("receive", "fixtures/figures", accept=True, stdout=io.StringIO())
        call_command("publish", first=True, summary="The first release.", stdout=io.StringIO())
        call_command("publish_coalition", summary="The first edition.", stdout=io.StringIO())
    yield
    if connection.vendor == "postgresql":
        # While the browser's event loop runs, Django gives the same thread a second connection (asgiref.local), which
        # nobody closes when the loop has ended; PostgreSQL drops no database in use.
        with django_db_blocker.unblock(), connection.cursor() as cursor:
            cursor.execute(SESSIONS_OF_OTHERS)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """Every test begins in English: a request in Spanish leaves its language behind in the thread."""
    with translation.override("en"):
        yield


@pytest.fixture
def empty_board(db: None) -> None:
    """A board on the day it is set up: definitions, and not one figure."""
    for model in ("PublishedCell", "ReleaseAct", "Release", "DefinitionSet", "StagedRow", "Problem", "Batch"):
        apps.get_model("metrics", model).objects.all().delete()
    observations = apps.get_model("metrics", "Observation").objects
    while observations.exists():  # newest first: a correction protects the figure it corrects
        observations.filter(superseded_by__isnull=True).delete()


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = next((path for path in BROWSERS if Path(path).exists()), None)
    if path is None:
        pytest.fail("No browser at " + " or ".join(BROWSERS) + "; .ci/system-packages installs one.")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=BROWSER_FLAGS, chromium_sandbox=False)
        yield browser
        browser.close()


@pytest.fixture
def browser_context(browser: Browser) -> Iterator[BrowserContext]:
    """A reader of their own: no cookies, no cache, and proof at the end that nobody else was asked for anything."""
    context = browser.new_context(
        locale="en-US", timezone_id="America/New_York", viewport={"width": 1280, "height": 900}
    )
    context.set_default_timeout(10_000)
    strangers: list[str] = []
    context.on(
        "request",
        lambda request: (
            strangers.append(request.url)
            if urlsplit(request.url).scheme in ("http", "https", "ws", "wss")
            and urlsplit(request.url).hostname not in ("127.0.0.1", "localhost")
            else None
        ),
    )
    yield context
    context.close()
    assert not strangers, f"The page asked third parties: {strangers}"


@pytest.fixture
def browser_page(browser_context: BrowserContext) -> Iterator[Page]:
    """A page on which an error in the console, a refused style or script among them, fails the test."""
    page = browser_context.new_page()
    errors: list[str] = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    page.close()
    assert not errors, f"The browser's console says: {errors}"
