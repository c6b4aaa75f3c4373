"""What a record's page shows below its facts: tables of what happened, with the buttons of what may happen next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString


@dataclass(frozen=True, slots=True)
class Button:
    """A link that looks like what it is: the way to an act."""

    words: Any
    url: str
    grave: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a section's table; `over` is what stands no more."""

    cells: Sequence[Any]
    buttons: Sequence[Button] = ()
    over: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, a sentence, a table, buttons. `empty` is what is said when there is no row."""

    key: str
    title: Any
    heads: Sequence[Any] = ()
    rows: Sequence[Row] = ()
    buttons: Sequence[Button] = ()
    note: Any = ""
    empty: Any = ""
    picture: str = ""

    @property
    def lines(self) -> list[tuple[Row, list[tuple[Any, Any]]]]:
        """Each row with its cells beside their heads, which stand there where there is no room for columns."""
        return [(row, list(zip(self.heads, row.cells, strict=True))) for row in self.rows]


def link(record: models.Model, words: Any = "") -> SafeString:
    """The record's page in the back office."""
    return format_html('<a href="{}">{}</a>', record_url(record), words or str(record))


def record_url(record: models.Model) -> str:
    return reverse(f"admin:{record._meta.app_label}_{record._meta.model_name}_change", args=[record.pk])


def day(given: date | None) -> str:
    return date_format(given, "DATE_FORMAT") if given else ""


def when(given: date | None, words: str) -> str:
    """A day, or the words for it."""
    return day(given) or words


def moment(given: Any) -> str:
    return date_format(timezone.localtime(given), "DATETIME_FORMAT") if given else ""


def listed(words: Iterable[Any]) -> str:
    return ", ".join(str(one) for one in words if one)
