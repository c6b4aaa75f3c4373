"""All settings: what differs between installations comes from the environment (`allin/environment.py`)."""

from datetime import timedelta
from pathlib import Path
from urllib.parse import unquote

from allin import environment
from allin.environment import switch, text
from allin.formats import CSV, XLSX

BASE_DIR = Path(__file__).resolve().parent.parent

# --- What differs from one installation to the next -------------------------------------------------------------------

STATE_DIR = Path(text("STATE_DIR", str(BASE_DIR / "var")))  # everything the board writes
SECRET_KEY, *SECRET_KEY_FALLBACKS = environment.secret_keys(STATE_DIR)
ALLOWED_HOSTS = environment.allowed_hosts()
ADMIN_PATH = environment.admin_path()
DATABASES = {"default": environment.database(STATE_DIR)}
DEBUG = switch("DEBUG", "off")
HTTPS = switch("HTTPS", "on")
BEHIND_PROXY = switch("BEHIND_PROXY", "off")  # on: a proxy of ours ends TLS and always sets X-Forwarded-Proto itself
SITE_URL = environment.site_url()
CONTACT_EMAIL = environment.contact_email()
mail = environment.mail_server()
DEFAULT_FROM_EMAIL = environment.email_from(mail)

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
    "django.contrib.sitemaps",
    "allin.apps.StaticFiles",
    "import_export",
    "axes",
    "metrics",
    "coalition",
    "dashboard",
]

MIDDLEWARE = [
    *(["allin.proxy.CallerBehindProxy"] if BEHIND_PROXY else []),
    "allin.headers.StrictHeaders",  # outermost: nothing leaves without them, error pages and redirects included
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "dashboard.mounts.Mounts",  # /releases/3/… and /preview/… are the whole board at another address
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

# Lists that come as Excel workbooks are opened by the same room, which reads bytes where they can do no harm.
TABLE_READER = "metrics.intake.confined.lines"

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

# A large file is worked on in a process of its own. “off” does it within the request, where no process may be started.
INTAKE_APART = switch("INTAKE_APART", "on")

# Who prepared a release does not approve it. “on” lets one person do both, and every release they make says so.
ONE_PERSON_OFFICE = switch("ONE_PERSON_OFFICE", "off")

# What publishes a scheduled release at its minute: a clock in each worker; “off” where a timer calls
# `manage.py publish`.
RELEASE_CLOCK = "metrics.publishing.clock.start" if switch("RELEASE_CLOCK", "on") else None

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
