"""A database for processes of their own: of the kind under test, empty at first and gone afterwards."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2


def environment(url: str, **more: str) -> dict[str, str]:
    """What a process gets that works on it. Compiled modules are kept, or every start would take twice the time."""
    return {**os.environ, "DATABASE_URL": url, "PYTHONDONTWRITEBYTECODE": "", **more}


@contextmanager
def own_database(folder: Path, name: str) -> Iterator[str]:
    """Its address; on SQLite it is a file in the folder."""
    given = os.environ.get("DATABASE_URL", "")
    if not given.startswith("postgres"):
        yield f"sqlite:///{folder}/{name}.sqlite3"
        return
    name = f"{name}_{secrets.token_hex(4)}"
    connection = psycopg2.connect(given)
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE DATABASE {name}")
        yield urlunsplit(urlsplit(given)._replace(path=f"/{name}"))
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")
    connection.close()
