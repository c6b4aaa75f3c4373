"""The staff's side of the figures: definitions, figures on their way in, releases."""

from . import definitions, figures, releases

__all__ = ["definitions", "figures", "releases"]
