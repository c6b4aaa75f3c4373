"""Everything a row may name, by every spelling it is known under, and the nearest one to a spelling that is not."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from metrics.models import Group, GroupAlias, Indicator, Place, PlaceAlias, Source

#: Finds the known spelling nearest to a cell.
Nearest = Callable[[str], str | None]

#: Spellings that are compared with the known ones in one file; comparing is slow, and the first ones tell.
MOST_HINTS = 50
DIGITS = re.compile(r"\d+")


#: A place as a publisher's file gives it: the state's code and the name.
CODED = re.compile(r"(\d{7}) (.+)", re.ASCII)
#: The fourth and fifth digit of the state's codes: 00 is a district, everything else one of its schools.
OF_A_DISTRICT = "00"


def is_district(code: str) -> bool:
    return code[3:5] == OF_A_DISTRICT


def district_of(code: str) -> str:
    """The code of the district that a school's code belongs to."""
    return code[:3] + OF_A_DISTRICT + code[5:]


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything rows may name, by every spelling it is known under (lower case). Six queries, once a file."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, Place]
    groups: Mapping[str, Group]
    sources: Mapping[str, Source]
    nearest: Mapping[str, Nearest] = field(default_factory=dict)

    def __post_init__(self) -> None:
        object.__setattr__(self, "nearest", {column: nearest_of(names) for column, names in self.known.items()})

    @property
    def known(self) -> Mapping[str, Mapping[str, Any]]:
        """The spellings that each column is looked up among."""
        return {
            "indicator": self.indicators, "place": self.places, "group": self.groups, "source": self.sources,
        }  # fmt: skip

    @classmethod
    def load(cls) -> "Registry":
        by_key = {place.pk: place for place in Place.objects.all()}
        spelled = [(place, name) for place in by_key.values() for name in (place.code, place.name)]
        spelled += [(by_key[alias.place_id], alias.spelling) for alias in PlaceAlias.objects.all()]
        places = dict(_with_districts(spelled))
        return cls(
            indicators={indicator.slug: indicator for indicator in Indicator.objects.all()},
            places=places,
            groups=known_groups(),
            sources={source.slug: source for source in Source.objects.all()},
        )


def _with_districts(spelled: Sequence[tuple[Place, str]]) -> Iterator[tuple[str, Place]]:
    """Every spelling of a place in small letters; of a school also together with every spelling of its district.

    A code goes before a name: what is one place's code and another's name is the first.
    """
    names: dict[int, list[str]] = {}
    for place, name in spelled:
        names.setdefault(place.pk, []).append(name.lower())
    for place, name in spelled:
        if name != place.code:
            yield name.lower(), place
    for place, name in spelled:
        for district in names.get(place.district_id or 0, ()):
            yield f"{district} / {name.lower()}", place
    for place, name in spelled:
        if name == place.code:
            yield name.lower(), place


def known_groups() -> dict[str, Group]:
    """Student groups by every spelling (lower case), with their breakdowns. Two queries."""
    related = Group.objects.select_related("dimension")
    groups = {name: group for group in related for name in (group.slug, group.name)}
    aliases = GroupAlias.objects.select_related("group__dimension")
    groups |= {alias.spelling: alias.group for alias in aliases}
    return {name.lower(): group for name, group in groups.items()}


def nearest_of(known: Mapping[str, object]) -> Nearest:
    """Finds the known spelling nearest to a cell, for the first few different cells of a file.

    What has another number in it is something else, however near it looks: District 20 is not District 12.
    """
    found: dict[str, str | None] = {}

    def nearest(cell: str) -> str | None:
        if cell not in found and len(found) < MOST_HINTS:
            close = get_close_matches(cell, known, n=3, cutoff=0.75)
            digits = DIGITS.findall(cell)
            found[cell] = next((one for one in close if not digits or DIGITS.findall(one) == digits), None)
        return found.get(cell)

    return nearest
