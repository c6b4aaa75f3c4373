"""Text in lines: as many words on each as there is room for."""

from .labels import LOOKS, width_of
from .marks import Part


def wrapped(text: str, *, look: str, width: float, size: float | None = None) -> tuple[str, ...]:
    """`text` in lines of `width` px in a look of the charts, at its own size or at another one.

    A word that is longer than a line stands alone on its own. Widths are estimates on the safe side.
    """
    scale = 1.0 if size is None else size / LOOKS[look][0]
    lines: list[str] = []
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width_of((Part(text=longer, look=look),)) * scale <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return tuple(lines)
