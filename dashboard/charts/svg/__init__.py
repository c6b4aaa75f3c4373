"""Charts as geometry: from figures to drawings that a template prints without any sums.

Every function returns a `Chart`; a page shows it with `{% include chart.template with chart=chart only %}`
and includes `charts/defs.svg` once, for the hatching. Words come from the caller, colours from the style sheet.
"""

from .bars import delivery, unknown
from .comparison import ComparisonLabels, Line, comparison, lines
from .distance import DistanceLabels, distance
from .groups import DumbbellLabels, dot_row, dots_header, dumbbell, spark
from .hundred import Hundred, hundred
from .marks import Chart
from .picture import Picture, bare, picture
from .plot import TrajectoryLabels
from .points import Kind, PlotPoint
from .scale import Size, Window, fitted, window
from .trajectory import trajectory

REPORTED, ESTIMATED, WITHHELD, UNREPORTED = Kind.REPORTED, Kind.ESTIMATED, Kind.WITHHELD, Kind.UNREPORTED

__all__ = [
    "ESTIMATED",
    "REPORTED",
    "UNREPORTED",
    "WITHHELD",
    "Chart",
    "ComparisonLabels",
    "DistanceLabels",
    "DumbbellLabels",
    "Hundred",
    "Kind",
    "Line",
    "Picture",
    "PlotPoint",
    "Size",
    "TrajectoryLabels",
    "Window",
    "bare",
    "comparison",
    "delivery",
    "distance",
    "dot_row",
    "dots_header",
    "dumbbell",
    "fitted",
    "hundred",
    "lines",
    "picture",
    "spark",
    "trajectory",
    "unknown",
    "window",
]
