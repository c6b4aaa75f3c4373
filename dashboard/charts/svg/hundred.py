"""A hundred squares, ten by ten: as many filled as came so far; hatched where nobody knows."""

from dataclasses import dataclass

from .memory import remembered

SIDE, GAP, ACROSS = 9, 2, 10  # in units of the drawing


@dataclass(frozen=True, slots=True)
class Hundred:
    """A finished drawing. `filled` and `empty` are paths of squares, counted from the bottom row on."""

    key: str
    title: str
    filled: str
    empty: str
    size: int
    template: str = "charts/hundred.svg"


@remembered
def hundred(*, key: str, title: str, count: int | None) -> Hundred:
    """`count` of 100 squares; None: nobody knows. Raises ValueError outside 0 to 100."""
    if count is not None and not 0 <= count <= 100:
        raise ValueError(f"{count} is not a number of a hundred")
    squares = [_square(at) for at in range(100)]
    known = count or 0
    filled, empty = "".join(squares[:known]), "".join(squares[known:])
    return Hundred(key, title, filled, empty, ACROSS * (SIDE + GAP) - GAP)


def _square(at: int) -> str:
    row, column = divmod(at, ACROSS)
    step = SIDE + GAP
    return f"M{column * step} {(ACROSS - 1 - row) * step}h{SIDE}v{SIDE}h-{SIDE}z"
