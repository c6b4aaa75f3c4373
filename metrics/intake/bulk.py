"""Many rows at once, in as few words to the database as it takes: PostgreSQL's COPY, SQLite's one prepared statement.

Figures wait here as lines of text: a million of them hold 80 MB, as objects they would hold a gigabyte.
"""

import io
import json
from array import array
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice
from typing import Any

from django.contrib.auth.models import User
from django.db import IntegrityError, connection

from metrics.models import Batch, Group, Indicator, Observation, Place, Source, SourceFile, StagedRow

from .checks import Figure

Key = tuple[int, int, int, int]

COLUMNS = (
    "line", "outcome", "indicator_id", "place_id", "group_id", "period", "source_id", "status", "value", "numerator",
    "denominator", "note", "replaces_id",
)  # fmt: skip
#: The columns that tell what a row says, and of which figure.
SAYS = ("source_id", "status", "value", "numerator", "denominator", "note")
KEY = ("indicator_id", "place_id", "group_id", "period")
NULL = r"\N"
#: Letters that divide the fields and lines of the text, and how they are written inside a field.
ESCAPES = {"\\": r"\\", "\t": r"\t", "\n": r"\n", "\r": r"\r"}
ESCAPED = str.maketrans(ESCAPES)
#: Rows handed over with one statement where there is no COPY.
CHUNK = 5000


class Spool:
    """Checked figures on their way to the database, each with what it would do."""

    def __init__(self) -> None:
        self._text = io.BytesIO()
        self._keys = array("q")
        self.outcomes: Counter[str] = Counter()

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, key: Key, figure: Figure, outcome: str, replaces: int | None) -> None:
        f = figure
        line = (
            f"{f.line}\t{outcome}\t{key[0]}\t{key[1]}\t{key[2]}\t{key[3]}\t{f.source.id}\t"
            f"{f.status.value}\t{NULL if f.value is None else f.value}\t"
            f"{NULL if f.numerator is None else f.numerator}\t{NULL if f.denominator is None else f.denominator}\t"
            f"{f.note.translate(ESCAPED) if f.note else ''}\t{NULL if replaces is None else replaces}\n"
        )
        self._text.write(line.encode())
        self._keys.append(hash(key))
        self.outcomes[outcome] += 1

    def rows(self, numbers: Collection[int]) -> Iterator[tuple[int, dict[str, str]]]:
        """Some of the rows by their number, as text by column."""
        for number, line in enumerate(self.lines()):
            if number in numbers:
                yield number, dict(zip(COLUMNS, line.decode().rstrip("\n").split("\t"), strict=True))

    def lines(self, left_out: Collection[int] = ()) -> Iterator[bytes]:
        self._text.seek(0)
        for number, line in enumerate(self._text):
            if number not in left_out:
                yield line

    def alike(self) -> set[int]:
        """The numbers of rows that are about the same figure as another row, or look so: a hash may deceive."""
        before, doubled = None, set()
        for key in sorted(self._keys):
            if key == before:
                doubled.add(key)
            before = key
        return {number for number, key in enumerate(self._keys) if key in doubled} if doubled else set()


