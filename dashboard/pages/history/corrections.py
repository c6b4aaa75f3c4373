"""Every figure that was ever corrected in public, the newest first: what it was, what it is, and why."""

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from metrics import published
from metrics.published import Changes, Definitions, Kind

from .changes import by_indicator
from .parts import Line, Paging, Select, line, paging, select, tell_of_withheld


@dataclass(frozen=True, slots=True)
class CorrectionsPage:
    """`total` are all corrections, whatever was chosen; `query` is what was chosen, for the file of the same lines."""

    total: int
    selects: tuple[Select, ...]
    is_narrowed: bool
    lines: tuple[Line, ...]
    paging: Paging
    query: str

    @property
    def has_withheld(self) -> bool:
        return tell_of_withheld(self.lines)


def corrections_page(definitions: Definitions, counts: dict[tuple[str, str], int], query: QueryDict) -> CorrectionsPage:
    """`counts`: how many corrections there are, by indicator and place."""
    chosen = narrowed(query)
    indicator, place = chosen.get("indicator", ""), chosen.get("place", "")
    fitting = sum(count for key, count in counts.items() if indicator in ("", key[0]) and place in ("", key[1]))
    part = paging(query, fitting)
    places = {code: definitions.places[code].name if code in definitions.places else code for _slug, code in counts}
    kept = query.copy()
    kept.pop("page", None)
    return CorrectionsPage(
        total=sum(counts.values()),
        selects=(
            by_indicator(definitions, {slug: 0 for slug, _code in counts}, indicator),
            select("place", _("Place"), _("All places"), places.items(), place),
        ),
        is_narrowed=bool(chosen),
        lines=tuple(line(change) for change in all_corrections(definitions, query)[part.lines]),
        paging=part,
        query=f"?{kept.urlencode()}" if chosen else "",
    )


def all_corrections(definitions: Definitions, query: QueryDict) -> Changes:
    """Those that were chosen, as a list that is read a page at a time, or walked through for a file."""
    return published.changes(definitions, Kind.CHANGED, **narrowed(query))


def narrowed(query: QueryDict) -> dict[str, Any]:
    return {name: query[name] for name in ("indicator", "place") if query.get(name)}
