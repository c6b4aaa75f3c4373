"""Work on large files outside the request: one process for each, started by the server and gone when it is done.

No queue stands between: it would have to keep the file somewhere until its turn comes, and a file that may tell about
students is kept nowhere. It goes through a pipe from the server's memory into that of the process.
"""

import json
import logging
import os
import socket
import subprocess
import sys
import threading
import time
import traceback
from datetime import timedelta
from pathlib import Path
from typing import IO, Any, cast

from django.conf import settings
from django.contrib.auth.models import User
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from metrics.models import Batch, Reading

from .actions import IntakeError, accept, receive
from .readers import UnreadableFile

logger = logging.getLogger(__name__)

#: Files that are worked on at a time; each takes a processor and up to half a gigabyte.
AT_ONCE = 2
#: Rows that are accepted within the request: it takes a second.
FEW_ROWS = 5000
#: Seconds that a request waits for the end before it shows a bar.
PATIENCE = 4.0
#: How often the bar moves, and how long it is remembered.
BEAT = 0.5
KEPT = timedelta(days=1)


NOTHING_NEW = gettext_lazy("Nothing new: exactly this file was received before. This is its review.")


class Busy(IntakeError):
    """Other files are being read; this one has to wait."""


def read(*, name: str, data: bytes, by: User) -> Reading:
    """Begins to read a file, and says how far it has come after a moment. Raises Busy when others are in the way."""
    return _begin({"act": "receive", "name": name, "size": len(data)}, data, by, None)


def take(*, batch: Batch, by: User, reason: str, checked: list[int] | None) -> Reading | int:
    """Accepts a batch; of a large one it only begins to. Raises IntakeError as `actions.accept` does."""
    if batch.rows.count() <= FEW_ROWS:
        return accept(batch=batch, by=by, reason=reason, checked=checked)
    return _begin({"act": "accept", "reason": reason, "checked": checked, "size": 0}, b"", by, batch)


def _begin(wish: dict[str, Any], data: bytes, by: User, batch: Batch | None) -> Reading:
    Reading.objects.filter(beat_at__lt=timezone.now() - KEPT).delete()
    if len([one for one in Reading.objects.filter(state=Reading.State.WORKING) if is_alive(one)]) >= AT_ONCE:
        raise Busy(_("Other files are being read just now; try again in a minute."))
    reading = Reading.objects.create(
        by=by, batch=batch, beat_at=timezone.now(), host=socket.gethostname(), process=os.getpid()
    )
    if not settings.INTAKE_APART:
        work(reading, wish, data)
        return reading
    command = [sys.executable, str(Path(settings.BASE_DIR) / "manage.py"), "work", str(reading.key)]
    process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, start_new_session=True)
    Reading.objects.filter(pk=reading.pk).update(process=process.pid)
    threading.Thread(target=_hand_over, args=(process, wish, data), daemon=True).start()
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        time.sleep(0.05)
    reading.refresh_from_db()
    return reading


def _hand_over(process: "subprocess.Popen[bytes]", wish: dict[str, Any], data: bytes) -> None:
    """Fills the pipe and waits, so that the process does not stay behind as a shadow when it has ended."""
    with process:
        try:
            pipe = cast(IO[bytes], process.stdin)
            pipe.write(json.dumps(wish).encode() + b"\n" + data)
            pipe.close()
        except BrokenPipeError:
            return


def is_alive(reading: Reading) -> bool:
    """Whether somebody still works on it, as far as this machine can tell."""
    if reading.state != Reading.State.WORKING:
        return False
    if reading.host != socket.gethostname() or reading.process is None:
        return reading.beat_at > timezone.now() - timedelta(minutes=10)
    try:
        os.kill(reading.process, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def work(reading: Reading, wish: dict[str, Any], data: bytes) -> None:
    """Does what was wished and keeps account of it. `data` is the whole file, or it was cut off on its way."""
    beat = Beat(reading)
    try:
        if len(data) != wish["size"]:
            raise IntakeError(_("The file did not arrive whole; send it again."))
        if wish["act"] == "receive":
            received = receive(name=wish["name"], data=data, by=reading.by, progress=beat)
            reading.batch = received.batch
            _end(reading, Reading.State.DONE, str(NOTHING_NEW) if received.known else "")
        else:
            batch = cast(Batch, reading.batch)
            made = accept(batch=batch, by=reading.by, reason=wish["reason"], checked=wish["checked"])
            _end(reading, Reading.State.DONE, recorded(made))
    except UnreadableFile as refusal:
        _end(reading, Reading.State.REFUSED, refusal.sentence(_))
    except IntakeError as problem:
        _end(reading, Reading.State.REFUSED, str(problem))
    except (
        Exception
    ) as fault:  # a fault of the board's own. What it says could repeat the file, so only its place is kept
        where = traceback.extract_tb(fault.__traceback__)[-1]
        place = f"{type(fault).__name__}, {Path(where.filename).name}:{where.lineno}"
        logger.error("A file could not be worked on: %s", place)
        sentence = _("Something is wrong in the board itself; nothing was done. Tell who runs it: {place}.")
        _end(reading, Reading.State.REFUSED, sentence.format(place=place))


def recorded(number: int) -> str:
    """What to tell when so many figures were accepted."""
    said = ngettext("%(n)d figure recorded.", "%(n)d figures recorded.", number) % {"n": number}
    return f"{said} {_('Nothing is public yet.')}"


def _end(reading: Reading, state: Reading.State, sentence: str) -> None:
    reading.state, reading.sentence, reading.beat_at = state, sentence[:600], timezone.now()
    reading.save(update_fields=["state", "sentence", "batch", "beat_at"])


class Beat:
    """Says how far a reading has come, not more often than somebody looks."""

    def __init__(self, reading: Reading) -> None:
        self.reading, self.last = reading, 0.0

    def __call__(self, done: int, total: int) -> None:
        if time.monotonic() - self.last >= BEAT:
            self.last = time.monotonic()
            Reading.objects.filter(pk=self.reading.pk).update(done=done, total=total, beat_at=timezone.now())
