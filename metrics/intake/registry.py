"""Everything a row may name, by every spelling it is known under, and the nearest one to a spelling that is not."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from metrics.models import Group, GroupAlias, Indicator, Place, PlaceAlias, Source

#: Finds the known spelling nearest to a cell.
Nearest = Callable[[str], str | None]

#: Spellings that are compared with the known ones in one file; comparing is slow, and the first ones tell.
MOST_HINTS = 50


@dataclass(frozen=True, slots=True)
class Registry:
    """Everything rows may name, by every spelling it is known under (lower case). Six queries, once a file."""

    indicators: Mapping[str, Indicator]
    places: Mapping[str, Place]
    groups: Mapping[str, Group]
    sources: Mapping[str, Source]
    nearest: Mapping[str, Nearest] = field(default_factory=dict)

    def __post_init__(self) -> None:
        known = {
            "indicator": self.indicators, "place": self.places, "group": self.groups, "source": self.sources,
        }  # fmt: skip
        object.__setattr__(self, "nearest", {column: nearest_of(names) for column, names in known.items()})

    @classmethod
    def load(cls) -> "Registry":
        places = {name: place for place in Place.objects.all() for name in (place.code, place.name)}
        places |= {alias.spelling: alias.place for alias in PlaceAlias.objects.select_related("place")}
        return cls(
            indicators={indicator.slug: indicator for indicator in Indicator.objects.all()},
            places={name.lower(): place for name, place in places.items()},
            groups=known_groups(),
            sources={source.slug: source for source in Source.objects.all()},
        )


def known_groups() -> dict[str, Group]:
    """Student groups by every spelling (lower case), with their breakdowns. Two queries."""
    related = Group.objects.select_related("dimension")
    groups = {name: group for group in related for name in (group.slug, group.name)}
    aliases = GroupAlias.objects.select_related("group__dimension")
    groups |= {alias.spelling: alias.group for alias in aliases}
    return {name.lower(): group for name, group in groups.items()}


def nearest_of(known: Mapping[str, object]) -> Nearest:
    """Finds the known spelling nearest to a cell, for the first few different cells of a file."""
    found: dict[str, str | None] = {}

    def nearest(cell: str) -> str | None:
        if cell not in found and len(found) < MOST_HINTS:
            found[cell] = next(iter(get_close_matches(cell, known, n=1, cutoff=0.75)), None)
        return found.get(cell)

    return nearest
