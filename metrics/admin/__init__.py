"""The staff's side of the figures: definitions, figures on their way in, releases."""

from . import batches, definitions, figures, releases

__all__ = ["batches", "definitions", "figures", "releases"]
