"""One figure for ever: what it is, what it was, where it comes from, and how to cite it."""

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils.translation import gettext as _

from dashboard.charts import words
from dashboard.charts.words import history as said
from dashboard.mounts import address
from dashboard.pages.coalition.parts import Text, day_words, worded
from dashboard.pages.parts import measured
from metrics.calc.cells import Cell, Known, Status, Withheld
from metrics.published import FigureHistory, FigureVersion, SourceInfo

from .parts import in_words


@dataclass(frozen=True, slots=True)
class Fact:
    label: str
    value: str
    note: str = ""
    tone: str = ""


@dataclass(frozen=True, slots=True)
class Version:
    """What one release after another showed; `url` is this page as the first of them showed it."""

    release: int
    url: str
    when: datetime
    value: str
    counts: str
    why: Text
    is_shown: bool
    is_withheld: bool


@dataclass(frozen=True, slots=True)
class FigurePage:
    """`today` says what is shown today where that is something else; `today_url` leads to it."""

    name: Text
    place: Text
    group: Text
    year: str
    value: str
    facts: tuple[Fact, ...]
    today: str
    today_why: Text
    today_url: str
    counted: tuple[Text, ...]
    limits: Text
    note: Text
    source: SourceInfo | None
    versions: tuple[Version, ...]
    citation: str
    permanent: str

    @property
    def has_withheld(self) -> bool:
        return any(one.is_withheld for one in self.versions)


def figure_page(found: FigureHistory, key: tuple[str, str, str, int]) -> FigurePage:
    about, shown = measured(found.indicator), found.shown
    permanent = address("record:figure", *key, release=found.seen.number)
    others = found.today != shown and not (found.today and shown and found.today.release == shown.release)
    return FigurePage(
        name=worded(found.indicator.name),
        place=worded(found.place.name),
        group=worded(found.group.name),
        year=about.year(found.year),
        value=in_words(shown.cell if shown else None, found.indicator),
        facts=_facts(found),
        today=in_words(found.today.cell if found.today else None, found.indicator) if others else "",
        today_why=worded(found.today.reason if found.today else ""),
        today_url=address("record:figure", *key),
        counted=tuple(worded(text) for text in words.counted(found.indicator.numerator, found.indicator.denominator)),
        limits=worded(found.indicator.limits),
        note=worded(shown.note if shown else ""),
        source=shown.source if shown else None,
        versions=tuple(_version(one, found, key) for one in found.versions),
        citation=_citation(found, permanent),
        permanent=permanent,
    )


def _facts(found: FigureHistory) -> tuple[Fact, ...]:
    shown = found.shown
    if shown is None:
        return ()
    tone = "good" if isinstance(shown.cell, Known) else "void"
    facts = [Fact(_("Figure"), in_words(shown.cell, found.indicator), said.status(_status(shown.cell)), tone)]
    if isinstance(shown.cell, Known):
        counted = ((_("Counted"), shown.cell.numerator), (_("Out of"), shown.cell.denominator))
        facts += [Fact(label, words.count(number)) for label, number in counted if number is not None]
    facts.append(Fact(_("Shown since"), day_words(shown.published_at), said.release(shown.release), "void"))
    return tuple(facts)


def _status(cell: Cell) -> Status | None:
    return cell.status if isinstance(cell, Known) else None


def _version(one: FigureVersion, found: FigureHistory, key: tuple[str, str, str, int]) -> Version:
    counts = ""
    if isinstance(one.cell, Known) and one.cell.has_counts:
        counts = said.counts(one.cell.numerator or 0, one.cell.denominator or 0)
    return Version(
        one.release,
        address("record:figure", *key, release=one.release),
        one.published_at,
        in_words(one.cell, found.indicator),
        counts,
        worded(one.reason),
        is_shown=found.shown is not None and one.release == found.shown.release,
        is_withheld=isinstance(one.cell, Withheld),
    )


def _citation(found: FigureHistory, permanent: str) -> str:
    """The same in every language but for the words around the names."""
    return said.citation(
        name=found.indicator.name,
        about=f"{found.place.name}, {found.group.name}, {measured(found.indicator).year(found.year)}",
        figure=in_words(found.shown.cell if found.shown else None, found.indicator),
        release=found.seen.number,
        day=day_words(found.seen.published_at),
        url=settings.SITE_URL + permanent,
    )
