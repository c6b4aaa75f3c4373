"""The board's own two layouts."""

from .declared import Layout

#: One figure a line.
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
