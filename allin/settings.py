"""All settings, from the environment alone; a wrong or missing value stops the start with one sentence of advice."""

import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, unquote, urlsplit

import dj_database_url

from allin.formats import CSV, XLSX

BASE_DIR = Path(__file__).resolve().parent.parent


# --- Reading the environment ------------------------------------------------------------------------------------------


def stop(advice: str) -> NoReturn:
    # SystemExit and not ImproperlyConfigured: whoever starts the board gets the sentence without a traceback around it.
    raise SystemExit(f"The board did not start: {advice}")


def text(name: str, default: str) -> str:
    return os.environ.get(name, "").strip() or default


def switch(name: str, default: str) -> bool:
    value = text(name, default).lower()
    if value not in ("on", "off"):
        stop(f"{name} is “{value}”; set it to “on” or “off”.")
    return value == "on"


def secret_keys() -> list[str]:
    """The key that signs, then older ones that are still believed: changing the key logs nobody out."""
    path = Path(text("SECRET_KEY_FILE", str(STATE_DIR / "secret-key")))
    if key := text("SECRET_KEY", ""):
        keys, where = [key], "SECRET_KEY"
    elif path.is_file():
        keys, where = path.read_text(encoding="utf-8").split(), f"the file {path}"
    else:
        stop(
            "no secret key; set SECRET_KEY, or write one to a file and name it in SECRET_KEY_FILE "
            '(python3 -c "import secrets; print(secrets.token_urlsafe(60))" makes one).'
        )
    if not keys or any(len(key) < 50 or len(set(key)) < 10 or key.startswith("django-insecure") for key in keys):
        stop(f"the secret key in {where} is too easy to guess; use 50 random characters or more.")
    return keys


def allowed_hosts() -> list[str]:
    hosts = [host.strip() for host in text("ALLOWED_HOSTS", "127.0.0.1,localhost").split(",")]
    for host in hosts:
        if not re.fullmatch(r"\.?[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\]", host):
            stop(f"ALLOWED_HOSTS has “{host}”; give host names divided by commas, without scheme, port or “*”.")
    return hosts


def admin_path() -> str:
    path = text("ADMIN_PATH", "staff/")
    if not re.fullmatch(r"([a-z0-9][a-z0-9_-]*/)+", path):
        stop(f"ADMIN_PATH is “{path}”; use small letters, digits and dashes with a slash at the end, like “staff/”.")
    return path


def database() -> dict[str, Any]:
    url = text("DATABASE_URL", f"sqlite:///{STATE_DIR / 'allin.sqlite3'}")
    try:
        # Connections stay open: opening one costs more than the query it is for.
        settings: dict[str, Any] = {**dj_database_url.parse(url, conn_max_age=None, conn_health_checks=True)}
    except (dj_database_url.ParseError, dj_database_url.UnknownSchemeError, ValueError):
        # The address may hold a password, so it is not repeated.
        settings = {}
    if settings.get("ENGINE") not in ("django.db.backends.sqlite3", "django.db.backends.postgresql"):
        stop("DATABASE_URL cannot be read; write postgresql://user:password@host:5432/name or sqlite:////folder/file.")
    if not settings["NAME"]:
        stop("DATABASE_URL names no database; put its name after the last slash.")
    if settings["ENGINE"] == "django.db.backends.sqlite3":
        # IMMEDIATE takes the write lock at the start, so that two editors wait instead of failing with “database is
        # locked”; WAL lets readers read meanwhile; FULL keeps every acknowledged commit through a power cut.
        settings["OPTIONS"] = {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        }
    return settings


def site_url() -> str:
    url = text("SITE_URL", "http://127.0.0.1:8000")
    if not re.fullmatch(r"https?://([A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*|\[[0-9A-Fa-f:]+\])(:[0-9]{1,5})?", url):
        stop(f"SITE_URL is “{url}”; give the board’s own address without a path, like “https://board.example.org”.")
    return url


def mail_server() -> SplitResult | None:
    url = text("EMAIL_URL", "")
    if not url:
        return None
    try:
        server = urlsplit(url)
        whole = server.scheme in ("smtp", "smtps") and server.hostname and server.port != 0
    except ValueError:
        whole = False
    if not whole or server.path.strip("/") or server.query or server.fragment:
        # The address may hold a password, so it is not repeated.
        stop("EMAIL_URL cannot be read; write smtp://user:password@host:587 (or smtps:// where TLS comes first).")
    if not text("SITE_URL", ""):
        stop("EMAIL_URL is set and SITE_URL is not; give the address that messages shall lead to.")
    return server


