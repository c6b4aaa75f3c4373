"""The clock of the embedded server: publishes the scheduled release at its minute, without a service beside it."""

import logging
import threading
import time

from django.db import connections

from .endings import publish_due

#: Seconds between two looks; a release is public well within its minute.
PAUSE = 15

log = logging.getLogger(__name__)


def start() -> threading.Thread:
    """Starts a clock in this process. Every worker has one: the database lets only one of them publish."""
    clock = threading.Thread(target=_run, name="release-clock", daemon=True)
    clock.start()
    return clock


def _run() -> None:
    while True:
        time.sleep(PAUSE)
        tick()


def tick() -> None:
    """One look. A database that is not to be had, or whatever else, is logged, and the clock goes on."""
    try:
        publish_due()
    except Exception:
        log.exception("The clock could not look for a scheduled release; it looks again in %s seconds.", PAUSE)
    finally:
        connections.close_all()
