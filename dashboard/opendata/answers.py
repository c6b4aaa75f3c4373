"""What the interface under /api/ answers."""

from typing import Any

from django.http import QueryDict
from django.urls import reverse

from metrics.published import Vantage, figures_page

from .asking import BadQueryError, Paging, only, paging
from .formats import objects, released
from .tables import FIGURES, TABLES, Table, figure_rows

PAGING = ("page", "page_size")


def index() -> dict[str, str]:
    """Name → address of everything there is."""
    return {
        "description": reverse("data:openapi"),
        **{table.name: reverse("data:api_table", args=[table.name]) for table in TABLES},
    }


def table_named(name: str) -> Table | None:
    return next((table for table in TABLES if table.name == name), None)


def answer(table: Table, at: Vantage, query: QueryDict) -> dict[str, Any]:
    """A whole table, or one page of the figures. Raises BadQueryError for what the query cannot mean."""
    if table is FIGURES:
        return _figures(at, query)
    if query:
        raise BadQueryError(f"There are no parameters here; the table of {table.name} comes whole.")
    rows = list(objects(table, table.rows(at)))
    return {"release": released(at.release), "count": len(rows), "results": rows}


def _figures(at: Vantage, query: QueryDict) -> dict[str, Any]:
    wanted, asked = only(query, at.definitions, besides=PAGING), paging(query)
    count, lines = figures_page(at, wanted, asked.start, asked.stop)
    pages = max(-(-count // asked.size), 1)
    if asked.number > pages:
        raise BadQueryError(f"There is no page {asked.number}; the last one is {pages}.")
    return {
        "release": released(at.release),
        "count": count,
        "page": asked.number,
        "pages": pages,
        "next": _link(query, asked, 1) if asked.number < pages else None,
        "previous": _link(query, asked, -1) if asked.number > 1 else None,
        "results": list(objects(FIGURES, figure_rows(at.definitions, at.release.number, iter(lines)))),
    }


def _link(query: QueryDict, asked: Paging, step: int) -> str:
    other = query.copy()
    other["page"] = str(asked.number + step)
    return f"{reverse('data:api_table', args=[FIGURES.name])}?{other.urlencode()}"
