"""A picture as SVG that stands alone: the rules of the page's own style sheet, with the light colours written out."""

import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.template.loader import render_to_string
from django.utils.translation import get_language

from dashboard.charts.svg import Picture
from dashboard.charts.theme import LIGHT, SANS

STYLES = "css/charts.css"
#: Rules that lay a chart out on a page, or wait for a screen: a picture has its own places and one look.
_OF_PAGES = re.compile(r"^(?:svg\.c|\.c-in|\.explore|\.c-\w+\{|\.c \.w|@|\.c polyline)")
_OWN = (
    ".sheet{fill:#fff}text{font-family:FACES;font-size:13px}.c{fill:none}"
    ".t{font-size:22px;font-weight:700;fill:INK}.p{font-size:15px;fill:INK}.s{font-size:12px;fill:INK2}"
)


def as_svg(picture: Picture) -> str:
    """The picture as a file, in the language that is read."""
    context = {"picture": picture, "style": style(), "language": get_language()}
    return render_to_string(picture.template, context)


@cache
def style() -> str:
    """The rules of the charts for a file: no variables, no rem, nothing that depends on a screen."""
    sheet = Path(settings.BASE_DIR, "static", STYLES).read_text(encoding="utf-8")
    plain = re.sub(r"/\*.*?\*/", "", sheet, flags=re.DOTALL)
    plain = re.sub(r"@[^{]+\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}", "", plain)
    rules = [line.strip() for line in plain.splitlines() if line.strip() and not _OF_PAGES.match(line)]
    own = _OWN.replace("FACES", SANS).replace("INK2", LIGHT["ink2"]).replace("INK", LIGHT["ink"])
    written = re.sub(r"var\(--(\w+)\)", lambda token: LIGHT[token[1]], own + "".join(rules))
    return re.sub(r"([\d.]+)rem", lambda number: f"{float(number[1]) * 16:g}px", written)
