"""The back office of the public pages: stories."""

from . import stories

__all__ = ["stories"]
