"""What the pages of the past share: a figure in words, its name, and lists that come a page at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.translation import gettext as _

from dashboard.charts import words
from dashboard.charts.words import history as said
from dashboard.mounts import address
from dashboard.pages.coalition.parts import Text, in_english, worded
from dashboard.pages.parts import figure_url
from metrics.calc.cells import Cell, Withheld
from metrics.published import Change, IndicatorInfo

#: Lines of a list on one page.
PAGE = 200


@dataclass(frozen=True, slots=True)
class Line:
    """A figure that a release changed, as a list prints it.

    was_withheld, is_withheld   the mark of it stands before what was shown, or what is shown since
    """

    name: Text
    about: Text
    year: str
    url: str
    before: str
    since: str
    why: Text
    release: int
    when: datetime
    release_url: str
    was_withheld: bool
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class Choice:
    value: str
    name: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Select:
    """One thing to narrow a list by."""

    name: str
    label: str
    choices: tuple[Choice, ...]


class Paging(NamedTuple):
    """Where a reader is in a list; the links keep what was chosen and are empty where there is no such page."""

    here: str
    newer: str
    older: str
    lines: slice


def line(change: Change) -> Line:
    return Line(
        name=worded(change.defined.name if change.defined else change.indicator),
        about=Text(f"{change.place_name}, {change.group_name}"),
        year=words.year_words(change.defined.year_axis, change.year) if change.defined else str(change.year),
        url=figure_url(change.indicator, change.place, change.group, change.year),
        before=before(change),
        since=in_words(change.new, change.defined),
        why=in_english(change.reason),
        release=change.release,
        when=change.published_at,
        release_url=address("record:changes", release=change.release),
        was_withheld=isinstance(change.old, Withheld) and not change.taken_back,
        is_withheld=isinstance(change.new, Withheld),
    )


def tell_of_withheld(lines: Iterable[Line]) -> bool:
    """Whether the list leads to the rule."""
    return any(one.was_withheld or one.is_withheld for one in lines)


def before(change: Change) -> str:
    return said.taken_back() if change.taken_back else in_words(change.old, change.defined)


def in_words(cell: Cell | None, defined: IndicatorInfo | None) -> str:
    """A figure with its unit, where the definitions know it."""
    return said.figure(cell, defined.unit if defined else None, defined.decimals if defined else None)


def select(name: str, label: str, every: str, names: Iterable[tuple[str, str]], chosen: str) -> Select:
    """`names`: value and name, in any order; `every` is the choice of all."""
    known = sorted(names, key=lambda one: one[1])
    choices = [Choice("", every, not chosen), *(Choice(value, text, value == chosen) for value, text in known)]
    return Select(name, label, tuple(choices))


def paging(query: QueryDict, total: int, size: int = PAGE) -> Paging:
    """A number that is none, or too large, leads to the nearest page there is."""
    page = Paginator(range(total), size).get_page(query.get("page"))

    def to(number: int) -> str:
        kept = query.copy()
        kept["page"] = str(number)
        return f"?{kept.urlencode()}"

    return Paging(
        _("Page {number} of {all}").format(number=page.number, all=page.paginator.num_pages)
        if page.has_other_pages()
        else "",
        to(page.previous_page_number()) if page.has_previous() else "",
        to(page.next_page_number()) if page.has_next() else "",
        slice(max(page.start_index() - 1, 0), page.end_index()),
    )
