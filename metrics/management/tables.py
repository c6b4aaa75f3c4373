"""What the command line tells of many files: a line for each, and a table by family at the end."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Line:
    """What became of one file. Figures: new + changed + same + left out + refused is all that its lines hold."""

    name: str
    layout: str
    rows: int
    new: int = 0
    changed: int = 0
    same: int = 0
    left: int = 0
    refused: int = 0
    known: bool = False


NUMBERS = ("rows", "new", "changed", "same", "left", "refused")
HEADS = {"rows": "lines", "left": "left out"}


class Table:
    """Writes a line when a file is done, and remembers what the summary adds up."""

    def __init__(self, out: Any) -> None:
        self.out = out
        self.lines: list[Line] = []
        self.files_refused = 0
        self.out.write(self._row("file", *(HEADS.get(name, name) for name in NUMBERS)))

    @property
    def refused(self) -> int:
        return self.files_refused + sum(line.refused for line in self.lines)

    def add(self, line: Line) -> None:
        self.lines.append(line)
        if line.known:
            self.out.write(f"{line.name:<51} {line.rows:>9,}  nothing new: the same file was received before")
        else:
            self.out.write(self._row(line.name, *(f"{getattr(line, name):,}" for name in NUMBERS)))

    def refuse(self, name: str, sentence: str) -> None:
        self.files_refused += 1
        self.out.write(f"{name:<51} refused: {sentence}")

    def close(self) -> None:
        """The table by family, once there is more than one file."""
        if len(self.lines) + self.files_refused < 2:
            return
        self.out.write("")
        self.out.write(self._row("family", *(HEADS.get(name, name) for name in NUMBERS), "files"))
        for layout in sorted({line.layout for line in self.lines}):
            self._sum(layout, [line for line in self.lines if line.layout == layout])
        if self.files_refused:
            self.out.write(self._row("refused whole", *[""] * len(NUMBERS), f"{self.files_refused:,}"))
        self._sum("all", self.lines, self.files_refused)

    def _sum(self, name: str, lines: list[Line], more: int = 0) -> None:
        sums = [f"{sum(getattr(line, number) for line in lines):,}" for number in NUMBERS]
        self.out.write(self._row(name, *sums, f"{len(lines) + more:,}"))

    def _row(self, name: str, *cells: str) -> str:
        return f"{name[:51]:<52}" + "".join(f"{cell:>10}" for cell in cells)
