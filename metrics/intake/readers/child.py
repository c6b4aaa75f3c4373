"""The process that reads a file's bytes. It has no database, no secret, no way to write, and little time and memory.

Standard input is one line of JSON that says what is wanted, and then the file. Standard output is lines of JSON: what
the file is, its entries or rows a few thousand at a time, and at the end either that it is whole or why it is refused.
"""

import json
import resource
import signal
import sys
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

#: Seconds of processor time, and of patience.
SECONDS = 240
MEMORY = 1024 * 1024 * 1024
#: Entries in one message.
CHUNK = 4000


def confine() -> None:
    """Gives up what reading a table does not need."""
    limits = {
        resource.RLIMIT_CPU: SECONDS,
        resource.RLIMIT_AS: MEMORY,
        resource.RLIMIT_FSIZE: 0,  # no file can grow by one byte: what is read can be left nowhere
        resource.RLIMIT_CORE: 0,  # nor in a picture of the memory
        resource.RLIMIT_NOFILE: 32,
    }
    for limit, most in limits.items():
        try:
            resource.setrlimit(limit, (most, most))
        except (ValueError, OSError):  # a system that does not know this limit, or sets a lower one already
            continue
    signal.alarm(SECONDS)


def say(message: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(message, separators=(",", ":")) + "\n")


def of_figures(data: bytes, name: str) -> Iterator[dict[str, Any]]:
    """What there is to tell of a file of figures."""
    from metrics.intake import readers  # noqa: PLC0415  after the limits stand

    found = readers.figures(data, name)
    remarks = [[one.template, one.values] for one in found.remarks]
    yield {"layout": found.layout, "words": found.words, "remarks": remarks, "lines": data.count(b"\n")}
    for items in _chunks(found.entries):
        yield {
            "entries": [one for one in items if isinstance(one, list)],
            "troubles": [
                [one.line, one.column, one.template, one.values] for one in items if isinstance(one, readers.Trouble)
            ],
            "left out": [[one.line, one.template] for one in items if isinstance(one, readers.LeftOut)],
        }
    yield {"rows": found.count.rows}


def of_rows(data: bytes, layout: str) -> Iterator[dict[str, Any]]:
    from metrics.intake import layouts, readers  # noqa: PLC0415

    known = {one.name: one for one in (layouts.TIDY, layouts.PROVIDER)}
    for rows in _chunks(iter(readers.read(data, known[layout]))):
        yield {"rows": [[row.line, row.cells] for row in rows]}


def of_lines(data: bytes) -> Iterator[dict[str, Any]]:
    """The first table as it is."""
    from metrics.intake import readers  # noqa: PLC0415

    table = next(readers.tables(readers.unpacked(data)))
    for lines in _chunks(table.lines):
        yield {"rows": [list(line) for line in lines]}


def _chunks(items: Iterator[Any]) -> Iterator[list[Any]]:
    while chunk := list(islice(items, CHUNK)):
        yield chunk


def main() -> None:
    confine()
    sys.path.insert(0, str(Path(__file__).resolve().parents[3]))
    wish = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read(wish["size"] + 1)  # at once: a growing buffer would hold the file twice
    from metrics.intake.readers import UnreadableFile  # noqa: PLC0415
    from metrics.intake.readers.refusals import TOO_MUCH  # noqa: PLC0415

    try:
        if wish["want"] == "figures":
            messages = of_figures(data, wish["name"])
        elif wish["want"] == "rows":
            messages = of_rows(data, wish["layout"])
        else:
            messages = of_lines(data)
        for message in messages:
            say(message)
    except UnreadableFile as refusal:
        say({"refused": [refusal.template, refusal.values]})
    except (MemoryError, RecursionError):
        say({"refused": [TOO_MUCH, {}]})
    else:
        say({"whole": True})
    sys.stdout.flush()


if __name__ == "__main__":
    main()