class _File:
    """What `read` of COPY's file is: the lines of a spool, each with its batch before it."""

    def __init__(self, lines: Iterator[bytes], before: bytes) -> None:
        self.lines, self.before = lines, before

    def read(self, size: int = -1) -> bytes:
        chunk = [self.before + line for line in islice(self.lines, 1 if size < 0 else max(size // 100, 1))]
        return b"".join(chunk)


def stage(batch: Batch, spool: Spool, left_out: Collection[int] = ()) -> None:
    """Writes the rows of a spool into a batch."""
    table = StagedRow._meta.db_table
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            file = _File(spool.lines(left_out), f"{batch.pk}\t".encode())
            cursor.copy_expert(f"COPY {table} (batch_id, {', '.join(COLUMNS)}) FROM STDIN", file)
            return
        marks = ", ".join(["%s"] * (len(COLUMNS) + 1))
        statement = f"INSERT INTO {table} (batch_id, {', '.join(COLUMNS)}) VALUES ({marks})"
        lines = spool.lines(left_out)
        while chunk := list(islice(lines, CHUNK)):
            cursor.executemany(statement, [(batch.pk, *_fields(line)) for line in chunk])


def _fields(line: bytes) -> list[str | None]:
    fields: list[str | None] = [None if field == NULL else field for field in line.decode()[:-1].split("\t")]
    note = fields[COLUMNS.index("note")]
    if note and "\\" in note:
        back = {mark[1]: letter for letter, mark in ESCAPES.items()}
        parts = iter(note)
        fields[COLUMNS.index("note")] = "".join(back[next(parts)] if part == "\\" else part for part in parts)
    return fields


def standing(keys: Sequence[Key]) -> dict[Key, tuple[Any, ...]]:
    """What stands of these figures: key, value, numerator, denominator, status, note, source. One query."""
    if not keys:
        return {}
    if connection.vendor == "postgresql":
        asked = "unnest(%s::bigint[], %s::bigint[], %s::bigint[], %s::int[]) AS k(i, p, g, y)"
        values: list[Any] = [list(column) for column in zip(*keys, strict=True)]
    else:
        parts = ", ".join(f"json_extract(value, '$[{at}]') AS {name}" for at, name in enumerate("ipgy"))
        asked, values = f"(SELECT {parts} FROM json_each(%s)) AS k", [json.dumps(keys)]
    table = Observation._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {', '.join(f'o.{name}' for name in (*KEY, 'id', 'value', 'numerator', 'denominator'))}, "
            f"o.status, o.note, o.source_id FROM {asked} JOIN {table} o "
            "ON o.indicator_id = k.i AND o.place_id = k.p AND o.group_id = k.g AND o.period = k.y "
            f"WHERE NOT EXISTS (SELECT 1 FROM {table} s WHERE s.supersedes_id = o.id)",
            values,
        )
        return {row[:4]: (row[4], _decimal(row[5]), *row[6:]) for row in cursor.fetchall()}


def _decimal(value: Any) -> Decimal | None:
    """SQLite keeps a decimal as a floating number."""
    return Decimal(repr(value)) if isinstance(value, float) else None if value is None else Decimal(value)


def record(batch: Batch, by: User, reason: str, when: datetime) -> int:
    """Makes observations of what a batch takes, and says how many. Raises IntegrityError when one stands by now, or
    when what a figure names is no longer there.
    """
    _hold_parents(batch, by)
    names = (*KEY, "source_id", "value", "numerator", "denominator", "status", "note")
    taken = ", ".join(["%s"] * len(StagedRow.TAKEN))
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {Observation._meta.db_table} ({', '.join(names)}, source_file_id, line, recorded_by_id, "
            "recorded_at, supersedes_id, reason) "
            f"SELECT {', '.join(names)}, %s, line, %s, %s, replaces_id, "
            "CASE WHEN replaces_id IS NULL THEN '' ELSE %s END "
            f"FROM {StagedRow._meta.db_table} WHERE batch_id = %s AND outcome IN ({taken}) ORDER BY id",
            [
                batch.source_file_id,
                by.pk,
                connection.ops.adapt_datetimefield_value(when),
                reason,
                batch.pk,
                *(outcome.value for outcome in StagedRow.TAKEN),
            ],
        )
        return int(cursor.rowcount)


def _hold_parents(batch: Batch, by: User) -> None:
    """Makes sure of everything the figures name until the end of the transaction: once, not for every figure."""
    taken = batch.rows.filter(outcome__in=StagedRow.TAKEN).order_by()
    asked: list[tuple[Any, set[Any]]] = [(SourceFile, {batch.source_file_id}), (User, {by.pk})]
    asked += [
        (model, set(taken.values_list(name, flat=True).distinct()))
        for name, model in (("indicator", Indicator), ("place", Place), ("group", Group), ("source", Source))
    ]
    for model, keys in asked:
        found = model.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
        if set(found.values_list("pk", flat=True)) != keys:
            raise IntegrityError("A figure names what is not there.")


def changed_meanwhile(batch: Batch) -> int | None:
    """The line of a row whose figure somebody else replaced since the file was read, or None."""
    rows = batch.rows.filter(outcome__in=StagedRow.TAKEN, replaces__superseded_by__isnull=False)
    return rows.values_list("line", flat=True).first()


def clear(batch: Batch) -> None:
    """Takes away what a batch holds. Nothing refers to it, so nothing is asked first."""
    for rows in (batch.rows.all(), batch.problems.all()):
        rows._raw_delete(rows.db)


def chunks(figures: Iterable[Figure]) -> Iterator[list[Figure]]:
    waiting = iter(figures)
    while chunk := list(islice(waiting, CHUNK)):
        yield chunk
