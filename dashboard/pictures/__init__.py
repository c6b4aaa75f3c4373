"""Charts and cards as files: SVG with its style inside, PNG set by typst. No browser is needed on the server."""

from .cards import Card, Words, card
from .drawing import as_svg
from .setting import as_png

__all__ = ["Card", "Words", "as_png", "as_svg", "card"]
