"""What an installation says of itself in the environment; a wrong value stops the start with one sentence of advice."""

import os
import re
from pathlib import Path
from typing import Any, NoReturn
from urllib.parse import SplitResult, urlsplit

import dj_database_url


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


def secret_keys(state: Path) -> list[str]:
    """The key that signs, then older ones that are still believed: changing the key logs nobody out."""
    path = Path(text("SECRET_KEY_FILE", str(state / "secret-key")))
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


def database(state: Path) -> dict[str, Any]:
    url = text("DATABASE_URL", f"sqlite:///{state / 'allin.sqlite3'}")
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


#: An e-mail address and nothing beside it.
MAILBOX = re.compile(r"[^\s@<>,;:\"]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")


def contact_email() -> str:
    """Where people write to the staff; shown in the members’ area and, to everybody, on the privacy page."""
    address = text("CONTACT_EMAIL", "")
    if address and not MAILBOX.fullmatch(address):
        stop(f"CONTACT_EMAIL is “{address}”; give the address that people may write to, like “staff@example.org”.")
    return address


def email_from(mail: SplitResult | None) -> str:
    address = text("EMAIL_FROM", "")
    if mail and not MAILBOX.fullmatch(address):
        stop(f"EMAIL_FROM is “{address}”; give the address that messages come from, like “board@example.org”.")
    return f"ALL IN! Coalition <{address}>"
