"""Everything the metrics app stores."""

from .definitions import (
    Dimension,
    Group,
    GroupAlias,
    Indicator,
    Place,
    PlaceAlias,
)
from .goals import Goal, GoalStatement
from .intake import Batch, Problem, Reading, StagedRow
from .observations import Observation
from .provenance import Source, SourceFile
from .releases import ComingCell, DefinitionSet, PublishedCell, Release, ReleaseAct

__all__ = [
    "Batch",
    "ComingCell",
    "DefinitionSet",
    "Dimension",
    "Goal",
    "GoalStatement",
    "Group",
    "GroupAlias",
    "Indicator",
    "Observation",
    "Place",
    "PlaceAlias",
    "Problem",
    "PublishedCell",
    "Reading",
    "Release",
    "ReleaseAct",
    "Source",
    "SourceFile",
    "StagedRow",
]
