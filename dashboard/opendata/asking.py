"""Which figures an address asks for. What it cannot mean is refused in one sentence, and nothing is guessed."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.http import QueryDict

from metrics.published import Definitions, Only

_YEAR = re.compile(r"[12]\d{3}", re.ASCII)
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)
#: Figures on one page of the interface, unless asked otherwise, and at most.
PAGE, MOST = 500, 1000


class BadQueryError(ValueError):
    """The query asks for what there cannot be; the message is one clear sentence."""


@dataclass(frozen=True, slots=True)
class Paging:
    """`number` counts from 1."""

    number: int
    size: int

    @property
    def start(self) -> int:
        return (self.number - 1) * self.size

    @property
    def stop(self) -> int:
        return self.number * self.size


def only(query: QueryDict, definitions: Definitions, *, besides: Collection[str] = ()) -> Only:
    """The figures asked for. Raises BadQueryError for a parameter or a value that there is not.

    `besides`: parameters that somebody else reads.
    """
    known: Mapping[str, Collection[str]] = {
        "indicator": definitions.indicators,
        "place": definitions.places,
        "group": definitions.groups,
    }
    allowed = [*known, "from", "to", *besides]
    for name in query:
        if name not in allowed:
            raise BadQueryError(f"There is no parameter “{_short(name)}”; there are: {', '.join(allowed)}.")
    for name, values in known.items():
        for value in query.getlist(name):
            if value not in values:
                raise BadQueryError(f"This release defines no {name} “{_short(value)}”.")
    first, last = (_year(name, query.get(name)) for name in ("from", "to"))
    if first and last and first > last:
        raise BadQueryError(f"The first year, {first}, is after the last one, {last}.")
    indicators, places, groups = (tuple(dict.fromkeys(query.getlist(name))) for name in known)
    return Only(indicators, places, groups, first, last)


def paging(query: QueryDict) -> Paging:
    """Which page of a list. Raises BadQueryError."""
    number, size = (_number(name, query.get(name), usual) for name, usual in (("page", 1), ("page_size", PAGE)))
    if size > MOST:
        raise BadQueryError(f"A page holds at most {MOST} figures, not {size}.")
    return Paging(number, size)


def _year(name: str, said: str | None) -> int | None:
    if said is None:
        return None
    if not _YEAR.fullmatch(said):
        raise BadQueryError(f"“{name}” is a year of four digits, not “{_short(said)}”.")
    return int(said)


def _number(name: str, said: str | None, usual: int) -> int:
    if said is None:
        return usual
    if not _NUMBER.fullmatch(said):
        raise BadQueryError(f"“{name}” is a number from 1 on, not “{_short(said)}”.")
    return int(said)


def _short(said: str) -> str:
    return "".join(one for one in said[:60] if one.isprintable())
