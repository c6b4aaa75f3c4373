"""What a drawing is made of: bands, rules, curves, posts, dots and texts, with every number ready to print.

x is in percent of the plot's width; y is in em, where 1 em is 16 px at the reader's usual text size, so that
a reader who asks for larger text gets a taller chart and nothing collides; radii and strokes stay in px.
"""

from dataclasses import dataclass


def percent(share: float) -> str:
    """A horizontal place: 62.5 → "62.5%"."""
    return f"{_short(share)}%"


def em(pixels: float) -> str:
    """A vertical place or a small offset: 30 px → "1.875em"."""
    return f"{_short(pixels / 16, 4)}em"


def px(pixels: float) -> str:
    return _short(pixels)


def _short(number: float, digits: int = 2) -> str:
    text = f"{number:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A filled rectangle. `shift` moves it left by so many px (a post stands across its year)."""

    look: str
    x: str
    y: str
    width: str
    height: str
    shift: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A straight line."""

    look: str
    x1: str
    x2: str
    y1: str
    y2: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """A line through points, in a box of 1000 by `Chart.box` units that stretches with the page."""

    look: str
    points: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A round mark; r in px."""

    look: str
    cx: str
    cy: str
    r: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of a label in one look (weight and size). Spaces at its ends count."""

    text: str
    look: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A label. show: "" always, "w" only in charts 30 rem wide or more, "n" only in narrower ones."""

    x: str
    y: str
    dx: str
    anchor: str
    parts: tuple[Part, ...]
    show: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A finished drawing, for `{% include chart.template with chart=chart only %}`.

    key          prefix of its ids; one of its kind on a page. Empty for a drawing that the words beside it repeat
    title, description   its name and what it shows, in numbers; both empty for a decorative drawing
    look         classes of the svg element
    height       of the whole drawing, in em
    box          height of the stretching box that holds the curves: in em, and as a plain number
    bands … texts   marks, in the order in which they are drawn
    """

    template: str = "charts/chart.svg"
    key: str = ""
    title: str = ""
    description: str = ""
    look: str
    height: str
    box: str = ""
    box_height: str = ""
    bands: tuple[Band, ...] = ()
    rules: tuple[Rule, ...] = ()
    curves: tuple[Curve, ...] = ()
    posts: tuple[Band, ...] = ()
    dots: tuple[Dot, ...] = ()
    texts: tuple[Text, ...] = ()
