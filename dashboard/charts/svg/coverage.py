"""How many kept a promise: one bar of as many parts as organizations are bound, sorted by what is said of them."""

from itertools import accumulate

from .marks import Band, Chart, Rule, em, percent
from .memory import remembered

HEIGHT = 16.0
#: Up to so many organizations a fine line parts one from the next; beyond, the bar is seen as a whole.
MOST_PARTS = 36


@remembered
def coverage(*, kept: int, under_way: int, missing: int, unknown: int) -> Chart:
    """Solid where it was kept, half solid where in part, hatched where not, hatched in grey where nothing is said.

    Numbers of organizations. Without a name: the words beside it say the same.
    """
    counts = (kept, under_way, missing, unknown)
    whole = max(sum(counts), 1)
    starts = (0, *accumulate(counts))
    bands = [
        band
        for start, number, look in zip(starts, counts, ("rep", "half", "mish", "voidh"), strict=False)
        if number
        for band in _bands(look, start / whole * 100, number / whole * 100)
    ]
    cuts = range(1, whole) if whole <= MOST_PARTS else ()
    return Chart(
        look="c c-cov",
        height=em(HEIGHT),
        bands=tuple(bands),
        rules=tuple(
            Rule(look="cut", x1=percent(cut / whole * 100), x2=percent(cut / whole * 100), y1="0", y2=em(HEIGHT))
            for cut in cuts
        ),
    )


def _bands(look: str, start: float, width: float) -> tuple[Band, ...]:
    whole = Band(look=look, x=percent(start), y="0", width=percent(width), height=em(HEIGHT))
    if look != "half":
        return (whole,)
    lower = Band(look="rep", x=percent(start), y=em(HEIGHT / 2), width=percent(width), height=em(HEIGHT / 2))
    return (whole, lower)
