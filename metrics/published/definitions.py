"""Definitions as a release froze them: frozen, typed, never model instances."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django.apps import apps
from django.conf import settings
from django.utils.translation import get_language

from metrics.calc.cells import Theme, Unit, YearAxis
from metrics.calc.rates import plain
from metrics.calc.verdicts import Promise
from metrics.models.releases import CellFields


class Untranslated(str):
    """A text that nobody has put into the language of the reader: it is told as it was written, in English."""

    __slots__ = ()
    lang = settings.LANGUAGE_CODE


def worded(text: str, spanish: str = "") -> str:
    """A text in the language that is read; what there is in English only is marked."""
    if not text or get_language() == Untranslated.lang:
        return text
    return spanish or Untranslated(text)


@dataclass(frozen=True, slots=True)
class SourceInfo:
    """A publication. Its publisher and title stand as they are, as citations do."""

    slug: str
    publisher: str
    title: str
    url: str
    licence: str
    accessed: date | None
    note: str


@dataclass(frozen=True, slots=True)
class IndicatorInfo:
    """One definition: what is counted, out of whom, in which unit, by whom."""

    slug: str
    name: str
    unit: Unit
    decimals: int
    higher_is_better: bool | None
    numerator: str
    denominator: str
    year_axis: YearAxis
    source: SourceInfo
    frequency: str
    lag_months: int | None
    limits: str
    theme: Theme = Theme.OTHER
    part_of: str = ""


@dataclass(frozen=True, slots=True)
class DimensionInfo:
    slug: str
    name: str


@dataclass(frozen=True, slots=True)
class GroupInfo:
    slug: str
    name: str
    dimension: DimensionInfo


@dataclass(frozen=True, slots=True)
class PlaceInfo:
    code: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class StatementInfo:
    """A goal as one document states it."""

    slug: str
    indicator: IndicatorInfo
    baseline_value: Decimal
    baseline_year: int | None
    baseline_year_is_reading: bool
    baseline_note: str
    target_value: Decimal
    target_year: int
    document: str
    url: str
    stated: str
    note: str
    is_current: bool

    @property
    def promise(self) -> Promise:
        return Promise(
            self.indicator.slug,
            self.baseline_value,
            self.baseline_year,
            self.target_value,
            self.target_year,
            self.indicator.higher_is_better is not False,
        )


@dataclass(frozen=True, slots=True)
class GoalInfo:
    slug: str
    name: str
    statements: tuple[StatementInfo, ...]
    companion: IndicatorInfo | None

    @property
    def current(self) -> StatementInfo:
        return next(statement for statement in self.statements if statement.is_current)


@dataclass(frozen=True, slots=True)
class Definitions:
    """Everything a release says about its figures, by the codes that cells carry."""

    sources: Mapping[str, SourceInfo] = field(default_factory=dict)
    groups: Mapping[str, GroupInfo] = field(default_factory=dict)
    places: Mapping[str, PlaceInfo] = field(default_factory=dict)
    indicators: Mapping[str, IndicatorInfo] = field(default_factory=dict)
    goals: tuple[GoalInfo, ...] = ()

    @property
    def stated_in(self) -> dict[str, GoalInfo]:
        """By the short name of an indicator: the goal that is stated in it now."""
        return {goal.current.indicator.slug: goal for goal in self.goals}

    def know(self, cell: CellFields) -> bool:
        """Whether it says what everything is that the cell names."""
        return (
            cell.indicator in self.indicators
            and cell.place in self.places
            and cell.group in self.groups
            and cell.source in self.sources
        )


def thaw(body: str) -> Definitions:
    """The definitions in a release's text (written by `metrics.publishing`), in the language that is read."""
    return _thawed(body, get_language() or settings.LANGUAGE_CODE)


@lru_cache(maxsize=16)
def _thawed(body: str, language: str) -> Definitions:
    """Cached by language: a release's text never changes."""
    rows: dict[str, list[Row]] = {}
    for row in json.loads(body):
        rows.setdefault(row["model"].removeprefix("metrics."), []).append(Row(row))
    sources = {f["slug"]: _source(f) for f in rows.get("source", ())}
    dimensions = {f["slug"]: DimensionInfo(f["slug"], f.told("name")) for f in rows.get("dimension", ())}
    indicators = {f["slug"]: _indicator(f, sources) for f in rows.get("indicator", ())}
    return Definitions(
        sources=sources,
        groups={
            f["slug"]: GroupInfo(f["slug"], f.told("name"), dimensions[f["dimension"][0]])
            for f in rows.get("group", ())
        },
        places={f["code"]: PlaceInfo(f["code"], f.told("name"), f["kind"]) for f in rows.get("place", ())},
        indicators=indicators,
        goals=tuple(_goal(f, rows.get("goalstatement", ()), indicators) for f in rows.get("goal", ())),
    )


class Row:
    """A frozen row. Fields that the board has learned since the release was published have their default."""

    def __init__(self, row: Mapping[str, Any]) -> None:
        fields = apps.get_model(row["model"])._meta.fields
        self.fields = {**{field.name: field.get_default() for field in fields}, **row["fields"]}

    def __getitem__(self, name: str) -> Any:
        return self.fields[name]

    def told(self, name: str) -> str:
        return worded(self.fields[name], self.fields[f"{name}_es"])


def _source(f: Row) -> SourceInfo:
    accessed = date.fromisoformat(f["accessed"]) if f["accessed"] else None
    return SourceInfo(f["slug"], f["publisher"], f["title"], f["url"], f["licence"], accessed, f.told("note"))


def _indicator(f: Row, sources: Mapping[str, SourceInfo]) -> IndicatorInfo:
    return IndicatorInfo(
        slug=f["slug"],
        name=f.told("name"),
        unit=Unit(f["unit"]),
        decimals=f["decimals"],
        higher_is_better=f["higher_is_better"],
        numerator=f.told("numerator"),
        denominator=f.told("denominator"),
        year_axis=YearAxis(f["year_axis"]),
        source=sources[f["source"][0]],
        frequency=f["frequency"],
        lag_months=f["lag_months"],
        limits=f.told("limits"),
        theme=Theme(f["theme"]),
        part_of=f["part_of"][0] if f["part_of"] else "",
    )


def _goal(f: Row, statements: Iterable[Row], indicators: Mapping[str, IndicatorInfo]) -> GoalInfo:
    own = [_statement(s, indicators) for s in statements if s["goal"] == [f["slug"]]]
    own.sort(key=lambda statement: (not statement.is_current, statement.slug))
    return GoalInfo(f["slug"], f.told("name"), tuple(own), indicators[f["companion"][0]] if f["companion"] else None)


def _statement(f: Row, indicators: Mapping[str, IndicatorInfo]) -> StatementInfo:
    return StatementInfo(
        slug=f["slug"],
        indicator=indicators[f["indicator"][0]],
        baseline_value=plain(Decimal(f["baseline_value"])),
        baseline_year=f["baseline_year"],
        baseline_year_is_reading=f["baseline_year_is_reading"],
        baseline_note=f.told("baseline_note"),
        target_value=plain(Decimal(f["target_value"])),
        target_year=f["target_year"],
        document=f.told("document"),
        url=f["url"],
        stated=f.told("stated"),
        note=f.told("note"),
        is_current=f["is_current"],
    )
