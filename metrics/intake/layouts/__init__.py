"""What each known family of files looks like. A layout is data; the readers know none by name."""

from .declared import Family, Layout, Measure
from .families import FAMILIES
from .own import PROVIDER, TIDY

__all__ = ["FAMILIES", "PROVIDER", "TIDY", "Family", "Layout", "Measure"]
