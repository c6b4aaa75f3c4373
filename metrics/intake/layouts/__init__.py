"""What each known family of files looks like. A layout is data; the readers know none by name."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of a table, by the names its header prints."""

    name: str
    required: tuple[str, ...]
    optional: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        return self.required + self.optional


#: The board's own layout: one figure a line.
TIDY = Layout(
    "tidy",
    required=("indicator", "place", "group", "period", "value", "status", "source"),
    optional=("numerator", "denominator", "note"),
)

#: A program provider's sheet: one group a line, one stage a column. The stages are in `stages`.
PROVIDER = Layout(
    "provider",
    required=("group", "served"),
    optional=("accepted", "enrolled", "persisted", "completed"),
)