def email_from() -> str:
    address = text("EMAIL_FROM", "")
    if mail and not re.fullmatch(r"[^\s@<>,;:\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+", address):
        stop(f"EMAIL_FROM is “{address}”; give the address that messages come from, like “board@example.org”.")
    return f"ALL IN! Coalition <{address}>"


# --- What differs from one installation to the next -------------------------------------------------------------------

STATE_DIR = Path(text("STATE_DIR", str(BASE_DIR / "var")))  # everything the board writes
SECRET_KEY, *SECRET_KEY_FALLBACKS = secret_keys()
ALLOWED_HOSTS = allowed_hosts()
ADMIN_PATH = admin_path()
DATABASES = {"default": database()}
DEBUG = switch("DEBUG", "off")
HTTPS = switch("HTTPS", "on")
BEHIND_PROXY = switch("BEHIND_PROXY", "off")  # on: a proxy of ours ends TLS and always sets X-Forwarded-Proto itself
SITE_URL = site_url()
mail = mail_server()
DEFAULT_FROM_EMAIL = email_from()

# --- The house --------------------------------------------------------------------------------------------------------

ROOT_URLCONF = "allin.urls"
WSGI_APPLICATION = "allin.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    "allin.apps.Allin",
    "allin.apps.Staff",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "allin.apps.StaticFiles",
    "import_export",
    "axes",
    "metrics",
    "coalition",
    "dashboard",
]

MIDDLEWARE = [
    "allin.headers.StrictHeaders",  # outermost: nothing leaves without them, error pages and redirects included
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dashboard.languages.LanguageOfAddress",  # the address alone says the language: /es/ is Spanish
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "axes.middleware.AxesMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    }
]

# The coalition hands providers' figures to the room of figures through this module, and knows nothing else of it.
PROVIDER_INTAKE = "metrics.intake.providers"

# --- Language and time ------------------------------------------------------------------------------------------------

USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("es", "Español")]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_TZ = True
TIME_ZONE = "America/New_York"

# --- Messages ---------------------------------------------------------------------------------------------------------

# No server: no message leaves the board, and `manage.py remind` says how many wait.
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if mail else 'dummy'}.EmailBackend"
EMAIL_TIMEOUT = 10  # seconds
if mail:
    EMAIL_HOST = mail.hostname
    EMAIL_USE_SSL = mail.scheme == "smtps"
    # No password and no message crosses a network in the clear; only a relay on this machine is spoken to without TLS.
    EMAIL_USE_TLS = not EMAIL_USE_SSL and EMAIL_HOST not in ("127.0.0.1", "localhost", "::1")
    EMAIL_PORT = mail.port or (465 if EMAIL_USE_SSL else 587 if EMAIL_USE_TLS else 25)
    EMAIL_HOST_USER = unquote(mail.username or "")
    EMAIL_HOST_PASSWORD = unquote(mail.password or "")

# --- Files ------------------------------------------------------------------------------------------------------------

STATIC_URL = "/static/"
STATIC_ROOT = STATE_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static", STATE_DIR / "assets"]  # the second is made by static/build.py
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "allin.assets.PlotlyFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},  # no upload is ever kept as a file
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# An upload may hold students: it stays in memory, and one that does not fit is not taken at all.
FILE_UPLOAD_HANDLERS = ["metrics.intake.uploads.MemoryOnly"]
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

# --- Who gets in ------------------------------------------------------------------------------------------------------

AUTHENTICATION_BACKENDS = ["axes.backends.AxesStandaloneBackend", "django.contrib.auth.backends.ModelBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 15},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "admin:login"

# Who may see a list may take it along, and nobody else (the package's default lets every member of staff).
IMPORT_EXPORT_EXPORT_PERMISSION_CODE = "view"
EXPORT_FORMATS = [CSV, XLSX]

# Name and address together, so that a stranger's guessing does not lock the owner out. The address is the
# connection's own: a forwarding header could be made up anew for each guess.
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = timedelta(minutes=10)
AXES_RESET_ON_SUCCESS = True
AXES_IPWARE_META_PRECEDENCE_ORDER = ["REMOTE_ADDR"]
AXES_DISABLE_ACCESS_LOG = True  # failures are kept; who signed in when is in the session and the admin log
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

if HTTPS:
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    # With this prefix a browser takes the cookie only from this very host, over TLS.
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
if BEHIND_PROXY:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

# --- Logs: to stderr, for whoever runs the process; tracebacks come without the values of local variables -----------

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {
        # Named to replace Django's own handler, which mails error reports with the local variables in them.
        "django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
        # A page that is not there is no news: robots ask for them all day.
        "django.request": {"level": "ERROR"},
    },
}
