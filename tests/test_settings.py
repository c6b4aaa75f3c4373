"""A wrong or missing value stops the start with one sentence of advice; and the settings keep what they promise."""

import os
import subprocess
import sys
from http import HTTPStatus
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client
from pytest_django import Settings

HOUSE = Path(__file__).resolve().parent.parent
KEY = "Zq7-vT2xKp9_Lw4sRb8nYc3mHd6jFg1eUa5iOo0tXzWkQyPlMvBn"
MAIL = {
    "SECRET_KEY": KEY,
    "EMAIL_URL": "smtp://board:opensesame@mail.example.org",
    "EMAIL_FROM": "board@example.org",
    "SITE_URL": "https://board.example.org",
}
READ = "from django.conf import settings; print(repr([getattr(settings, name, None) for name in {names}]))"


def start(folder: Path, *names: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Loads the settings in a process that holds this environment and nothing else."""
    return subprocess.run(
        [sys.executable, "-c", READ.format(names=names)],
        cwd=HOUSE,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "allin.settings",
            "STATE_DIR": str(folder),
            "PYTHONUTF8": "1",
            **environment,
        },
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({}, "set SECRET_KEY"),
        ({"SECRET_KEY": ""}, "set SECRET_KEY"),
        ({"SECRET_KEY_FILE": "not-there"}, "set SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "50 random characters"),
        ({"SECRET_KEY": "a" * 80}, "50 random characters"),
        ({"SECRET_KEY": f"django-insecure-{KEY}"}, "50 random characters"),
        ({"SECRET_KEY": KEY, "HTTPS": "yes"}, "“on” or “off”"),
        ({"SECRET_KEY": KEY, "DEBUG": "1"}, "“on” or “off”"),
        ({"SECRET_KEY": KEY, "BEHIND_PROXY": "true"}, "“on” or “off”"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "https://board.example.org"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": KEY, "ALLOWED_HOSTS": "board.example.org,"}, "ALLOWED_HOSTS"),
        ({"SECRET_KEY": KEY, "ADMIN_PATH": "/staff/"}, "ADMIN_PATH"),
        ({"SECRET_KEY": KEY, "ADMIN_PATH": "staff"}, "ADMIN_PATH"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "mysql://somebody@host/name"}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "nonsense"}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "postgresql://host:port/name"}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "DATABASE_URL": "postgresql://host/"}, "DATABASE_URL"),
        ({"SECRET_KEY": KEY, "SITE_URL": "board.example.org"}, "SITE_URL"),
        ({"SECRET_KEY": KEY, "SITE_URL": "https://board.example.org/"}, "SITE_URL"),
        ({"SECRET_KEY": KEY, "CONTACT_EMAIL": "the staff"}, "CONTACT_EMAIL"),
        ({"SECRET_KEY": KEY, "SITE_URL": "ftp://board.example.org"}, "SITE_URL"),
        ({"SECRET_KEY": KEY, "EMAIL_URL": "smtp://mail.example.org"}, "SITE_URL"),
        (MAIL | {"EMAIL_URL": "mail.example.org"}, "EMAIL_URL"),
        (MAIL | {"EMAIL_URL": "imap://mail.example.org"}, "EMAIL_URL"),
        (MAIL | {"EMAIL_URL": "smtp://"}, "EMAIL_URL"),
        (MAIL | {"EMAIL_URL": "smtp://mail.example.org:port"}, "EMAIL_URL"),
        (MAIL | {"EMAIL_URL": "smtp://mail.example.org:99999"}, "EMAIL_URL"),
        (MAIL | {"EMAIL_URL": "smtp://mail.example.org/inbox"}, "EMAIL_URL"),
        (MAIL | {"EMAIL_URL": "smtp://mail.example.org?ssl=no"}, "EMAIL_URL"),
        (MAIL | {"EMAIL_FROM": ""}, "EMAIL_FROM"),
        (MAIL | {"EMAIL_FROM": "The board <board@example.org>"}, "EMAIL_FROM"),
    ],
)
def test_a_wrong_value_stops_the_start(environment: dict[str, str], says: str, tmp_path: Path) -> None:
    done = start(tmp_path, "DEBUG", **environment)
    assert done.returncode != 0
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert done.stderr.startswith("The board did not start: ")


def test_the_password_in_a_database_address_is_not_repeated(tmp_path: Path) -> None:
    done = start(tmp_path, "DEBUG", SECRET_KEY=KEY, DATABASE_URL="oracle://somebody:opensesame@host/name")
    assert done.returncode != 0
    assert "opensesame" not in done.stderr


def test_the_password_in_a_mail_server_s_address_is_not_repeated(tmp_path: Path) -> None:
    wrong = MAIL | {"EMAIL_URL": "smtp://board:opensesame@mail.example.org:port"}
    done = start(tmp_path, "DEBUG", **wrong)
    assert done.returncode != 0
    assert "opensesame" not in done.stderr


@pytest.mark.parametrize(
    ("url", "server"),
    [
        ("", ("dummy", "localhost", 25, "", False, False)),
        ("smtp://mail.example.org", ("smtp", "mail.example.org", 587, "", True, False)),
        ("smtp://mail.example.org:2525", ("smtp", "mail.example.org", 2525, "", True, False)),
        ("smtps://board:a%40b@mail.example.org", ("smtp", "mail.example.org", 465, "a@b", False, True)),
        ("smtp://127.0.0.1", ("smtp", "127.0.0.1", 25, "", False, False)),  # a relay on this machine
    ],
)
def test_messages_leave_over_tls_or_not_at_all(url: str, server: tuple[object, ...], tmp_path: Path) -> None:
    names = ("EMAIL_BACKEND", "EMAIL_HOST", "EMAIL_PORT", "EMAIL_HOST_PASSWORD", "EMAIL_USE_TLS", "EMAIL_USE_SSL")
    done = start(tmp_path, *names, **MAIL | {"EMAIL_URL": url})
    backend = f"django.core.mail.backends.{server[0]}.EmailBackend"
    assert done.stdout.strip() == repr([backend, *server[1:]]), done.stderr


def test_the_safe_values_are_the_default_ones(tmp_path: Path) -> None:
    done = start(
        tmp_path,
        *("DEBUG", "SECURE_SSL_REDIRECT", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SESSION_COOKIE_NAME"),
        *("CSRF_COOKIE_NAME", "SECURE_HSTS_SECONDS", "SECURE_PROXY_SSL_HEADER", "ALLOWED_HOSTS"),
        SECRET_KEY=KEY,
    )
    assert done.stdout.strip() == (
        "[False, True, True, True, '__Host-sessionid', '__Host-csrftoken', 31536000, None, ['127.0.0.1', 'localhost']]"
    ), done.stderr


def test_the_database_is_a_file_of_ours_unless_told_otherwise(tmp_path: Path) -> None:
    done = start(tmp_path, "DATABASES", SECRET_KEY=KEY)
    assert str(tmp_path / "allin.sqlite3") in done.stdout
    assert "'transaction_mode': 'IMMEDIATE'" in done.stdout
    assert "synchronous=FULL" in done.stdout
    done = start(
        tmp_path, "DATABASES", SECRET_KEY=KEY, DATABASE_URL="postgresql://allin:secret@db.example.org:5433/board"
    )
    assert "'NAME': 'board'" in done.stdout
    assert "'PORT': 5433" in done.stdout


def test_a_key_file_signs_with_its_first_line_and_still_believes_the_others(tmp_path: Path) -> None:
    older = KEY[::-1]
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\n{older}\n", encoding="utf-8")
    done = start(tmp_path, "SECRET_KEY", "SECRET_KEY_FALLBACKS", SECRET_KEY_FILE=str(file))
    assert done.stdout.strip() == repr([KEY, [older]]), done.stderr


def test_a_weak_key_file_stops_the_start(tmp_path: Path) -> None:
    file = tmp_path / "keys"
    file.write_text(f"{KEY}\nshort\n", encoding="utf-8")
    done = start(tmp_path, "DEBUG", SECRET_KEY_FILE=str(file))
    assert done.returncode != 0
    assert "short" not in done.stderr.replace(str(file), "")


@pytest.mark.parametrize(
    ("environment", "says"),
    [
        ({"HTTPS": "off"}, "allin.E004"),
        ({"DEBUG": "on"}, "allin.E001"),
        ({"ADMIN_PATH": "admin/"}, "allin.E002"),
    ],
)
def test_the_deploy_check_refuses(environment: dict[str, str], says: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", "--tag", "security"],
        cwd=HOUSE,
        env={"PATH": os.environ["PATH"], "SECRET_KEY": KEY, "STATE_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0
    assert says in done.stderr


@pytest.mark.django_db
def test_five_wrong_passwords_close_the_door_to_that_address_and_not_to_the_owner() -> None:
    get_user_model().objects.create_superuser("owner", password=KEY)
    login = f"/{settings.ADMIN_PATH}login/"

    def try_password(password: str, address: str, forwarded: str = "") -> int:
        form = {"username": "owner", "password": password}
        return Client().post(login, form, REMOTE_ADDR=address, HTTP_X_FORWARDED_FOR=forwarded).status_code

    guesses = [try_password("a wrong password", "127.0.0.2", forwarded=f"10.0.0.{n}") for n in range(5)]
    assert guesses == [HTTPStatus.OK] * 4 + [HTTPStatus.TOO_MANY_REQUESTS]
    assert try_password(KEY, "127.0.0.2") == HTTPStatus.TOO_MANY_REQUESTS
    assert try_password(KEY, "127.0.0.3") == HTTPStatus.FOUND


@pytest.mark.django_db
def test_behind_a_proxy_the_guesser_is_counted_and_not_the_proxy(settings: Settings) -> None:
    settings.MIDDLEWARE = ["allin.proxy.CallerBehindProxy", *settings.MIDDLEWARE]
    get_user_model().objects.create_superuser("owner", password=KEY)

    def try_password(password: str, caller: str) -> int:
        form = {"username": "owner", "password": password}
        given = {"REMOTE_ADDR": "127.0.0.1", "HTTP_X_FORWARDED_FOR": f"10.0.0.1, {caller}"}
        return Client().post(f"/{settings.ADMIN_PATH}login/", form, **given).status_code

    guesses = [try_password("a wrong password", "198.51.100.66") for _n in range(5)]
    assert guesses == [HTTPStatus.OK] * 4 + [HTTPStatus.TOO_MANY_REQUESTS]
    assert try_password(KEY, "203.0.113.5") == HTTPStatus.FOUND


@pytest.mark.parametrize("password", ["Hartford2025", "allincoalition", "fourteen chars"])
def test_a_short_or_common_password_is_refused(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)
