"""Reading a file in a process of its own, so that no file can hurt the board: not its memory, its time or its disk."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from os import SEEK_END
from pathlib import Path
from typing import IO, Any, cast

from django.utils.translation import gettext as _

from .layouts import Layout
from .readers import Row, UnreadableFile, check_size, gettext_noop
from .readers import child as reading_process
from .readers.refusals import TOO_MUCH

#: Bytes handed over at a time.
PORTION = 1024 * 1024
STOPPED = gettext_noop("The file could not be read; nothing was taken from it.")

Data = bytes | IO[bytes]


def figures(data: Data, name: str) -> Iterator[dict[str, Any]]:
    """What a file of figures is, then its entries a few thousand at a time (`readers.figures`).

    Raises UnreadableFile when the file is refused, whenever that comes out: nothing may be written before the end.
    """
    return _messages({"want": "figures", "name": name}, data)


def rows(data: Data, layout: Layout) -> list[Row]:
    """The rows of a file in one of our own layouts (`readers.read`). Raises UnreadableFile as it does."""
    told = _messages({"want": "rows", "layout": layout.name}, data)
    return [Row(line, cells) for message in told for line, cells in message["rows"]]


def lines(data: Data) -> list[tuple[int, list[str]]]:
    """The lines of a file's first table, whatever it is about. Raises ValueError with one sentence when it is none.

    For the lists of the staff area, which know nothing of this room (`settings.TABLE_READER`).
    """
    try:
        return [(line, cells) for message in _messages({"want": "lines"}, data) for line, cells in message["rows"]]
    except UnreadableFile as refusal:
        raise ValueError(refusal.sentence(_)) from None


def size_of(data: Data) -> int:
    """The bytes of a file, wherever in it one stands."""
    if isinstance(data, bytes):
        return len(data)
    here, size = data.tell(), data.seek(0, SEEK_END)
    data.seek(here)
    return size


def _messages(wish: dict[str, Any], data: Data) -> Iterator[dict[str, Any]]:
    wish["size"] = size_of(data)
    check_size(wish["size"])
    command = [sys.executable, "-I", "-B", str(Path(reading_process.__file__))]
    # What a parser says when it fails could repeat the file; nobody is to read it.
    process = subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env={"LANG": "C.UTF-8"}
    )
    with process:
        try:
            _hand_over(process, wish, data)
            yield from _told(process)
        finally:
            process.kill()


def _hand_over(process: "subprocess.Popen[bytes]", wish: dict[str, Any], data: Data) -> None:
    with (
        suppress(BrokenPipeError),
        cast(IO[bytes], process.stdin) as pipe,
    ):  # what it says, or does not say, tells why it left
        pipe.write(json.dumps(wish).encode() + b"\n")
        if isinstance(data, bytes):
            pipe.write(data)
        else:
            while portion := data.read(PORTION):
                pipe.write(portion)


def _told(process: "subprocess.Popen[bytes]") -> Iterator[dict[str, Any]]:
    for line in cast(IO[bytes], process.stdout):
        if not line.endswith(b"\n"):  # cut off with its process; the error of a parser would repeat it
            break
        message = json.loads(line)
        if "refused" in message:
            template, values = message["refused"]
            raise UnreadableFile(template, **values)
        if "whole" in message:
            return
        yield message
    raise UnreadableFile(TOO_MUCH if process.wait() < 0 else STOPPED)
