"""The page of open data: what there is to take, and what its columns mean."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.urls import reverse

from dashboard.mounts import address
from dashboard.opendata import TABLES
from dashboard.pages.coalition.parts import day_words
from metrics.published import Vantage

from .structured import catalogue


@dataclass(frozen=True, slots=True)
class Field:
    """One column. Its meaning is in English, as the names of columns are."""

    name: str
    kind: str
    meaning: str
    words: str


@dataclass(frozen=True, slots=True)
class Sheet:
    name: str
    meaning: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class DataPage:
    """`permanent`: the address that keeps these figures, whatever is published later."""

    release: int
    updated: datetime | None
    day: str
    sha256: str
    sheets: tuple[Sheet, ...]
    permanent: str
    example: str
    structured: Mapping[str, Any]


def data_page(at: Vantage | None) -> DataPage:
    """Before the first release there is nothing to take."""
    sheets = tuple(
        Sheet(
            f"{table.name}.csv",
            table.meaning,
            tuple(Field(one.name, one.kind.value, one.meaning, ", ".join(one.words)) for one in table.columns),
        )
        for table in TABLES
    )
    if at is None:
        return DataPage(0, None, "", "", sheets, "", "", {})
    number, published_at = at.release.number, at.release.published_at
    return DataPage(
        number,
        published_at,
        day_words(published_at),
        at.release.content_sha256,
        sheets,
        f"{settings.SITE_URL}{address('dashboard:data', release=number)}",
        f"{settings.SITE_URL}{reverse('data:api_table', args=['figures'])}?indicator=graduation-4yr&place=0640011",
        catalogue(at.release),
    )
