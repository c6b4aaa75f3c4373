"""Everything in one file: the tables, what their columns mean for programs and for people, and a worked example."""

import json
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

from django.conf import settings

from metrics.published import ReleaseInfo, Vantage

from .csvfile import lines
from .formats import csv_rows, entry, released
from .tables import TABLES, Column, Kind, Table

#: The licence of the board's own work on the data: putting together, checking, computing, saying. Each figure keeps
#: that of its source.
LICENCE = {
    "name": "CC-BY-4.0",
    "title": "Creative Commons Attribution 4.0",
    "path": "https://creativecommons.org/licenses/by/4.0/",
}
TITLE = "ALL IN! Coalition of Hartford: published figures"
EXAMPLE = Path(__file__).with_name("recompute.py")
_CSVW_TYPES = {
    Kind.STRING: "string",
    Kind.INTEGER: "integer",
    Kind.NUMBER: "decimal",
    Kind.BOOLEAN: "boolean",
    Kind.DATE: "date",
}


def description(release: ReleaseInfo) -> dict[str, Any]:
    """datapackage.json, after the Frictionless Data Package (v1)."""
    return {
        "profile": "tabular-data-package",
        "name": "allin-hartford",
        "title": TITLE,
        "homepage": settings.SITE_URL,
        "version": str(release.number),
        "created": release.published_at.isoformat(timespec="seconds"),
        "licenses": [LICENCE],
        "release": released(release),
        "resources": [_resource(table) for table in TABLES],
    }


def _resource(table: Table) -> dict[str, Any]:
    keys = [column for column in table.columns if column.leads_to]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "description": table.meaning,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": {
            "fields": [_field(column) for column in table.columns],
            "primaryKey": list(table.key),
            "missingValues": [""],
            "foreignKeys": [
                {"fields": column.name, "reference": {"resource": column.leads_to, "fields": _key(column.leads_to)}}
                for column in keys
            ],
        },
    }


def _field(column: Column) -> dict[str, Any]:
    rules: dict[str, Any] = {} if column.is_optional else {"required": True}
    if column.words:
        rules["enum"] = list(column.words)
    said: dict[str, Any] = {"name": column.name, "type": column.kind.value, "description": column.meaning}
    return said | ({"constraints": rules} if rules else {})


def _key(name: str) -> str:
    return next(table.key[0] for table in TABLES if table.name == name)


def on_the_web(release: ReleaseInfo) -> dict[str, Any]:
    """csv-metadata.json, after the W3C's CSV on the Web."""
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": TITLE,
        "dc:license": {"@id": LICENCE["path"]},
        "dc:modified": release.published_at.date().isoformat(),
        "tables": [
            {
                "url": f"{table.name}.csv",
                "dc:title": table.title,
                "dc:description": table.meaning,
                "tableSchema": {"columns": [_csvw(column) for column in table.columns], "primaryKey": list(table.key)},
            }
            for table in TABLES
        ],
    }


def _csvw(column: Column) -> dict[str, Any]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.meaning,
        "datatype": _CSVW_TYPES[column.kind],
        "required": not column.is_optional,
    }


def dictionary() -> Iterator[tuple[str, ...]]:
    """Every column of every table: table, column, type, can it be empty, its words, what it is."""
    for table in TABLES:
        for column in table.columns:
            empty = "yes" if column.is_optional else "no"
            yield table.name, column.name, column.kind.value, empty, " | ".join(column.words), column.meaning


DICTIONARY = ("table", "column", "type", "can_be_empty", "words", "meaning")


def readme(release: ReleaseInfo) -> str:
    """What is in the file, for whoever opens it years from now."""
    files = "\n".join(f"* `{table.name}.csv`: {table.meaning}" for table in TABLES)
    return f"""# {TITLE}

Release {release.number} of {release.published_at:%B %d, %Y}, SHA-256 of its content {release.content_sha256}.
{settings.SITE_URL}/releases/{release.number}/ shows the same figures as pages.

{files}
* `dictionary.csv`: every column of every table, with what it means.
* `datapackage.json`, `csv-metadata.json`: the same for programs (Frictionless Data Package; CSV on the Web).
* `recompute.py`: works out where each goal stands from these tables alone: `python recompute.py`.

CSV is UTF-8 with a byte order mark, commas, and a line of names. An empty cell is no figure; 0 is a figure. The status
says which of four kinds of nothing it is: `suppressed` (there is a figure, withheld to protect students),
`not_yet_available`, `not_applicable`, or a line that is not there (nobody reported it).
A text that begins like a formula of a spreadsheet has an apostrophe before it.

Different denominators are different indicators: compare figures of one indicator only.

Figures are public records of their sources, which are named line by line with their licences in `sources.csv`. What the
coalition's board added (putting together, checking, computing, definitions, verdicts) is under {LICENCE["title"]},
{LICENCE["path"]}. Cite as: ALL IN! Coalition of Hartford and Achieve Hartford!, release {release.number}.
"""


def bundle(at: Vantage) -> bytes:
    """The zip. The same release always gives the same bytes; only what is compressed is held."""
    file, moment = BytesIO(), at.release.published_at
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as bundled:
        for name, text in _texts(at.release):
            bundled.writestr(entry(name, moment), text)
        for table in TABLES:
            _write(bundled, f"{table.name}.csv", moment, lines(table.names, csv_rows(table.rows(at)), start="\ufeff"))
    return file.getvalue()


def _texts(release: ReleaseInfo) -> Iterator[tuple[str, str]]:
    yield "README.md", readme(release)
    yield "datapackage.json", json.dumps(description(release), indent=2, ensure_ascii=False) + "\n"
    yield "csv-metadata.json", json.dumps(on_the_web(release), indent=2, ensure_ascii=False) + "\n"
    yield "dictionary.csv", "".join(lines(DICTIONARY, dictionary(), start="\ufeff"))
    yield "recompute.py", EXAMPLE.read_text(encoding="utf-8")


def _write(bundled: zipfile.ZipFile, name: str, moment: datetime, parts: Iterable[str]) -> None:
    with bundled.open(entry(name, moment), "w") as file:
        for part in parts:
            file.write(part.encode())
