"""Open data: every figure that is shown, in files and through an interface, all made of the same tables."""

from .asking import BadQueryError, Paging, only, paging
from .cells import NOT_SHOWN, status
from .changes import CHANGES, change_rows
from .csvfile import download, neutral, sent
from .formats import TooLongError, as_json, as_workbook, csv_rows, objects, released
from .openapi import openapi
from .package import DICTIONARY, bundle, description, dictionary, on_the_web
from .tables import FIGURES, TABLES, Table, figure_rows, figures

__all__ = [
    "CHANGES",
    "DICTIONARY",
    "FIGURES",
    "NOT_SHOWN",
    "TABLES",
    "BadQueryError",
    "Paging",
    "Table",
    "TooLongError",
    "as_json",
    "as_workbook",
    "bundle",
    "change_rows",
    "csv_rows",
    "description",
    "dictionary",
    "download",
    "figure_rows",
    "figures",
    "neutral",
    "objects",
    "on_the_web",
    "only",
    "openapi",
    "paging",
    "released",
    "sent",
    "status",
]
