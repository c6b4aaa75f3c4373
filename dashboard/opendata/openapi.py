"""What the interface under /api/ is, in OpenAPI 3.1; made of the same tables that it serves."""

from typing import Any

from django.conf import settings

from .asking import MOST, PAGE
from .package import LICENCE, TITLE
from .tables import FIGURES, TABLES, Column, Kind, Table

_ANSWER = {"release": {"$ref": "#/components/schemas/release"}}
_COUNT = {"type": "integer", "minimum": 0}


def openapi() -> dict[str, Any]:
    """The whole description, as /api/openapi.json has it."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": TITLE,
            "version": "1",
            "summary": "Every figure the board shows, read only, without a key.",
            "license": {"name": LICENCE["title"], "identifier": LICENCE["name"]},
        },
        "servers": [{"url": settings.SITE_URL}],
        "paths": {
            "/api/": _path("What there is", {"type": "object", "additionalProperties": {"type": "string"}}, []),
            "/api/openapi.json": _path("This description", {"type": "object"}, []),
            **{f"/api/{table.name}/": _table(table) for table in TABLES},
        },
        "components": {
            "schemas": {
                "release": _object({"number": {"type": "integer"}, "published_at": {"type": "string"},
                                    "content_sha256": {"type": "string"}}),
                "problem": _object({"error": {"type": "string"}}),
                **{table.name: _row(table) for table in TABLES},
            },
        },
    }  # fmt: skip


def _table(table: Table) -> dict[str, Any]:
    results = {"type": "array", "items": {"$ref": f"#/components/schemas/{table.name}"}}
    if table is not FIGURES:
        return _path(table.meaning, _object({**_ANSWER, "count": _COUNT, "results": results}), [], refuses=True)
    link = {"type": ["string", "null"]}
    pages = {"count": _COUNT, "page": _COUNT, "pages": _COUNT, "next": link, "previous": link}
    return _path(table.meaning, _object({**_ANSWER, **pages, "results": results}), _filters(), refuses=True)


def _filters() -> list[dict[str, Any]]:
    many = {"style": "form", "explode": True}
    names = {"indicator": "short name of an indicator", "place": "code of a place", "group": "short name of a group"}
    year = {"type": "integer", "minimum": 1000, "maximum": 2999}
    return [
        *(
            _parameter(name, f"{meaning}; more than one may be given", {"type": "array", "items": {"type": "string"}})
            | many
            for name, meaning in names.items()
        ),
        _parameter("from", "first year", year),
        _parameter("to", "last year", year),
        _parameter("page", "which page, from 1 on", {"type": "integer", "minimum": 1, "maximum": 999_999}),
        _parameter(
            "page_size", f"figures on a page, {PAGE} unless asked otherwise",
            {"type": "integer", "minimum": 1, "maximum": MOST},
        ),
    ]  # fmt: skip


def _parameter(name: str, meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": meaning, "schema": schema}


def _path(
    summary: str, schema: dict[str, Any], parameters: list[dict[str, Any]], *, refuses: bool = False
) -> dict[str, Any]:
    answers = {"200": _response("The answer", schema), "404": _response("Nothing is published yet", _PROBLEM)}
    if refuses:
        answers["400"] = _response("The query asks for what there is not", _PROBLEM)
    return {"get": {"summary": summary, "parameters": parameters, "responses": answers}}


_PROBLEM = {"$ref": "#/components/schemas/problem"}


def _response(meaning: str, schema: dict[str, Any]) -> dict[str, Any]:
    return {"description": meaning, "content": {"application/json": {"schema": schema}}}


def _object(properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties), "additionalProperties": False}


def _row(table: Table) -> dict[str, Any]:
    return _object({column.name: _column(column) for column in table.columns}) | {"description": table.meaning}


def _column(column: Column) -> dict[str, Any]:
    kind = "string" if column.kind is Kind.DATE else column.kind.value
    said: dict[str, Any] = {"type": [kind, "null"] if column.is_optional else kind, "description": column.meaning}
    if column.words:
        said["enum"] = [*column.words, *([None] if column.is_optional else [])]
    return said | ({"format": "date"} if column.kind is Kind.DATE else {})
