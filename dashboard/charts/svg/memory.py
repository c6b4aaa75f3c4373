"""A drawing depends on nothing but its arguments, so that the same one need not be drawn twice."""

from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

P = ParamSpec("P")
R = TypeVar("R")

#: Drawings kept in a process: every one of a few releases and two languages, some megabytes.
KEPT = 512


def remembered(draw: Callable[P, R]) -> Callable[P, R]:
    """`draw`, remembering what it drew for the same (hashable) arguments; the last ones are kept."""
    return lru_cache(maxsize=KEPT)(draw)  # type: ignore[return-value]  # the cache keeps the signature
