"""From SVG and words to PNG, set by typst in its own process memory: about 20 ms, and nothing is written to disk."""

import json
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path

import typst
from django.conf import settings

#: Pixels for each inch of a page, of which an inch is 96 px of a drawing: twice as many as on a plain screen.
PPI = 96 * 2

_SHEET = b"""
#set page(width: auto, height: auto, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg")
"""


@lru_cache(maxsize=64)
def as_png(svg: str) -> bytes:
    """A drawing as PNG, twice as many pixels each way as it has px; the last ones are remembered."""
    return set_page(_SHEET, {"svg": svg}, ppi=PPI)


def set_page(source: bytes, inputs: Mapping[str, str], *, ppi: float) -> bytes:
    """One page as PNG. Words go in as data, never as markup: nobody's name can be a command."""
    page = typst.compile(
        source,
        format="png",
        ppi=ppi,
        font_paths=faces(),
        sys_inputs=dict(inputs),
    )
    if not isinstance(page, bytes):
        raise TypeError("a picture has one page")
    return page


@cache
def faces() -> typst.Fonts:
    """The typefaces that static/build.py made for print, and no others: a picture is the same on every machine."""
    folder = str(Path(settings.STATE_DIR, "faces"))
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])


def told(words: Mapping[str, str]) -> str:
    """Words for a page, as `json(bytes(sys.inputs.words))` reads them."""
    return json.dumps(dict(words), ensure_ascii=False)
