"""What a release would change, figure by figure: a list that can be narrowed and turned page by page."""

from collections.abc import Container, Iterator
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Case, Count, IntegerField, Q, QuerySet, Value, When
from django.http import QueryDict
from django.utils.translation import gettext as _

from metrics.calc.cells import Unit
from metrics.calc.precedence import is_large
from metrics.models import ComingCell, Indicator, Observation, Release
from metrics.publishing import Difference

from ..cells import said

#: Figures of one page.
A_PAGE = 200
#: Kind of change, as the difference counts it → the figures of that kind.
KINDS = {
    "replaced": Q(replaces__isnull=False, is_gone=False),
    "gone": Q(is_gone=True),
    "new": Q(replaces=None),
}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure that would change: its names, what is public, and what would be. `mark` is the row's colour."""

    cell: ComingCell
    indicator: str
    place: str
    group: str
    mark: str
    before: str
    after: str
    is_of_another_source: bool
    is_large: bool


@dataclass(frozen=True, slots=True)
class Listed:
    """One page of the figures that would change, and what the list can be narrowed to.

    kinds, indicators    (value, words, how many, whether it is chosen)
    """

    page: Page[Any]
    lines: list[Line]
    kinds: list[tuple[str, str, int, bool]]
    indicators: list[tuple[str, str, int, bool]]


def listed(release: Release, difference: Difference, asked: QueryDict) -> Listed:
    """The page that an address asks for; what it cannot ask for counts as not asked. Four queries at most."""
    about: dict[str, int] = dict(release.coming.order_by().values_list("indicator").annotate(Count("pk")))
    kind, indicator = _one_of(KINDS, asked.get("kind")), _one_of(about, asked.get("indicator"))
    page = Paginator(_cells(release, kind, indicator), A_PAGE).get_page(asked.get("page"))
    names: dict[str, str] = dict(Indicator.objects.filter(slug__in=about).values_list("slug", "name"))
    words = {"replaced": _("replaced"), "gone": _("no longer shown"), "new": _("new")}
    return Listed(
        page,
        list(_lines(page)),
        [(one, words[one], count, one == kind) for one in KINDS if (count := getattr(difference, one))],
        sorted(((one, names.get(one, one), about[one], one == indicator) for one in about), key=lambda one: one[1]),
    )


def _one_of(known: Container[str], asked: str | None) -> str:
    return asked if asked and asked in known else ""


def _cells(release: Release, kind: str, indicator: str) -> QuerySet[ComingCell]:
    """What is replaced first, then what would be gone, then what is new."""
    cells = release.coming.filter(KINDS[kind] if kind else Q(), **({"indicator": indicator} if indicator else {}))
    order = Case(
        *(When(which, then=Value(place)) for place, which in enumerate(KINDS.values())), output_field=IntegerField()
    )
    observation = ("observation__indicator", "observation__place", "observation__group")
    return cells.select_related("replaces", *observation).order_by(order, "indicator", "place", "group", "period")


def _lines(cells: Page[Any]) -> Iterator[Line]:
    for cell in cells:
        observation: Observation = cell.observation
        indicator = observation.indicator
        before, after = cell.replaces, None if cell.is_gone else cell
        yield Line(
            cell,
            str(indicator),
            str(observation.place),
            str(observation.group),
            "n" if before is None else "j" if cell.is_gone else "c",
            "" if before is None else said(before, indicator),
            "" if after is None else said(after, indicator),
            before is not None and before.source != cell.source,
            before is not None
            and is_large(before.value, after and after.value, is_percent=indicator.unit == Unit.PERCENT),
        )
