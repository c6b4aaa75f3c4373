"""The card that a shared link shows: 1200 by 630, with the figure of today in it."""

from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings

from dashboard.charts.svg import Chart, bare

from .drawing import as_svg
from .setting import set_page, told

#: px of the drawing's own before it is set as wide as the card: its words grow with it.
PLOT = 620.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands on a card; `tone` colours the status (good, bad, void)."""

    board: str
    name: str
    status: str
    tone: str
    sentence: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Everything that is on a card."""

    words: Words
    chart: Chart | None


@lru_cache(maxsize=128)
def card(one: Card) -> bytes:
    """The card as PNG; remembered, for all of a release's cards are a few megabytes."""
    source = Path(settings.BASE_DIR, "templates", "pictures", "card.typ").read_bytes()
    svg = as_svg(bare(one.chart, width=PLOT)) if one.chart else ""
    return set_page(source, {"words": told(asdict(one.words)), "svg": svg}, ppi=72)
