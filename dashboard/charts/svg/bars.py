"""Bars without words: what was promised and how much of it is delivered, and the bar of which nothing is known."""

from decimal import Decimal

from .marks import Band, Chart, Rule, em, percent
from .memory import remembered

THICK = 22.0  # that of a distance rule
OVER = 4.0  # what the dashed line of a promise is longer than the bar, above and below, in px


@remembered
def delivery(
    *, promised: Decimal, delivered: Decimal, unsaid: Decimal = Decimal(0), scale: Decimal, thick: float = 12.0
) -> Chart:
    """From 0 to `scale`, all in one unit. Of what is not delivered, `unsaid` is not known to be missing.

    A dashed line stands at the promise, inside the solid bar where more was delivered. The drawing has no
    name: whoever shows it prints the same numbers beside it. `thick` in px.
    """
    whole = max(scale, promised, delivered, Decimal("0.01"))
    known = max(promised - min(unsaid, promised), delivered)
    pieces = (("rep", Decimal(0), delivered), ("mish", delivered, known), ("voidh", known, promised))
    at = percent(float(promised / whole * 100))
    return Chart(
        look="c c-bar",
        height=em(thick + 2 * OVER),
        bands=tuple(
            Band(
                look=look,
                x=percent(float(start / whole * 100)),
                y=em(OVER),
                width=percent(float((end - start) / whole * 100)),
                height=em(thick),
            )
            for look, start, end in pieces
            if end > start
        ),
        rules=(Rule(look="tgt", x1=at, x2=at, y1="0", y2=em(thick + 2 * OVER)),) if promised else (),
    )


@remembered
def unknown(*, key: str = "", title: str = "", description: str = "") -> Chart:
    """A bar hatched from end to end; without a `key` the words beside it say so."""
    band = Band(look="voidh", x="0%", y="0", width="100%", height=em(THICK))
    return Chart(key=key, title=title, description=description, look="c c-rule", height=em(THICK), bands=(band,))
