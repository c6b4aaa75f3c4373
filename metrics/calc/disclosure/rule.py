"""The rule's own numbers, and what they say of one figure by itself. Everything else follows from here.

Sizes come from the practice of Connecticut's state agency (FACTS: numerators under 6, denominators of 20 or fewer); the
ends and the rounding by size are those the Utah Data Gateway applies after NCES Technical Brief 3.
"""

from typing import NamedTuple

from ..rates import percent, published

#: Changes whenever the same figures would be judged differently.
RULE_VERSION = 2
#: A group of so many students or fewer is too small to say anything about.
MOST_IN_A_SMALL_GROUP = 20
#: One to so many students are few: those counted, those left over, those who made a difference between two releases.
FEW = 5
#: From so many students on, the counts behind a share are shown; below, that they are from 21 to 39.
COUNTS_FROM = 40
#: A withheld count that could lie only in a range narrower than so many students counts as told …
WIDTH = 6
#: … and so does one of fewer possible whole numbers than this.
VALUES = 3


class Scale(NamedTuple):
    """From `size` students on: shares of `low` percent or less and of `high` or more are ends, `decimals` are shown."""

    size: int
    low: int
    high: int
    decimals: int


#: The ends could be shown as “98 or more”; until a cell can say that, they are withheld.
SCALES = (Scale(300, 1, 99, 1), Scale(100, 2, 98, 0), Scale(40, 5, 95, 0), Scale(0, 10, 90, 0))


def scale(whole: int) -> Scale:
    """The ends and the rounding of shares of `whole` students."""
    return next(one for one in SCALES if whole >= one.size)


def is_few(number: int) -> bool:
    """Whether so many students (a loss counts like a gain) are few enough to be told apart."""
    return 0 < abs(number) <= FEW


def may_count(whole: int) -> bool:
    """Whether a group of so many may be spoken of: it is large enough, or nobody is in it."""
    return whole == 0 or whole > MOST_IN_A_SMALL_GROUP


def may_show(part: int, whole: int) -> bool:
    """Whether `part` of `whole` students may be shown: no small group, no few, no end of the scale."""
    few_left = whole - part <= FEW
    if whole <= MOST_IN_A_SMALL_GROUP or part <= FEW or few_left:  # nobody and everybody are ends at every size
        return False
    _size, low, high, decimals = scale(whole)
    return low < published(percent(part, whole), decimals) < high
