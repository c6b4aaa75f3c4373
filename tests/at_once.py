"""Several people in one moment: real threads, each with a database connection of its own."""

import threading
from collections.abc import Callable
from typing import Any

from django.db import close_old_connections, connections


def at_once(*acts: Callable[[], Any]) -> list[Any]:
    """What each act gave, or the exception it met; the test says which ones it expects.

    The test must not be wrapped in a transaction (give it a `_django_db_helper` of its own): the threads have to see
    what it wrote.
    """
    barrier, got = threading.Barrier(len(acts)), []

    def one(act: Callable[[], Any]) -> None:
        close_old_connections()
        barrier.wait()
        try:
            got.append(act())
        except Exception as problem:
            got.append(problem)
        finally:
            connections.close_all()

    people = [threading.Thread(target=one, args=[act]) for act in acts]
    for person in people:
        person.start()
    for person in people:
        person.join(60)
    assert len(got) == len(acts), "somebody waits for ever"
    return got
