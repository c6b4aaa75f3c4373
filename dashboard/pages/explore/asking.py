"""What the address of an indicator asks for, and the form that makes such addresses."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.http import QueryDict
from django.utils.translation import gettext as _

from dashboard.charts import words
from dashboard.charts.words import explore as said
from dashboard.pages.history.parts import Choice
from metrics.published import OURS, Asked, IndicatorReading, PlaceInfo

#: Lines that fit into one chart and can still be told apart.
MOST = 6
#: Codes and short names, and nothing else, are looked for.
_NAME = re.compile(r"[\w-]{1,60}", re.ASCII)
_YEAR = re.compile(r"[12]\d{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Asking:
    """The query of an address, read.

    of            places and groups, for the door
    first, last   the years asked for; None: from the first on, to the last
    sort          the column a table is sorted by, with a minus for the highest first; empty: by year
    odd           what was asked and can be no code or year
    """

    of: Asked
    first: int | None
    last: int | None
    sort: str
    odd: tuple[str, ...]
    query: QueryDict


@dataclass(frozen=True, slots=True)
class Choices:
    """Things to tick, under one head."""

    name: str
    choices: tuple[Choice, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """`others`: places that are added one at a time, by kind."""

    places: tuple[Choice, ...]
    others: tuple[Choices, ...]
    groups: tuple[Choices, ...]
    is_by_group: bool
    firsts: tuple[Choice, ...]
    lasts: tuple[Choice, ...]
    is_asked: bool
    problems: tuple[str, ...]


def asking(query: QueryDict) -> Asking:
    """What is asked; what is left open is Hartford and Connecticut, all students, every year."""
    odd: list[str] = []
    places, groups = (_names(query.getlist(name), odd) for name in ("place", "group"))
    first, last = (_year(query.get(name, ""), odd) for name in ("from", "to"))
    default = Asked()
    return Asking(
        Asked(places or default.places, groups or default.groups),
        first,
        last,
        query.get("sort", ""),
        tuple(odd),
        query,
    )


def _names(said: Iterable[str], odd: list[str]) -> tuple[str, ...]:
    wanted = [one for one in dict.fromkeys(said) if one]
    odd += [_printable(one) for one in wanted if not _NAME.fullmatch(one)]
    return tuple(one for one in wanted if _NAME.fullmatch(one))[: 2 * MOST]


def _year(said: str, odd: list[str]) -> int | None:
    if not said:
        return None
    if not _YEAR.fullmatch(said):
        odd.append(_printable(said))
        return None
    return int(said)


def _printable(said: str) -> str:
    """What can be shown of it: no control characters, and no more than a line."""
    return "".join(one if one.isprintable() else "\N{REPLACEMENT CHARACTER}" for one in said[:60])


def form(asked: Asking, reading: IndicatorReading, years: tuple[int, ...]) -> Form:
    """The form as it was filled in, with what it cannot fulfil said in sentences. `years`: those that have figures."""
    wanted = asked.of
    near = [place for place in reading.places if place.code in (*OURS, *wanted.places)]
    near.sort(key=lambda place: (*OURS, *wanted.places).index(place.code))
    groups = groupby(reading.groups, key=lambda group: group.dimension.name)
    return Form(
        places=tuple(Choice(one.code, one.name, one.code in wanted.places) for one in near),
        others=_others(one for one in reading.places if one not in near),
        groups=tuple(
            Choices(name, tuple(Choice(one.slug, one.name, one.slug in wanted.groups) for one in members))
            for name, members in groups
        ),
        is_by_group=wanted.groups != Asked().groups,
        firsts=_years(reading, years, asked.first),
        lasts=_years(reading, tuple(reversed(years)), asked.last),
        is_asked=bool(asked.query),
        problems=_problems(asked, reading),
    )


def _others(places: Iterable[PlaceInfo]) -> tuple[Choices, ...]:
    by_kind: dict[str, list[Choice]] = {}
    for one in places:
        by_kind.setdefault(one.kind, []).append(Choice(one.code, one.name, is_chosen=False))
    names = {"district": _("School districts"), "school": _("Schools in Hartford")}
    return tuple(Choices(names.get(kind, kind), tuple(choices)) for kind, choices in by_kind.items())


def _years(reading: IndicatorReading, years: Iterable[int], chosen: int | None) -> tuple[Choice, ...]:
    axis = reading.indicator.year_axis
    return tuple(Choice(str(year), words.short_year(axis, year), year == chosen) for year in years)


def _problems(asked: Asking, reading: IndicatorReading) -> tuple[str, ...]:
    """One sentence for each thing that was asked and is not done."""
    places, groups = {one.code for one in reading.places}, {one.slug for one in reading.groups}
    default = Asked()
    unknown = [
        *asked.odd,
        *(one for one in asked.of.places if one not in places and one not in default.places),
        *(one for one in asked.of.groups if one not in groups and one not in default.groups),
    ]
    found = [said.not_there(one) for one in unknown]
    if asked.first and asked.last and asked.first > asked.last:
        found.append(said.years_swapped())
    if len(reading.chosen) > MOST:
        found.append(said.too_many(MOST))
    return tuple(found)
