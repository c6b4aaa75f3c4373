"""What releases changed, one figure a line."""

from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

from metrics.published import Change

from .cells import numbers, status

CHANGES = (
    "release", "published_at", "kind", "indicator", "indicator_name", "unit", "place", "place_name", "group",
    "group_name", "year", "old_value", "old_numerator", "old_denominator", "old_status", "new_value",
    "new_numerator", "new_denominator", "new_status", "reason",
)  # fmt: skip
#: In place of the status of a figure that a withdrawn release showed.
TAKEN_BACK = "taken_back"


def change_rows(*lists: Iterable[Change]) -> Iterator[tuple[Any, ...]]:
    for one in chain.from_iterable(lists):
        old = TAKEN_BACK if one.taken_back else status(one.old)
        yield (
            one.release, one.published_at.isoformat(timespec="seconds"), one.kind.value,
            one.indicator, one.defined.name if one.defined else "", one.defined.unit.value if one.defined else "",
            one.place, one.place_name, one.group, one.group_name, one.year,
            *numbers(one.old), old, *numbers(one.new), status(one.new), one.reason,
        )  # fmt: skip
